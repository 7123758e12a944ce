"""What must hold of the template on every stage."""

import json
import re
import unittest

from infra.deployment import project, stage, template

STAGES = ("local", "test", "staging", "production")


def parameter(chosen, name):
    return chosen.parameters.get(name, template.read()["Parameters"][name].get("Default"))


def resources(kind):
    return {
        name: resource for name, resource in template.read()["Resources"].items() if resource["Type"] == kind
    }


class Functions(unittest.TestCase):
    def test_every_function_is_a_crate_and_every_crate_a_function(self):
        crates = {path.parent.name for path in project.ROOT.glob("functions/*/Cargo.toml")}
        self.assertEqual({function.name for function in template.functions()}, crates)

    def test_every_function_tells_its_name_to_the_tests(self):
        for function in template.functions():
            self.assertIn(f"{function.logical_id}Function", template.read()["Outputs"])

    def test_every_function_has_a_role_and_logs_of_its_own(self):
        functions = resources(template.FUNCTION)
        roles = [json.dumps(each["Properties"]["Role"]) for each in functions.values()]
        logs = [json.dumps(each["Properties"]["LoggingConfig"]) for each in functions.values()]
        self.assertEqual(len(set(roles)), len(functions))
        self.assertEqual(len(set(logs)), len(functions))


class Roles(unittest.TestCase):
    def statements(self):
        for name, role in resources("AWS::IAM::Role").items():
            for policy in role["Properties"]["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield name, statement

    def actions(self, statement):
        actions = statement["Action"]
        return actions if isinstance(actions, list) else [actions]

    def test_no_role_has_every_action_of_a_service(self):
        for name, statement in self.statements():
            for action in self.actions(statement):
                self.assertNotIn("*", action, f"{name} {statement['Sid']}")

    def test_every_statement_names_its_resources(self):
        for name, statement in self.statements():
            if self.actions(statement) != ["dynamodb:ListStreams"]:
                self.assertNotEqual(statement["Resource"], "*", f"{name} {statement['Sid']}")

    def test_nobody_scans_the_table(self):
        for _, statement in self.statements():
            self.assertNotIn("dynamodb:Scan", self.actions(statement))


class Queues(unittest.TestCase):
    def mappings(self):
        return resources("AWS::Lambda::EventSourceMapping").values()

    def test_every_mapping_reports_partial_failures(self):
        for mapping in self.mappings():
            self.assertEqual(mapping["Properties"]["FunctionResponseTypes"], ["ReportBatchItemFailures"])

    def test_on_aws_a_message_stays_hidden_six_times_as_long_as_it_may_be_worked_on(self):
        everything = template.read()
        default = everything["Globals"]["Function"]["Timeout"]
        seen = 0
        for mapping in self.mappings():
            source = mapping["Properties"]["EventSourceArn"]["Fn::GetAtt"][0]
            queue = everything["Resources"][source]
            if queue["Type"] != "AWS::SQS::Queue":
                continue
            function = everything["Resources"][mapping["Properties"]["FunctionName"]["Ref"]]
            limit = function["Properties"].get("Timeout", default)
            for name in ("local", "staging", "production"):
                visibility = parameter(stage.load(name), queue["Properties"]["VisibilityTimeout"]["Ref"])
                self.assertGreaterEqual(int(visibility), 6 * limit, f"{source} on {name}")
                seen += 1
        self.assertGreater(seen, 0)

    def test_every_queue_gives_up_after_five_tries_into_one_that_keeps_two_weeks(self):
        queues = resources("AWS::SQS::Queue")
        dead = {
            queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
            for queue in queues.values()
            if "RedrivePolicy" in queue["Properties"]
        }
        for name, queue in queues.items():
            properties = queue["Properties"]
            if name in dead:
                self.assertEqual(properties["MessageRetentionPeriod"], 14 * 24 * 3600)
            else:
                self.assertEqual(properties["RedrivePolicy"]["maxReceiveCount"], 5)


class Documents(unittest.TestCase):
    def rules(self):
        bucket = resources("AWS::S3::Bucket")["Documents"]["Properties"]
        return {rule["Id"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}

    def test_quarantine_expires_after_a_message_has_had_its_tries_and_two_weeks_to_be_redriven(self):
        rule = self.rules()["quarantine-expires"]
        self.assertEqual((rule["Status"], rule["Prefix"]), ("Enabled", "quarantine/"))
        self.assertNotIn("TagFilters", rule)
        queues = resources("AWS::SQS::Queue")
        waits = sum(
            queues[name]["Properties"]["MessageRetentionPeriod"]
            for name in ("IntakeQueue", "IntakeDeadLetters")
        )
        self.assertGreater(rule["ExpirationInDays"] * 24 * 3600, waits)

    def test_only_papers_of_drafts_expire_of_what_is_clean(self):
        rule = self.rules()["papers-of-drafts-expire"]
        self.assertEqual((rule["Status"], rule["Prefix"]), ("Enabled", "clean/"))
        self.assertEqual(rule["TagFilters"], [{"Key": "case", "Value": "draft"}])


class Stream(unittest.TestCase):
    def test_relay_gets_new_events_only_and_gives_up_in_bounds(self):
        relay = template.read()["Resources"]["RelayFromStream"]["Properties"]
        (only,) = relay["FilterCriteria"]["Filters"]
        self.assertEqual(
            json.loads(only["Pattern"]),
            {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"outbox": {"S": [{"exists": True}]}}}},
        )
        self.assertEqual(relay["BatchSize"], 100)
        self.assertEqual(relay["MaximumRetryAttempts"], 5)
        self.assertIs(relay["BisectBatchOnFunctionError"], True)
        self.assertEqual(parameter(stage.load("production"), "RelayMaximumRecordAgeSeconds"), 3600)


