"""A1, A2: windows that the assumptions of a task change."""

from datetime import UTC, datetime
from typing import Any

from solver.contract import PlanTask, ReplanTask, TimeWindow, read, read_object
from solver.refine import assume, horizon
from tests.solver.checks.corruption import rich
from tests.solver.contract.schemas import DATA


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2025, 9, day, hour, tzinfo=UTC)


def task(**assumptions: bool) -> PlanTask:
    raw: dict[str, Any] = rich()
    raw["plan_settings"]["trips_settings"]["assumptions"] = assumptions
    return read_object(PlanTask, raw)


def test_X7_the_horizon_is_every_moment_named() -> None:
    assert horizon(task()) == (at(1), at(30))  # the lifetimes of the performers' features
    plain = read(PlanTask, (DATA / "examples" / "plan.request.json").read_bytes())
    assert horizon(plain) == (
        datetime(2025, 9, 7, 21, tzinfo=UTC),
        datetime(2025, 9, 8, 20, 59, 59, tzinfo=UTC),
    )


def test_X7_trips_facts_and_the_current_time_count() -> None:
    replan = read(ReplanTask, (DATA / "examples" / "replan.request.json").read_bytes())
    replan.actualize_settings.current_time = at(20)
    replan.trips[0].states[0].time = at(2)
    assert horizon(replan) == (at(2), at(20))


def test_without_assumptions_nothing_changes() -> None:
    given = task()
    assert assume(given) is given


def test_A1_every_window_becomes_the_span_of_all() -> None:
    given = task(same_order_time_window=True)
    found = assume(given)
    events = [event for order in found.orders for demand in order.demands for event in demand.possible_events]
    assert {(e.hard_time_window.start, e.hard_time_window.end) for e in events} == {(at(8, 8), at(9, 18))}
    soft = [event.soft_time_window for event in events]
    assert soft.count(None) == len(soft) - 3
    assert all(window in (None, TimeWindow(start=at(8, 8), end=at(9, 18))) for window in soft)
    assert found.performers == given.performers
    assert given == task(same_order_time_window=True)


def test_A2_shifts_follow_each_other_through_the_horizon() -> None:
    given = task(expand_shift_time_window=True)
    found = assume(given)
    expected = [(at(1), at(9, 8)), (at(9, 8), at(30))]
    for owner in (*found.performers, *found.transports):
        assert [(s.availability_time.start, s.availability_time.end) for s in owner.shifts] == expected
    for performer in found.performers:
        assert all(shift.working_time == shift.availability_time for shift in performer.shifts)
    assert found.orders == given.orders
    assert given == task(expand_shift_time_window=True)


def test_A2_takes_shifts_in_order_of_time() -> None:
    given = task(expand_shift_time_window=True)
    given.transports[0].shifts.reverse()
    assert (
        assume(given).transports[0].shifts == assume(task(expand_shift_time_window=True)).transports[0].shifts
    )
