"""The assertion of the deployed state notices what is not as the template says."""

import os
import unittest

from infra.deployment import stage
from infra.local.resolve import Expected
from infra.local.verify import faults_of
from infra.tests.deployed import deployed_session


class Verify(unittest.TestCase):
    def setUp(self):
        self.session = deployed_session()
        base = os.environ["API"]
        self.expected = Expected(stage.load("test").with_parameters(PublicBaseUrl=base), self.session)
        self.assertEqual(faults_of(self.expected), [])

    def test_a_lost_redrive_policy_is_noticed(self):
        client, url = self.session.client("sqs"), os.environ["REVIEW_QUEUE_URL"]
        kept = client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
        client.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": ""})
        self.addCleanup(client.set_queue_attributes, QueueUrl=url, Attributes=kept)
        self.assertRegex(faults_of(self.expected)[0], "^ReviewQueue: RedrivePolicy")

    def test_a_variable_too_many_is_noticed(self):
        client, name = self.session.client("lambda"), os.environ["FUNCTION_RELAY"]
        kept = client.get_function_configuration(FunctionName=name)["Environment"]
        self.addCleanup(client.update_function_configuration, FunctionName=name, Environment=kept)
        client.update_function_configuration(
            FunctionName=name, Environment={"Variables": {**kept["Variables"], "DEBUG": "1"}}
        )
        self.assertEqual(faults_of(self.expected), ["Relay: Environment.DEBUG is there"])

    def test_a_lost_route_is_noticed(self):
        client = self.session.client("apigatewayv2")
        api = self.expected.resource("Api").physical_id
        route = next(r for r in client.get_routes(ApiId=api)["Items"] if r["RouteKey"] == "GET /v1/workbench")
        kept = {"RouteKey": route["RouteKey"], "Target": route["Target"]}
        client.update_route(ApiId=api, RouteId=route["RouteId"], RouteKey="GET /v1/elsewhere")
        self.addCleanup(client.update_route, ApiId=api, RouteId=route["RouteId"], **kept)
        self.assertRegex(faults_of(self.expected)[0], "^WorkbenchRoute: RouteKey")
