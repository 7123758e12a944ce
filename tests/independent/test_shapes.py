"""Answers of every operation against the shapes in the description of the interface."""

import json
import uuid
from collections import Counter

import pytest
from client import expected
from procedure import ANOTHER_DAY, every_step
from shapes import OPENAPI, faults, operation
from story import DECIDER, INTAKE, REGION, agent, draft, submitted, used_again

RESTAURANT = "91140105XXX100095C"
ENTERPRISE = f"/v1/enterprises/{RESTAURANT}"
PUBLIC = [
    "/v1/hall",
    "/v1/health/account",
    "/v1/health/approval",
    "/v1/health/inquiry",
    "/v1/health/supervision",
    "/v1/items?limit=100",
    f"/v1/items/PSB-APR-004?region={REGION}",
    "/v1/items/PSB-APR-004/form",
    "/v1/openapi.json",
]


@pytest.fixture(scope="module")
def answers(api, decided, seen):
    """Answers of every operation: of the checks before, of the main job, and of what that leaves out."""
    for path in PUBLIC:
        api.anybody().get(path)
    supposed = {"received_at": "2026-11-23T10:00:00+08:00", "extension_days": 10}
    expected(200, api.anybody().post("/v1/items/PSB-APR-004/clock-preview", supposed))
    applicant, officer = agent(api), api.login(DECIDER)
    case = f"/v1/applications/{decided}"
    for caller in (applicant, officer):
        papers = caller.get(case).json()["materials"]
        caller.get(f"{case}/documents/{papers[0]['document']['id']}")
        caller.get(f"{case}/events")
    applicant.get("/v1/applications?limit=100")
    assert used_again(applicant, f"/v1/applications/{draft(applicant)}")
    change_release_and_withdraw(api, applicant)
    register_and_withdraw(api)
    come_and_go(api)
    appoint_and_dismiss(api)
    told_and_supervised(api, decided)
    every_step(api)
    return [answer for answer in seen if str(answer.url).startswith(f"{api.base}/v1/")]


def change_release_and_withdraw(api, applicant):
    new = applicant.command("/v1/applications", {"item": "PSB-APR-004"})
    draft = f"/v1/applications/{new.json()['number']}"
    seen = applicant.get(draft)
    changing = applicant.having(if_match=seen.headers["etag"])
    changed = expected(200, changing.send("PATCH", draft, json={"region": REGION}))
    expected(204, applicant.having(if_match=changed.headers["etag"]).send("DELETE", draft))
    case = f"/v1/applications/{submitted(api, applicant)}"
    officer = api.login(INTAKE)
    officer.get("/v1/workbench?state=submitted")
    expected(200, officer.post("/v1/application-searches", {"mobile": "13800000000"}))
    claimed = officer.command(f"{case}/claim", {}, on=officer.get(case))
    officer.get(f"{case}/form")
    officer.command(f"{case}/release", {}, on=claimed)
    applicant.command(f"{case}/withdraw", {})


def register_and_withdraw(api):
    """A kiosk that serves and a key: both registered, read, listed and withdrawn."""
    administrators = {
        "devices": ("administrator-140105", {"unit": "psb-140105", "kind": "kiosk", "place": "一楼大厅"}),
        "api-keys": ("administrator-140000", {"name": "市民随手拍", "contact": "https://example.org"}),
    }
    for things, (administrator, body) in administrators.items():
        officer = api.login(administrator)
        new = officer.command(f"/v1/{things}", body).json()
        assert len(new["secret"]) == 43
        if things == "devices":
            credential = f"Device {new['id']}.{new['secret']}"
            at_kiosk = agent(api).having(x_device_authorization=credential)
            opened = at_kiosk.command("/v1/applications", {"item": "PSB-APR-004"})
            assert opened.json()["channel"] == "kiosk"
        thing = f"/v1/{things}/{new['id']}"
        officer.get(f"/v1/{things}")
        seen = officer.get(thing)
        expected(204, officer.having(if_match=seen.headers["etag"]).send("DELETE", thing))


