"""The template's properties in the shape that the services' own APIs use, where the two differ."""

from typing import Any

from infra.local.resolve import Resource


def encryption(bucket: Resource) -> dict[str, Any]:
    """Default encryption of a bucket."""
    return {
        "Rules": [
            {
                "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"],
                    "KMSMasterKeyID": rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"],
                },
                "BucketKeyEnabled": rule["BucketKeyEnabled"],
            }
            for rule in bucket.properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        ]
    }


def lifecycle(bucket: Resource) -> dict[str, Any]:
    """Lifecycle rules of a bucket."""

    def rule(wanted: dict[str, Any]) -> dict[str, Any]:
        shaped = {
            "ID": wanted["Id"],
            "Status": wanted["Status"],
            "Filter": {"Prefix": wanted.get("Prefix", "")},
            "Expiration": {"Days": wanted["ExpirationInDays"]},
        }
        if "AbortIncompleteMultipartUpload" in wanted:
            shaped["AbortIncompleteMultipartUpload"] = wanted["AbortIncompleteMultipartUpload"]
        return shaped

    return {"Rules": [rule(each) for each in bucket.properties["LifecycleConfiguration"]["Rules"]]}


def notifications(bucket: Resource) -> list[dict[str, Any]]:
    """Which queues a bucket tells of which events."""
    configured = bucket.properties.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
    return [
        {
            "QueueArn": each["Queue"],
            "Events": [each["Event"]],
            "Filter": {"Key": {"FilterRules": each["Filter"]["S3Key"]["Rules"]}},
        }
        for each in configured
    ]
