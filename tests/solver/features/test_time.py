"""When everything happens (W1-W6)."""

from typing import Any

import pytest

from tests.solver.features.told import planned, settings
from tests.solver.report.tiny import Tiny, window


def one(hard: str = "0:00-23:59", minutes: int = 10, **more: Any) -> Tiny:
    """One service 10 km from the depot; nobody to do it yet."""
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", hard, minutes=minutes, **more)
    return task


def test_W1_the_trip_lies_in_the_performers_availability() -> None:
    task = one()
    task.performer(hours="9:00-9:30", start="depot", finish="depot")
    task.transport(hours="8:00-18:00")
    assert planned(task).trips == ["anna van: 9:00 depot, 9:10 x, 9:30 depot"]
    task.performers[0]["shifts"][0]["availability_time"] = window("9:00-9:29")
    assert planned(task).left == ["x"]


def test_W1_the_transport_lies_in_its_own_availability() -> None:
    task = one()
    task.performer(start="depot", finish="depot")
    task.transport(hours="10:00-10:30", start="depot", finish="depot")
    assert planned(task).trips == ["anna van: 10:00 depot, 10:10 x, 10:30 depot"]


def test_W1_own_legs_are_outside_of_the_transports_time() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 20})
    task.work("x", "a")
    task.performer(start="home", finish="home")
    task.transport(hours="10:00-10:20", start="garage", finish="garage")
    assert planned(task).trips == ["anna van: 9:50 home, 10:10 x, 10:30 home"]


def test_W1_services_lie_in_the_working_time() -> None:
    task = one()
    task.performer(hours="8:00-12:00", working="9:00-9:10", start="depot", finish="depot")
    task.transport()
    assert planned(task).trips == ["anna van: 8:50 depot, 9:00 x, 9:20 depot"]
    task.performers[0]["shifts"][0]["working_time"] = window("9:00-9:09")
    assert planned(task).left == ["x"]


def test_W2_the_whole_service_lies_in_the_hard_window() -> None:
    task = one("10:00-10:10")
    task.performer(start="depot")
    task.transport()
    assert planned(task).trips == ["anna van: 9:50 depot, 10:00 x, 10:10 a"]
    task.orders[0]["demands"][0]["possible_events"][0]["hard_time_window"] = window("10:00-10:09")
    assert planned(task).left == ["x"]


def test_W2_a_service_lies_in_one_work_window_of_its_place() -> None:
    task = one("8:55-17:00")
    task.locations["a"]["timetable"] = [
        {"work_window": window("8:00-9:00")},
        {"work_window": window("9:01-9:09")},
        {"work_window": window("11:00-12:00")},
    ]
    task.performer(start="depot")
    task.transport()
    assert planned(task).trips == ["anna van: 10:50 depot, 11:00 x, 11:10 a"]


def test_W2_who_comes_early_waits_there() -> None:
    task = one("9:00-10:00")
    task.work("y", "depot", "8:00-8:05", minutes=5)
    task.performer(start="depot")
    task.transport()
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:00 y, 9:00 x, 9:10 a"]
    assert told.plan.statistics.total_statistics.measurements.waiting_time == 45 * 60


def test_W3_stops_cost_arrival_and_departure_but_not_at_the_ends() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    for place in task.locations.values():
        place |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.work("x", "a", minutes=5)
    task.work("y", "a", minutes=5, hard="8:18-23:59")
    task.work("z", "b", minutes=5)
    task.performer(start="depot", finish="b")
    task.transport()
    # leave 1, drive 10, park 2, serve 5 and 5, leave 1, drive 10, park 2, serve 5
    assert planned(task).trips == ["anna van: 8:00 depot, 8:13 x, 8:18 y, 8:36 z, 8:41 b"]


def test_W3_stops_without_a_service_pay_too() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 20})
    for place in task.locations.values():
        place |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.work("x", "a", minutes=5)
    task.performer(start="home", finish="home")
    task.transport(start="garage", finish="garage")
    # leave 1, drive 10, park 2, take the van, leave 1, drive 10, park 2, serve 5, and the same way back
    told = planned(task)
    assert told.trips == ["anna van: 8:00 home, 8:26 x, 8:57 home"]
    spent = told.plan.statistics.total_statistics.measurements
    assert (spent.arriving_time, spent.departure_time) == (8 * 60, 4 * 60)


def test_W3_no_arrival_where_a_trip_begins() -> None:
    task = one()
    task.locations["a"] |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.performer()
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 a, 8:00 x, 8:10 a"]


def test_W4_a_performers_extra_duration_lengthens_the_service() -> None:
    task = one()
    extra = {"demand_key": "x", "additional_duration": "PT7M"}
    task.performer(start="depot", finish="depot", limits={"demand_extra_durations": [extra]})
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 x, 8:37 depot"]


@pytest.mark.parametrize(("listed", "finish"), [((20, 7), "8:37"), ((7, 20), "8:50")])
def test_W4_of_several_extra_durations_for_one_demand_the_last_counts(
    listed: tuple[int, ...], finish: str
) -> None:
    task = one()
    extras = [{"demand_key": "x", "additional_duration": f"PT{minutes}M"} for minutes in listed]
    task.performer(start="depot", finish="depot", limits={"demand_extra_durations": extras})
    task.transport()
    assert planned(task).trips == [f"anna van: 8:00 depot, 8:10 x, {finish} depot"]


@pytest.mark.parametrize(
    ("soft", "before", "after"),
    [("8:10-8:20", [], []), ("8:11-8:20", ["x"], []), ("8:00-8:19", [], ["x"]), ("8:11-8:19", ["x"], ["x"])],
)
def test_W5_starting_before_and_ending_after_the_soft_window_count(
    soft: str, before: list[str], after: list[str]
) -> None:
    task = one("8:00-8:20", soft=soft)  # there is no other time to serve
    task.performer(start="depot")
    task.transport()
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:10 x, 8:20 a"]
    found = told.plan.statistics.quality.soft_time_window_violations
    assert (found.before.demand_keys, found.after.demand_keys) == (before, after)


def strategy(name: str) -> Tiny:
    """A place open in the morning and at noon on the way to one that opens at noon."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.settings = settings(expectations={"trip_start_time_strategy": name})
    task.locations["a"]["timetable"] = [
        {"work_window": window("8:00-9:00")},
        {"work_window": window("12:00-13:00")},
    ]
    task.work("x", "a", minutes=10)
    task.work("y", "b", "12:00-14:00", minutes=10)
    task.performer(start="depot")
    task.transport()
    return task


def test_W6_EARLIEST_FINISH_ends_early_then_starts_late() -> None:
    assert planned(strategy("EARLIEST_FINISH")).trips == ["anna van: 8:40 depot, 8:50 x, 12:00 y, 12:10 b"]


def test_W6_LOWEST_COST_pushes_waiting_out_of_the_trip() -> None:
    told = planned(strategy("LOWEST_COST"))
    assert told.trips == ["anna van: 11:50 depot, 12:00 x, 12:20 y, 12:30 b"]
    assert told.cost < planned(strategy("EARLIEST_FINISH")).cost
