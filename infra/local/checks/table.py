"""The table."""

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def table(session: boto3.Session, resource: Resource) -> Faults:
    """Keys, indexes, stream, encryption, expiry and point-in-time recovery."""
    wanted = resource.properties
    client = session.client("dynamodb")
    name = resource.physical_id
    found = client.describe_table(TableName=name)["Table"]

    same = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "StreamSpecification")
    faults = differences({each: wanted[each] for each in same}, found)
    faults += differences(True, found.get("StreamSpecification", {}).get("StreamEnabled"), "StreamEnabled")
    faults += differences(
        wanted["BillingMode"], found.get("BillingModeSummary", {}).get("BillingMode"), "BillingMode"
    )
    faults += differences(
        {
            "Status": "ENABLED",
            "SSEType": wanted["SSESpecification"]["SSEType"],
            "KMSMasterKeyArn": wanted["SSESpecification"]["KMSMasterKeyId"],
        },
        found.get("SSEDescription", {}),
        "SSEDescription",
    )

    expiry = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    if expiry.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        faults.append(f"TimeToLive is {expiry.get('TimeToLiveStatus')}")
    faults += differences(
        wanted["TimeToLiveSpecification"]["AttributeName"], expiry.get("AttributeName"), "TimeToLive"
    )

    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
    return faults + differences("ENABLED", recovery, "PointInTimeRecovery")
