"""Functions, what starts them, and who may."""

import base64
import hashlib
import json
from pathlib import Path

import boto3

from infra.deployment import project
from infra.local.compare import Faults, differences, exactly
from infra.local.resolve import Resource

# Set by the local stack's own deployment: which build the packages are from.
BUILD = project.LOCAL / "build"


def function(session: boto3.Session, resource: Resource) -> Faults:
    """Its settings, its environment exactly, and the very package that was built."""
    wanted = resource.properties
    found = session.client("lambda").get_function(FunctionName=resource.physical_id)["Configuration"]
    same = ("FunctionName", "Runtime", "Handler", "MemorySize", "Timeout", "Role", "Architectures")
    faults = differences({name: wanted[name] for name in same}, found)
    faults += exactly(
        wanted["Environment"]["Variables"], found.get("Environment", {}).get("Variables", {}), "Environment"
    )
    faults += differences(wanted["LoggingConfig"], found.get("LoggingConfig", {}), "LoggingConfig")
    packages = [build / wanted["CodeUri"] for build in BUILD.iterdir()]
    if found["CodeSha256"] not in [_hash(package) for package in packages if package.exists()]:
        faults.append("its code is not a package that was built here")
    return faults


def _hash(package: Path) -> str:
    return base64.b64encode(hashlib.sha256(package.read_bytes()).digest()).decode()


def mapping(session: boto3.Session, resource: Resource) -> Faults:
    """What starts a function from a queue or stream, enabled, and all its limits."""
    wanted = dict(resource.properties)
    found = session.client("lambda").get_event_source_mapping(UUID=resource.physical_id)
    name = wanted.pop("FunctionName")
    faults = differences(wanted, found)
    if not found["FunctionArn"].endswith(f":function:{name}"):
        faults.append(f"it starts {found['FunctionArn']}, not {name}")
    if found["State"] != "Enabled":
        faults.append(f"its state is {found['State']}")
    return faults


def permission(session: boto3.Session, resource: Resource) -> Faults:
    """That a function may be invoked by whom the template names."""
    wanted = resource.properties
    policy = session.client("lambda").get_policy(FunctionName=wanted["FunctionName"])["Policy"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": wanted["Principal"]},
        "Action": wanted["Action"],
        "Condition": {"ArnLike": {"AWS:SourceArn": wanted["SourceArn"]}},
    }
    statements = json.loads(policy)["Statement"]
    if all(differences(statement, found) for found in statements):
        return [f"{wanted['FunctionName']} may not be invoked by {wanted['Principal']}"]
    return []
