"""Sets what the emulator drops while it deploys, from the same template.

AWS sets all of this itself. Each function here can go when the emulator does.
"""

from typing import Any

from infra.local import shapes
from infra.local.resolve import Expected


def apply(expected: Expected) -> None:
    """Sets whatever the emulator dropped; doing so again changes nothing."""
    _table(expected)
    _buckets(expected)
    _api(expected)


def _table(expected: Expected) -> None:
    client = expected.session.client("dynamodb")
    for table in expected.resources("AWS::DynamoDB::Table"):
        wanted = table.properties["TimeToLiveSpecification"]
        now = client.describe_time_to_live(TableName=table.physical_id)["TimeToLiveDescription"]
        # Setting it to what it is already is an error.
        if now.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
            client.update_time_to_live(TableName=table.physical_id, TimeToLiveSpecification=wanted)
        client.update_table(TableName=table.physical_id, SSESpecification=_encryption(table.properties))
        client.update_continuous_backups(
            TableName=table.physical_id,
            PointInTimeRecoverySpecification=table.properties["PointInTimeRecoverySpecification"],
        )


def _encryption(table: dict[str, Any]) -> dict[str, Any]:
    wanted = dict(table["SSESpecification"])
    return {"Enabled": wanted.pop("SSEEnabled"), **wanted}


def _buckets(expected: Expected) -> None:
    client = expected.session.client("s3")
    for bucket in expected.resources("AWS::S3::Bucket"):
        client.put_bucket_encryption(
            Bucket=bucket.physical_id,
            ServerSideEncryptionConfiguration=shapes.encryption(bucket),
        )
        client.put_bucket_lifecycle_configuration(
            Bucket=bucket.physical_id, LifecycleConfiguration=shapes.lifecycle(bucket)
        )


def _api(expected: Expected) -> None:
    client = expected.session.client("apigatewayv2")
    for api in expected.resources("AWS::ApiGatewayV2::Api"):
        client.update_api(ApiId=api.physical_id, CorsConfiguration=api.properties["CorsConfiguration"])
    for stage in expected.resources("AWS::ApiGatewayV2::Stage"):
        client.update_stage(
            ApiId=stage.properties["ApiId"],
            StageName=stage.properties["StageName"],
            DefaultRouteSettings=stage.properties["DefaultRouteSettings"],
            RouteSettings=stage.properties["RouteSettings"],
        )
