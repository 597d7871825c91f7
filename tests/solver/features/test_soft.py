"""Soft windows and what keeping them is worth (W5, W6, Z12)."""

import pytest

from tests.solver.features.told import Told, planned, settings
from tests.solver.report.tiny import Tiny, window


def one(soft: str, configuration: str = "optimize_distance", strategy: str = "EARLIEST_FINISH") -> Tiny:
    """A service y at once, then x, 10 km on, with a soft window."""
    task = Tiny({"depot": 0, "a": 10})
    task.work("y", "depot", "8:00-8:10", minutes=10)
    task.work("x", "a", minutes=10, soft=soft, reward=100)
    expectations = {"trip_start_time_strategy": strategy}
    task.settings = settings(configuration=configuration, expectations=expectations)
    tariff = {"cost_per_shift": 1, "constraints": [{"cost_per_unit": 0.01}]}
    task.performer(start="depot", tariff=tariff)
    task.transport()
    return task


def violations(told: Told) -> tuple[list[str], list[str]]:
    """Demands served before and after their soft windows."""
    found = told.plan.statistics.quality.soft_time_window_violations
    return found.before.demand_keys, found.after.demand_keys


def test_W5_W6_a_trip_waits_for_a_soft_window_where_time_has_no_price() -> None:
    told = planned(one("16:00-17:00"))
    assert told.trips == ["anna van: 8:00 depot, 8:00 y, 16:00 x, 16:10 a"]
    assert violations(told) == ([], [])


def test_W6_EARLIEST_FINISH_stays_where_soft_windows_are_kept_anyway() -> None:
    told = planned(one("8:20-17:00", "optimize_time"))
    assert told.trips == ["anna van: 8:00 depot, 8:00 y, 8:20 x, 8:30 a"]


@pytest.mark.parametrize(
    ("soft", "trip", "before"),
    [
        ("8:34-17:00", "8:00 depot, 8:00 y, 8:34 x, 8:44 a", []),
        ("8:36-17:00", "8:00 depot, 8:00 y, 8:20 x, 8:30 a", ["x"]),
    ],
)
def test_Z12_a_violation_is_worth_15_minutes_of_time(soft: str, trip: str, before: list[str]) -> None:
    told = planned(one(soft, "optimize_time"))
    assert told.trips == [f"anna van: {trip}"]
    assert violations(told) == (before, [])


@pytest.mark.parametrize(
    ("soft", "trip", "before"),
    [
        ("8:36-17:00", "8:00 depot, 8:00 y, 8:36 x, 8:46 a", []),  # 16 minutes cost 9.6, a violation 10
        ("8:37-17:00", "8:00 depot, 8:00 y, 8:20 x, 8:30 a", ["x"]),  # 17 minutes cost 10.2
    ],
)
def test_Z12_a_violation_is_worth_a_tenth_of_the_reward(soft: str, trip: str, before: list[str]) -> None:
    told = planned(one(soft, "optimize_money"))
    assert told.trips == [f"anna van: {trip}"]
    assert violations(told) == (before, [])


@pytest.mark.parametrize(
    ("configuration", "trip"),
    [
        # the depot's service may be at noon too, but EARLIEST_FINISH does not wait for it
        ("optimize_distance", "12:00 depot, 12:00 y, 12:20 x, 12:30 a"),
        ("optimize_time", "12:00 depot, 12:00 y, 12:20 x, 12:30 a"),
    ],
)
def test_W6_LOWEST_COST_keeps_a_soft_window_without_waiting(configuration: str, trip: str) -> None:
    task = one("12:20-13:00", configuration, "LOWEST_COST")
    event = task.orders[0]["demands"][0]["possible_events"][0]
    event["hard_time_window"] = window("8:00-12:10")
    task.locations["depot"]["timetable"] = [
        {"work_window": window("8:00-8:10")},
        {"work_window": window("12:00-12:10")},
    ]
    assert planned(task).trips == [f"anna van: {trip}"]


