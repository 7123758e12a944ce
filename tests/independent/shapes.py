"""The shapes that the description of the interface promises, as jsonschema understands them."""

import re

import httpx
from formats import checker
from jsonschema import Draft202012Validator
from project import DESCRIPTION, read
from referencing import Registry
from referencing.jsonschema import DRAFT202012

OPENAPI = read(DESCRIPTION)
NAME = "urn:description"
REGISTRY = Registry().with_resource(NAME, DRAFT202012.create_resource(OPENAPI))


def operation(base: str, answer: httpx.Response) -> tuple[str, str] | None:
    """The method and path in the description that an answer belongs to; none where it is not described."""
    method = answer.request.method.lower()
    path = str(answer.url).removeprefix(base).split("?")[0]
    # A path without parameters goes before one with them.
    for template in sorted(OPENAPI["paths"], key=lambda each: each.count("{")):
        pattern = "[^/]+".join(map(re.escape, re.split(r"\{\w+\}", template)))
        if re.fullmatch(pattern, path) and method in OPENAPI["paths"][template]:
            return method, template
    return None


def faults(base: str, answer: httpx.Response) -> list[str]:
    """Everything in an answer that is not as the description promises of its operation and status."""
    described = operation(base, answer)
    if described is None:
        # What there is not is answered too.
        assert answer.status_code in (404, 405), f"{answer.request.method} {answer.url} is not described"
        return []
    method, template = described
    status = str(answer.status_code)
    where = f"{method.upper()} {template} {status}"
    promised = OPENAPI["paths"][template][method]["responses"].get(status)
    if promised is None:
        return [f"{where} is not described"]
    if not promised.get("content"):
        return [f"{where} has a body, which is not described"] if answer.content else []
    kind = answer.headers.get("content-type", "").split(";")[0]
    if kind not in promised["content"]:
        return [f"{where} is of the type {kind!r}, which is not described"]
    way = ["paths", template, method, "responses", status, "content", kind, "schema"]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in way)
    schema = {"$ref": f"{NAME}#{pointer}"}
    validator = Draft202012Validator(schema, registry=REGISTRY, format_checker=checker())
    return [
        f"{where} {re.sub(r'[0-9]+', 'N', error.json_path)}: {error.message[:200]}"
        for error in validator.iter_errors(answer.json())
    ]
