"""Credit codes, resident identity numbers and mobile numbers against python-stdnum and phonenumbers.

The platform's own tests (shared/domain/tests/identifiers) hold it to the same file of examples: what
holds for the file on both sides, both sides agree on. Where a program of others judges by another
rule, the example is named here with that rule, and no other may differ.
"""

import re

import pytest
from formats import is_mobile_number, is_resident_number
from project import IDENTIFIERS, POPULATION, ROOT, read
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

EXAMPLES = read(IDENTIFIERS)
SANDBOX = read(POPULATION)

# The platform refuses these as stored values; python-stdnum takes them.
TAKEN_BY_STDNUM = {
    "92140500xxx1000790": "it puts small letters into capitals by itself",
    "14012219010203002x": "it puts small letters into capitals by itself",
    "91140300XXX1000534": "it does not check the organisation code within a credit code",
    "140121209912310016": "it has no clock, so nobody is born in the future",
}
# The platform takes these; python-stdnum refuses them.
REFUSED_BY_STDNUM = {
    "Y1140000XXX1009923": "it knows no registering authority with a letter",
    "N2140105XXX100984T": "it knows no registering authority with a letter",
    "140105198001010003": "the county got its code after the birth",
    "140105199006159995": "the county got its code after the birth",
    "810000199001010000": "it knows no residence permits",
    "820000199001019998": "it knows no residence permits",
    "830000199001010004": "it knows no residence permits",
}
# The platform brings these into the stored form, which they are not yet; phonenumbers does so too.
NORMALISED = {"+8613800000000", "138-0000-0000", "１３８00000000"}  # noqa: RUF001


def values(examples):
    return [example["value"] if isinstance(example, dict) else example for example in examples]


def verdict(program, number):
    try:
        program.validate(number)
    except ValidationError as fault:
        return type(fault).__name__
    return "valid"


def examples_of(kind):
    program = {"uscc": uscc, "ric": ric}[kind]
    listed = EXAMPLES[kind]["valid"] + EXAMPLES[kind]["invalid"] + EXAMPLES[f"{kind}_outside_stdnum"]
    assert len(listed) >= 22
    return [(program, example) for example in listed]


ALL = examples_of("uscc") + examples_of("ric")
VALID = [(program, example) for program, example in ALL if "reason" not in example]


def identity(example):
    return example["value"] if isinstance(example, dict) else ""


@pytest.mark.parametrize(("program", "example"), ALL, ids=identity)
def test_stdnum_judges_every_example_as_the_platform_does(program, example):
    value = example["value"]
    ours = "reason" not in example
    assert (value in TAKEN_BY_STDNUM) <= (not ours)
    assert (value in REFUSED_BY_STDNUM) <= ours
    differs = value in TAKEN_BY_STDNUM or value in REFUSED_BY_STDNUM
    assert program.is_valid(value) == (ours != differs), example.get("reason")


@pytest.mark.parametrize(("program", "example"), ALL, ids=identity)
def test_stdnum_says_what_the_examples_say_it_says(program, example):
    assert verdict(program, example["value"]) == example["stdnum"]


@pytest.mark.parametrize(("program", "example"), VALID, ids=identity)
def test_stdnum_computes_the_same_check_character(program, example):
    assert program.calc_check_digit(example["value"]) == example["value"][-1]


@pytest.mark.parametrize("example", EXAMPLES["ric"]["valid"], ids=identity)
def test_stdnum_reads_the_same_birth_and_place(example):
    assert ric.get_birth_date(example["value"]).isoformat() == example["birth"]
    place = ric.get_birth_place(example["value"])
    assert {name: place[name] for name in example["place"]} == example["place"]


def test_stdnum_takes_every_credit_code_that_the_domains_tests_take():
    taken = set()
    for file in (ROOT / "shared" / "domain" / "tests").rglob("*.rs"):
        text = file.read_text(encoding="utf-8")
        taken.update(re.findall(r'Uscc::parse\("([0-9A-Z]{18})"\)\s*\.unwrap\(\)', text))
    assert len(taken) >= 4, taken
    assert {code for code in taken if not uscc.is_valid(code)} == set()


def test_stdnum_takes_every_identifier_of_the_sandbox():
    codes = [enterprise["uscc"] for enterprise in SANDBOX["enterprises"]]
    numbers = [person["resident_id"] for person in SANDBOX["persons"]]
    assert len(codes) >= 3 and len(numbers) >= 8
    assert [code for code in codes if not uscc.is_valid(code)] == []
    assert [number for number in numbers if not is_resident_number(number)] == []


@pytest.mark.parametrize("value", values(EXAMPLES["mobile"]["valid"]))
def test_phonenumbers_takes_every_mobile_number(value):
    assert is_mobile_number(value)


@pytest.mark.parametrize("example", EXAMPLES["mobile"]["invalid"], ids=identity)
def test_phonenumbers_refuses_what_is_no_mobile_number_in_any_form(example):
    assert is_mobile_number(example["value"]) == (example["value"] in NORMALISED), example["reason"]