def test_W5_who_comes_later_may_keep_more_soft_windows() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.work("x", "a", minutes=10, soft="9:00-9:10")
    task.work("y", "b", minutes=10, soft="8:40-8:45")
    task.work("z", "b", minutes=10, soft="9:20-9:30", hard="8:40-12:00")
    for order, turn in zip(task.orders, (1, 2, 3), strict=True):
        order["demands"][0]["precedence_in_trip"] = turn
    task.performer(start="depot")
    task.transport()
    told = planned(task)  # y is too late anyway; x or z can be kept, not both
    assert sum(map(len, violations(told))) == 2
    assert told.trips == ["anna van: 8:40 depot, 8:50 x, 9:10 y, 9:20 z, 9:30 b"]


def test_W5_of_alternatives_the_one_in_its_soft_window_is_chosen() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 12})
    order = task.work("x", "a", hard="8:00-8:20", soft="8:15-8:20", minutes=10)
    far = task.event("b", hard="8:00-8:30", soft="8:10-8:30", minutes=10, key="far")
    order["demands"][0]["possible_events"].append(far)
    task.performer(start="depot")
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 depot, 8:12 x, 8:22 b"]


def test_W5_alternatives_of_an_order_of_many_demands_are_weighed_too() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 12, "c": 20})
    order = task.work("x", "a", hard="8:00-8:20", soft="8:15-8:20", minutes=10)
    far = task.event("b", hard="8:00-8:30", soft="8:10-8:30", minutes=10, key="far")
    order["demands"][0]["possible_events"].append(far)
    for key in ("y", "z"):
        more = {"key": key, "demand_type": "WORK", "possible_events": [task.event("c", minutes=5)]}
        order["demands"].append(more)
    task.performer(start="depot")
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 depot, 8:12 x, 8:30 z, 8:35 y, 8:40 c"]


def test_Z12_a_violation_is_worth_a_way_of_10_km() -> None:
    def told(kilometres: int) -> Told:
        task = Tiny({"depot": 0, "a": 30, "b": 30 + kilometres})
        task.work("x", "a", minutes=10, hard="0:00-9:30", soft="8:55-9:10")
        task.work("y", "b", minutes=10, hard="0:00-9:30", soft="8:00-8:50")
        task.performer(start="depot", hours="8:00-18:00")
        task.transport()
        return planned(task)

    assert violations(told(4)) == ([], [])  # y first: 34 + 4 km
    assert told(4).metres == 38_000
    assert violations(told(12)) == ([], ["y"])  # 12 km more are too much
    assert told(12).metres == 42_000


def test_Z12_a_pickup_with_a_soft_window_is_not_rushed() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("one", "depot", "a", hard="8:00-9:00")
    late = task.delivery("two", "depot", "a")
    late["demands"][0]["possible_events"][0]["soft_time_window"] = window("11:00-12:00")
    task.performer(start="depot", finish="depot")
    task.transport()
    task.settings = settings(configuration="optimize_time")
    told = planned(task)
    assert violations(told) == (["two-up"], [])
    task.settings = settings(configuration="optimize_distance")
    assert violations(planned(task)) == (["two-up"], [])  # another round would be 20 km
    task.locations["a"]["geopoint"], task.places["a"] = task._point(4), 4
    told = planned(task)
    assert violations(told) == ([], [])
    assert told.metres == 16_000


def test_W5_B2_soft_windows_are_waited_for_in_trips_with_breaks() -> None:
    task = Tiny({"depot": 0, "a": 100, "b": 200})
    task.work("x", "a", minutes=10, hard="8:00-9:50")
    task.work("y", "b", minutes=10, soft="14:00-15:00")
    rules = {"break_rules": {"first": {
        "relocating_duration_sum": "PT2H", "operating_duration_sum": "PT4H", "duration": "PT30M",
    }}}  # fmt: skip
    task.performer(start="depot", work_and_rest_rules=rules)
    task.transport()
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 9:40 x, 14:00 y, 14:10 b"]
    assert violations(told) == ([], [])
    assert told.plan.statistics.total_statistics.measurements.break_time >= 30 * 60
