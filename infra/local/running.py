"""A stage's stack while it runs: started, deployed, seeded; found again by other programs."""

import json
import os
import shlex
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from infra.deployment import cloudformation, key_sets, project, template
from infra.deployment.progress import Failure, step
from infra.deployment.stage import Stage
from infra.local import stack
from infra.local.emulator import Emulator, caller, environment


@dataclass(frozen=True)
class Running:
    """A stack that can be used."""

    stage: Stage
    endpoint: str
    session: boto3.Session
    outputs: dict[str, str]

    @property
    def api(self) -> str:
        """Base URL of its API."""
        return self.outputs["ApiUrl"]

    def variables(self) -> dict[str, str]:
        """How tests and other programs find it, as environment variables."""
        outputs = self.outputs
        functions = {
            f"FUNCTION_{function.name.upper()}": outputs[f"{function.logical_id}Function"]
            for function in template.functions()
            if f"{function.logical_id}Function" in outputs
        }
        return {
            **caller(self.endpoint),
            **functions,
            "API": self.api,
            "TABLE": outputs["TableName"],
            "DOCUMENTS_BUCKET": outputs["DocumentsBucket"],
            "INTAKE_QUEUE_URL": outputs["IntakeQueueUrl"],
            "INTAKE_DLQ_URL": outputs["IntakeDeadLettersUrl"],
            "REVIEW_QUEUE_URL": outputs["ReviewQueueUrl"],
            "REVIEW_DLQ_URL": outputs["ReviewDeadLettersUrl"],
            "DEADLINES_QUEUE_URL": outputs["DeadlinesQueueUrl"],
            "DEADLINES_DLQ_URL": outputs["DeadlinesDeadLettersUrl"],
            "PROJECTION_QUEUE_URL": outputs["ProjectionQueueUrl"],
            "PROJECTION_DLQ_URL": outputs["ProjectionDeadLettersUrl"],
            "NOTIFICATION_QUEUE_URL": outputs["NotificationQueueUrl"],
            "NOTIFICATION_DLQ_URL": outputs["NotificationDeadLettersUrl"],
        }

    def test_environment(self) -> dict[str, str]:
        """The environment of a program that uses it."""
        return {**environment(self.endpoint), **self.variables()}

    def ask(self, method: str, path: str) -> Any:
        """Sends a request without a body to the API and returns the JSON that it answers."""
        request = urllib.request.Request(self.api + path, method=method)
        if method == "POST":
            request.data = b""
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            answered = error.read().decode(errors="replace")
            raise Failure(f"{method} {path} answered {error.code}: {answered}") from None


@contextmanager
def run(stage: Stage, emulator: Emulator, built: Path) -> Iterator[Running]:
    """Runs a stage on an emulator of its own, deployed and with the sandbox's persons in it."""
    emulator.start()
    try:
        session = stack.deploy(stage, emulator.endpoint, built)
        outputs = cloudformation.outputs(stage, session)
        ready = Running(stage, emulator.endpoint, session, outputs)
        with step("seeding the sandbox and reading its key sets"):
            ready.ask("POST", "/sandbox/seed")
            key_sets.refresh(session, outputs)
        yield ready
    finally:
        with step("stopping the local AWS"):
            emulator.stop()


@contextmanager
def announced(ready: Running) -> Iterator[None]:
    """Lets other programs find a stack: infra/deploy by its note, a shell by its variables."""
    directory = project.stack_directory(ready.stage.name)
    note, variables = directory / "running.json", directory / "environment"
    note.write_text(json.dumps({"endpoint": ready.endpoint, "process": os.getpid()}))
    variables.write_text(
        "".join(f"export {name}={shlex.quote(value)}\n" for name, value in ready.variables().items())
    )
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
        variables.unlink(missing_ok=True)


def find(stage: Stage) -> str:
    """The endpoint of a stage's emulator that runs now."""
    note = project.stack_directory(stage.name) / "running.json"
    try:
        endpoint = str(json.loads(note.read_text())["endpoint"])
        with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=2):
            return endpoint
    except (FileNotFoundError, urllib.error.URLError):
        raise Failure(f"no local AWS runs for the stage {stage.name}: start it with `make run`") from None
