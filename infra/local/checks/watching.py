"""Logs and alarms."""

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def log_group(session: boto3.Session, resource: Resource) -> Faults:
    """How long logs are kept."""
    name = resource.properties["LogGroupName"]
    groups = session.client("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    found = next((group for group in groups if group["logGroupName"] == name), {})
    return differences(resource.properties["RetentionInDays"], found.get("retentionInDays"), "retention")


def alarm(session: boto3.Session, resource: Resource) -> Faults:
    """What an alarm watches."""
    alarms = session.client("cloudwatch").describe_alarms(AlarmNames=[resource.physical_id])
    if not alarms["MetricAlarms"]:
        return ["there is no such alarm"]
    return differences(resource.properties, alarms["MetricAlarms"][0])
