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
        persons = _items(ready.ask("GET", "/sandbox/persons"))
        say(f"ready after {time.monotonic() - begun:.0f} s")
        print(_welcome(ready.api, persons), flush=True)
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


def _welcome(api: str, persons: list[dict[str, Any]]) -> str:
    logins = "\n".join(f"  {person['id']:26}{_description(person)}" for person in persons)
    return f"""
The API is at
  {api}

Sandbox logins
{logins}

Try, in another terminal
  export API='{api}'
  curl -s "$API/v1/items/PSB-APR-004"
  curl -s "$API/sandbox/token" -H 'content-type: application/json' -d '{{"person":"agent-a"}}'
  make journey

Ctrl-C stops it; the data stays for the next start (`make clean` removes it).
"""


def _items(answer: Any) -> list[dict[str, Any]]:
    """The entries of a list, bare or in a member of an object."""
    if isinstance(answer, dict):
        return [entry for value in answer.values() if isinstance(value, list) for entry in value]
    return list(answer)


def _description(person: dict[str, Any]) -> str:
    """A person's name and what they are, from whatever the sandbox tells of them."""
    name = person.get("name", "")
    parts = [name.get("zh", "") if isinstance(name, dict) else str(name)]
    parts += [person[key] for key in ("unit", "description") if isinstance(person.get(key), str)]
    parts += [", ".join(map(str, person[key])) for key in ("posts", "roles") if person.get(key)]
    for mandate in person.get("mandates", []):
        parts.append(f"{mandate.get('role', '')} of {mandate.get('enterprise', '')}")
    return " · ".join(part for part in parts if part)


if __name__ == "__main__":
    reported(main)
