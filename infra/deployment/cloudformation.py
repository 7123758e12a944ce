"""Packages and deploys the stack with the AWS CLI, in the same way for every stage."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.deployment import project
from infra.deployment.progress import Failure, step
from infra.deployment.stage import Stage


def deploy(stage: Stage, build: Path, environment: dict[str, str]) -> None:
    """Deploys a build as the stack of a stage; does nothing when nothing changed.

    `environment` says where AWS is and as whom; it is the environment of the AWS CLI.
    """
    session = session_of(environment)
    bucket = _artifacts_bucket(stage, session)
    packaged = build / f"packaged-{stage.name}-{os.getpid()}.yaml"
    try:
        with step(f"packaging {stage.stack}"):
            _aws(
                environment,
                "package",
                f"--template-file={build / 'template.yaml'}",
                f"--s3-bucket={bucket}",
                f"--output-template-file={packaged}",
            )
        with step(f"deploying {stage.stack}"), _explained(stage, session):
            _aws(
                environment,
                "deploy",
                f"--stack-name={stage.stack}",
                f"--template-file={packaged}",
                f"--s3-bucket={bucket}",
                "--no-fail-on-empty-changeset",
                f"--tags=stage={stage.name}",
                *("--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"),
                *("--parameter-overrides", *(f"{name}={value}" for name, value in stage.parameters.items())),
            )
    finally:
        packaged.unlink(missing_ok=True)


@contextmanager
def _explained(stage: Stage, session: boto3.Session) -> Iterator[None]:
    """Adds to a failed deployment what CloudFormation says of each resource that failed in it."""
    begun = datetime.now(UTC)
    try:
        yield
    except Failure as failure:
        if status(stage, session) is None:
            raise
        client = session.client("cloudformation")
        events = client.describe_stack_events(StackName=stage.stack)["StackEvents"]
        reasons = [
            f"  {event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for event in events
            if event["ResourceStatus"].endswith("_FAILED")
            and event["Timestamp"] >= begun
            and "ResourceStatusReason" in event
        ]
        raise Failure("\n".join([str(failure), *reversed(reasons)])) from None


def outputs(stage: Stage, session: boto3.Session) -> dict[str, str]:
    """The outputs of a stage's stack, by name."""
    stacks = session.client("cloudformation").describe_stacks(StackName=stage.stack)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stacks[0].get("Outputs", [])}


def status(stage: Stage, session: boto3.Session) -> str | None:
    """The status of a stage's stack, or None when there is no such stack."""
    try:
        stacks = session.client("cloudformation").describe_stacks(StackName=stage.stack)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return stacks[0]["StackStatus"] if stacks else None


def session_of(environment: dict[str, str]) -> boto3.Session:
    """A session for the AWS that an environment names."""
    if "AWS_ENDPOINT_URL" not in environment:
        return boto3.Session()
    return EmulatorSession(environment)


class EmulatorSession(boto3.Session):
    """A session whose clients all talk to the local emulator, whatever the machine has configured."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(
            aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
            region_name=environment["AWS_REGION"],
        )
        self.endpoint = environment["AWS_ENDPOINT_URL"]
        self._clients: dict[str, Any] = {}

    def client(self, service_name: str, *args: Any, **kwargs: Any) -> Any:
        """The client of a service of the emulator; making one takes as long as many calls."""
        if service_name not in self._clients:
            self._clients[service_name] = super().client(
                service_name, *args, endpoint_url=self.endpoint, **kwargs
            )
        return self._clients[service_name]


def _artifacts_bucket(stage: Stage, session: boto3.Session) -> str:
    """The bucket that packages go through; made when it is not there yet."""
    account = session.client("sts").get_caller_identity()["Account"]
    region = session.region_name
    name = f"{stage.stack}-artifacts-{account}-{region}"
    s3 = session.client("s3")
    try:
        s3.head_bucket(Bucket=name)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise Failure(f"the bucket {name} belongs to somebody else, or may not be read") from error
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=name, **where)
        s3.put_public_access_block(
            Bucket=name,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        )
    return name


def _aws(environment: dict[str, str], *arguments: str) -> None:
    command = [str(project.VENV_BIN / "aws"), "cloudformation", *arguments]
    done = subprocess.run(command, env=environment, cwd=project.ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"aws cloudformation {arguments[0]} failed:\n{done.stdout}{done.stderr}")
