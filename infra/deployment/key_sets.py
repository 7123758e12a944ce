"""The key sets of the trusted issuers, without which no token is believed."""

import json

import boto3

from infra.deployment.progress import Failure


def refresh(session: boto3.Session, outputs: dict[str, str]) -> None:
    """Has them read at once; the stack's schedule does it every ten minutes."""
    answer = session.client("lambda").invoke(
        FunctionName=outputs["TimersFunction"],
        Payload=json.dumps({"task": "refresh_key_sets"}).encode(),
    )
    if "FunctionError" in answer:
        raise Failure(f"timers could not refresh the key sets: {answer['Payload'].read().decode()}")
