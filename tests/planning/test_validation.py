"""Validation and refine of plan tasks over the API (V1-V3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.models import Process
from planning.models import Calculation
from solver.contract import (
    Custom400WithErrorsAndWarnings,
    PlanTask,
    RefineResult,
    ValidateResult,
    read,
    write,
)
from tests.planning.conftest import Api
from tests.planning.fake_solver import example

pytestmark = pytest.mark.django_db
VALIDATION, REFINE = "/universal/plan/validation", "/universal/plan/refine"


@pytest.fixture
def task() -> dict[str, Any]:
    return json.loads(example("plan.request"))


def spoil(task: dict[str, Any], *orders: int) -> dict[str, Any]:
    """Give some orders a window that ends before it begins."""
    for number in orders:
        for demand in task["orders"][number]["demands"]:
            for event in demand["possible_events"]:
                window = event["hard_time_window"]
                window["from"], window["to"] = window["to"], window["from"]
    return task


def refused(answer: Any) -> Custom400WithErrorsAndWarnings:
    assert answer.status_code == 400, answer.content
    return read(Custom400WithErrorsAndWarnings, answer.content)


def test_v3_validation_tells_what_a_calculation_begins_with(api: Api, task: dict[str, Any]) -> None:
    answer = api("POST", VALIDATION, spoil(task, 0))
    found = read(ValidateResult, answer.content)
    assert answer.status_code == 200
    assert {"TIME_WINDOW_VIOLATION", "REMOVED_ITEMS_NOT_EMPTY"} <= {w.type for w in found.warnings}
    assert found.tracedata.operation == "run_plan_validation"
    assert not Calculation.objects.exists()
    assert Process.objects.get(pk=found.tracedata.process_code).process_type == "VALIDATE"


def test_v3_a_task_without_faults_has_no_warnings(api: Api, task: dict[str, Any]) -> None:
    assert read(ValidateResult, api("POST", VALIDATION, task).content).warnings == []


@pytest.mark.parametrize("path", [VALIDATION, REFINE])
def test_all_errors_at_once(api: Api, task: dict[str, Any], path: str) -> None:
    assert len(refused(api("POST", path, {})).schema_errors) == 4
    task["orders"][0]["demands"][0]["possible_events"][0]["location_key"] = "nowhere"
    task["performers"][0]["shifts"][0]["start_location_key"] = "elsewhere"
    told = refused(api("POST", path, task)).logical_errors
    assert {"INCONSISTENT_REFERENCE"} == {error.type for error in told}
    assert len(told) >= 2


@pytest.mark.parametrize("path", [VALIDATION, REFINE])
def test_warnings_as_errors(api: Api, task: dict[str, Any], path: str) -> None:
    spoil(task, 0)["plan_settings"] = {"calculation_settings": {"treat_warnings_as_errors": True}}
    assert "TIME_WINDOW_VIOLATION" in {w.type for w in refused(api("POST", path, task)).warnings}


def test_v2_refine_cuts_and_tells(api: Api, task: dict[str, Any]) -> None:
    answer = api("POST", REFINE, spoil(task, 0))
    found = read(RefineResult, answer.content)
    assert (answer.status_code, found.removed_items.order_keys_count) == (200, 1)
    assert [order.key for order in found.plan_task.orders] == [o["key"] for o in task["orders"][1:]]
    assert found.warnings


def test_v2_refine_of_a_refined_task_changes_nothing(api: Api, task: dict[str, Any]) -> None:
    first = read(RefineResult, api("POST", REFINE, spoil(task, 0)).content)
    again = read(RefineResult, api("POST", REFINE, write(first.plan_task)).content)
    assert again.plan_task == first.plan_task
    assert again.removed_items.order_keys == []
    assert read(PlanTask, write(again.plan_task)) == first.plan_task


def test_v2_remove_locations(api: Api, task: dict[str, Any]) -> None:
    task["locations"].append({**task["locations"][0], "key": "unused"})
    kept = read(RefineResult, api("POST", REFINE, task).content)
    cut = read(RefineResult, api("POST", f"{REFINE}?remove_locations=true", task).content)
    assert kept.removed_items.location_keys == []
    assert cut.removed_items.location_keys == ["unused"]
    assert len(cut.plan_task.locations) == len(task["locations"]) - 1


def test_remove_locations_is_true_or_false(api: Api, task: dict[str, Any]) -> None:
    told = refused(api("POST", f"{REFINE}?remove_locations=perhaps", task))
    assert [error.entity for error in told.schema_errors] == ["remove_locations"]


def test_v1_nothing_left_to_plan_is_refused_with_the_reasons(api: Api, task: dict[str, Any]) -> None:
    told = refused(api("POST", REFINE, spoil(task, *range(len(task["orders"])))))
    assert "TIME_WINDOW_VIOLATION" in {warning.type for warning in told.warnings}
    assert told.message


@pytest.mark.parametrize("path", [VALIDATION, REFINE, "/universal/plan/statistics"])
def test_nobody_may(db: None, path: str) -> None:
    assert Api(None)("POST", path, {}).status_code == 401


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "wanted a value, came nothing"), ("ru", "ожидалось: значение; пришло: ничего")],
)
def test_schema_errors_speak_the_users_language(api: Api, language: str, said: str) -> None:
    answer = api("POST", VALIDATION, {}, **{"accept-language": language})
    assert {error.message for error in refused(answer).schema_errors} == {said}