class Api(unittest.TestCase):
    def test_routes_are_such_as_aws_accepts(self):
        keys = [each["Properties"]["RouteKey"] for each in resources("AWS::ApiGatewayV2::Route").values()]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertLess(len(keys), 300)
        segment = r"(/[A-Za-z0-9_.-]+|/\{[A-Za-z0-9_]+\})"
        for key in keys:
            self.assertRegex(
                key, rf"^(\$default|(ANY|GET|POST|PUT|PATCH|DELETE) {segment}+(/\{{[A-Za-z0-9_]+\+\}})?)$"
            )

    def test_a_function_answers_before_the_gateway_gives_up(self):
        default = template.read()["Globals"]["Function"]["Timeout"]
        for integration in resources("AWS::ApiGatewayV2::Integration").values():
            properties = integration["Properties"]
            name = properties["IntegrationUri"]["Fn::GetAtt"][0]
            limit = template.read()["Resources"][name]["Properties"].get("Timeout", default)
            self.assertGreater(properties["TimeoutInMillis"], 1000 * limit)
            self.assertLessEqual(properties["TimeoutInMillis"], 30000)


class Throttles(unittest.TestCase):
    def setUp(self):
        self.stage = template.read()["Resources"]["ApiStage"]
        self.routes = self.stage["Properties"]["RouteSettings"]

    def test_settings_are_of_routes_that_are_there_before_the_stage(self):
        ids = {
            each["Properties"]["RouteKey"]: name
            for name, each in resources("AWS::ApiGatewayV2::Route").items()
        }
        self.assertGreater(len(self.routes), 0)
        self.assertEqual({ids[key] for key in self.routes}, set(self.stage["DependsOn"]))

    def test_no_route_loses_its_metrics_to_its_settings(self):
        default = self.stage["Properties"]["DefaultRouteSettings"]
        for key, settings in self.routes.items():
            self.assertEqual(settings.keys(), default.keys(), key)

    def test_a_single_route_never_takes_more_than_the_whole_api(self):
        for name in STAGES:
            chosen = stage.load(name)
            for kind in ("Rate", "Burst"):
                whole = int(parameter(chosen, f"Throttling{kind}"))
                public = int(parameter(chosen, f"PublicThrottling{kind}"))
                expensive = int(parameter(chosen, f"ExpensiveThrottling{kind}"))
                self.assertLessEqual(expensive, public, name)
                self.assertLessEqual(public, whole, name)

    def test_what_asks_the_register_and_what_is_open_to_everybody_is_held_apart(self):
        for key, group in (("POST /v1/enterprises", "Expensive"), ("GET /v1/hall", "Public")):
            settings = self.routes[key]
            self.assertEqual(settings["ThrottlingRateLimit"], {"Ref": f"{group}ThrottlingRate"})
            self.assertEqual(settings["ThrottlingBurstLimit"], {"Ref": f"{group}ThrottlingBurst"})


