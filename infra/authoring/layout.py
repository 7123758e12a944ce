"""How the catalogue's JSON is laid out: what fits a line stands on one, else one member a line."""

import json
import unicodedata
from typing import Any

WIDTH = 100


def laid_out(value: Any, indent: int = 0, lead: int = 0) -> str:
    """The text of a value that begins after `lead` columns of its line."""
    line = _on_one_line(value)
    if not isinstance(value, dict | list) or not value:
        return line
    fits = 2 * indent + lead + _columns(line) + 1 <= WIDTH
    if indent and fits and _depth(value) <= 2:
        return line
    pad = "  " * (indent + 1)
    if isinstance(value, dict):
        names = {name: json.dumps(name, ensure_ascii=False) for name in value}
        rows = [
            f"{pad}{names[name]}: {laid_out(member, indent + 1, _columns(names[name]) + 2)}"
            for name, member in value.items()
        ]
        return "{\n" + ",\n".join(rows) + "\n" + "  " * indent + "}"
    rows = [pad + laid_out(element, indent + 1) for element in value]
    return "[\n" + ",\n".join(rows) + "\n" + "  " * indent + "]"


def _on_one_line(value: Any) -> str:
    if isinstance(value, dict) and value:
        members = (
            f"{json.dumps(name, ensure_ascii=False)}: {_on_one_line(it)}" for name, it in value.items()
        )
        return "{ " + ", ".join(members) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_on_one_line, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return max(map(_depth, value), default=0) if isinstance(value, list) else 0
