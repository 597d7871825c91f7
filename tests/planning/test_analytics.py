"""U2: why orders are not planned, in full, over the API; kept with the result and gone with it."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from audit import blobs
from planning import results
from planning.models import Calculation
from solver.contract import PlanAnalytics, PlanResult, read
from tests.planning.conftest import Api, read_body, run
from tests.planning.fake_solver import FakeSolver
from tests.solver.reasons.test_obstacles import at_once

pytestmark = pytest.mark.django_db(transaction=True)  # a thread of its own watches a real calculation


def path(calculation: Calculation, kind: str = "plan") -> str:
    return f"/universal/{kind}/analytics/{calculation.pk}"


def analytics(api: Api, calculation: Calculation) -> tuple[int, PlanAnalytics]:
    answer = api("GET", path(calculation))
    return answer.status_code, read(PlanAnalytics, b"".join(answer.streaming_content))


@pytest.fixture
def task() -> dict[str, Any]:
    """Two orders, of which the van takes one."""
    return at_once().document()


def test_U2_reasons_of_a_finished_plan(api: Api, task: dict[str, Any]) -> None:
    calculation = run(api.submit(task))
    code, found = analytics(api, calculation)
    assert (code, found.calculation_progress) == (200, 100)
    assert found.tracedata.process_code == calculation.pk
    plan = read(
        PlanResult, b"".join(api("GET", path(calculation).replace("analytics", "result")).streaming_content)
    )
    (order,) = found.unplanned_orders
    assert plan.unplanned_items is not None
    assert [order.order_key] == plan.unplanned_items.order_keys
    assert order.info in [warning.info for warning in plan.warnings]
    assert order.trips[0].trip_key == plan.trips[0].key
    assert [(x.type, x.unit) for x in order.trips[0].obstacles] == [("CAPACITY", "mass")]
    assert results.read_reasons(calculation) == found.unplanned_orders


def test_U2_the_language_of_who_asked(user: User, task: dict[str, Any]) -> None:
    russian = Api(user)
    russian.headers["accept-language"] = "ru"
    (order,) = analytics(russian, run(russian.submit(task)))[1].unplanned_orders
    assert order.info.startswith("Рейс ")


def test_U2_a_waiting_calculation_has_no_reasons_yet(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    code, found = analytics(api, calculation)
    assert (code, found.unplanned_orders, found.calculation_info.status) == (202, [], "WAITING")


def test_H1_H2_only_its_owner_and_only_its_kind(
    api: Api, stranger: User, solver: FakeSolver, task: dict[str, Any]
) -> None:
    calculation = run(api.submit())
    assert api("GET", path(calculation)).status_code == 200
    assert api("GET", path(calculation, "replan")).status_code == 404
    assert Api(stranger)("GET", path(calculation)).status_code == 404
    assert Api(None)("GET", path(calculation)).status_code == 401
    unknown = api("GET", "/universal/plan/analytics/nothing")
    assert unknown.status_code == 404
    assert "tracedata" in read_body(unknown)["detail"]


def test_U2_reasons_are_removed_with_their_result(
    api: Api, task: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    calculation = run(api.submit(task))
    kept = results.reasons_name(calculation.result)
    assert blobs.read(kept).startswith(b'{"unplanned_orders":[{')
    with django_capture_on_commit_callbacks(execute=True):
        assert api("DELETE", path(calculation).replace("analytics", "result")).status_code == 204
    assert api("GET", path(calculation)).status_code == 404
    with pytest.raises(FileNotFoundError):
        blobs.read(kept)
