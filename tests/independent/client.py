"""A client of the API written from its description, with httpx."""

import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from problems import check_problem

# How long anything in the background may take, and how long to leave the stack alone between two
# questions, in seconds. The first only ends a check that would wait for ever.
AT_MOST = 90
BETWEEN = 0.1


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API, with the headers that go with each call."""

    http: httpx.Client
    base: str
    headers: dict[str, str] = field(default_factory=dict)

    def having(self, **headers: str) -> "Caller":
        """The caller with further headers; an underscore stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Caller(self.http, self.base, {**self.headers, **named})

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:
        """The answer to a request; where it is an error, one in the form of RFC 9457."""
        answer = self.http.request(method, self.base + path, headers=self.headers, **content)
        if answer.status_code >= 400:
            check_problem(answer)
        return answer

    def get(self, path: str) -> httpx.Response:
        """What is at a path, which must be there."""
        return expected(200, self.send("GET", path))

    def command(self, path: str, body: Any, *, on: httpx.Response | None = None) -> httpx.Response:
        """A command under an idempotency key of its own, `on` the version last read; it must succeed."""
        headers = {"idempotency-key": str(uuid.uuid4())}
        if on is not None:
            headers["if-match"] = on.headers["etag"]
        return expected(
            (200, 201), Caller(self.http, self.base, {**self.headers, **headers}).post(path, body)
        )

    def post(self, path: str, body: Any) -> httpx.Response:
        """The answer to a body that is sent to a path."""
        return self.send("POST", path, json=body)

    def until(self, what: str, path: str, holds: Callable[[httpx.Response], bool]) -> httpx.Response:
        """Asks again until a condition holds of the answer."""
        deadline = time.monotonic() + AT_MOST
        while not holds(answer := self.send("GET", path)):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} took more than {AT_MOST} s; last: {answer.text}")
            time.sleep(BETWEEN)
        return answer


@dataclass(frozen=True)
class Api:
    """The API of a stack."""

    http: httpx.Client
    base: str

    def anybody(self) -> Caller:
        """Somebody who is not logged in."""
        return Caller(self.http, self.base)

    def token(self, person: str) -> str:
        """A token of the sandbox for one of its ready persons or officers."""
        answer = expected(200, self.anybody().post("/sandbox/token", {"person": person}))
        return str(answer.json()["access_token"])

    def bearer(self, token: str) -> Caller:
        """Whoever holds a token."""
        return self.anybody().having(authorization=f"Bearer {token}")

    def login(self, person: str, *, acting_for: str | None = None) -> Caller:
        """A ready person or officer, logged in."""
        caller = self.bearer(self.token(person))
        return caller.having(x_acting_for=acting_for) if acting_for else caller


def announcement(material: str, media_type: str, content: bytes) -> dict[str, Any]:
    """What is said of a paper before it is uploaded."""
    return {
        "material": material,
        "media_type": media_type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def follow(http: httpx.Client, link: dict[str, Any], content: bytes = b"") -> httpx.Response:
    """The request of a link exactly as the link says: its method, address and headers, and no other."""
    return http.request(link["method"], link["url"], headers=link["headers"], content=content)


def expected(status: int | tuple[int, ...], answer: httpx.Response) -> httpx.Response:
    """The answer, if it has the status expected."""
    allowed = status if isinstance(status, tuple) else (status,)
    assert answer.status_code in allowed, (
        f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text}"
    )
    return answer


MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def announced(agent: Caller, application: str, paper: Path, material: str | None = None) -> dict[str, Any]:
    """The document that the API awaits once a paper is announced; a file is named by its material, unless
    it stands for another."""
    said = announcement(material or paper.stem, MEDIA_TYPES[paper.suffix], paper.read_bytes())
    return agent.command(f"/v1/applications/{application}/documents", said).json()
