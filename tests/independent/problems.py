"""Problem details (RFC 9457)."""

from urllib.parse import urlsplit

import httpx


def check_problem(answer: httpx.Response) -> None:
    """Holds an error to the form that RFC 9457, section 3, gives it, and the description requires."""
    where = f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    assert answer.headers.get("content-type", "").split(";")[0] == "application/problem+json", where
    problem = answer.json()
    # Section 3.1: members of other types are to be ignored, so they would tell the caller nothing.
    for member in ("type", "title", "detail"):
        assert isinstance(problem.get(member), str) and problem[member], f"{member} in {where}"
    assert problem.get("status") == answer.status_code, where
    assert urlsplit(problem["type"]).scheme, f"type is no absolute URI in {where}"
    assert isinstance(problem.get("instance", ""), str), where
    # Members of the platform's own.
    assert problem["type"].endswith(":" + problem["code"]), where
    assert problem["request_id"] == answer.headers["x-request-id"], where
