"""What infra/deploy runs."""

import argparse
import os

from infra.deployment import build, cloudformation, key_sets, stage
from infra.deployment.progress import reported, step
from infra.local import running, stack


def main() -> None:
    """Deploys one stage and prints the stack's outputs."""
    parser = argparse.ArgumentParser(prog="infra/deploy", description="Builds and deploys one stage.")
    parser.add_argument("stage", help="local, test, staging or production")
    chosen = stage.load(parser.parse_args().stage)
    chosen.refuse_examples()

    if chosen.emulated:
        emulator = running.find(chosen)
        built = build.build(build.profile(default="dev"))
        session = stack.deploy(chosen, emulator, built)
    else:
        built = build.build(build.profile(default="release"))
        environment = dict(os.environ)
        cloudformation.deploy(chosen, built, environment)
        session = cloudformation.session_of(environment)

    outputs = cloudformation.outputs(chosen, session)
    # A local stage has its issuers only once it is seeded, which `make run` does.
    if not chosen.emulated:
        with step("reading the issuers' key sets"):
            key_sets.refresh(session, outputs)
    for name, value in outputs.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    reported(main)
