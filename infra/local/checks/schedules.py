"""Schedules."""

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def schedule(session: boto3.Session, resource: Resource) -> Faults:
    """When a schedule fires and what it sends to whom, enabled."""
    found = session.client("scheduler").get_schedule(Name=resource.physical_id)
    return differences({**resource.properties, "State": "ENABLED"}, found)
