"""Asserts that what is deployed is what the template says, resource by resource.

A stack that says CREATE_COMPLETE proves little on the emulator, which drops what it does not know.
"""

import sys

from infra.deployment.progress import Failure, step
from infra.local.checks import CHECKS
from infra.local.resolve import Expected


def verify(expected: Expected) -> None:
    """Fails with a list of everything that is not as the template says."""
    with step("asserting the deployed state"):
        faults = faults_of(expected)
    if faults:
        for fault in faults:
            print(f"  ✗ {fault}", file=sys.stderr)
        raise Failure(f"{expected.stage.stack} is not what infra/template.yaml says: {len(faults)} faults")


def faults_of(expected: Expected) -> list[str]:
    """Every difference between the template and what is deployed."""
    faults: list[str] = []
    for logical_id, kind in expected.wanted():
        if logical_id not in expected.physical_ids:
            faults.append(f"{logical_id} ({kind}) is not in the stack")
            continue
        check = CHECKS.get(kind)
        if check is None:
            faults.append(f"{logical_id}: nothing checks a {kind} yet; add it to infra/local/checks")
            continue
        resource = expected.resource(logical_id)
        try:
            found = check(expected.session, resource)
        except expected.session.client("sts").exceptions.ClientError as error:
            faults.append(f"{logical_id} ({kind}) cannot be read: {error}")
            continue
        faults += [f"{logical_id}: {fault}" for fault in found]
    return faults
