"""Starting and stopping the local AWS."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

from botocore.exceptions import ClientError

from infra.deployment import cloudformation, project
from infra.deployment.progress import Failure
from infra.local.emulator import Emulator, environment, free_port, refuse_taken


class Ports(unittest.TestCase):
    def test_a_taken_port_is_told_with_a_way_out(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with self.assertRaisesRegex(Failure, f"port {port} .* PORT="):
                refuse_taken(port)

    def test_a_free_port_is_free(self):
        refuse_taken(free_port())


class Environment(unittest.TestCase):
    def test_whatever_the_machine_has_configured_for_aws_is_left_out(self):
        with mock.patch.dict(os.environ, AWS_PROFILE="production", AWS_SESSION_TOKEN="secret"):
            found = environment("http://127.0.0.1:1")
        self.assertNotIn("AWS_PROFILE", found)
        self.assertNotIn("AWS_SESSION_TOKEN", found)
        self.assertEqual(found["AWS_ENDPOINT_URL"], "http://127.0.0.1:1")


class Lifecycle(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def started(self):
        emulator = Emulator(self.directory, free_port())
        emulator.start()
        self.addCleanup(emulator.stop)
        return emulator

    def objects(self, emulator):
        return cloudformation.session_of(environment(emulator.endpoint)).client("s3")

    def test_it_finds_its_data_again(self):
        first = self.started()
        self.objects(first).create_bucket(Bucket="kept")
        self.objects(first).put_object(Bucket="kept", Key="paper", Body=b"whole")
        first.stop()

        second = self.started()
        self.assertEqual(self.objects(second).get_object(Bucket="kept", Key="paper")["Body"].read(), b"whole")

    def test_stopping_twice_is_harmless_and_frees_the_port(self):
        emulator = self.started()
        emulator.stop()
        emulator.stop()
        refuse_taken(emulator.port)

    def test_it_holds_a_role_to_the_keys_of_items_and_the_context_of_encryption(self):
        emulator = Emulator(self.directory, free_port(), enforce_roles=True)
        emulator.start()
        self.addCleanup(emulator.stop)
        owner = cloudformation.session_of(environment(emulator.endpoint))
        key = owner.client("kms").create_key()["KeyMetadata"]["KeyId"]
        owner.client("dynamodb").create_table(
            TableName="table",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        )
        dynamodb, kms = self.somebody(
            owner,
            emulator,
            {
                "Action": "dynamodb:*",
                "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["APP#*"]}},
            },
            {
                "Action": "kms:*",
                "Condition": {"StringEquals": {"kms:EncryptionContext:stage": "test"}},
            },
        )

        def put(pk):
            return {"TableName": "table", "Item": {"pk": {"S": pk}}}

        def query(pk):
            return {
                "TableName": "table",
                "KeyConditionExpression": "#p = :p",
                "ExpressionAttributeNames": {"#p": "pk"},
                "ExpressionAttributeValues": {":p": {"S": pk}},
            }

        def batch(pk):
            return {"RequestItems": {"table": {"Keys": [{"pk": {"S": "APP#1"}}, {"pk": {"S": pk}}]}}}

        def transaction(pk):
            return {"TransactItems": [{"Put": put("APP#1")}, {"Put": put(pk)}]}

        for call, request in (
            (dynamodb.put_item, put),
            (dynamodb.query, query),
            (dynamodb.batch_get_item, batch),
            (dynamodb.transact_write_items, transaction),
        ):
            call(**request("APP#2"))
            with self.assertRaisesRegex(ClientError, "AccessDenied"):
                call(**request("ENT#1"))
        made = {"KeyId": key, "KeySpec": "AES_256"}
        kms.generate_data_key(**made, EncryptionContext={"stage": "test"})
        for context in ({"stage": "production"}, {}):
            with self.assertRaisesRegex(ClientError, "AccessDenied"):
                kms.generate_data_key(**made, EncryptionContext=context)

    def somebody(self, owner, emulator, *statements):
        """Clients of a user who may do what the statements say and nothing else."""
        iam = owner.client("iam")
        iam.create_user(UserName="somebody")
        allowed = [{"Effect": "Allow", "Resource": "*", **statement} for statement in statements]
        policy = json.dumps({"Version": "2012-10-17", "Statement": allowed})
        iam.put_user_policy(UserName="somebody", PolicyName="policy", PolicyDocument=policy)
        access = iam.create_access_key(UserName="somebody")["AccessKey"]
        settings = {
            **environment(emulator.endpoint),
            "AWS_ACCESS_KEY_ID": access["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": access["SecretAccessKey"],
        }
        session = cloudformation.session_of(settings)
        return session.client("dynamodb"), session.client("kms")

    def test_it_ends_with_whoever_started_it(self):
        port = free_port()
        starter = (
            "import time; from pathlib import Path; from infra.local.emulator import Emulator;"
            f"Emulator(Path({str(self.directory)!r}), {port}).start();"
            "print('up', flush=True); time.sleep(600)"
        )
        with subprocess.Popen(
            [sys.executable, "-c", starter],
            cwd=project.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            self.assertEqual(process.stdout.readline(), b"up\n")
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health").close()
            process.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                refuse_taken(port)
                return
            except Failure:
                time.sleep(0.05)
        self.fail("the emulator outlived its starter by 20 s")
