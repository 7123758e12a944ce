"""Links to the object store, followed by httpx exactly as they say."""

import hashlib

import pytest
from client import announced, expected, follow
from project import PAPERS
from story import agent, draft

PAPER = PAPERS / "MAT-BIZ.pdf"


@pytest.fixture(scope="module")
def applicant(api):
    return agent(api)


@pytest.fixture
def filing(applicant):
    return draft(applicant)


def document_of(applicant, filing, document):
    return applicant.get(f"/v1/applications/{filing}/documents/{document['document']}").json()


def test_an_upload_exactly_as_the_link_says_succeeds_and_reads_back_the_same(api, applicant, filing):
    document = announced(applicant, filing, PAPER)
    content = PAPER.read_bytes()
    assert content.startswith(b"%PDF-")
    expected(200, follow(api.http, document["upload"], content))

    settled = applicant.until(
        "the examination of the paper",
        f"/v1/applications/{filing}/documents/{document['document']}",
        lambda answer: expected(200, answer).json()["state"] in ("clean", "rejected"),
    ).json()
    assert settled["state"] == "clean", settled
    read = expected(200, follow(api.http, settled["download"]))
    assert (
        hashlib.sha256(read.content).hexdigest() == settled["sha256"] == hashlib.sha256(content).hexdigest()
    )


def altered(content, how):
    return {
        "with another byte": content[:-1] + bytes([content[-1] ^ 1]),
        "with one byte more": content + b"\n",
        "with one byte less": content[:-1],
    }[how]


@pytest.mark.parametrize("how", ["with another byte", "with one byte more", "with one byte less"])
def test_an_upload_of_other_bytes_is_refused_and_the_document_stays_awaited(api, applicant, filing, how):
    document = announced(applicant, filing, PAPER)
    content = altered(PAPER.read_bytes(), how)
    link = document["upload"]
    # The client must be let to send the other length; the store has to refuse it.
    headers = {
        name: str(len(content)) if name.lower() == "content-length" else value
        for name, value in link["headers"].items()
    }
    refused = follow(api.http, {**link, "headers": headers}, content)
    assert 400 <= refused.status_code < 500, refused.text
    assert document_of(applicant, filing, document)["state"] == "awaiting"


def test_an_upload_without_one_of_the_headers_of_its_link_is_refused(api, applicant, filing):
    link = announced(applicant, filing, PAPER)["upload"]
    kept_by_the_client = {"host", "content-length"}
    named = [name for name in link["headers"] if name.lower() not in kept_by_the_client]
    assert named
    for name in named:
        others = {other: value for other, value in link["headers"].items() if other != name}
        refused = follow(api.http, {**link, "headers": others}, PAPER.read_bytes())
        assert 400 <= refused.status_code < 500, f"without {name}: {refused.status_code}"
