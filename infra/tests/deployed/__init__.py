"""Tests that need a deployed stack; `make test` starts one and says in the environment where it is."""

import os

from infra.deployment import cloudformation


def deployed_session():
    """A session for the stack that is tested."""
    return cloudformation.session_of(dict(os.environ))
