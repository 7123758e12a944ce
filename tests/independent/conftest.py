"""The stack that the checks over HTTP use: the one that the environment variable API names."""

import os

import httpx
import pytest
from client import Api
from story import main_job


@pytest.fixture(scope="session")
def seen():
    """Every answer so far, of the API and of the object store."""
    return []


@pytest.fixture(scope="session")
def http(seen):
    with httpx.Client(timeout=30, event_hooks={"response": [seen.append]}) as client:
        yield client


@pytest.fixture(scope="session")
def api(http):
    base = os.environ.get("API")
    if not base:
        pytest.fail("API must name the base address of a stack; `make test-independent` starts one")
    return Api(http, base.rstrip("/"))


@pytest.fixture(scope="session")
def decided(api):
    """The number of an application that went the whole way to its decision."""
    return main_job(api)
