"""`make test-independent`: what the platform signs, encodes and promises, checked by programs of others.

The checks lie in tests/independent. They use the stack that API names, or one of their own: on a free
port, in a temporary directory.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from infra.deployment import build, project, stage
from infra.deployment.progress import Failure, reported, say
from infra.local import emulator, running

PYTEST = project.LOCAL / "independent" / "bin" / "pytest"
CHECKS = project.ROOT / "tests" / "independent"


def main() -> None:
    """Runs the checks; arguments are handed to pytest."""
    if os.environ.get("API"):
        _check(os.environ)
        return
    tested = stage.load("test")
    built = build.build(build.profile(default="dev"))
    with tempfile.TemporaryDirectory(prefix="psb-independent-") as directory:
        aws = emulator.Emulator(Path(directory), emulator.free_port())
        try:
            with running.run(tested, aws, built) as ready:
                _check(ready.test_environment())
        except Failure:
            _keep_log(aws.log)
            raise


def _check(environment: Mapping[str, str]) -> None:
    program = subprocess.run([PYTEST, CHECKS, *sys.argv[1:]], cwd=project.ROOT, env=environment)
    if program.returncode != 0:
        raise Failure("the independent checks do not all hold; see above")


def _keep_log(log: Path) -> None:
    # There is none where the emulator did not start.
    if not log.exists():
        return
    kept = project.LOCAL / "independent-emulator.log"
    shutil.copyfile(log, kept)
    say(f"the functions' logs are kept in {kept.relative_to(project.ROOT)}")


if __name__ == "__main__":
    reported(main)
