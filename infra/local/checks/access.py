"""Roles and keys."""

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def role(session: boto3.Session, resource: Resource) -> Faults:
    """Who may assume a role and what it allows: these policies and no others."""
    client = session.client("iam")
    name = resource.physical_id
    found = client.get_role(RoleName=name)["Role"]
    faults = differences(
        resource.properties["AssumeRolePolicyDocument"], found["AssumeRolePolicyDocument"], "AssumeRole"
    )
    wanted = {each["PolicyName"]: each["PolicyDocument"] for each in resource.properties["Policies"]}
    inline = client.list_role_policies(RoleName=name)["PolicyNames"]
    attached = client.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    for surplus in sorted({*inline, *(each["PolicyArn"] for each in attached)} - wanted.keys()):
        faults.append(f"the policy {surplus} is there")
    for policy, document in wanted.items():
        if policy not in inline:
            faults.append(f"the policy {policy} is missing")
            continue
        deployed = client.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
        faults += differences(document, deployed, policy)
    return faults


def key(session: boto3.Session, resource: Resource) -> Faults:
    """That a key can be used and is rotated."""
    client = session.client("kms")
    found = client.describe_key(KeyId=resource.physical_id)["KeyMetadata"]
    faults = differences({"KeyState": "Enabled", "KeyUsage": "ENCRYPT_DECRYPT"}, found)
    rotated = client.get_key_rotation_status(KeyId=resource.physical_id)["KeyRotationEnabled"]
    return faults + differences(resource.properties["EnableKeyRotation"], rotated, "rotation")
