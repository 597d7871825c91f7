"""What a task may assume away (A1-A3)."""

from copy import deepcopy
from typing import Any

from tests.solver.features.told import Told, planned, settings
from tests.solver.report.tiny import Tiny, window


def assuming(**assumptions: Any) -> dict[str, Any]:
    """Plan settings with assumptions."""
    return settings(assumptions=assumptions)


def far() -> Tiny:
    """Two services with windows on a way that meets only one of them in time."""
    task = Tiny({"depot": 0, "a": 10, "b": 60})
    task.work("x", "a", "8:00-8:30", minutes=10, soft="8:00-8:25")
    task.work("y", "b", "8:05-9:00", minutes=10)
    task.performer(start="depot")
    task.transport()
    return task


def soft_violations(told: Told) -> list[str]:
    found = told.plan.statistics.quality.soft_time_window_violations
    return found.before.demand_keys + found.after.demand_keys


def test_A1_all_windows_are_the_span_of_all_of_them() -> None:
    task = far()
    assert len(planned(task).left) == 1
    task.work("z", "a", "8:00-10:00", minutes=10)
    task.settings = assuming(same_order_time_window=True)
    told = planned(task)
    assert told.left == []
    assert told.trips[0] in (
        "anna van: 8:00 depot, 8:10 x, 8:20 z, 9:20 y, 9:30 b",
        "anna van: 8:00 depot, 8:10 z, 8:20 x, 9:20 y, 9:30 b",
    )
    assert soft_violations(told) == []
    task.orders[2]["demands"][0]["possible_events"][0]["hard_time_window"] = window("8:00-9:29")
    assert len(planned(task).left) == 1  # the span ends at 9:29


def two_shifts() -> Tiny:
    """A day with a morning and an afternoon shift; a service between them, and one before, in the night."""
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", "12:00-12:30", minutes=10)
    task.work("y", "a", "2:00-3:00", minutes=10)
    task.performer(start="depot", finish="depot", hours="8:00-11:00", working="9:00-10:00")
    task.transport(hours="8:00-11:00")
    for owner in (task.performers[0], task.transports[0]):
        later = deepcopy(owner["shifts"][0])
        later |= {"key": later["key"] + "-2", "availability_time": window("14:00-17:00")}
        if "working_time" in later:
            later["working_time"] = window("14:00-17:00")
        owner["shifts"].append(later)
    return task


def test_A2_shifts_go_on_to_the_next_one_and_to_the_horizons_ends() -> None:
    task = two_shifts()
    assert sorted(planned(task).left) == ["x", "y"]
    task.settings = assuming(expand_shift_time_window=True)
    told = planned(task)
    assert told.left == []
    assert told.trips == ["anna van: 2:40 depot, 2:50 y, 12:00 x, 12:20 depot"]


def test_A2_the_first_shift_ends_where_the_next_begins() -> None:
    task = two_shifts()
    task.work("z", "a", "13:45-14:30", minutes=10)
    task.settings = assuming(expand_shift_time_window=True)
    told = planned(task)
    assert set(told.trips) == {
        "anna van: 2:40 depot, 2:50 y, 12:00 x, 12:20 depot",
        "anna van: 14:00 depot, 14:10 z, 14:30 depot",
    }


def test_A3_kept_fields_change_nothing() -> None:
    task = far()
    plain = planned(task)
    attributes = [{"key": "colour", "value": "red"}]
    for entity in (*task.orders, *task.performers, *task.transports, *task.locations.values()):
        entity["attributes"] = attributes
    document = task.document()
    document["plan_settings"] = settings(
        expectations={"attributes": attributes, "problem_kind": "of its own"},
    )
    document["plan_settings"]["extension_settings"] = {"enable_extension": False}
    told = planned(document)
    assert (told.trips, told.left, told.metres, told.cost) == (
        plain.trips,
        plain.left,
        plain.metres,
        plain.cost,
    )
