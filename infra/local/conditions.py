"""What the emulator leaves out of a request when it judges a role by its conditions.

Without them dynamodb:LeadingKeys would hold of every request, and kms:EncryptionContext and
s3:x-amz-copy-source of none, so that a condition of the template could be wrong and nobody would see it
before AWS does.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

PARTITION = re.compile(r"^\s*[\w#]+\s*=\s*(:\w+)")


def leading_keys(request: dict[str, Any]) -> list[str]:
    """The partition keys that a request to DynamoDB names, whatever its operation."""
    return sorted({key["S"] for key in _partitions(request) if "S" in key})


def encryption_context(request: dict[str, Any]) -> dict[str, str]:
    """The condition keys of the encryption context of a request to KMS."""
    context = request.get("EncryptionContext") or {}
    return {f"kms:EncryptionContext:{name}": value for name, value in context.items()}


def copy_source(headers: Mapping[str, str]) -> dict[str, str]:
    """The condition key of what a request to S3 copies."""
    source = headers.get("x-amz-copy-source")
    return {"s3:x-amz-copy-source": source.removeprefix("/")} if source else {}


def supply() -> None:
    """Has the emulator of this process know them."""
    from ministack.core import iam_actions

    of_table, of_tags = iam_actions.dynamodb_service_context, iam_actions.request_tag_context
    of_object = iam_actions.s3_service_context

    def of_dynamodb(body: bytes) -> dict[str, Any]:
        keys = leading_keys(_read(body))
        return {**of_table(body), **({"dynamodb:LeadingKeys": keys} if keys else {})}

    def of_any(service: str, action: str, body: bytes, parameters: object) -> dict[str, Any]:
        found = of_tags(service, action, body, parameters)
        return {**found, **encryption_context(_read(body))} if service == "kms" else found

    def of_s3(action: str, query: Any, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
        return {**(of_object(action, query, path, headers) or {}), **copy_source(headers)}

    iam_actions.dynamodb_service_context = of_dynamodb
    iam_actions.s3_service_context = of_s3
    iam_actions.request_tag_context = of_any


def _partitions(request: dict[str, Any]) -> Iterator[dict[str, str]]:
    for part in ("Item", "Key"):
        if part in request:
            yield request[part].get("pk", {})
    for table in (request.get("RequestItems") or {}).values():
        for key in table.get("Keys", []):
            yield key.get("pk", {})
    for item in request.get("TransactItems") or []:
        for write in item.values():
            yield from _partitions(write)
    if asked := PARTITION.match(request.get("KeyConditionExpression") or ""):
        yield request["ExpressionAttributeValues"].get(asked[1], {})


def _read(body: bytes) -> dict[str, Any]:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}
