"""The part of `make test` that needs a stack: one of its own, on a free port, in a temporary directory.

First every test of the workspace, then on another stack, whose emulator enforces each function's role,
the main job, what is used again, an instant grant, the accounts and what becomes of a case, and the clock.
"""

import os
import shlex
import subprocess
import sys

from infra.deployment import build, project, stage
from infra.deployment.progress import Failure, reported, say
from infra.local import own_stack

NEXTEST = "cargo nextest run --workspace --locked"
ENFORCED = "test(main_job) | test(reuse) | test(instant::) | binary(accounts) | binary(figures)"
DEPLOYED = "python -m unittest discover -t . -s infra/tests/deployed"


def main() -> None:
    """Runs the tests; arguments are handed to cargo nextest."""
    arguments = sys.argv[1:]
    tested = stage.load("test")
    built = build.build(build.profile(default="dev"))
    say("compiling the tests")
    tools = {**os.environ, "PATH": project.tool_path()}
    _command(f"{NEXTEST} --no-run", tools, "the tests do not compile")

    with own_stack.of_a_test(tested, built) as ready:
        environment = ready.test_environment()
        _command(DEPLOYED, environment, "the deployed stack fails its own tests")
        _command(f"{NEXTEST} {shlex.join(arguments)}", environment, "tests failed")
    if arguments:
        return
    say("once more with the functions' roles enforced")
    with own_stack.of_a_test(tested, built, enforce_roles=True) as ready:
        _command(
            f"{NEXTEST} -E 'package(journeys) & ({ENFORCED})'",
            ready.test_environment(),
            "what a function may do is not enough for what it does",
        )
        say("moving the clock")
        _command(
            f"{NEXTEST} --ignore-default-filter -E 'package(journeys) & binary(by_itself)'",
            ready.test_environment(),
            "time does not act by itself",
        )


def _command(command: str, environment: dict[str, str], failure: str) -> None:
    program = subprocess.run(shlex.split(command), cwd=project.ROOT, env=environment)
    if program.returncode != 0:
        raise Failure(failure)


if __name__ == "__main__":
    reported(main)
