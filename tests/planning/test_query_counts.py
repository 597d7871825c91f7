"""Queries of the operations clients call most; a higher number needs a reason."""

from __future__ import annotations

from typing import Any

import pytest

from planning import calculations
from tests.planning.conftest import Api
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db
SAVEPOINTS = 2
"""Opening and closing a block inside the test's own transaction; elsewhere it is the transaction itself."""


@pytest.fixture
def count(django_assert_num_queries: Any) -> Any:
    return django_assert_num_queries


def test_state(api: Api, solver: FakeSolver, count: Any) -> None:
    calculation = api.submit()
    with count(4 + SAVEPOINTS):  # token's user, calculation, process, request
        api("GET", f"/universal/plan/state/{calculation.pk}")


def test_result(api: Api, solver: FakeSolver, count: Any) -> None:
    calculation = api.submit()
    with count(4 + SAVEPOINTS):  # as the state
        api("GET", f"/universal/plan/result/{calculation.pk}")


def test_start(api: Api, solver: FakeSolver, count: Any) -> None:
    api.submit()  # the day has its counter from now on
    # token's user; quotas of user and company; the day's counter, its points; known places, one more use of
    # them; process, request, calculation, the process's status
    with count(11 + 2 * SAVEPOINTS):
        api("POST", "/universal/plan/calculation-async", example("plan.request"))


def test_cancel(api: Api, solver: FakeSolver, count: Any) -> None:
    calculation = api.submit()
    # token's user, calculation; process, request; end, read again, the process's status, is it withdrawn
    with count(8 + 3 * SAVEPOINTS):
        api("DELETE", f"/universal/plan/calculation-async/{calculation.pk}")


def test_token_generation(api: Api, count: Any) -> None:
    wanted = {"username": "dispatcher", "password": "correct-horse-battery"}
    api("POST", "/account/token/generation", wanted)  # account and address have their counters from now on
    # account here, account, address: counted and taken back; user, process, request
    with count(3 + 2 + 3 + SAVEPOINTS):
        api("POST", "/account/token/generation", wanted)


def test_sweep_of_an_idle_service(db: None, count: Any) -> None:
    with count(2):
        calculations.sweep()
