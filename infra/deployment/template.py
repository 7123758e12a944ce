"""Reads the template: which functions there are, and what each resource should be."""

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import yaml

from infra.deployment import project

FUNCTION = "AWS::Serverless::Function"


class _Loader(yaml.SafeLoader):
    """Reads the short forms of intrinsic functions as their long forms."""


def _intrinsic(loader: yaml.Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def read() -> dict[str, Any]:
    """The template as it is written, intrinsic functions in their long forms."""
    return yaml.load(project.TEMPLATE.read_text(), Loader=_Loader)  # noqa: S506 (a SafeLoader)


@dataclass(frozen=True)
class Function:
    """A function of the template. The crate, its binary and its package have the same name."""

    logical_id: str
    name: str


def functions() -> list[Function]:
    """Every function that the template can deploy: the one list of them."""
    return [
        Function(logical_id, PurePosixPath(resource["Properties"]["CodeUri"]).stem)
        for logical_id, resource in read()["Resources"].items()
        if resource["Type"] == FUNCTION
    ]
