"""Errors of every status, in the form of RFC 9457.

The client holds each error that it is answered to that form (problems.py), in these checks and others.
"""

import json
import uuid

import pytest
from client import Caller, expected
from problems import check_problem
from story import INTAKE, agent, draft

AS_JSON = {"content-type": "application/json"}
AS_XML = {"content-type": "application/xml"}
ALL = "/v1/applications"
NEW = {"item": "PSB-APR-004", "region": "140105"}


def body(**members):
    return json.dumps(members).encode()


def once():
    return {"idempotency-key": str(uuid.uuid4())}


# Who asks, the request, and the status of its answer. {draft} is a draft of the agent's.
PROVOKED = {
    "a query that makes no sense": ("anybody", "GET", "/v1/items?limit=1000", {}, b"", 400),
    "a body that is no JSON": ("agent", "POST", ALL, AS_JSON | once(), b"{", 400),
    "a member that is not known": ("agent", "POST", ALL, AS_JSON | once(), body(**NEW, colour="red"), 400),
    "a command without an idempotency key": ("agent", "POST", ALL, AS_JSON, body(**NEW), 400),
    "nobody logged in": ("anybody", "GET", "/v1/workbench", {}, b"", 401),
    "a token that is none": ("impostor", "GET", "/v1/workbench", {}, b"", 401),
    "an enterprise without a mandate": ("stranger", "GET", ALL, {}, b"", 403),
    "an item that there is not": ("anybody", "GET", "/v1/items/PSB-APR-999", {}, b"", 404),
    "a path that there is not": ("anybody", "GET", "/v1/nothing", {}, b"", 404),
    "what is not theirs to know of": ("officer", "GET", "{draft}", {}, b"", 404),
    "a change of another version": ("agent", "PATCH", "{draft}", AS_JSON | {"if-match": '"999"'}, b"{}", 412),
    "a body that is too large": ("agent", "POST", ALL, AS_JSON | once(), b" " * 300_000, 413),
    "a body that is declared as XML": ("agent", "POST", ALL, AS_XML | once(), b"<item/>", 415),
    "an item that is not applied for": (
        "agent",
        "POST",
        ALL,
        AS_JSON | once(),
        body(item="PSB-PRO-013"),
        422,
    ),
    "a draft without its papers": ("agent", "POST", "{draft}/submit", AS_JSON | once(), b"{}", 422),
    "a change without a version": ("agent", "PATCH", "{draft}", AS_JSON, b"{}", 428),
}


@pytest.fixture(scope="module")
def callers(api):
    return {
        "anybody": api.anybody(),
        "impostor": api.bearer("rubbish"),
        "stranger": api.login("newcomer", acting_for="91140100XXX1000286"),
        "agent": agent(api),
        "officer": api.login(INTAKE),
    }


@pytest.fixture(scope="module")
def drafted(callers):
    return f"/v1/applications/{draft(callers['agent'])}"


@pytest.mark.parametrize("what", PROVOKED)
def test_an_error_is_told_as_problem_details_in_the_language_asked_for(callers, drafted, what):
    who, method, path, headers, content, status = PROVOKED[what]
    caller = Caller(callers[who].http, callers[who].base, {**callers[who].headers, **headers})
    told = {}
    for language in ("zh-CN", "en"):
        path = path.replace("{draft}", drafted)
        answer = expected(status, caller.having(accept_language=language).send(method, path, content=content))
        assert answer.headers["content-language"] == language
        told[language] = answer.json()
    chinese, english = told["zh-CN"], told["en"]
    assert chinese["type"] == english["type"]
    assert chinese["title"] != english["title"]
    assert english["title"].isascii() and not chinese["title"].isascii()


def test_a_command_that_does_not_fit_the_state_is_told_as_problem_details(api, decided):
    officer = api.login(INTAKE)
    case = f"/v1/applications/{decided}"
    seen = officer.get(case)
    again = officer.having(
        if_match=seen.headers["etag"], **{k.replace("-", "_"): v for k, v in once().items()}
    )
    expected(409, again.post(f"{case}/claim", {}))


def test_an_answer_that_is_no_problem_is_noticed(api):
    fine = api.anybody().get("/v1/hall")
    with pytest.raises(AssertionError):
        check_problem(fine)
