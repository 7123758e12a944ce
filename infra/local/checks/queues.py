"""Queues, where their failed messages go, and who may send to them."""

import json

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def queue(session: boto3.Session, resource: Resource) -> Faults:
    """Visibility, retention, encryption and the redrive policy."""
    wanted = resource.properties
    found = session.client("sqs").get_queue_attributes(QueueUrl=resource.physical_id, AttributeNames=["All"])[
        "Attributes"
    ]
    same = ("VisibilityTimeout", "MessageRetentionPeriod", "SqsManagedSseEnabled")
    faults = differences({name: wanted[name] for name in same if name in wanted}, found)
    if "RedrivePolicy" in wanted:
        redrive = json.loads(found.get("RedrivePolicy", "{}"))
        faults += differences(wanted["RedrivePolicy"], redrive, "RedrivePolicy")
    return faults


def policy(session: boto3.Session, resource: Resource) -> Faults:
    """Who may send to the queues of a policy."""
    faults: Faults = []
    for url in resource.properties["Queues"]:
        found = session.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])
        document = json.loads(found.get("Attributes", {}).get("Policy", "{}"))
        faults += differences(resource.properties["PolicyDocument"], document, "Policy")
    return faults
