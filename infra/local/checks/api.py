"""The HTTP API: its routes and what answers them."""

import boto3

from infra.local.compare import Faults, differences
from infra.local.resolve import Resource


def api(session: boto3.Session, resource: Resource) -> Faults:
    """The API's protocol and the origins it answers."""
    found = session.client("apigatewayv2").get_api(ApiId=resource.physical_id)
    same = ("Name", "ProtocolType", "CorsConfiguration")
    return differences({name: resource.properties[name] for name in same}, found)


def stage(session: boto3.Session, resource: Resource) -> Faults:
    """The stage with its throttling and access log."""
    wanted = dict(resource.properties)
    found = session.client("apigatewayv2").get_stage(ApiId=wanted.pop("ApiId"), StageName=wanted["StageName"])
    return differences(wanted, found)


def integration(session: boto3.Session, resource: Resource) -> Faults:
    """Which function answers, in which payload format, within which time."""
    wanted = dict(resource.properties)
    found = session.client("apigatewayv2").get_integration(
        ApiId=wanted.pop("ApiId"), IntegrationId=resource.physical_id
    )
    return differences(wanted, found)


def route(session: boto3.Session, resource: Resource) -> Faults:
    """Which integration a method and path lead to."""
    wanted = dict(resource.properties)
    found = session.client("apigatewayv2").get_route(
        ApiId=wanted.pop("ApiId"),
        # On the emulator the physical id is API/ROUTE.
        RouteId=resource.physical_id.rsplit("/", 1)[-1],
    )
    return differences(wanted, found)
