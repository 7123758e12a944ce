"""`make run`: the stage `local`, until Ctrl-C."""

import os
import time
from typing import Any

from infra.deployment import build, project, stage
from infra.deployment.progress import Failure, reported, say
from infra.local import emulator, running

DEFAULT_PORT = 4566


def main() -> None:
    """Builds, starts, deploys, says how to use it, and stays."""
    begun = time.monotonic()
    port = _port()
    emulator.refuse_taken(port)
    local = stage.load("local")
    directory = project.stack_directory(local.name)
    directory.mkdir(parents=True, exist_ok=True)
    built = build.build(build.profile(default="dev"))
    aws = emulator.Emulator(directory, port)
    with running.run(local, aws, built) as ready, running.announced(ready):
        sandbox = ready.ask("GET", "/sandbox/persons")
        say(f"ready after {time.monotonic() - begun:.0f} s")
        print(_welcome(ready.api, sandbox), flush=True)
        _stay(aws)


def _port() -> int:
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise Failure(f"PORT is a number from 1024 to 65535, not {text!r}")
    return int(text)


def _stay(aws: emulator.Emulator) -> None:
    try:
        while not aws.ended():
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    raise Failure(f"the local AWS ended by itself; see {aws.log}")


def _welcome(api: str, sandbox: dict[str, list[dict[str, Any]]]) -> str:
    logins = [f"  {each['id']:26}{_person(each)}" for each in sandbox["persons"]]
    logins += [f"  {each['id']:26}{_officer(each)}" for each in sandbox["officers"]]
    listed = "\n".join(logins)
    return f"""
The API is at
  {api}

Sandbox logins
{listed}

Try, in another terminal
  export API='{api}'
  curl -s "$API/v1/items/PSB-APR-004"
  curl -s "$API/sandbox/token" -H 'content-type: application/json' -d '{{"person":"agent-a"}}'
  make journey

Ctrl-C stops it; the data stays for the next start (`make clean` removes it).
"""


def _person(person: dict[str, Any]) -> str:
    mandates = [_words(mandate["role"], mandate["enterprise"]) for mandate in person["mandates"]]
    return " · ".join([person["name"]["zh"], *mandates])


def _officer(officer: dict[str, Any]) -> str:
    posts = _words(", ".join(officer["posts"]), officer["unit"])
    return " · ".join([officer["name"]["zh"], posts, *([] if officer["active"] else ["has left"])])


def _words(role: str, body: dict[str, Any]) -> str:
    name = body.get("name") or {}
    return f"{role.replace('_', ' ')}, {name.get('zh', '')} {body.get('uscc', body.get('id', ''))}"


if __name__ == "__main__":
    reported(main)
