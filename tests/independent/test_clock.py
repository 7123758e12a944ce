"""The legal clock against an implementation of its own, on the vectors and over HTTP."""

import dataclasses
import datetime as dt
import random

import pytest
from client import expected
from legal_clock import CHINA, DAY, ledger, moment
from project import CATALOGUE, ROOT, read

CASES = read(ROOT / "tests" / "vectors" / "clock.json")["cases"]
ITEMS = {item["code"]: item for item in map(read, sorted((CATALOGUE / "items").glob("*.json")))}
TABLES = {
    int(year): table["version"]
    for year, table in read(CATALOGUE / "calendar" / "holidays.json")["years"].items()
}
# What the route takes of a vector; corrections, ends and calendars of a case are not asked about.
ASKED = {"received_at", "accepted_at", "pauses", "extension", "decided_at", "as_of"}
KNOWN = ASKED | {"name", "limit", "expected"}
ALWAYS = {"hearing", "suspension"}
GROUNDS = {
    "expert_review": {"expert_review"},
    "testing_appraisal": {"inspection", "testing", "appraisal"},
    "hearing": {"hearing"},
}


def brought(case):
    return {**TABLES, **{int(year): version for year, version in case.get("years", {}).items()}}


def shown(reckoning):
    """A reckoning as the vectors write it."""
    told = {name: value for name, value in dataclasses.asdict(reckoning).items() if value is not None}
    del told["version"]
    if not told["pause_days"]:
        del told["pause_days"]
    return told


def grounds_of(item):
    """Those on which a pause of the item may rest."""
    listed = (
        GROUNDS.get(procedure["key"], set())
        for procedure in item["special_procedures"]
        if procedure["excluded_from_clock"] and not procedure.get("before_acceptance")
    )
    return ALWAYS.union(*listed)


def question(case):
    """A vector as a question to the route."""
    asked = {name: case[name] for name in ASKED - {"extension"} if case.get(name)}
    if "extension" in case:
        asked |= {"extension_days": case["extension"]["days"], "extended_at": case["extension"]["at"]}
    return asked


