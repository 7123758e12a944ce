"""What counts as a difference between the template and what is deployed."""

import unittest

from infra.local.compare import differences, exactly


class Differences(unittest.TestCase):
    def test_numbers_and_truth_values_may_be_text(self):
        self.assertEqual(differences({"a": 60, "b": True, "c": 5}, {"a": "60", "b": "true", "c": 5.0}), [])

    def test_what_is_missing_is_named_with_its_place(self):
        self.assertEqual(
            differences({"Environment": {"STAGE": "local"}}, {"Environment": {}}),
            ["Environment.STAGE is missing, not 'local'"],
        )

    def test_what_differs_is_told_with_both_values(self):
        self.assertEqual(differences({"Timeout": 10}, {"Timeout": 3}), ["Timeout is 3, not 10"])

    def test_more_than_wanted_is_no_difference(self):
        self.assertEqual(differences({"a": 1}, {"a": 1, "b": 2}), [])

    def test_lists_may_be_in_any_order(self):
        self.assertEqual(differences([{"Name": "a"}, {"Name": "b"}], [{"Name": "b"}, {"Name": "a"}]), [])

    def test_an_entry_too_many_and_one_too_few_are_both_told(self):
        faults = differences(["GET", "PUT"], ["GET", "*", "POST"], "AllowedMethods")
        self.assertEqual(len(faults), 2)
        self.assertIn("lacks 'PUT'", faults[0])
        self.assertIn("3 entries, not 2", faults[1])

    def test_something_of_another_shape_is_a_difference(self):
        self.assertEqual(len(differences({"a": {"b": 1}}, {"a": "b"})), 1)
        self.assertEqual(len(differences({"a": [1]}, {"a": 1})), 1)


class Exactly(unittest.TestCase):
    def test_what_nobody_wanted_is_a_fault(self):
        self.assertEqual(
            exactly({}, {"CLOCK_ITEM": "CLOCK"}, "Environment"), ["Environment.CLOCK_ITEM is there"]
        )
