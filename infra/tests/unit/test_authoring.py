"""The scaffold of an item: what it writes, and what it never touches."""

import datetime
import json
import shutil
import tempfile
import unittest
from pathlib import Path

from infra.authoring import item
from infra.deployment import project
from infra.deployment.progress import Failure

TODAY = datetime.date(2026, 11, 23)


class Scaffold(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.catalogue = Path(directory.name)
        for folder in ("items", "forms", "rules", "fixtures"):
            shutil.copytree(project.ROOT / "shared" / "catalogue" / folder, self.catalogue / folder)

    def read(self, name):
        return json.loads((self.catalogue / name).read_text(encoding="utf-8"))

    def test_the_next_version_is_the_one_before_from_a_later_day(self):
        written = item.scaffold(self.catalogue, "PSB-APR-042", TODAY)
        self.assertEqual([file.parent.name for file in written], ["items", "forms", "rules"])
        before, after = (self.read(f"items/PSB-APR-042.v{version}.json") for version in (1, 2))
        later = {"version": 2, "effective_from": "2027-01-01"}
        self.assertEqual(after, before | later)
        self.assertEqual(self.read("forms/PSB-APR-042.v2.json"), self.read("forms/PSB-APR-042.v1.json"))

    def test_a_new_item_comes_with_a_form_and_its_fixtures(self):
        written = item.scaffold(self.catalogue, "PSB-APR-075", TODAY)
        names = [f"{file.parent.name}/{file.name}" for file in written]
        self.assertEqual(
            names,
            [
                "items/PSB-APR-075.v1.json",
                "forms/PSB-APR-075.v1.json",
                "fixtures/PSB-APR-075.valid.json",
                "fixtures/PSB-APR-075.invalid.json",
            ],
        )
        self.assertEqual(self.read("items/PSB-APR-075.v1.json")["name"]["zh"], "TODO")

    def test_what_is_there_is_never_overwritten(self):
        (self.catalogue / "fixtures" / "PSB-APR-075.valid.json").write_text("{}")
        with self.assertRaises(Failure):
            item.scaffold(self.catalogue, "PSB-APR-075", TODAY)

    def test_months_are_counted_across_the_turn_of_the_year(self):
        self.assertEqual(item.first_of_month(TODAY, 2), datetime.date(2027, 1, 1))
        self.assertEqual(item.first_of_month(datetime.date(2026, 10, 31), 2), datetime.date(2026, 12, 1))


if __name__ == "__main__":
    unittest.main()
