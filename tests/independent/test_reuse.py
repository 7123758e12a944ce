"""What is used again, counted and compared by this client: kinds, months, bytes."""

import calendar
import hashlib
from datetime import date

import pytest
from client import expected, follow
from project import CATALOGUE, PAPERS, read
from story import ITEM, agent, draft, used_again

KINDS = {kind["code"]: kind for kind in read(CATALOGUE / "materials" / "kinds.json")["kinds"]}
MATERIALS = {
    material["code"]: material for material in read(CATALOGUE / "items" / f"{ITEM}.v1.json")["materials"]
}


def later(day, months):
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@pytest.fixture(scope="module")
def applicant(api):
    return agent(api)


@pytest.fixture(scope="module")
def taken(applicant, decided):
    """What a second application of the hotel takes of the first, which was granted."""
    case = f"/v1/applications/{draft(applicant)}"
    return case, used_again(applicant, case)


def test_exactly_the_materials_of_a_kind_that_may_be_used_again_are_offered(taken):
    _, materials = taken
    reusable = {
        code for code, material in MATERIALS.items() if KINDS.get(material.get("kind"), {}).get("months")
    }
    assert set(materials) == reusable
    assert len(reusable) >= 3


def test_each_is_for_its_purpose_and_until_the_day_that_its_kind_says(taken):
    for code, (offer, material) in taken[1].items():
        kind = KINDS[MATERIALS[code]["kind"]]
        accepted = date.fromisoformat(offer["accepted_at"][:10])
        assert offer["usable_until"] == str(later(accepted, kind["months"]))
        assert offer["purpose"] == kind["purpose"] == material["document"]["reused_from"]["purpose"]
        assert offer["illustrative"] is True


def test_the_copy_is_what_was_kept_of_the_first_and_its_digest_what_was_uploaded(api, applicant, taken):
    case, materials = taken
    written_anew = set()
    for code, (offer, material) in materials.items():
        (paper,) = PAPERS.glob(f"{code}.*")
        document = applicant.get(f"{case}/documents/{material['document']['id']}").json()
        original = applicant.get(
            f"/v1/applications/{offer['application']}/documents/{offer['document']}"
        ).json()
        assert document["state"] == "clean"
        assert document["sha256"] == hashlib.sha256(paper.read_bytes()).hexdigest()
        assert document["kept"] == original["kept"]
        copy = expected(200, follow(api.http, document["download"])).content
        kept = document["kept"] or {"sha256": document["sha256"], "size": document["size"]}
        assert (hashlib.sha256(copy).hexdigest(), len(copy)) == (kept["sha256"], kept["size"])
        if document["kept"]:
            written_anew.add(code)
    assert written_anew == {"MAT-LEGAL-ID"}


def test_a_power_of_attorney_is_never_used_again(applicant, decided):
    papers = applicant.get(f"/v1/applications/{decided}").json()["materials"]
    (given,) = (paper["document"]["id"] for paper in papers if paper["code"] == "MAT-POA")
    case = f"/v1/applications/{draft(applicant)}"
    named = {"material": "MAT-POA", "application": decided, "document": given}
    refused = applicant.having(idempotency_key="once-" + decided).post(f"{case}/reuse", named)
    assert refused.status_code == 422
    assert [error["code"] for error in refused.json()["errors"]] == ["one_matter"]
