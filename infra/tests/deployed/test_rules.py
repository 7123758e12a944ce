"""The template refuses what may not be deployed together."""

import unittest

from botocore.exceptions import ClientError

from infra.deployment import project, stage
from infra.tests.deployed import deployed_session


class Rules(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = deployed_session()
        # Rules are judged before any code is looked at.
        template = project.TEMPLATE.read_text().replace("CodeUri: packages/", "CodeUri: s3://packages/")
        cls.session.client("s3").create_bucket(Bucket="rules")
        cls.session.client("s3").put_object(Bucket="rules", Key="template.yaml", Body=template.encode())
        cls.template = f"{cls.session.endpoint}/rules/template.yaml"

    def change_set(self, parameters):
        client = self.session.client("cloudformation")
        made = client.create_change_set(
            StackName=self.id().rsplit(".", 1)[-1].replace("_", "-"),
            ChangeSetName="rules",
            ChangeSetType="CREATE",
            TemplateURL=self.template,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=[
                {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
            ],
        )
        client.delete_change_set(ChangeSetName=made["Id"])

    def refused(self, message, name, **changed):
        with self.assertRaisesRegex(ClientError, message):
            self.change_set({**stage.load(name).parameters, **changed})

    def test_production_is_accepted_as_it_is(self):
        self.change_set(stage.load("production").parameters)

    def test_stand_ins_are_refused_on_aws(self):
        for name in ("staging", "production"):
            with self.subTest(name):
                self.refused("sandbox may not be deployed on staging or in", name, WithSandbox="true")
                self.refused("clock may not be movable on staging or in", name, WithMovableClock="true")

    def test_a_stage_that_trusts_nobody_is_refused(self):
        self.refused("TrustedIssuers is required", "staging", TrustedIssuers="")

    def test_a_stage_without_the_enterprise_register_is_refused(self):
        self.refused("EnterpriseRegisterUrl is required", "staging", EnterpriseRegisterUrl="")

    def test_a_stage_without_the_vehicle_register_is_refused(self):
        self.refused("VehicleRegisterUrl is required", "staging", VehicleRegisterUrl="")

    def test_a_stage_without_the_malware_scanner_is_refused(self):
        for name in ("staging", "production"):
            with self.subTest(name):
                self.refused("MalwareScannerUrl is required", name, MalwareScannerUrl="")

    def test_a_clock_that_nobody_can_move_is_refused(self):
        trusted = ("TrustedIssuers", "EnterpriseRegisterUrl", "VehicleRegisterUrl", "MalwareScannerUrl")
        outside = {name: stage.load("staging").parameters[name] for name in trusted}
        self.refused("moved through the sandbox", "local", WithSandbox="false", **outside)

    def test_an_access_list_without_a_distribution_is_refused(self):
        listed = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/name/id"
        self.refused("protects the distribution", "production", WebAclArn=listed)