def answered(account):
    """What the route tells of a limit, as the vectors write it."""
    told = {
        "state": account["state"],
        "event": account["started"] and account["started"]["event"],
        "started": account["started"] and account["started"]["date"],
        "due": account["due"] and account["due"]["date"],
        "provisional": account["due"] and account["due"]["provisional"],
        "days_left": account["days_left"],
        "days_over": account["days_over"],
        "pause_days": [pause["days"] for pause in account["pauses"]] or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def agree(api, item, case):
    """Asks the route about a case, and compares every limit with what is reckoned here."""
    answer = expected(200, api.anybody().post(f"/v1/items/{item['code']}/clock-preview", question(case)))
    told = answer.json()
    for name in ("promised", "statutory"):
        limit = item[f"{name}_limit"]
        if limit is None:
            assert told[name] is None
            continue
        reckoned = ledger({**case, "limit": limit}, TABLES)
        assert answered(told[name]) == shown(reckoned["decision"]), (name, item["code"], case)
        assert answered(told["acceptance"]) == shown(reckoned["acceptance"]), (item["code"], case)
        assert answered(told["delivery"]) == shown(reckoned["delivery"]), (item["code"], case)
    return told


def test_there_are_as_many_vectors_as_are_promised():
    assert len(CASES) >= 80
    assert len({case["name"] for case in CASES}) == len(CASES)
    numbers = {case["limit"]["number"] for case in CASES}
    assert numbers >= {0, 1, 2, 5, 7, 20, 30}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_vector_comes_out_as_it_is_written(case):
    reckoned = ledger(case, brought(case))
    assert {name: shown(limit) for name, limit in reckoned.items()} == case["expected"]


def test_the_rules_here_know_a_day_off_from_a_working_day():
    case = {"limit": {"number": 1, "unit": "working_day", "start": "receipt"}}
    at = "2026-09-30T10:00:00+08:00"
    assert ledger({**case, "received_at": at, "as_of": at}, TABLES)["decision"].due == "2026-10-08"


def allowed(item, case):
    """Whether the route takes the case: it refuses what an item does not allow."""
    if any(pause["ground"] not in grounds_of(item) for pause in case.get("pauses", [])):
        return False
    if moment(case["as_of"]) < moment(case["received_at"]):
        return False
    extension, most = case.get("extension"), item["extension"]
    if extension and not (most and extension["days"] <= most["max_working_days"]):
        return False
    if extension:
        # It comes while the limit in law runs.
        then = {**case, "extension": None, "limit": item["statutory_limit"], "as_of": extension["at"]}
        return ledger(then, TABLES)["decision"].state in ("running", "paused", "met")
    return True


@pytest.mark.parametrize("code", ["PSB-APR-004", "PSB-APR-002", "PSB-APR-037", "PSB-PRO-002"])
def test_the_route_agrees_on_the_vectors_it_can_be_asked_about(api, code):
    item = ITEMS[code]
    asked = [case for case in CASES if set(case) <= KNOWN and allowed(item, case)]
    assert len(asked) >= 50, len(asked)
    for case in asked:
        agree(api, item, case)


def any_case(chance, item):
    """A case of an item that it allows, with pauses, perhaps an extension and a decision."""
    received = dt.datetime(2024, 1, 1, tzinfo=CHINA) + dt.timedelta(minutes=chance.randrange(1_750_000))

    def later(than, days):
        return than + dt.timedelta(minutes=chance.randrange(days * 24 * 60))

    case = {"received_at": received.isoformat(), "as_of": later(received, 90).isoformat()}
    accepted = received
    if chance.random() < 0.8:
        accepted = later(received, 9)
        case["accepted_at"] = accepted.isoformat()
    case["pauses"] = []
    for _ in range(chance.randrange(5)):
        begun = later(accepted, 45)
        pause = {"ground": chance.choice(sorted(grounds_of(item))), "from": begun.isoformat()}
        if chance.random() < 0.8:
            pause["to"] = later(begun, 15).isoformat()
        case["pauses"].append(pause)
    if item["extension"] and chance.random() < 0.5:
        case["extension"] = {
            "days": chance.randint(1, item["extension"]["max_working_days"]),
            "at": later(accepted, 40).isoformat(),
        }
        if not allowed(item, case):
            del case["extension"]
    if chance.random() < 0.4:
        last = max([accepted, *(moment(pause["from"]) for pause in case["pauses"])])
        if extension := case.get("extension"):
            last = max(last, moment(extension["at"]))
        case["decided_at"] = later(last, 20).isoformat()
    return case


def test_the_route_agrees_on_cases_of_every_item(api):
    chance = random.Random(20261123)  # noqa: S311 (the same cases each time)
    provisional = extended = paused = 0
    for item in ITEMS.values():
        for _ in range(4):
            case = any_case(chance, item)
            told = agree(api, item, case)["promised"]
            provisional += bool(told["due"] and told["due"]["provisional"])
            extended += told["extension"] is not None
            paused += bool(told["pauses"])
    assert min(provisional, extended, paused) >= 10, (provisional, extended, paused)


def test_an_extension_of_which_no_moment_is_told_moves_both_limits(api):
    item = ITEMS["PSB-APR-004"]
    received = dt.datetime(2026, 11, 2, 10, tzinfo=CHINA)
    case = {
        "received_at": received.isoformat(),
        "accepted_at": received.isoformat(),
        "as_of": (received + 60 * DAY).isoformat(),
    }
    asked = question(case) | {"extension_days": 10}
    told = api.anybody().post(f"/v1/items/{item['code']}/clock-preview", asked).json()
    for name in ("promised", "statutory"):
        limit = item[f"{name}_limit"]
        longer = {**limit, "number": limit["number"] + 10}
        assert told[name]["due"]["date"] == ledger({**case, "limit": longer}, TABLES)["decision"].due
