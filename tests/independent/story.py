"""The main job, a hotel's licence from the draft to the decision, by this client."""

from client import Api, Caller, announced, expected, follow
from project import CATALOGUE, PAPERS, read

HOTEL = "91140100XXX1000286"
ITEM, REGION = "PSB-APR-004", "140105"
INTAKE, REVIEWER, DECIDER = f"intake-{REGION}", f"reviewer-{REGION}", f"decider-{REGION}"


def agent(api: Api) -> Caller:
    """The hotel's agent, logged in."""
    return api.login("agent-a", acting_for=HOTEL)


def draft(agent: Caller) -> str:
    """The number of a new draft, with a form that is filled in rightly whatever day it is."""
    form = read(CATALOGUE / "fixtures" / f"{ITEM}.valid.json")
    form["opening_date"] = "2098-03-01"
    form["premises"]["lease_until"] = "2099-12-31"
    return agent.command("/v1/applications", {"item": ITEM, "region": REGION, "form": form}).json()["number"]


def submitted(api: Api, applicant: Caller) -> str:
    """The number of a new application with all of its papers."""
    number = draft(applicant)
    case = f"/v1/applications/{number}"
    for paper in sorted(PAPERS.iterdir()):
        document = announced(applicant, number, paper)
        expected(200, follow(api.http, document["upload"], paper.read_bytes()))
    applicant.until("the examination of the papers", case, all_clean)
    applicant.command(f"{case}/submit", {})
    return number


def main_job(api: Api) -> str:
    """Files an application, and has three officers accept, review and grant it; returns its number."""
    number = submitted(api, agent(api))
    case = f"/v1/applications/{number}"
    officer = api.login(INTAKE)
    officer.until("the review's report", f"{case}/report", lambda answer: answer.status_code == 200)
    act(officer, case, "accept", {})
    act(api.login(REVIEWER), case, "recommend", {"outcome": "grant", "opinion": "建议准予许可。"})
    act(api.login(DECIDER), case, "decide", {"outcome": "grant", "reasons": "符合法定条件。"})
    return number


def used_again(applicant: Caller, case: str) -> dict[str, tuple[dict, dict]]:
    """What is offered first for each material of a draft, and the material once it is used again."""
    taken = {}
    for material in applicant.get(f"{case}/reusable").json()["materials"]:
        offer = material["offers"][0]
        named = {name: offer[name] for name in ("application", "document") if offer[name]}
        answer = applicant.command(f"{case}/reuse", {"material": material["material"], **named})
        taken[material["material"]] = (offer, answer.json())
    return taken


def all_clean(answer) -> bool:
    """Whether every material has a paper that was found clean; fails where one was rejected."""
    states = [
        (material["document"] or {}).get("state") for material in expected(200, answer).json()["materials"]
    ]
    assert "rejected" not in states, answer.text
    return set(states) == {"clean"}


def act(officer: Caller, case: str, command: str, body: dict) -> None:
    """The officer takes the case in hand and acts on it."""
    claimed = officer.command(f"{case}/claim", {}, on=officer.get(case))
    officer.command(f"{case}/{command}", body, on=claimed)
