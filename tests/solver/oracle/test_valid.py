"""Valid plans: the oracle finds nothing."""

import pytest

from solver.oracle import verify
from tests.solver.oracle.plans import PLANS, typed


@pytest.mark.parametrize("name", PLANS)
def test_a_valid_plan_breaks_no_rule(name: str) -> None:
    assert [str(violation) for violation in verify(*typed(*PLANS[name]()))] == []


def test_every_trip_is_reported_as_it_is_judged() -> None:
    judged: list[int] = []
    verify(*typed(*PLANS["rich"]()), judged.append)
    assert judged == [1, 2]
