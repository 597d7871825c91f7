"""Actualize and replan over the API, and the documents' examples through the official client (Q)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vrt_lss_universal as universal

import solver
from audit.models import Process
from planning import clock, jobs
from planning.models import Calculation
from solver.contract import (
    CalculationState,
    Custom400WithErrorsAndWarnings,
    PlanResult,
    RefineResult,
    ValidateResult,
    read,
)
from tests.acceptance.tools import tool
from tests.planning.conftest import Api, run
from tests.planning.fake_solver import example
from tests.planning.test_clients import plan_api, token, worker  # noqa: F401 - fixtures are found by name
from tests.shared import needs_shared

pytestmark = pytest.mark.django_db
THEIR_DAY = datetime(2025, 9, 8, 3, 30, tzinfo=UTC)
KINDS = ("actualize", "replan")


@pytest.fixture(autouse=True)
def _their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Q3: one clock, set to the day of the documents; a test inside one transaction has no pulse."""
    monkeypatch.setattr(clock, "now", lambda: THEIR_DAY)
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 1000.0)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def task(kind: str) -> dict[str, Any]:
    return json.loads(example(f"{kind}.request"))


def spoil(monkeypatch: pytest.MonkeyPatch) -> list[solver.Plan]:
    """Let a trip of every plan run half a day late, as with a wrong engine; returns the plans."""
    right, plans = solver.replan, []

    def wrong(*args: Any, **more: Any) -> solver.Plan:
        plan = right(*args, **more)
        driving = next(trip for trip in plan.trips if trip.states)
        for state in driving.states[1:]:
            state.time += timedelta(hours=12)
        plans.append(plan)
        return plan

    monkeypatch.setattr(solver, "replan", wrong)
    return plans


def start(api: Api, kind: str, task: dict[str, Any]) -> Calculation:
    answer = api("POST", f"/universal/{kind}/calculation-async", task)
    assert answer.status_code == 200, answer.content
    return Calculation.objects.get(pk=answer.json()["process_code"])


def result(api: Api, calculation: Calculation) -> tuple[int, PlanResult]:
    answer = api("GET", f"/universal/{calculation.kind}/result/{calculation.pk}")
    return answer.status_code, read(PlanResult, b"".join(answer.streaming_content))


@pytest.fixture
def clients(plan_api: universal.PlanApi) -> dict[str, Any]:  # noqa: F811 - the fixture
    client = plan_api.api_client
    return {"actualize": universal.ActualizeApi(client), "replan": universal.ReplanApi(client)}


@needs_shared
@pytest.mark.shared
@pytest.mark.django_db(transaction=True)
def test_Q9_Q10_the_documents_examples_come_back_planned(
    clients: dict[str, Any],
    worker: None,  # noqa: F811 - the fixture
    kind: str,
    task: dict[str, Any],
) -> None:
    model = {"actualize": universal.ActualizeTask, "replan": universal.ReplanTask}[kind]
    run_it = getattr(clients[kind], f"run_{kind}_calculation_with_http_info")
    answer = run_it(model.from_dict(task))
    assert answer.status_code == 200
    plan = read(PlanResult, answer.raw_data)
    assert plan.statistics.total_statistics.plan_orders_count == 3
    assert plan.calculation_info.status == "FINISHED_IN_TIME"
    found = tool("verify").verify(task, json.loads(answer.raw_data))
    assert found.violations == []


def test_a_calculation_from_start_to_end(api: Api, kind: str, task: dict[str, Any]) -> None:
    calculation = start(api, kind, task)
    assert (calculation.kind, Process.objects.get(pk=calculation.pk).process_type) == (kind, "PLAN")
    state = api("GET", f"/universal/{kind}/state/{calculation.pk}")
    assert (state.status_code, read(CalculationState, state.content).calculation_progress) == (202, 0)
    assert result(api, calculation)[1].trips == []
    run(calculation)
    code, plan = result(api, calculation)
    assert (code, len(plan.trips)) == (200, 1)
    assert plan.trips[0].key == task["trips"][0]["key"], "a trip that goes on keeps its key"
    assert api("DELETE", f"/universal/{kind}/result/{calculation.pk}").status_code == 204
    assert api("GET", f"/universal/{kind}/state/{calculation.pk}").status_code == 404


