"""The description of the interface against openapi-spec-validator."""

from openapi_spec_validator import OpenAPIV31SpecValidator
from project import DESCRIPTION, read


def faults(description):
    return [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()]


def test_the_description_is_valid_openapi_3_1():
    description = read(DESCRIPTION)
    assert description["openapi"].startswith("3.1.")
    assert len(description["paths"]) >= 20
    assert faults(description) == []


def test_a_description_with_an_operation_of_unknown_shape_is_refused():
    description = read(DESCRIPTION)
    del description["paths"]["/v1/items"]["get"]["responses"]["200"]["description"]
    assert faults(description) != []