def names(api, person):
    """Has the enterprise register name somebody as the restaurant's legal representative."""
    api.anybody().post(f"/sandbox/register/enterprises/{RESTAURANT}", {"legal_representative": person})


def takes_over(api, person):
    names(api, person)
    return api.login(person).having(idempotency_key=str(uuid.uuid4())).post(f"{ENTERPRISE}/hand-over", {})


def come_and_go(api):
    """A restaurant is registered, invites, dismisses, is handed over, suspended and let act again."""
    names(api, "newcomer")
    newcomer = api.login("newcomer")
    register = newcomer.having(idempotency_key=str(uuid.uuid4())).post(
        "/v1/enterprises", {"uscc": RESTAURANT}
    )
    assert register.status_code in (201, 409)  # an earlier run against the same stack registered it
    expected(200, newcomer.get(f"{ENTERPRISE}/claim"))
    legal = newcomer.having(x_acting_for=RESTAURANT)
    legal.get(ENTERPRISE)

    numbers = {
        person["id"]: person["resident_id"]
        for person in api.anybody().get("/sandbox/persons").json()["persons"]
    }
    mandates = f"{ENTERPRISE}/mandates"
    invitation = {"resident_id": numbers["agent-b"], "role": "handler"}
    offered = legal.command(mandates, invitation).json()["id"]
    guest = api.login("agent-b")
    guest.get("/v1/me")
    guest.command(f"/v1/mandates/{offered}/accept", {})
    guest.command(f"/v1/mandates/{offered}/leave", {})
    unwanted = legal.command(mandates, invitation).json()["id"]
    listed = legal.get(mandates)
    expected(204, legal.having(if_match=listed.headers["etag"]).send("DELETE", f"{mandates}/{unwanted}"))

    expected(200, takes_over(api, "hospital-head"))
    expected(200, takes_over(api, "newcomer"))
    supervisor = api.login("supervisor-140105")
    reason = {"reason": "核查材料"}
    suspended = supervisor.command(f"{ENTERPRISE}/suspend", reason, on=supervisor.get(ENTERPRISE))
    supervisor.command(f"{ENTERPRISE}/resume", reason, on=suspended)


def appoint_and_dismiss(api):
    administrator, second = api.login("administrator-140105"), api.login("second-administrator-140105")
    name = f"temporary-{uuid.uuid4()}"
    body = {"id": name, "badge": "010599", "unit": "psb-140105", "posts": ["intake"]}
    administrator.command("/v1/officers", body)
    administrator.get("/v1/officers?limit=100")
    officer = f"/v1/officers/{name}"
    seen = administrator.get(officer)
    raised = administrator.having(if_match=seen.headers["etag"]).send(
        "PATCH", officer, json={"posts": ["head"]}
    )
    approved = second.command(f"{officer}/approve", {}, on=expected(200, raised))
    expected(204, administrator.having(if_match=approved.headers["etag"]).send("DELETE", officer))
    administrator.get("/v1/me")


def told_and_supervised(api, decided):
    """The agent is told of the licence and reads it; those who supervise see it counted."""
    person = api.login("agent-a")

    def told(answer):
        return [each for each in expected(200, answer).json()["items"] if each["application"] == decided]

    inbox = person.until("the messages", "/v1/messages?limit=100", told)
    person.command(f"/v1/messages/{told(inbox)[0]['id']}/read", {})
    supervisor = api.login("supervisor-140105")
    report = "/v1/reports/promise?item=PSB-APR-004"
    supervisor.until("the figures", report, lambda answer: expected(200, answer).json()["items"])
    supervisor.get("/v1/reports/workload")
    supervisor.get("/v1/cards?below=true")
    api.login(INTAKE).get("/v1/workbench/counts")


def test_every_operation_that_is_described_succeeds(api, answers):
    described = {(method, path) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert len(described) >= 23
    done = {operation(api.base, answer) for answer in answers if answer.is_success}
    assert described - done == ANOTHER_DAY


def test_every_answer_has_the_shape_that_is_described(api, answers):
    found = Counter(fault for answer in answers for fault in faults(api.base, answer))
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