def test_a_waiting_calculation_is_canceled(api: Api, kind: str, task: dict[str, Any]) -> None:
    calculation = start(api, kind, task)
    assert api("DELETE", f"/universal/{kind}/calculation-async/{calculation.pk}").status_code == 204
    code, plan = result(api, calculation)
    assert (code, plan.calculation_info.status, plan.trips) == (299, "CANCELED", [])


def test_a_process_of_another_kind_is_unknown(api: Api, kind: str, task: dict[str, Any]) -> None:
    calculation = start(api, kind, task)
    assert api("GET", f"/universal/plan/state/{calculation.pk}").status_code == 404


def test_Q3_without_current_time_the_moment_of_the_request_counts(
    api: Api, kind: str, task: dict[str, Any]
) -> None:
    task.pop("actualize_settings", None)
    calculation = run(start(api, kind, task))
    first = min(s.time for s in result(api, calculation)[1].trips[0].states if "ON_DEMAND" in s.flags)
    assert first >= THEIR_DAY


def test_Q11_validation_and_refine(api: Api, kind: str, task: dict[str, Any]) -> None:
    task["locations"].append({"key": "nobody_goes_here", "geopoint": {"latitude": 55.5, "longitude": 37.5}})
    validated = read(ValidateResult, api("POST", f"/universal/{kind}/validation", task).content)
    refined = read(RefineResult, api("POST", f"/universal/{kind}/refine?remove_locations=true", task).content)
    assert validated.tracedata.operation == f"run_{kind}_validation"
    assert validated.warnings == []
    assert len(refined.plan_task.orders) == 3
    assert [len(link.links) for link in refined.plan_task.hardlinks] == [5], "both shifts and three orders"
    assert "nobody_goes_here" in refined.removed_items.location_keys
    assert not Calculation.objects.exists()


@pytest.mark.parametrize("operation", ["calculation-async", "validation", "refine"])
def test_Q4_an_unknown_key_is_an_error(api: Api, kind: str, task: dict[str, Any], operation: str) -> None:
    fact = {"key": "f", "type": "DEMAND_DONE", "time": "2025-09-08T03:00:00Z", "trip_key": "nothing"}
    task["facts"] = [
        {**fact, "demand_key": "demand_1_drop"},
        {**fact, "key": "g", "trip_key": task["trips"][0]["key"]},
    ]
    answer = api("POST", f"/universal/{kind}/{operation}", task)
    assert answer.status_code == 400
    told = read(Custom400WithErrorsAndWarnings, answer.content).logical_errors
    assert [error.type for error in told] == ["INCONSISTENT_REFERENCE"] * 2


def test_Q9_when_all_is_done_nothing_is_left(api: Api, kind: str, task: dict[str, Any]) -> None:
    trip = task["trips"][0]["key"]
    task["facts"] = [
        {
            "key": f"f{n}",
            "type": "ORDER_DONE",
            "time": "2025-09-07T22:10:00Z",
            "trip_key": trip,
            "order_key": f"order_{n}",
        }
        for n in (1, 2, 3)
    ]
    assert api("POST", f"/universal/{kind}/refine", task).status_code == 400
    calculation = run(start(api, kind, task))
    code, plan = result(api, calculation)
    assert (code, plan.trips, plan.unplanned_items.order_keys) == (200, [], [])


def test_a_continuation_that_breaks_rules_is_not_kept(
    api: Api,
    kind: str,
    task: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The oracle reads what goes on as it reads plans; the operator gets the report."""
    plans = spoil(monkeypatch)
    calculation = run(start(api, kind, task))
    assert len(plans) == 1
    assert calculation.status == Calculation.Status.FAILED
    assert "W1" in calculation.message
    assert result(api, calculation)[1].trips == []
    assert f"The plan of calculation {calculation.pk} breaks rules" in caplog.text
