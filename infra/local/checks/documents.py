"""Buckets: closed to the public, encrypted, emptied in time, and whom they tell."""

import json

import boto3

from infra.local import shapes
from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def bucket(session: boto3.Session, resource: Resource) -> Faults:
    """Every setting of a bucket."""
    wanted = resource.properties
    client = session.client("s3")
    name = resource.physical_id

    closed = client.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    faults = differences(wanted["PublicAccessBlockConfiguration"], closed, "PublicAccessBlock")
    owned = client.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]
    faults += differences(wanted["OwnershipControls"], owned, "OwnershipControls")
    sealed = client.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]
    faults += differences(shapes.encryption(resource), sealed, "Encryption")
    emptied = client.get_bucket_lifecycle_configuration(Bucket=name)
    faults += differences(shapes.lifecycle(resource), emptied, "Lifecycle")

    if "CorsConfiguration" in wanted:
        rules = [
            {("MaxAgeSeconds" if key == "MaxAge" else key): value for key, value in rule.items()}
            for rule in wanted["CorsConfiguration"]["CorsRules"]
        ]
        faults += differences(rules, client.get_bucket_cors(Bucket=name)["CORSRules"], "Cors")

    told = client.get_bucket_notification_configuration(Bucket=name).get("QueueConfigurations", [])
    for configuration in told:
        for rule in configuration.get("Filter", {}).get("Key", {}).get("FilterRules", []):
            # The service writes Prefix or prefix, whichever it likes.
            rule["Name"] = rule["Name"].lower()
    return faults + differences(shapes.notifications(resource), told, "Notifications")


def policy(session: boto3.Session, resource: Resource) -> Faults:
    """The policy of a bucket."""
    found = session.client("s3").get_bucket_policy(Bucket=resource.properties["Bucket"])["Policy"]
    return differences(resource.properties["PolicyDocument"], json.loads(found), "Policy")
