"""Packages are the same for the same binary, and need no newer C library than AWS has."""

import os
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from infra.deployment import build
from infra.deployment.progress import Failure

SYMBOLS = """
0000000000000000  w   DF *UND*  0000000000000000 (GLIBC_2.2.5) __cxa_finalize
0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.34) __libc_start_main
0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.9)  pipe2
"""


class Packages(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.binary = Path(directory.name) / "inquiry"
        self.package = Path(directory.name) / "inquiry.zip"
        self.binary.write_bytes(b"the function")

    def pack(self):
        build.pack(self.binary, self.package, quick=True)
        return self.package.read_bytes()

    def test_the_same_binary_gives_the_same_package(self):
        first = self.pack()
        self.package.unlink()
        self.binary.touch()
        self.assertEqual(self.pack(), first)

    def test_another_binary_gives_another_package_even_when_it_is_older(self):
        first = self.pack()
        self.binary.write_bytes(b"the function of yesterday")
        os.utime(self.binary, (0, 0))
        self.assertNotEqual(self.pack(), first)

    def test_a_package_is_not_packed_again_for_nothing(self):
        self.pack()
        packed = self.package.stat().st_mtime_ns
        self.pack()
        self.assertEqual(self.package.stat().st_mtime_ns, packed)

    def test_the_bootstrap_may_be_executed(self):
        self.pack()
        with zipfile.ZipFile(self.package) as archive:
            (entry,) = archive.infolist()
        self.assertEqual(entry.filename, "bootstrap")
        self.assertEqual(entry.external_attr >> 16 & 0o777, 0o755)


class CLibrary(unittest.TestCase):
    def test_versions_are_compared_as_numbers(self):
        self.assertEqual(build.newest_glibc(SYMBOLS), (2, 34))

    def test_a_binary_without_versions_needs_none(self):
        self.assertEqual(build.newest_glibc("no symbols\n"), (0,))

    def test_a_binary_that_needs_a_newer_one_is_refused(self):
        newer = mock.Mock(stdout=SYMBOLS.replace("2.34", "2.35"))
        with mock.patch("subprocess.run", return_value=newer), self.assertRaisesRegex(Failure, "GLIBC_2.35"):
            build.refuse_newer_glibc(Path("inquiry"))

    def test_a_binary_for_the_one_of_aws_is_accepted(self):
        with mock.patch("subprocess.run", return_value=mock.Mock(stdout=SYMBOLS)):
            build.refuse_newer_glibc(Path("inquiry"))


class Profile(unittest.TestCase):
    def test_an_unknown_profile_is_refused(self):
        with mock.patch.dict("os.environ", PROFILE="fastest"), self.assertRaises(Failure):
            build.profile(default="dev")
