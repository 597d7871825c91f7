"""A whole trip in states (S1-S6) and its figures (X1-X10), by hand."""

import re
from datetime import datetime, timedelta

import pytest

from solver.contract import GeneralStatistics, StopStatistics, TransportLoad, TripStatistics
from tests.solver.features.told import Told, planned
from tests.solver.report.tiny import DAY, Tiny, seconds, told, window

UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def day() -> Tiny:
    """A delivery to a, open from nine, and a work at b; parking takes two minutes, leaving one."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    more = {"soft": "9:05-9:30", "reward": 7}
    task.delivery("x", "depot", "a", mass=2, loading=5, minutes=10, hard="9:00-17:00", **more)
    task.work("y", "b", minutes=15, reward=3)
    for place in task.locations.values():
        place |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.locations["a"]["timetable"] = [{"work_window": window("9:00-12:00")}]
    task.performer(start="depot", finish="depot", working="8:30-17:00")
    task.transport(start="depot", finish="depot")
    return task


DRIVEN = [
    "08:47:00 depot ailw--- 0m 0.002c 0r",
    "08:47:00 depot ailwh-r ON_DEMAND x/x-up/event 0m 0.002c 0r",
    "08:52:00 depot ailw--r ADD:x-cargo>van-box 0m 0.302c 1000.1r",
    "08:52:00 depot a-lw--r DEPARTURE 0m 0.302c 1000.1r",
    "08:53:00 . ---w--r RELOCATING 0m 0.362c 1000.1r",
    "09:03:00 a a-lw--r ARRIVAL 10000m 10.962c 1000.1r",
    "09:05:00 a ailwhsr ON_DEMAND x/x-down/event 10000m 11.082c 1000.1r",
    "09:15:00 a ailw--r REMOVE:x-cargo>van-box 10000m 11.682c 1007.1r",
    "09:15:00 a a-lw--r DEPARTURE 10000m 11.682c 1007.1r",
    "09:16:00 . ---w--r RELOCATING 10000m 11.742c 1007.1r",
    "09:26:00 b a-lw--r ARRIVAL 20000m 22.342c 1007.1r",
    "09:28:00 b ailwh-r ON_DEMAND y/y/event 20000m 22.462c 1007.1r",
    "09:43:00 b ailw--r 20000m 23.362c 1010.1r",
    "09:43:00 b a-lw--r DEPARTURE 20000m 23.362c 1010.1r",
    "09:44:00 . ---w--r RELOCATING 20000m 23.422c 1010.1r",
    "10:04:00 depot a-lw--- ARRIVAL 40000m 44.622c 1010.1r",
    "10:06:00 depot ailw--- 40000m 44.742c 1010.1r",
]
"""Around and inside the location, its window, working time, hard and soft window, roundtrip; a second and a
metre cost a thousandth each, a shift as much."""


@pytest.fixture(scope="module")
def plan() -> Told:
    return planned(day())


def test_S1_S2_S3_S4_S5_the_states_of_a_trip(plan: Told) -> None:
    (trip,) = plan.plan.trips
    assert told(trip) == DRIVEN


def test_S3_a_window_that_opens_inside_an_action_begins_a_state() -> None:
    task = day()
    task.orders[0]["demands"][0]["possible_events"][0]["hard_time_window"] = window("8:00-8:52")
    task.locations["a"]["timetable"] = [{"work_window": window("9:04-12:00")}]
    task.performers[0]["shifts"][0]["working_time"] = window("8:30-9:50")
    (trip,) = planned(task).plan.trips
    lines = told(trip)
    for line in (
        "09:03:00 a a--w--r ARRIVAL 10000m 10.962c 1000.1r",
        "09:04:00 a a-lw--r ARRIVAL 10000m 11.022c 1000.1r",
        "09:44:00 . ---w--r RELOCATING 20000m 23.422c 1010.1r",
        "09:50:00 . ------r RELOCATING 26000m 29.782c 1010.1r",
    ):
        assert line in lines


def test_S2_S4_waiting_is_a_state_and_actions_of_no_length_are_none() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", hard="8:30-9:00")
    task.work("y", "depot", hard="8:00-8:10", minutes=5)
    task.performer(start="depot")
    task.transport(start="depot")
    (trip,) = planned(task).plan.trips
    assert [" ".join(line.split()[:-3]) for line in told(trip)] == [
        "08:05:00 depot ailw---",
        "08:05:00 depot ailwh-r ON_DEMAND y/y/event",
        "08:10:00 depot ailw--r",
        "08:10:00 . ---w--r RELOCATING",
        "08:20:00 a ailw--r WAITING",
        "08:30:00 a ailwh-r ON_DEMAND x/x/event",
        "08:30:00 a ailw---",
    ]


def test_S6_key_and_name_of_a_trip(plan: Told) -> None:
    (trip,) = plan.plan.trips
    assert re.fullmatch(f"{UUID}-anna-shift", trip.key)
    assert re.fullmatch(r"1-[A-Z]{4}", trip.name)
    for used in (trip.performer.shift_time, trip.transport.shift_time):
        assert (used.start, used.end) == (moment("8:47"), moment("10:06"))


def moment(clock: str) -> datetime:
    return DAY + timedelta(seconds=seconds(clock))


def figures(plan: Told) -> tuple[GeneralStatistics, TripStatistics]:
    (trip,) = plan.plan.statistics.trips_statistics
    return plan.plan.statistics.total_statistics, trip


def test_X1_times_add_up_for_the_plan_and_each_stop(plan: Told) -> None:
    total, trip = figures(plan)
    times = total.measurements
    assert (times.driving_time, times.waiting_time, times.working_time) == (2400, 0, 1800)
    assert (times.arriving_time, times.departure_time, times.total_time) == (360, 180, 4740)
    stops = [(stop.location_key, stop.measurements.total_time // 60) for stop in trip.stop_statistics]
    assert stops == [("depot", 6), ("a", 23), ("b", 28), ("depot", 22)]
    starts = [stop.measurements.time_window.start for stop in trip.stop_statistics]
    assert starts == [moment(clock) for clock in ("8:47", "8:53", "9:16", "9:44")]


def test_X1_without_a_trip_both_ends_are_the_horizons_beginning() -> None:
    task = day()
    task.orders = [task.orders[1]]
    task.performers[0]["shifts"][0]["availability_time"] = window("8:30-8:40")
    task.performers[0]["shifts"][0]["working_time"] = window("8:30-8:40")
    told = planned(task)
    times = told.plan.statistics.total_statistics.measurements
    assert told.trips == []
    assert (times.time_window.start, times.time_window.end) == (moment("0:00"), moment("0:00"))


def test_X2_X3_counts(plan: Told) -> None:
    total, _ = figures(plan)
    assert (total.stops_count, total.locations_count) == (4, 3)
    assert (total.orders_count, total.plan_orders_count, total.waitlist_orders_count) == (2, 2, 0)
    assert (total.trips_count, total.performers_count) == (1, 1)


def test_X4_speed_and_means_of_roundtrips(plan: Told) -> None:
    total, _ = figures(plan)
    assert total.average_speed == 60.0
    assert (total.round_trips_count, total.average_roundtrip_distance) == (1, 40_000)
    assert total.average_roundtrip_time == 4740


def test_X5_X6_loads(plan: Told) -> None:
    total, trip = figures(plan)
    assert (total.cargo_capacity_sum.mass, total.cargo_capacity_ratio.mass) == (2, 0.02)
    assert (total.max_transport_load.mass, total.max_transport_load.volume) == (0.02, 0)
    loads = trip.load_statistics
    assert [load(x) for x in (loads.total_load, loads.max_load, loads.max_transfer_load)] == [(1, 2)] * 3
    assert [at_stop(stop) for stop in trip.stop_statistics] == [
        [(1, 2), (0, 0), (0, 0), (1, 2), (1, 2)],
        [(0, 0), (1, 2), (1, 2), (0, 0), (1, 2)],
        [(0, 0)] * 5,
        [(0, 0)] * 5,
    ]


def load(found: TransportLoad) -> tuple[int, float]:
    return found.count, found.capacity.mass


def at_stop(stop: StopStatistics) -> list[tuple[int, float]]:
    """Loaded, unloaded, on arrival, on departure, at most."""
    parts = (stop.upload, stop.download, stop.arrival_load, stop.departure_load, stop.max_load)
    return [load(part) for part in parts]


def test_X7_the_horizon_is_the_earliest_and_the_latest_moment_named(plan: Told) -> None:
    horizon = plan.plan.statistics.task_statistics.planning_horizon
    assert (horizon.start, horizon.end) == (moment("0:00"), moment("23:59"))


def test_X8_locations_are_told_only_where_limits_count(plan: Told) -> None:
    assert plan.plan.statistics.locations_statistics == []
    task = day()
    limit = {"key": "limit", "time_window": window("0:00-23:59")}
    task.locations["b"]["timetable"] = [{"work_window": window("0:00-23:59"), "limits": [limit]}]
    task.settings = {"trips_settings": {"assumptions": {"disable_location_limits": False}}}
    told = planned(task).plan.statistics.locations_statistics
    assert [place.location_key for place in told] == ["b"]


def test_X9_violated_soft_windows_are_counted_with_their_demands() -> None:
    task = day()
    task.orders[0]["demands"][1]["possible_events"][0]["soft_time_window"] = window("9:00-9:01")
    told = planned(task)
    quality = told.plan.statistics.quality
    after, before = quality.soft_time_window_violations.after, quality.soft_time_window_violations.before
    assert (after.demand_keys, after.count, before.count) == (["x-down"], 1, 0)
    assert quality.hard_time_window_violations.after.count == 0
    assert quality.locations_limits_penalty == 0


def test_X10_totals_are_the_sums_of_the_trips() -> None:
    task = day()
    task.performer("boris", start="b", finish="b")
    task.transport("car", start="b")
    task.orders[0]["compatibilities"] = {"performer_blacklist": ["slow"]}
    task.performers[1]["compatibilities"] = {"performer_features": ["slow"]}
    told = planned(task)
    total = told.plan.statistics.total_statistics
    trips = [trip.general_statistics for trip in told.plan.statistics.trips_statistics]
    assert len(trips) == 2
    assert total.measurements.distance == sum(trip.measurements.distance for trip in trips) == 20_000
    assert total.measurements.total_time == sum(trip.measurements.total_time for trip in trips)
    assert total.cost == pytest.approx(sum(trip.cost for trip in trips))
    assert total.reward == sum(trip.reward for trip in trips)
