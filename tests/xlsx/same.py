"""Whether two pieces of data are the same for the contract, and the documents' examples as data."""

import json
from pathlib import Path
from typing import Any

from solver.contract import UniversalData, read
from tests.shared import ROOT

EXAMPLES = ROOT / "tests" / "data" / "contract" / "examples"

_GENERAL = {"average_roundtrip_distance": 0.0, "average_roundtrip_time": "PT0S"}


def typed(data: dict[str, Any]) -> UniversalData:
    """The data with the contract's defaults filled in and times as moments."""
    return read(UniversalData, json.dumps(data).encode())


def example(path: Path) -> dict[str, Any]:
    """An example that has some part of the model, as data; printed results lack fields that came later."""
    given = json.loads(path.read_text(encoding="utf-8"))
    data = {name: given[name] for name in UniversalData.__dataclass_fields__ if name in given}
    if statistics := data.get("statistics"):
        statistics["total_statistics"] |= _GENERAL
        for trip in statistics["trips_statistics"]:
            trip["general_statistics"] |= _GENERAL
            trip.setdefault("roundtrip_statistics", [])
    entity = path.stem.removeprefix("entity.")
    if f"{entity}s" in UniversalData.__dataclass_fields__:
        data = {f"{entity}s": [given]}
    return data


def example_files() -> list[Path]:
    """Files of the documents' examples that have some part of the model."""
    return [path for path in sorted(EXAMPLES.glob("*.json")) if example(path)]
