"""Compares what is wanted with what is found, in the words of the one who has to mend it."""

from typing import Any

Faults = list[str]


def differences(wanted: Any, found: Any, where: str = "") -> Faults:
    """What of `wanted` is missing or different in `found`; more than wanted is no difference.

    Numbers and truth values may be text, as they often are on the way through CloudFormation, and
    lists may be in any order.
    """
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return [f"{where} is {found!r}, not {wanted!r}"]
        faults: Faults = []
        for name, value in wanted.items():
            path = f"{where}.{name}" if where else name
            if name not in found:
                faults.append(f"{path} is missing, not {value!r}")
            else:
                faults += differences(value, found[name], path)
        return faults
    if isinstance(wanted, list):
        if not isinstance(found, list):
            return [f"{where} is {found!r}, not {wanted!r}"]
        lost = [item for item in wanted if all(differences(item, other) for other in found)]
        faults = [f"{where} lacks {item!r}" for item in lost]
        if len(found) > len(wanted):
            faults.append(f"{where} has {len(found)} entries, not {len(wanted)}: {found!r}")
        return faults
    if _text(wanted) != _text(found):
        return [f"{where} is {found!r}, not {wanted!r}"]
    return []


def exactly(wanted: dict[str, Any], found: dict[str, Any], where: str) -> Faults:
    """Like `differences`, and what is found beside what is wanted is a fault too."""
    surplus = sorted(found.keys() - wanted.keys())
    return differences(wanted, found, where) + [f"{where}.{name} is there" for name in surplus]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
