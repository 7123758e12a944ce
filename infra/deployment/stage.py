"""A stage: one deployment of the template with its own parameters."""

import json
from dataclasses import dataclass, replace

from infra.deployment import project
from infra.deployment.progress import Failure

EMULATED = frozenset({"local", "test"})


@dataclass(frozen=True)
class Stage:
    """A stage and the template parameters it is deployed with."""

    name: str
    parameters: dict[str, str]

    @property
    def emulated(self) -> bool:
        """Whether it runs on the local emulator instead of AWS."""
        return self.name in EMULATED

    @property
    def stack(self) -> str:
        """Name of its CloudFormation stack; short, because bucket names begin with it."""
        return f"psb-{self.name}"

    def with_parameters(self, **more: str) -> "Stage":
        """The same stage with parameters that are known only when it is deployed."""
        return replace(self, parameters={**self.parameters, **more})

    def refuse_examples(self) -> None:
        """Stops a deployment to AWS whose parameters still hold the reserved example domain."""
        unset = sorted(name for name, value in self.parameters.items() if ".example" in value)
        if unset and not self.emulated:
            raise Failure(
                f"infra/parameters/{self.name}.json still has example addresses in "
                f"{', '.join(unset)}: put this stage's own there."
            )


def load(name: str) -> Stage:
    """Reads a stage's parameters; a stage is what has a file in infra/parameters."""
    path = project.PARAMETERS / f"{name}.json"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in project.PARAMETERS.glob("*.json")))
        raise Failure(f"there is no stage {name!r}; the stages are {known}")
    return Stage(name, json.loads(path.read_text())["Parameters"])
