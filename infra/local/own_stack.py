"""A stack for tests: on a free port, in a temporary directory, gone when they are done."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.deployment import project, stage
from infra.deployment.progress import Failure, say
from infra.local import emulator, running


@contextmanager
def of_a_test(tested: stage.Stage, built: Path, *, enforce_roles: bool = False) -> Iterator[running.Running]:
    """Starts the stack with the functions built in `built`; keeps their logs where a test fails."""
    with tempfile.TemporaryDirectory(prefix="psb-test-") as directory:
        aws = emulator.Emulator(Path(directory), emulator.free_port(), enforce_roles=enforce_roles)
        try:
            with running.run(tested, aws, built) as ready:
                yield ready
        except Failure:
            _keep_log(aws.log)
            raise


def _keep_log(log: Path) -> None:
    # There is none where the emulator did not start.
    if not log.exists():
        return
    kept = project.LOCAL / "test-emulator.log"
    shutil.copyfile(log, kept)
    say(f"the functions' logs are kept in {kept.relative_to(project.ROOT)}")
