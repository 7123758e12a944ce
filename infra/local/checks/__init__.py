"""One check for each type of resource in the template."""

from collections.abc import Callable

import boto3

from infra.deployment import template
from infra.local.checks import access, api, documents, functions, queues, schedules, table, watching
from infra.local.compare import Faults
from infra.local.resolve import Resource

Check = Callable[[boto3.Session, Resource], Faults]

CHECKS: dict[str, Check] = {
    template.FUNCTION: functions.function,
    "AWS::ApiGatewayV2::Api": api.api,
    "AWS::ApiGatewayV2::Integration": api.integration,
    "AWS::ApiGatewayV2::Route": api.route,
    "AWS::ApiGatewayV2::Stage": api.stage,
    "AWS::CloudWatch::Alarm": watching.alarm,
    "AWS::DynamoDB::Table": table.table,
    "AWS::IAM::Role": access.role,
    "AWS::KMS::Key": access.key,
    "AWS::Lambda::EventSourceMapping": functions.mapping,
    "AWS::Lambda::Permission": functions.permission,
    "AWS::Logs::LogGroup": watching.log_group,
    "AWS::S3::Bucket": documents.bucket,
    "AWS::S3::BucketPolicy": documents.policy,
    "AWS::SQS::Queue": queues.queue,
    "AWS::SQS::QueuePolicy": queues.policy,
    "AWS::Scheduler::Schedule": schedules.schedule,
}
