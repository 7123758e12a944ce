"""`make test-independent`: what the platform signs, encodes and promises, checked by programs of others.

The checks lie in tests/independent. They use the stack that API names, or one of their own: on a free
port, in a temporary directory.
"""

import os
import subprocess
import sys
from collections.abc import Mapping

from infra.deployment import build, project, stage
from infra.deployment.progress import Failure, reported
from infra.local import own_stack

PYTEST = project.LOCAL / "independent" / "bin" / "pytest"
CHECKS = project.ROOT / "tests" / "independent"


def main() -> None:
    """Runs the checks; arguments are handed to pytest."""
    if os.environ.get("API"):
        _check(os.environ)
        return
    tested = stage.load("test")
    built = build.build(build.profile(default="dev"))
    with own_stack.of_a_test(tested, built) as ready:
        _check(ready.test_environment())


def _check(environment: Mapping[str, str]) -> None:
    program = subprocess.run([PYTEST, CHECKS, *sys.argv[1:]], cwd=project.ROOT, env=environment)
    if program.returncode != 0:
        raise Failure("the independent checks do not all hold; see above")


if __name__ == "__main__":
    reported(main)
