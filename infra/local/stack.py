"""A stage on the local emulator, from build to asserted state."""

import hashlib
import json
from pathlib import Path

import boto3

from infra.deployment import cloudformation, project
from infra.deployment.progress import say, step
from infra.deployment.stage import Stage
from infra.local import settings
from infra.local.emulator import environment
from infra.local.resolve import Expected
from infra.local.verify import verify

# The template gives the API this id on the emulator.
API_ID = "c0ffee01"


def base_url(endpoint: str) -> str:
    """Base URL of the API that is deployed on an emulator."""
    return f"{endpoint}/_aws/execute-api/{API_ID}/$default"


def deploy(stage: Stage, endpoint: str, built: Path) -> boto3.Session:
    """Deploys a build on an emulator, sets what the emulator drops and asserts the result."""
    stage = stage.with_parameters(PublicBaseUrl=base_url(endpoint))
    session = cloudformation.session_of(environment(endpoint))
    expected = Expected(stage, session)
    fingerprint = _fingerprint(stage, built)
    if _deployed(stage, session) == fingerprint:
        say(f"{stage.stack} is up to date")
    else:
        cloudformation.deploy(stage, built, environment(endpoint))
    with step("setting what the emulator drops"):
        settings.apply(expected)
    verify(expected)
    _remember(stage, session, fingerprint)
    return session


def _fingerprint(stage: Stage, built: Path) -> str:
    """Changes with whatever changes what is deployed."""
    digest = hashlib.sha256()
    digest.update(json.dumps(stage.parameters, sort_keys=True).encode())
    for file in (built / "template.yaml", *sorted((built / "packages").glob("*.zip"))):
        digest.update(file.read_bytes())
    for source in sorted((project.INFRA / "local").rglob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


# The fingerprint lies in the emulator itself, so that it is lost with whatever else is lost there.
def _parameter(stage: Stage) -> str:
    return f"/{stage.stack}/deployed"


def _deployed(stage: Stage, session: boto3.Session) -> str | None:
    if cloudformation.status(stage, session) not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        return None
    client = session.client("ssm")
    try:
        return str(client.get_parameter(Name=_parameter(stage))["Parameter"]["Value"])
    except client.exceptions.ParameterNotFound:
        return None


def _remember(stage: Stage, session: boto3.Session, fingerprint: str) -> None:
    session.client("ssm").put_parameter(
        Name=_parameter(stage), Value=fingerprint, Type="String", Overwrite=True
    )
