"""The contract's own examples are read and written back."""

import json
from pathlib import Path
from typing import Any

import pytest

import solver.contract as contract
from solver.contract import SchemaErrors, read, write
from solver.contract.duration import parse_duration
from tests.solver.contract.schemas import EXAMPLES

KINDS = {
    "account.quota": "QuotasResult",
    "account.statistics": "UserStatistics",
    "account.token_request": "TokenRequest",
    "account.token_validation": "TokenValidationResult",
    "async.response": "CalculationAsyncResult",
    "error400": "Custom400WithErrorsAndWarnings",
    "state": "CalculationState",
    "validation.result": "ValidateResult",
}
UNFINISHED = {"plan.result", "replan.result", "actualize.result", "statistics.result"}
"""Printed before these fields were thought of; nothing else may be missing."""
EXCUSED = [
    "statistics.total_statistics.average_roundtrip_distance",
    "statistics.total_statistics.average_roundtrip_time",
    "statistics.trips_statistics[0].general_statistics.average_roundtrip_distance",
    "statistics.trips_statistics[0].general_statistics.average_roundtrip_time",
    "statistics.trips_statistics[0].roundtrip_statistics",
]


def kind(name: str) -> Any:
    if name in KINDS:
        return getattr(contract, KINDS[name])
    first, last = name.split(".")[0], name.split(".")[-1]
    if first == "entity":
        return getattr(contract, last.capitalize())
    if last == "request":
        return getattr(contract, f"{first.capitalize()}Task")
    return contract.RefineResult if ".refine." in name else contract.PlanResult


def completed(value: dict[str, Any]) -> dict[str, Any]:
    """A printed result with the excused fields filled in."""
    general = {"average_roundtrip_distance": 0.0, "average_roundtrip_time": "PT0S"}
    value["statistics"]["total_statistics"] |= general
    for trip in value["statistics"]["trips_statistics"]:
        trip["general_statistics"] |= general
        trip["roundtrip_statistics"] = []
    return value


def lost(given: Any, written: Any, path: str = "") -> list[str]:
    """Paths of what was given and is not written with the same meaning; defaults may be added."""
    if isinstance(given, dict):
        missing = [f"{path}.{key}" for key in given if key not in written and given[key] is not None]
        return missing + [
            p
            for key in given.keys() & written.keys()
            for p in lost(given[key], written[key], f"{path}.{key}")
        ]
    if isinstance(given, list):
        assert len(given) == len(written)
        return [
            p for i, (a, b) in enumerate(zip(given, written, strict=True)) for p in lost(a, b, f"{path}[{i}]")
        ]
    return [] if same(given, written) else [path]


def same(given: Any, written: Any) -> bool:
    if isinstance(given, str) and given != written:
        try:
            return parse_duration(given) == parse_duration(written)
        except ValueError:
            reader = contract.TimeWindow
            windows = (
                read(reader, json.dumps({"from": text, "to": text}).encode()) for text in (given, written)
            )
            return next(windows) == next(windows)
    return bool(given == written)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_round_trips(path: Path) -> None:
    value = json.loads(path.read_bytes())
    if path.stem in UNFINISHED:
        with pytest.raises(SchemaErrors) as refused:
            read(kind(path.stem), path.read_bytes())
        assert sorted(str(error.entity) for error in refused.value.errors) == EXCUSED
        value = completed(value)
    obj = read(kind(path.stem), json.dumps(value).encode())
    assert lost(value, json.loads(write(obj))) == []
    assert read(kind(path.stem), write(obj)) == obj


def test_all_examples_are_here() -> None:
    assert len(EXAMPLES) == 28
