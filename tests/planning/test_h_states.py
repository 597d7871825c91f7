"""Table H, row by row: what state, result, cancel and delete answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from audit import blobs
from planning import calculations
from planning.models import Calculation
from solver import Finish
from solver.contract import CalculationState, CalculationStatus, PlanResult, read
from tests.planning.conftest import Api, run
from tests.planning.fake_solver import FakeSolver

pytestmark = pytest.mark.django_db
Status = Calculation.Status


def path(operation: str, calculation: Calculation) -> str:
    return f"/universal/plan/{operation}/{calculation.pk}"


def state(api: Api, calculation: Calculation) -> tuple[int, CalculationState]:
    answer = api("GET", path("state", calculation))
    return answer.status_code, read(CalculationState, answer.content)


def result(api: Api, calculation: Calculation) -> tuple[int, PlanResult]:
    answer = api("GET", path("result", calculation))
    return answer.status_code, read(PlanResult, b"".join(answer.streaming_content))


def cancel(api: Api, calculation: Calculation) -> int:
    return int(api("DELETE", path("calculation-async", calculation)).status_code)


def gone(api: Api, calculation: Calculation) -> bool:
    asked = [("GET", "state"), ("GET", "result"), ("DELETE", "result"), ("DELETE", "calculation-async")]
    return {api(method, path(name, calculation)).status_code for method, name in asked} == {404}


def test_statuses_are_the_contracts() -> None:
    assert Status.values == [item.value for item in CalculationStatus]


def test_h_waiting(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    code, found = state(api, calculation)
    assert (code, found.calculation_info.status, found.calculation_progress) == (202, "WAITING", 0)
    code, plan = result(api, calculation)
    total = plan.statistics.total_statistics
    assert (code, plan.trips, total.orders_count, total.measurements.distance) == (202, [], 0, 0)
    assert plan.statistics.task_statistics.planning_horizon.start.isoformat() == "2025-09-07T21:00:00+00:00"
    assert cancel(api, calculation) == 204
    assert state(api, calculation)[1].calculation_info.status == "CANCELED"
    assert run(calculation).status == Status.CANCELED, "a worker takes no canceled one"


def test_h_in_progress(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    seen: list[bool] = []

    def look() -> None:
        code, found = state(api, calculation)
        assert (code, found.calculation_info.status, found.calculation_progress) == (202, "IN_PROGRESS", 10)
        code, plan = result(api, calculation)
        assert (code, plan.calculation_progress, len(plan.trips)) == (202, 10, 1), "the best plan so far"
        assert plan.calculation_info.result_version == 1
        assert cancel(api, calculation) == 204
        calculation.refresh_from_db()
        assert (calculation.status, calculation.cancel_requested) == (Status.IN_PROGRESS, True)
        seen.append(True)

    solver.meanwhile = look
    solver.finish = Finish.STOPPED
    assert run(calculation).status == Status.CANCELED
    assert seen


def test_h_progress_never_falls(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    claimed = calculations.claim(calculation.pk)
    assert claimed
    told = []
    for percent in (5, 40, 30, 41):
        calculations.progress(claimed, percent)
        told.append(state(api, calculation)[1].calculation_progress)
    assert told == [5, 40, 40, 41]


@pytest.mark.parametrize(
    ("finish", "status"),
    [(Finish.CONVERGED, "FINISHED_IN_TIME"), (Finish.OUT_OF_TIME, "FINISHED_OUT_OF_TIME")],
)
def test_h_finished(api: Api, solver: FakeSolver, finish: Finish, status: str) -> None:
    solver.finish = finish
    calculation = run(api.submit())
    code, found = state(api, calculation)
    assert (code, found.calculation_info.status, found.calculation_progress) == (200, status, 100)
    info = found.calculation_info
    times = [info.preparing_time, info.business_validation_time, info.math_validation_time]
    assert [*times, info.calculation_time] == [1, 0, 1, 7]
    code, plan = result(api, calculation)
    assert (code, len(plan.trips), plan.calculation_info.status) == (200, 1, status)
    assert cancel(api, calculation) == 204
    assert state(api, calculation)[1].calculation_info == info, "canceling changes nothing"
    assert api("DELETE", path("result", calculation)).status_code == 204
    assert gone(api, calculation)


def test_h_canceled_keeps_the_best_plan(api: Api, solver: FakeSolver) -> None:
    solver.finish = Finish.STOPPED
    calculation = run(api.submit())
    code, plan = result(api, calculation)
    assert (code, plan.calculation_info.status, len(plan.trips)) == (299, "CANCELED", 1)
    assert state(api, calculation)[0] == 299
    assert cancel(api, calculation) == 204
    assert api("DELETE", path("result", calculation)).status_code == 204
    assert gone(api, calculation)


def test_h_canceled_by_timeout(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    long_ago = timezone.now() - timedelta(seconds=calculation.max_waiting + 1)
    Calculation.objects.filter(pk=calculation.pk).update(created_at=long_ago)
    calculations.sweep()
    code, plan = result(api, calculation)
    assert (code, plan.calculation_info.status, plan.trips) == (299, "CANCELED_BY_TIMEOUT", [])
    assert plan.calculation_info.waiting_time >= calculation.max_waiting
    assert cancel(api, calculation) == 204
    assert state(api, calculation)[1].calculation_info.status == "CANCELED_BY_TIMEOUT"


@pytest.mark.parametrize("who", ["user", "company"])
def test_h_canceled_by_quota_when_switched_off(api: Api, solver: FakeSolver, user: User, who: str) -> None:
    calculation = api.submit()
    switched = user if who == "user" else user.company
    switched.enabled = False
    switched.save()
    calculations.sweep()
    switched.enabled = True
    switched.save()
    user.refresh_from_db()
    code, plan = result(Api(user), calculation)
    assert (code, plan.calculation_info.status, plan.trips) == (299, "CANCELED_BY_QUOTA", [])


def test_h_failed_has_a_message_and_no_plan(api: Api, solver: FakeSolver) -> None:
    solver.fails = ZeroDivisionError("inner detail")
    calculation = run(api.submit())
    code, found = state(api, calculation)
    assert (code, found.calculation_info.status) == (299, "FAILED")
    assert found.calculation_info.message
    assert "inner detail" not in found.calculation_info.message
    russian = api("GET", path("state", calculation), **{"accept-language": "ru"})
    assert read(CalculationState, russian.content).calculation_info.message != found.calculation_info.message
    code, plan = result(api, calculation)
    assert (code, plan.trips, plan.statistics.total_statistics.plan_orders_count) == (299, [], 0)
    assert cancel(api, calculation) == 204


def test_h_expired_result_is_unknown(api: Api, solver: FakeSolver) -> None:
    calculation = run(api.submit())
    assert state(api, calculation)[0] == 200
    Calculation.objects.filter(pk=calculation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert gone(api, calculation)


@pytest.mark.django_db(transaction=True)
def test_e3_cleaning_removes_rows_and_files(api: Api, solver: FakeSolver) -> None:
    calculation = run(api.submit())
    kept = run(api.submit())
    Calculation.objects.filter(pk=calculation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert calculations.clean() == 1
    assert list(Calculation.objects.values_list("pk", flat=True)) == [kept.pk]
    with pytest.raises(FileNotFoundError):
        blobs.read(calculation.result)
    assert blobs.read(kept.result)


@pytest.mark.django_db(transaction=True)
def test_h_delete_while_it_runs_cancels_first(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()

    def remove() -> None:
        assert api("DELETE", path("result", calculation)).status_code == 204
        assert gone(api, calculation)
        assert Calculation.objects.get().cancel_requested

    solver.meanwhile = remove
    solver.finish = Finish.STOPPED
    from planning import jobs

    jobs.run(str(calculation.pk))
    assert not Calculation.objects.exists()
    with pytest.raises(FileNotFoundError):
        blobs.read(calculation.input)
