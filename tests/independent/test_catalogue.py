"""The catalogue's items and forms against jsonschema for Python, an implementation of its own."""

import copy

import pytest
from formats import checker
from jsonschema import Draft202012Validator
from project import CATALOGUE, read
from referencing import Registry
from referencing.jsonschema import DRAFT202012

ITEM_SCHEMA = read(CATALOGUE / "schema" / "item.schema.json")
ITEMS = sorted((CATALOGUE / "items").glob("*.json"))
FORMS = sorted(file for file in (CATALOGUE / "forms").glob("*.json") if file.name != "definitions.json")
FIXTURES = CATALOGUE / "fixtures"

# The keyword of JSON Schema that stands behind each fault that the platform tells.
KEYWORDS = {
    "missing": {"required"},
    "unknown_member": {"additionalProperties"},
    "wrong_type": {"type"},
    "wrong_format": {"pattern", "format"},
    "not_a_choice": {"enum"},
    "repeated": {"uniqueItems"},
    "too_few": {"minItems"},
    "too_small": {"minimum"},
    "too_large": {"maximum"},
    "too_short": {"minLength"},
    "too_long": {"maxLength"},
    "row_contradicts": {"row_contradicts"},
    "row_repeated": {"row_repeated"},
}
# The identifiers whose faults are told one by one; behind each stands a format.
IDENTIFIERS = ("uscc_", "resident_id_", "plate_", "vin_", "mobile_number_")


def validator(schema):
    definitions = DRAFT202012.create_resource(read(CATALOGUE / "forms" / "definitions.json"))
    registry = Registry().with_resource("definitions.json", definitions)
    return Draft202012Validator(schema, registry=registry, format_checker=checker())


def form_of(file):
    """The form's schema that a fixture is for, by its item's code."""
    return next(read(form) for form in reversed(FORMS) if form.name.startswith(file.name.split(".")[0]))


def fixtures(kind):
    files = sorted(FIXTURES.glob(f"*.{kind}.json"))
    assert len(files) == len({form.name.split(".")[0] for form in FORMS}), "a fixture for every form"
    return files


def stories():
    found = [(file, case) for file in fixtures("invalid") for case in read(file)]
    assert len(found) >= 10
    return found


def place(form, pointer):
    """The object or list that a pointer leads into, and the name or index there."""
    *way, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in way:
        form = form[int(part)] if isinstance(form, list) else form[part]
    return form, int(last) if isinstance(form, list) else last


def told(file, case):
    """The valid form with the changes of a story."""
    form = copy.deepcopy(read(file.with_name(file.name.replace(".invalid.", ".valid."))))
    for pointer, value in (case.get("replace", {}) | case.get("add", {})).items():
        if pointer == "":
            form = value
            continue
        within, name = place(form, pointer)
        within[name] = value
    for pointer in case.get("remove", []):
        within, name = place(form, pointer)
        del within[name]
    for pointer, times in case.get("repeat", {}).items():
        within, name = place(form, pointer)
        within[name] = "备" * times
    return form


def faults(schema, form):
    """Where jsonschema finds faults, and by which keyword."""
    found = set()
    for error in validator(schema).iter_errors(form):
        at = "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)
        names = [""]
        if error.validator == "required":
            # One error for each name that is missing; the name is only in its message.
            names = [name for name in error.validator_value if error.message.startswith(f"{name!r} ")]
        if error.validator == "additionalProperties":
            names = sorted(set(error.instance) - set(error.schema["properties"]))
        found.update(
            (at + (name and "/" + name.replace("~", "~0").replace("/", "~1")), error.validator)
            for name in names
        )
    return found


def keys_of_row(schema, at=""):
    """The pointers in a row by which two rows are of the same person or thing."""
    for name, member in schema.get("properties", {}).items():
        if member.get("x-row-key"):
            yield f"{at}/{name}"
        yield from keys_of_row(member, f"{at}/{name}")


def member_of(row, pointer):
    for name in pointer.split("/")[1:]:
        row = row.get(name) if isinstance(row, dict) else None
    return "".join(row.split()).upper() if isinstance(row, str) else None


def row_faults(schema, form):
    """Every later row that has a key of an earlier one: said twice, or said otherwise."""
    found = set()
    for name, member in schema["properties"].items():
        if not member.get("x-rows"):
            continue
        rows, keys = form.get(name, []), list(keys_of_row(member["items"]))
        for later, row in enumerate(rows):
            earlier = {}
            for key in keys:
                said = member_of(row, key)
                first = next((at for at in range(later) if said and member_of(rows[at], key) == said), None)
                if first is not None:
                    earlier.setdefault(first, key)
            for first, key in earlier.items():
                code = "row_repeated" if rows[first] == row else "row_contradicts"
                found.add((f"/{name}/{later}{key}", code))
    return found


def test_the_schemas_are_json_schemas():
    assert len(FORMS) >= 1
    for schema in [ITEM_SCHEMA, *map(read, FORMS), *read(CATALOGUE / "forms" / "definitions.json").values()]:
        Draft202012Validator.check_schema(schema)


def test_there_are_as_many_items_as_are_promised():
    assert len({read(file)["code"] for file in ITEMS}) == 95


@pytest.mark.parametrize("file", ITEMS, ids=lambda file: file.stem)
def test_an_item_is_what_the_schema_of_items_says(file):
    assert [error.message for error in validator(ITEM_SCHEMA).iter_errors(read(file))] == []


@pytest.mark.parametrize("member", ITEM_SCHEMA["required"])
def test_an_item_without_a_required_member_is_refused(member):
    item = read(ITEMS[0])
    del item[member]
    assert not validator(ITEM_SCHEMA).is_valid(item)


@pytest.mark.parametrize("file", fixtures("valid"), ids=lambda file: file.stem)
def test_a_form_that_is_filled_in_rightly_is_valid(file):
    assert faults(form_of(file), read(file)) | row_faults(form_of(file), read(file)) == set()


@pytest.mark.parametrize(
    ("file", "case"), stories(), ids=lambda part: part["story"] if isinstance(part, dict) else part.stem
)
def test_a_form_with_faults_has_those_faults_and_no_other(file, case):
    found = faults(form_of(file), told(file, case)) | row_faults(form_of(file), told(file, case))
    assert {pointer for pointer, _ in found} == {fault["pointer"] for fault in case["faults"]}
    for fault in case["faults"]:
        keywords = {keyword for pointer, keyword in found if pointer == fault["pointer"]}
        behind = {"format"} if fault["code"].startswith(IDENTIFIERS) else KEYWORDS[fault["code"]]
        assert keywords & behind, fault
