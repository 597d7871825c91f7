"""Breaks and rests in generated tasks, where trips have to pause, or to end before they must.

Which of the two is better depends on the search: that trips do pause is held by the tests of B1 to B5.
"""

import pytest

import solver
from tests.acceptance.plans import planned
from tests.acceptance.tools import tool
from tests.shared import needs_shared

FEATURES = ["breaks", "rests", "pickup_drop", "work", "own_transport", "extra_duration"]


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(
    ("seed", "orders", "strategy"),
    [
        (5, 44, "EARLIEST_FINISH"),
        (62, 44, "LOWEST_COST"),
        (20, 40, "EARLIEST_FINISH"),
        (64, 27, "LOWEST_COST"),
    ],
)
def test_B1_to_B5_a_generated_task_is_planned_without_a_violation(
    seed: int, orders: int, strategy: str
) -> None:
    task, witness = tool("make_task").make(seed, orders, FEATURES, strategy=strategy)
    result = planned(task, solver.Effort(seconds=5, threads=1, seed=1))
    assert tool("verify").verify(task, result).violations == []
    ours, theirs = (one["statistics"]["total_statistics"] for one in (result, witness))
    assert ours["plan_orders_count"] >= theirs["plan_orders_count"]
