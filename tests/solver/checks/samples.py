"""The sample task of the rules, changed and read, with the surroundings its examples speak of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from solver.checks import Findings, Limits, check
from solver.checks.rules import IssueType
from solver.checks.sample import changed
from solver.contract import PlanTask, read_object
from solver.refine import Refined, refine

LIMITS = Limits(
    max_calculation_seconds=3600,
    max_waiting_seconds=3600,
    geo_providers=frozenset({"VRT"}),
    now=datetime(2025, 9, 8, tzinfo=UTC),
)


def sample(changes: Mapping[str, Any] | None = None) -> PlanTask:
    return read_object(PlanTask, changed(changes or {}))


def find(changes: Mapping[str, Any] | None = None, language: str = "en") -> Findings:
    return check(sample(changes), limits=LIMITS, language=language)


def found(changes: Mapping[str, Any] | None = None) -> list[IssueType]:
    """Types of everything found in the changed sample."""
    findings = find(changes)
    return [item.type for item in (*findings.errors, *findings.warnings)]


def refined(changes: Mapping[str, Any] | None = None, *, remove_locations: bool = False) -> Refined:
    return refine(sample(changes), limits=LIMITS, remove_locations=remove_locations)
