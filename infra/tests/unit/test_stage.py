"""Stages and their parameters."""

import unittest

from infra.deployment import stage
from infra.deployment.progress import Failure


class Stages(unittest.TestCase):
    def test_an_unknown_stage_is_told_which_there_are(self):
        with self.assertRaisesRegex(Failure, "local, production, staging, test"):
            stage.load("prodution")

    def test_example_addresses_do_not_reach_aws(self):
        with self.assertRaisesRegex(Failure, "TrustedIssuers"):
            stage.load("production").refuse_examples()

    def test_example_addresses_are_fine_on_the_emulator(self):
        stage.Stage("local", {"AllowedOrigins": "https://web.example"}).refuse_examples()

    def test_later_parameters_replace_those_of_the_file(self):
        changed = stage.load("local").with_parameters(WithSandbox="false")
        self.assertEqual(changed.parameters["WithSandbox"], "false")
        self.assertEqual(stage.load("local").parameters["WithSandbox"], "true")
