"""Where things are. Everything that is made lies below .local and target, which git ignores."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"
TEMPLATE = INFRA / "template.yaml"
PARAMETERS = INFRA / "parameters"
LOCAL = ROOT / ".local"
VENV_BIN = LOCAL / "venv" / "bin"


def stack_directory(stage: str) -> Path:
    """What the local stack of a stage keeps: the emulator's state, its log and where it runs."""
    return LOCAL / "stack" / stage


def tool_path() -> str:
    """The search path with the project's own tools first."""
    return os.pathsep.join([str(VENV_BIN), str(LOCAL / "tools" / "bin"), os.environ.get("PATH", "")])
