"""Where the project keeps what is checked here."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "shared" / "catalogue"
PAPERS = ROOT / "tests" / "fixtures" / "papers" / "PSB-APR-004"
IDENTIFIERS = ROOT / "shared" / "domain" / "tests" / "fixtures" / "identifiers_examples.json"
POPULATION = ROOT / "functions" / "sandbox" / "data" / "population.json"
DESCRIPTION = ROOT / "functions" / "inquiry" / "openapi.json"


def read(file: Path) -> Any:
    """The JSON in a file of the project."""
    return json.loads(file.read_text(encoding="utf-8"))
