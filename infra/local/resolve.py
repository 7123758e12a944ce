"""Says what each resource of the template should be, once it is deployed.

CloudFormation's intrinsic functions are evaluated against the stack: parameters, conditions, the
physical names of resources and their attributes. Only the functions that the template uses exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3

from infra.deployment import template
from infra.deployment.stage import Stage

# Stands for a property that a condition leaves out.
_ABSENT = object()


@dataclass(frozen=True)
class Resource:
    """A resource of the template as it should be deployed."""

    logical_id: str
    kind: str
    physical_id: str
    properties: dict[str, Any]


class Expected:
    """The template of a stage, resolved against its deployed stack."""

    def __init__(self, stage: Stage, session: boto3.Session) -> None:
        self.stage = stage
        self.session = session
        self._template = template.read()
        self._parameters = {
            name: _typed(definition["Type"], stage.parameters.get(name, definition.get("Default")))
            for name, definition in self._template["Parameters"].items()
        }

    def wanted(self) -> list[tuple[str, str]]:
        """Logical id and type of every resource that the stage's conditions let exist."""
        return [
            (logical_id, resource["Type"])
            for logical_id, resource in self._template["Resources"].items()
            if "Condition" not in resource or self._condition(resource["Condition"])
        ]

    def resources(self, kind: str) -> Iterator[Resource]:
        """The deployed resources of a type."""
        for logical_id, its_kind in self.wanted():
            if its_kind == kind and logical_id in self.physical_ids:
                yield self.resource(logical_id)

    def resource(self, logical_id: str) -> Resource:
        """One deployed resource."""
        definition = self._template["Resources"][logical_id]
        properties = definition.get("Properties", {})
        if definition["Type"] == template.FUNCTION:
            properties = _with_globals(self._template["Globals"]["Function"], properties)
        return Resource(
            logical_id, definition["Type"], self.physical_ids[logical_id], self._value(properties)
        )

    @cached_property
    def physical_ids(self) -> dict[str, str]:
        """The physical id of each resource in the stack, by logical id."""
        client = self.session.client("cloudformation")
        found = client.describe_stack_resources(StackName=self.stage.stack)["StackResources"]
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in found}

    @cached_property
    def account(self) -> str:
        """The account that the stack is in."""
        return str(self.session.client("sts").get_caller_identity()["Account"])

    def _condition(self, name: str) -> bool:
        return bool(self._value(self._template["Conditions"][name]))

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [item for item in map(self._value, value) if item is not _ABSENT]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((name, argument),) = value.items()
            if name == "Ref" or name == "Condition" or name.startswith("Fn::"):
                return self._function(name, argument)
        resolved = {name: self._value(item) for name, item in value.items()}
        return {name: item for name, item in resolved.items() if item is not _ABSENT}

    def _function(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._ref(argument)
            # `Condition` is also a plain key of a policy statement, with a mapping below it.
            case "Condition" if isinstance(argument, str):
                return self._condition(argument)
            case "Condition":
                return {"Condition": self._value(argument)}
            case "Fn::GetAtt":
                return self._attribute(*argument)
            case "Fn::Sub":
                return self._sub(argument)
            case "Fn::Join":
                separator, items = argument
                return separator.join(map(str, self._value(items)))
            case "Fn::If":
                condition, then, otherwise = argument
                return self._value(then if self._condition(condition) else otherwise)
            case "Fn::Equals":
                left, right = self._value(argument)
                return left == right
            case "Fn::Not":
                return not self._value(argument[0])
            case "Fn::And":
                return all(self._value(argument))
        raise NotImplementedError(f"{name} is not evaluated yet: add it here")

    def _ref(self, name: str) -> Any:
        pseudo = {
            "AWS::NoValue": _ABSENT,
            "AWS::StackName": self.stage.stack,
            "AWS::Region": self.session.region_name,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
        }
        if name == "AWS::AccountId":
            return self.account
        if name in pseudo:
            return pseudo[name]
        if name in self._parameters:
            return self._parameters[name]
        return self.physical_ids[name]

    def _sub(self, argument: Any) -> str:
        text, names = argument if isinstance(argument, list) else (argument, {})

        def replaced(match: re.Match[str]) -> str:
            name = match[1]
            if name in names:
                return str(self._value(names[name]))
            if "." in name:
                return str(self._attribute(*name.split(".", 1)))
            return str(self._ref(name))

        return re.sub(r"\$\{([^}]+)\}", replaced, text)

    def _attribute(self, logical_id: str, attribute: str) -> str:
        kind = self._template["Resources"][logical_id]["Type"]
        physical_id = self.physical_ids[logical_id]
        region, account = self.session.region_name, self.account
        match kind, attribute:
            case template.FUNCTION, "Arn":
                return f"arn:aws:lambda:{region}:{account}:function:{physical_id}"
            case "AWS::DynamoDB::Table", "Arn":
                return f"arn:aws:dynamodb:{region}:{account}:table/{physical_id}"
            case "AWS::DynamoDB::Table", "StreamArn":
                table = self.session.client("dynamodb").describe_table(TableName=physical_id)
                return str(table["Table"].get("LatestStreamArn", "no stream"))
            case "AWS::IAM::Role", "Arn":
                return f"arn:aws:iam::{account}:role/{physical_id}"
            case "AWS::KMS::Key", "Arn":
                return f"arn:aws:kms:{region}:{account}:key/{physical_id}"
            case "AWS::Logs::LogGroup", "Arn":
                return f"arn:aws:logs:{region}:{account}:log-group:{physical_id}:*"
            case "AWS::S3::Bucket", "Arn":
                return f"arn:aws:s3:::{physical_id}"
            case "AWS::SQS::Queue", "Arn":
                return f"arn:aws:sqs:{region}:{account}:{physical_id.rsplit('/', 1)[-1]}"
            case "AWS::SQS::Queue", "QueueName":
                return physical_id.rsplit("/", 1)[-1]
        raise NotImplementedError(f"{attribute} of {kind} is not known yet: add it here")


def _typed(kind: str, value: Any) -> Any:
    match kind:
        case "Number":
            return int(value)
        case "CommaDelimitedList":
            return value.split(",")
    return value


def _with_globals(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    variables = {
        **common.get("Environment", {}).get("Variables", {}),
        **own.get("Environment", {}).get("Variables", {}),
    }
    return {**common, **own, "Environment": {"Variables": variables}}
