"""`make item CODE=…`: the files of a service item, or of its next version, ready to be filled in.

What is there already is never overwritten. What is left to say is marked, and the build refuses it in words
until it is said.
"""

import copy
import datetime
import json
import os
import re
from pathlib import Path
from typing import Any

from infra.authoring.layout import laid_out
from infra.deployment import project
from infra.deployment.progress import Failure, reported, say

CATALOGUE = project.ROOT / "shared" / "catalogue"
CODE = re.compile(r"PSB-(APR|PRO)-[0-9]{3}")
# An item of each kind from whose shape a new one starts.
MODELS = {"APR": "PSB-APR-042", "PRO": "PSB-PRO-002"}
TO_SAY = "TODO"


def main() -> None:
    """Writes the files for the code that the environment names."""
    code = os.environ.get("CODE", "")
    if not CODE.fullmatch(code):
        raise Failure("name an item: make item CODE=PSB-APR-042 for its next version, or a new code")
    written = scaffold(CATALOGUE, code, datetime.date.today())
    for file in written:
        say(f"wrote {file.relative_to(CATALOGUE.parent.parent)}")
    say("fill in what says TODO; `cargo check -p catalogue` tells what is still wrong")


def scaffold(catalogue: Path, code: str, today: datetime.date) -> list[Path]:
    """The files written for the next version of an item, or for the first of a new one."""
    version = latest(catalogue, code)
    if version:
        return next_version(catalogue, code, version, today)
    return first_version(catalogue, code, today)


def latest(catalogue: Path, code: str) -> int:
    """The newest version there is; 0 for a code that is not used."""
    found = (re.fullmatch(rf"{code}\.v(\d+)\.json", file.name) for file in (catalogue / "items").iterdir())
    return max((int(match.group(1)) for match in found if match), default=0)


def next_version(catalogue: Path, code: str, version: int, today: datetime.date) -> list[Path]:
    """Item, form and rules as they are, from the first of the month after next on."""
    written = []
    for folder in ("items", "forms", "rules"):
        old = catalogue / folder / f"{code}.v{version}.json"
        if not old.exists():
            continue
        content = _read(old)
        if folder == "items":
            content |= {"version": version + 1, "effective_from": first_of_month(today, 2).isoformat()}
        written.append(_write(old.with_name(f"{code}.v{version + 1}.json"), content))
    return written


def first_version(catalogue: Path, code: str, today: datetime.date) -> list[Path]:
    """A new item in the shape of another, with everything left to say that makes it itself."""
    model = MODELS[code.split("-")[1]]
    item = copy.deepcopy(_read(catalogue / "items" / f"{model}.v1.json"))
    item |= {
        "code": code,
        "version": 1,
        "effective_from": first_of_month(today, 2).isoformat(),
        "name": {"zh": TO_SAY, "en": TO_SAY},
        "legal_basis": [],
        "acceptance_conditions": [],
        "decision_rules": [],
        "checked_against": [],
        "notes": None,
    }
    form = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "title": TO_SAY,
        "x-title-en": TO_SAY,
        "additionalProperties": False,
        "required": ["region", "legal_representative", "handling_agent"],
        "properties": {
            name: {"$ref": f"definitions.json#/{name}"}
            for name in ("region", "legal_representative", "handling_agent", "remarks")
        },
    }
    valid = {
        "region": "140105",
        "legal_representative": {"name": "张示例", "resident_id": "140105198001010003"},
        "handling_agent": {"mobile": "19900000000"},
    }
    missing = sorted(f"/{name}" for name in form["required"])
    empty = {
        "story": "an empty form lacks everything that is required",
        "replace": {"": {}},
        "faults": [{"pointer": pointer, "code": "missing"} for pointer in missing],
    }
    return [
        _write(catalogue / "items" / f"{code}.v1.json", item),
        _write(catalogue / "forms" / f"{code}.v1.json", form),
        _write(catalogue / "fixtures" / f"{code}.valid.json", valid),
        _write(catalogue / "fixtures" / f"{code}.invalid.json", [empty]),
    ]


def first_of_month(today: datetime.date, later: int) -> datetime.date:
    """The first day of the month so many months later."""
    months = today.year * 12 + today.month - 1 + later
    return datetime.date(months // 12, months % 12 + 1, 1)


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _write(file: Path, content: Any) -> Path:
    if file.exists():
        raise Failure(f"{file.name} is there already in {file.parent.name}")
    file.write_text(laid_out(content) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    reported(main)
