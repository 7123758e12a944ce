"""The chain of an application's events, as the description of the interface promises it."""

import hashlib

import rfc8785

# What the first event names as the hash before it.
NOTHING_BEFORE = "0" * 64


def faults(events: dict) -> list[str]:
    """Everything in the answer of GET /v1/applications/{id}/events that breaks the chain.

    Each record's hash is the SHA-256 of the canonical JSON of its other members, one of which, prev, is
    the hash of the record before; head is the last hash.
    """
    found = []
    before = NOTHING_BEFORE
    for place, item in enumerate(events["items"], start=1):
        record = dict(item["record"])
        told = record.pop("hash")
        if hashlib.sha256(rfc8785.dumps(record)).hexdigest() != told:
            found.append(f"record {place} does not have the hash it tells")
        if record["prev"] != before:
            found.append(f"record {place} does not follow on the one before")
        before = told
    if events["head"] != before:
        found.append("the head is not the last hash")
    return found
