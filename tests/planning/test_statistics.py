"""Statistics of given trips over the API (Q12)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planning.models import Calculation
from solver.contract import Custom400WithErrorsAndWarnings, PlanResult, read
from tests.planning.conftest import Api
from tests.planning.fake_solver import example

pytestmark = pytest.mark.django_db
STATISTICS = "/universal/plan/statistics"


@pytest.fixture
def task() -> dict[str, Any]:
    return json.loads(example("statistics.request"))


def told(api: Api, task: dict[str, Any]) -> PlanResult:
    answer = api("POST", STATISTICS, task)
    assert answer.status_code == 200, answer.content
    return read(PlanResult, answer.content)


def test_q12_figures_of_the_documents_trips(api: Api, task: dict[str, Any]) -> None:
    found = told(api, task)
    total = found.statistics.total_statistics
    assert (total.plan_orders_count, total.trips_count, total.stops_count) == (3, 1, 4)
    assert (total.measurements.total_time, total.measurements.working_time) == (4505, 2100)
    assert total.measurements.distance > 0, "states without distances take them from the geo provider"
    assert found.calculation_progress == 100
    assert found.warnings == []
    assert not Calculation.objects.exists()


def test_q12_trips_come_back_as_they_were(api: Api, task: dict[str, Any]) -> None:
    found = told(api, task)
    moments = [state.time.timestamp() for state in found.trips[0].states]
    assert len(moments) == len(task["trips"][0]["states"])
    assert moments == sorted(moments)
    assert [trip.key for trip in found.trips] == ["trip_for_performer_1"]


def test_q12_broken_windows_are_told_in_quality(api: Api, task: dict[str, Any]) -> None:
    event = task["orders"][2]["demands"][0]["possible_events"][0]
    event["hard_time_window"]["to"] = "2025-09-08T05:40:00Z"
    quality = told(api, task).statistics.quality
    assert quality.hard_time_window_violations.after.demand_keys == ["demand_3_work"]


def test_q12_other_broken_rules_are_warnings_that_name_the_rule(api: Api, task: dict[str, Any]) -> None:
    task["transports"][0]["boxes"][0]["capacity"]["mass"] = 1
    found = told(api, task)
    over = [warning for warning in found.warnings if (warning.info or "").startswith("L2")]
    assert {warning.type for warning in over} == {"CARGO_CAPACITY_VIOLATION"}
    assert over[0].entities[0].entity_key == "trip_for_performer_1"


def test_q12_a_key_that_leads_nowhere_is_an_error(api: Api, task: dict[str, Any]) -> None:
    task["trips"][0]["waitlist"] = ["no_such_order"]
    answer = api("POST", STATISTICS, task)
    assert answer.status_code == 400
    assert read(Custom400WithErrorsAndWarnings, answer.content).logical_errors