class Cdn(unittest.TestCase):
    def test_it_is_there_only_where_asked_for_on_aws_s_global_partition(self):
        self.assertEqual(template.read()["Resources"]["Cdn"]["Condition"], "HasCdn")
        self.assertEqual(
            template.read()["Conditions"]["HasCdn"]["Fn::And"],
            [
                {"Condition": "OnAws"},
                {"Fn::Equals": [{"Ref": "WithCdn"}, "true"]},
                {"Fn::Equals": [{"Ref": "AWS::Partition"}, "aws"]},
            ],
        )
        for name in STAGES:
            self.assertEqual(parameter(stage.load(name), "WithCdn"), "false", name)

    def test_it_keeps_no_answer_and_speaks_no_plain_http(self):
        config = template.read()["Resources"]["Cdn"]["Properties"]["DistributionConfig"]
        caching_disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
        self.assertEqual(config["DefaultCacheBehavior"]["CachePolicyId"], caching_disabled)
        self.assertEqual(config["DefaultCacheBehavior"]["ViewerProtocolPolicy"], "https-only")
        (origin,) = config["Origins"]
        self.assertEqual(origin["CustomOriginConfig"]["OriginProtocolPolicy"], "https-only")

    def test_its_access_list_is_one_of_cloudfront_s_own_region_or_none(self):
        given = template.read()["Parameters"]["WebAclArn"]
        pattern = re.compile(given["AllowedPattern"])
        self.assertRegex(given["Default"], pattern)
        self.assertRegex("arn:aws:wafv2:us-east-1:111111111111:global/webacl/name/id", pattern)
        for wrong in (
            "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/name/id",
            "arn:aws-cn:wafv2:cn-north-1:111111111111:regional/webacl/name/id",
            "name",
        ):
            self.assertNotRegex(wrong, pattern)


class Cors(unittest.TestCase):
    def test_a_browser_may_send_every_header_that_the_interface_describes(self):
        allowed = template.read()["Resources"]["Api"]["Properties"]["CorsConfiguration"]["AllowHeaders"]
        description = json.loads((project.ROOT / "functions/inquiry/openapi.json").read_text())
        described = {
            parameter["name"].lower()
            for path in description["paths"].values()
            for operation in path.values()
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "header"
        }
        self.assertIn("x-device-authorization", described)
        self.assertLessEqual(described, set(allowed))


class Stages(unittest.TestCase):
    def test_every_parameter_of_a_stage_is_one_of_the_template(self):
        for name in STAGES:
            self.assertLessEqual(stage.load(name).parameters.keys(), template.read()["Parameters"].keys())

    def test_every_stage_gives_what_has_no_default(self):
        required = {name for name, each in template.read()["Parameters"].items() if "Default" not in each}
        for name in STAGES:
            self.assertLessEqual(required, stage.load(name).parameters.keys(), name)

    def test_stand_ins_are_deployed_on_the_emulator_only(self):
        for name in STAGES:
            chosen = stage.load(name)
            self.assertEqual(parameter(chosen, "WithSandbox") == "true", chosen.emulated, name)
            self.assertEqual(parameter(chosen, "WithMovableClock") == "true", chosen.emulated, name)

    def test_bucket_names_fit_in_the_longest_region(self):
        names = [
            each["Properties"]["BucketName"]["Fn::Sub"] for each in resources("AWS::S3::Bucket").values()
        ]
        for name in names:
            for chosen in map(stage.load, STAGES):
                values = {"StackName": chosen.stack, "AccountId": "1" * 12, "Region": "ap-southeast-1"}
                full = re.sub(r"\$\{AWS::(\w+)\}", lambda match, values=values: values[match[1]], name)
                self.assertLessEqual(len(full), 63)


class TrustedIssuers(unittest.TestCase):
    def test_issuers_of_aws_stages_are_people_and_officers_over_https(self):
        for name in ("staging", "production"):
            issuers = json.loads(stage.load(name).parameters["TrustedIssuers"])
            self.assertEqual([each["kind"] for each in issuers], ["person", "officer"])
            for each in issuers:
                self.assertTrue(each["issuer"].startswith("https://"))
