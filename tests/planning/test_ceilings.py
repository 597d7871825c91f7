"""What the service allows a task, on every operation that takes one: times (E1), geo providers (T1)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from planning import clock
from planning.models import Calculation
from tests.planning.conftest import Api
from tests.planning.fake_solver import example

pytestmark = pytest.mark.django_db
KINDS = ("plan", "actualize", "replan")
OPERATIONS = [
    (kind, way)
    for kind in KINDS
    for way in ("calculation-async", "calculation", "validation", "refine")
]  # fmt: skip
OVER = {"MAX_CALCULATION_TIME_VIOLATION", "MAX_WAITING_TIME_VIOLATION"}


@pytest.fixture(autouse=True)
def _their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 9, 8, 3, 30, tzinfo=UTC))


def body(kind: str, **settings: Any) -> dict[str, Any]:
    """The documents' example with settings of a calculation."""
    task: dict[str, Any] = json.loads(example(f"{kind}.request"))
    task["plan_settings"] = {"calculation_settings": settings}
    return task


def allow(settings: Any, **ceilings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=ceilings)


@pytest.mark.parametrize(("kind", "way"), OPERATIONS)
def test_T1_a_geo_provider_the_service_does_not_know_is_refused(api: Api, kind: str, way: str) -> None:
    task = body(kind)
    task["plan_settings"]["geo_settings"] = {"geo_provider": "nowhere"}
    answer = api("POST", f"/universal/{kind}/{way}", task)
    assert answer.status_code == 400
    (error,) = answer.json()["logical_errors"]
    assert (error["type"], "nowhere; VRT" in error["info"]) == ("INVALID_GEO_PROVIDER", True)


def test_T1_geo_providers_are_the_installations_own(api: Api, settings: Any) -> None:
    allow(settings, geo_providers=["VRT", "nowhere"])
    task = body("plan")
    task["plan_settings"]["geo_settings"] = {"geo_provider": "nowhere"}
    assert api("POST", "/universal/plan/validation", task).json()["warnings"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_E1_times_over_the_ceilings_are_told_and_cut(api: Api, settings: Any, kind: str) -> None:
    allow(settings, max_calculation_seconds=60, max_waiting_seconds=50)
    task = body(kind, max_calculation_time="PT61S", max_waiting_time="PT51S")
    validated = api("POST", f"/universal/{kind}/validation", task).json()
    assert {warning["type"] for warning in validated["warnings"]} == OVER
    refined = api("POST", f"/universal/{kind}/refine", task).json()
    assert {warning["type"] for warning in refined["warnings"]} >= OVER
    cut = refined["plan_task"]["plan_settings"]["calculation_settings"]
    assert (cut["max_calculation_time"], cut["max_waiting_time"]) == ("PT1M", "PT50S")
    assert api("POST", f"/universal/{kind}/calculation-async", task).status_code == 200
    calculation = Calculation.objects.get()
    assert (calculation.max_calculation, calculation.max_waiting) == (60, 50)


@pytest.mark.parametrize("kind", KINDS)
def test_E1_times_at_the_ceilings_are_fine(api: Api, settings: Any, kind: str) -> None:
    allow(settings, max_calculation_seconds=60, max_waiting_seconds=50)
    task = body(kind, max_calculation_time="PT1M", max_waiting_time="PT50S")
    assert api("POST", f"/universal/{kind}/validation", task).json()["warnings"] == []
