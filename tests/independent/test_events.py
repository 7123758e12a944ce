"""The events of an application that was decided, read over HTTP by an officer."""

import copy

import chain
import pytest
from story import DECIDER


@pytest.fixture(scope="module")
def events(api, decided):
    # The applicant's view withholds what a reviewer recommended; the chain is whole for officers.
    return api.login(DECIDER).get(f"/v1/applications/{decided}/events").json()


def changed(events, change):
    other = copy.deepcopy(events)
    change(other["items"])
    return other


def test_the_events_tell_the_main_job_from_the_submission_to_the_decision(events):
    told = [item["record"]["event"]["type"] for item in events["items"]]
    steps = ["submitted", "accepted", "recommended", "granted"]
    assert [step for step in told if step in steps] == steps, told
    assert told[0] == "submitted" and told[-1] == "granted"


def test_the_events_form_a_chain_of_sha_256_over_canonical_json(events):
    assert len(events["items"]) >= 4
    assert chain.faults(events) == []


def test_an_event_that_was_changed_breaks_the_chain(events):
    def change(items):
        items[1]["record"]["at"] = "2001-01-01T00:00:00+08:00"

    assert chain.faults(changed(events, change)) == ["record 2 does not have the hash it tells"]


def test_an_event_that_was_left_out_breaks_the_chain(events):
    assert chain.faults(changed(events, lambda items: items.pop(1))) == [
        "record 2 does not follow on the one before"
    ]
    assert chain.faults(changed(events, lambda items: items.pop())) == ["the head is not the last hash"]
