"""Q9: actualize keeps the sequence and leaves out the fewest orders, exactly."""

from itertools import combinations
from random import Random

import numpy as np
import pytest

from solver.problem.build import build
from solver.schedule import evaluate
from solver.schedule.scratch import scratch
from solver.trim import Rooms, SequenceJudge, fewest_out, model
from solver.trim import fewest as choosing
from tests.solver.replan.execution import Execution
from tests.solver.report.tiny import EPOCH, Tiny


def crowded(seed: int) -> Tiny:
    """Ten orders with windows of their own, too many for the day."""
    draw = Random(seed)
    task = Tiny({"depot": 0, **{f"p{n}": draw.randint(-40, 40) for n in range(10)}})
    for n in range(6):
        window = f"8:{draw.randint(0, 59):02}-{draw.randint(9, 12)}:{draw.randint(0, 59):02}"
        task.work(f"w{n}", f"p{n}", window,
                  minutes=draw.randint(0, 30))  # fmt: skip
    for n in range(6, 9):
        task.delivery(
            f"d{n}", f"p{n}", f"p{n - 6}", mass=60, minutes=5, hard=f"9:00-{draw.randint(10, 13)}:00"
        )
    task.performer(start="depot", finish="depot", hours=f"8:00-{draw.randint(11, 14)}:00")
    task.transport(start="depot", finish="depot")
    return task


def judge(task: Tiny, seed: int) -> SequenceJudge:
    problem = build(task.task(), EPOCH)
    draw = Random(seed)
    orders = list(range(len(problem.catalog.orders)))
    draw.shuffle(orders)
    visits = [
        i
        for order in orders
        for i, v in enumerate(problem.catalog.visits)
        if v.order is problem.catalog.orders[order]
    ]
    return SequenceJudge(Rooms(problem), 0, np.array(visits, dtype=np.int64), [])


def fewest_by_trying_all(judge: SequenceJudge) -> int:
    """The least number of orders left out, from all sets there are."""
    tables, work = judge.problem.tables, scratch(judge.problem.tables)
    for count in range(len(judge.orders)):
        for out in combinations(judge.orders, count):
            route = judge.left(frozenset(out))
            if not evaluate(tables, work, 0, route, len(route), judge.problem.lowest_cost):
                return count
    return len(judge.orders)


@pytest.mark.parametrize("seed", range(12))
def test_Q9_the_fewest_orders_one_by_one(seed: int) -> None:
    found = judge(crowded(seed), seed)
    out = fewest_out(found)
    assert not found.conflict(out)
    assert len(out) == fewest_by_trying_all(found)


@pytest.mark.parametrize("seed", range(12))
def test_Q9_the_fewest_orders_by_the_constraint_model(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST_TRIALS", 0)
    found = judge(crowded(seed), seed)
    assert len(fewest_out(found)) == fewest_by_trying_all(found)


def test_Q9_the_constraint_model_knows_when_nothing_can_stay() -> None:
    task = crowded(1)
    task.performers[0]["shifts"][0]["working_time"] = {
        "from": "2026-03-02T08:00:00Z",
        "to": "2026-03-02T08:00:00Z",
    }
    found = judge(task, 1)
    longer = {order for order in found.orders if found.conflict(frozenset(found.orders) - {order})}
    assert longer <= model.SequenceModel(found).solve()


def test_Q9_events_stay_as_chosen() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 50})
    order = task.work("w", "a")
    order["demands"][0]["possible_events"].append(task.event("b", key="far"))
    task.performer(start="depot")
    task.transport(start="depot")
    told = Execution(task).trip("w/far").actualized("8:00")
    assert told.trips == ["anna van: 8:00 depot, 8:50 w, 8:50 b"]


def test_Q9_who_waits_goes_on_waiting_and_who_no_trip_names_is_refined_away() -> None:
    task = Tiny({"depot": 0, "a": 10})
    for key in ("w", "late", "other"):
        task.work(key, "a")
    for key in ("anna", "ben"):
        task.performer(key, start="depot")
    task.transport(start="depot")
    told = Execution(task).trip("w", waitlist=("late",)).actualized("8:00")
    assert told.waiting == {"anna-trip": ["late"]}
    assert told.removed == ["other"]
    assert told.plan.removed_items.performer_keys == ["ben"]
    assert told.plan.statistics.total_statistics.waitlist_orders_count == 1


def test_Q9_a_trip_that_can_do_nothing_more_keeps_its_orders_waiting() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.work("w", "a")
    task.performer(start="depot")
    task.transport(start="depot")
    told = Execution(task).trip("w").actualized("22:00", delay="PT1H")
    assert (told.trips, told.waiting) == ([], {"anna-trip": ["w"]})
    assert [trip.key for trip in told.plan.trips] == ["anna-trip"]
