"""Plans that others made, told by our translator: the acceptance verifier must find nothing wrong in them."""

import json
import sys
from random import Random
from typing import Any

import pytest

from solver.contract import PlanResult, PlanTask, read_object, write
from solver.problem.build import build
from solver.refine.assume import assume
from solver.report import report
from tests.shared import SHARED, needs_shared
from tests.solver.report.horizons import horizon
from tests.solver.report.witness import Indices

pytestmark = needs_shared

CITIES = ("moscow", "tokyo", "helsinki")  # +3, +9, +3: the result's timezone
FEATURES = (
    "pickup_drop", "work", "multi_event", "boxes", "multi_measure", "penalties", "soft", "hardlinks",
    "own_transport", "breaks,work", "rests,pickup_drop", "tariff_stages", "limits,pickup_drop", "max_stops",
    "to_box", "from_box", "to_box,own_transport", "teleport", "teleport,own_transport", "roundtrips",
    "roundtrips,breaks", "assumptions", "rewards", "disable_capacity", "disable_compatibility",
    "extra_duration", "lifetimes", "precedence", "missing_legs", "dims_rotation",
)  # fmt: skip


def retold(task: dict[str, Any], witness: dict[str, Any], seed: int) -> dict[str, Any]:
    """The witness with trips, statistics and unplanned items of our own making."""
    typed = read_object(PlanTask, task)
    whole = horizon(typed)
    catalog = build(assume(typed), int(whole.start.timestamp())).catalog
    plan = read_object(PlanResult, witness)
    told = report(catalog, Indices(catalog).schedules(plan), horizon=whole, seed=seed)
    plan.trips, plan.statistics, plan.unplanned_items = told.trips, told.statistics, told.unplanned
    plan.warnings = told.warnings
    result: dict[str, Any] = json.loads(write(plan))
    return result


def findings(seed: int, orders: int, features: str, **more: Any) -> list[str]:
    if str(SHARED / "tools") not in sys.path:
        sys.path.append(str(SHARED / "tools"))
    import make_task
    from verify import verify

    task, witness = make_task.make(seed, orders, features, city=CITIES[seed % 3], **more)
    found = verify(task, retold(task, witness, seed)).violations
    return [f"{item['rule']} {item['where']}: {item['message']}" for item in found]


@pytest.mark.parametrize("seed", range(12))
def test_plans_with_all_features(seed: int) -> None:
    assert findings(seed, 25, "all", strategy=("EARLIEST_FINISH", "LOWEST_COST")[seed % 2]) == []


@pytest.mark.parametrize("features", FEATURES)
def test_plans_with_one_feature(features: str) -> None:
    seed = Random(features).randrange(1000)
    assert findings(seed, 15, features) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_plans(seed: int) -> None:
    assert findings(seed, 40, "all") == []
