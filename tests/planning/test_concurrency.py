"""Many at once, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from audit.models import Request
from planning import calculations
from planning.models import Calculation
from tests.planning.conftest import Api
from tests.planning.fake_solver import FakeSolver

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 12


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """What each of the crowd got; they start together."""
    start = Barrier(CROWD)

    def one(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        return list(crowd.map(one, range(CROWD)))


def test_one_calculation_has_one_worker(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    claimed = at_once(lambda _: calculations.claim(calculation.pk))
    assert len([found for found in claimed if found]) == 1
    calculation.refresh_from_db()
    assert calculation.attempts == 1


def test_crowd_of_clients_is_served(user: User, solver: FakeSolver) -> None:
    def visit(_number: int) -> list[int]:
        api = Api(user)
        calculation = api.submit()
        state = api("GET", f"/universal/plan/state/{calculation.pk}").status_code
        canceled = api("DELETE", f"/universal/plan/calculation-async/{calculation.pk}").status_code
        return [state, canceled]

    assert at_once(visit) == [[202, 204]] * CROWD
    assert set(Calculation.objects.values_list("status", flat=True)) == {"CANCELED"}
    assert Request.objects.count() == 3 * CROWD


def test_cancel_and_claim_never_both_win(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()

    def act(number: int) -> bool:
        found = Calculation.objects.get(pk=calculation.pk)
        if number % 2:
            return calculations.claim(found.pk) is not None
        calculations.cancel(found)
        return False

    claimed = at_once(act)
    calculation.refresh_from_db()
    if any(claimed):
        assert (calculation.status, calculation.cancel_requested) == ("IN_PROGRESS", True)
    else:
        assert calculation.status == "CANCELED"


def test_sweeps_of_several_hosts_retake_once(api: Api, solver: FakeSolver) -> None:
    calculation = api.submit()
    calculations.claim(calculation.pk)
    Calculation.objects.update(heartbeat=calculation.created_at.replace(year=2000))
    at_once(lambda _: calculations.sweep())
    calculation.refresh_from_db()
    assert (calculation.status, calculation.attempts) == ("WAITING", 1)
