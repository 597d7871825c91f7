"""What calculations and other operations may spend, and what is counted of them (AC3, E6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django_q.models import OrmQ

from accounts.models import CompanyQuota, User, UserQuota
from accounts.refusal import OverQuota
from audit.models import DailyCounter, DailyPlace, Process
from planning import calculations, jobs
from planning.models import Calculation, Transfer
from solver.contract import General402, read
from tests.planning.conftest import Api
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db
DEMANDS, PLACES = 5, 4
"""Of the printed example."""

START = "/universal/plan/calculation-async"
CROWD = 50


def quota(
    user: User, process_type: str = "PLAN", request: int = 100, day: int = 1000, at_once: int = 5
) -> None:
    UserQuota.objects.update_or_create(
        user=user,
        process_type=process_type,
        defaults={
            "points_per_request": request,
            "points_per_day": day,
            "max_concurrent_execution": at_once,
        },
    )


def counted(process_type: str = "PLAN") -> tuple[int, int, int, int]:
    row = DailyCounter.objects.get(process_type=process_type)
    return row.points, row.unique_points, row.elements, row.processes


def run_all() -> None:
    for process_code in Calculation.objects.filter(status="WAITING").values_list("pk", flat=True):
        jobs.run(str(process_code))


def test_ac3_points_are_demands_and_places_are_counted_once(api: Api, solver: FakeSolver) -> None:
    api.submit()
    assert counted() == (DEMANDS, PLACES, 0, 1)
    api.submit()
    assert counted() == (2 * DEMANDS, PLACES, 0, 2)
    assert list(DailyPlace.objects.values_list("uses", flat=True)) == [2] * PLACES


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ({"request": DEMANDS - 1}, "points_per_request"),
        ({"day": 2 * DEMANDS - 1}, "points_per_day"),
        ({"at_once": 0}, "max_concurrent_execution"),
    ],
)
def test_ac3_402_names_the_quota_and_counts_nothing(
    api: Api, user: User, solver: FakeSolver, limits: dict[str, int], named: str
) -> None:
    api.submit()
    before = counted()
    quota(user, **limits)
    answer = api("POST", START, example("plan.request"))
    told = read(General402, answer.content)
    assert answer.status_code == 402
    assert f"{named} of PLAN" in str(told.message)
    assert counted() == before
    assert Calculation.objects.count() == 1
    process = Process.objects.get(pk=told.tracedata.process_code)
    assert (process.points, process.counter, process.input_file, process.output_file) == (None, None, "", "")


def test_ac3_the_users_quota_goes_before_his_companys(api: Api, user: User, solver: FakeSolver) -> None:
    limits = {"points_per_request": 1, "points_per_day": 1, "max_concurrent_execution": 1}
    CompanyQuota.objects.create(company=user.company, process_type="PLAN", **limits)
    assert api("POST", START, example("plan.request")).status_code == 402
    quota(user)
    assert api("POST", START, example("plan.request")).status_code == 200


def test_ac3_points_come_back_when_a_calculation_failed(api: Api, solver: FakeSolver) -> None:
    api.submit()
    failing = api.submit()
    Calculation.objects.exclude(pk=failing.pk).update(status="CANCELED")
    solver.fails = RuntimeError("no plan")
    run_all()
    failing.refresh_from_db()
    assert failing.status == "FAILED"
    assert counted() == (DEMANDS, PLACES, 0, 2), "a failed process is one all the same"
    assert Process.objects.get(pk=failing.pk).points == 0
    assert list(DailyPlace.objects.values_list("uses", flat=True)) == [1] * PLACES


def test_ac3_nothing_comes_back_of_a_canceled_one(api: Api, solver: FakeSolver) -> None:
    calculations.cancel(api.submit())
    assert counted() == (DEMANDS, PLACES, 0, 1)


def test_ac3_elements_are_the_planned_demands(
    api: Api, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planning.results.planned_demands", lambda _found: 3)
    api.submit()
    run_all()
    assert counted() == (DEMANDS, PLACES, 3, 1)
    assert Process.objects.get().elements == 3


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("plan/validation", "plan.request", "VALIDATE"),
        ("plan/refine", "plan.request", "VALIDATE"),
        ("plan/statistics", "statistics.request", "VALIDATE"),
        ("convert/json-to-xlsx", "plan.request", "CONVERT"),
        ("convert/json-to-thrift", "plan.request", "CONVERT"),
    ],
)
def test_ac4_other_operations_spend_points_of_their_type(
    api: Api, user: User, path: str, body: str, kind: str
) -> None:
    answer = api("POST", f"/universal/{path}", example(body))
    assert answer.status_code == 200
    demands = sum(len(order["demands"]) for order in json.loads(example(body))["orders"])
    points, unique, elements, processes = counted(kind)
    assert (points, processes) == (demands, 1)
    assert 0 < unique <= demands
    process = Process.objects.get()
    assert (process.points, process.status, process.elements or 0) == (demands, "FINISHED_IN_TIME", elements)
    quota(user, kind, day=2 * demands - 1)
    assert api("POST", f"/universal/{path}", example(body)).status_code == 402
    assert counted(kind)[0] == demands


def test_ac3_an_input_that_is_refused_after_all_spends_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_left(*_args: Any, **_how: Any) -> Any:
        return type("Refined", (), {"is_empty": True, "warnings": []})()

    monkeypatch.setattr("planning.intake.refined", nothing_left)
    assert api("POST", "/universal/plan/refine", example("plan.request")).status_code == 400
    assert counted("VALIDATE") == (0, 0, 0, 0)
    process = Process.objects.get()
    assert (process.points, process.status) == (None, "FAILED")


@pytest.mark.parametrize("operation", ["validation", "refine"])
def test_ac3_validation_and_refine_only_tell_of_the_quota_for_plans(
    api: Api, user: User, operation: str
) -> None:
    def told() -> list[str]:
        answer = api("POST", f"/universal/plan/{operation}", example("plan.request"))
        assert answer.status_code == 200
        return [warning["type"] for warning in answer.json().get("warnings", [])]

    quota(user, day=DEMANDS, request=DEMANDS)
    assert "QUOTA_EXCEEDED" not in told()
    quota(user, request=DEMANDS - 1)
    assert told().count("QUOTA_EXCEEDED") == 1
    quota(user, day=DEMANDS - 1)
    assert told().count("QUOTA_EXCEEDED") == 1


def test_ac3_pages_spend_the_same_quota(user: User, solver: FakeSolver) -> None:
    quota(user, request=1)
    with pytest.raises(OverQuota):
        calculations.submit(user, example("plan.request"))
    assert not Calculation.objects.exists()
    assert not DailyCounter.objects.exists()


# --- E6 ---


def claimed() -> list[str]:
    found = []
    while calculation := calculations.take():
        found.append(calculation.user.username)
    return found


def test_e6_beyond_the_limit_they_wait_in_line(api: Api, user: User, solver: FakeSolver) -> None:
    quota(user, at_once=2)
    for _ in range(4):
        api.submit()
    assert len(claimed()) == 2
    assert set(Calculation.objects.values_list("status", flat=True)) == {"IN_PROGRESS", "WAITING"}
    assert not calculations.waits_beside_idle_workers(), "they wait for their own user"
    running = Calculation.objects.filter(status="IN_PROGRESS").first()
    assert running
    calculations.fail(running, "")
    assert len(claimed()) == 1


def test_e5_workers_that_carry_files_are_not_idle(api: Api, user: User, solver: FakeSolver) -> None:
    api.submit()
    assert calculations.waits_beside_idle_workers()
    for _worker in range(settings.ENVIRONMENT.workers):
        Transfer.objects.create(kind=Transfer.Kind.IMPORT, owner=user, status=Transfer.Status.IN_PROGRESS)
    assert not calculations.waits_beside_idle_workers()


def test_e6_users_take_turns(api: Api, user: User, stranger: User, solver: FakeSolver) -> None:
    for _ in range(4):
        api.submit()
    for _ in range(2):
        Api(stranger).submit()
    assert claimed() == ["dispatcher", "stranger", "dispatcher", "stranger", "dispatcher", "dispatcher"]


def test_e6_the_longest_not_served_comes_first(
    api: Api, user: User, stranger: User, solver: FakeSolver
) -> None:
    for _ in range(3):
        api.submit()
        Api(stranger).submit()
    order = []
    while calculation := calculations.take():
        order.append(calculation.user.username)
        calculations.fail(calculation, "")  # one worker: nobody runs when the next one is chosen
    assert order == ["dispatcher", "stranger"] * 3


@pytest.mark.django_db(transaction=True)
def test_e6_who_waited_is_called_when_room_is_made(api: Api, user: User, solver: FakeSolver) -> None:
    quota(user, at_once=1)
    first, second = api.submit(), api.submit()
    seen = []

    def meanwhile() -> None:
        jobs.run(str(second.pk))  # its message comes too early
        seen.append(Calculation.objects.get(pk=second.pk).status)
        OrmQ.objects.all().delete()

    solver.meanwhile = meanwhile
    jobs.run(str(first.pk))
    assert seen == ["WAITING"]
    assert OrmQ.objects.count() == 1, "its turn is called out"


@pytest.mark.parametrize("withdrawn", [{"at_once": 0}, {"request": DEMANDS - 1}, {"day": DEMANDS - 1}])
def test_e6_a_withdrawn_quota_cancels_what_waits(
    api: Api, user: User, solver: FakeSolver, withdrawn: dict[str, int]
) -> None:
    waiting = api.submit()
    quota(user, **withdrawn)
    calculations.sweep()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.message) == ("CANCELED_BY_QUOTA", "The quota does not allow it any more.")
    assert counted()[0] == DEMANDS, "what was accepted stays counted"


# --- many at once ---


def crowd(act: Callable[[int], Any]) -> list[Any]:
    start = Barrier(CROWD)

    def one(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as clients:
        return list(clients.map(one, range(CROWD)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["plan/calculation-async", "plan/validation"])
def test_ac3_fifty_clients_at_the_edge_of_a_quota(user: User, solver: FakeSolver, path: str) -> None:
    fit, kind = 17, "PLAN" if "calculation" in path else "VALIDATE"
    quota(user, kind, day=fit * DEMANDS + DEMANDS - 1)
    body, client = example("plan.request"), Api(user)
    codes = crowd(lambda _: client("POST", f"/universal/{path}", body).status_code)
    assert (codes.count(200), codes.count(402)) == (fit, CROWD - fit)
    assert counted(kind) == (fit * DEMANDS, PLACES, 0, fit)
    assert list(DailyPlace.objects.values_list("uses", flat=True)) == [fit] * PLACES
    accepted = Process.objects.filter(process_type=kind, points__isnull=False)
    assert (accepted.count(), sum(accepted.values_list("points", flat=True))) == (fit, fit * DEMANDS)


@pytest.mark.django_db(transaction=True)
def test_e6_claims_at_once_never_pass_the_limit(api: Api, user: User, solver: FakeSolver) -> None:
    quota(user, at_once=3)
    for _ in range(8):
        api.submit()
    taken = crowd(lambda _: calculations.take())
    assert len([found for found in taken if found]) <= 3
    assert Calculation.objects.filter(status="IN_PROGRESS").count() <= 3
    claimed()
    assert Calculation.objects.filter(status="IN_PROGRESS").count() == 3


@pytest.mark.django_db(transaction=True)
def test_ac3_failures_at_once_give_back_once(user: User, solver: FakeSolver) -> None:
    client = Api(user)
    quota(user, at_once=100)
    running = [client.submit() for _ in range(10)]
    for calculation in running:
        calculations.claim(calculation.pk)

    def fail(number: int) -> bool:
        return calculations.fail(Calculation.objects.get(pk=running[number % 10].pk), "")

    assert sum(crowd(fail)) == 10, "an ended one does not fail again"
    assert counted() == (0, 0, 0, 10)
    assert not DailyPlace.objects.exists()


def test_ac3_forgiven_points_are_spent_again_and_stay_counted(
    api: Api, user: User, solver: FakeSolver
) -> None:
    quota(user, day=DEMANDS)
    first = api.submit()
    assert api("POST", START, example("plan.request")).status_code == 402
    DailyCounter.objects.update(forgiven=DEMANDS)
    api.submit()
    assert api("POST", START, example("plan.request")).status_code == 402
    assert counted()[0] == 2 * DEMANDS
    solver.fails = RuntimeError("a failure gives its own points back, once")
    jobs.run(str(first.pk))
    assert (counted()[0], DailyCounter.objects.get().forgiven) == (DEMANDS, DEMANDS)
    api.submit()
    assert api("POST", START, example("plan.request")).status_code == 402
