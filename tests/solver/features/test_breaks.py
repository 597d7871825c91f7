"""Breaks and rests (B1-B5): a kilometre takes a minute, and every moment of the trip is asserted."""

from typing import Any

import pytest

from solver.contract import Trip, TripStateFlag
from tests.solver.features.told import clock, planned, settings
from tests.solver.report.tiny import Tiny, told, window

DOING = {
    TripStateFlag.ARRIVAL: "parks",
    TripStateFlag.WAITING: "waits",
    TripStateFlag.DEPARTURE: "leaves",
    TripStateFlag.RELOCATING: "drives",
    TripStateFlag.BREAK: "breaks",
    TripStateFlag.REST: "rests",
}


def limit(driving: int, pause: int, operating: int | None = None) -> dict[str, str]:
    """A rule, all in minutes."""
    rule = {"relocating_duration_sum": f"PT{driving}M", "duration": f"PT{pause}M"}
    return rule if operating is None else {**rule, "operating_duration_sum": f"PT{operating}M"}


def rules(
    first: dict[str, str] | None = None,
    later: dict[str, str] | None = None,
    rest: dict[str, str] | None = None,
    kind: str = "TOTAL",
    **keys: list[str],
) -> dict[str, Any]:
    """Work and rest rules of a shift."""
    found: dict[str, Any] = dict(keys)
    if first:
        found["break_rules"] = {"first": first, "relocating_duration_type": kind}
    if later:
        found["break_rules"]["consecutive"] = later
    if rest:
        found["rest_rules"] = {"consecutive": rest}
    return found


def line(*stops: tuple[str, int, int], rule: dict[str, Any], **shift: Any) -> Tiny:
    """Places on the way from the depot at 0, each with its kilometre and minutes of service, in order."""
    task = Tiny({"depot": 0, **{name: kilometre for name, kilometre, _ in stops}})
    for number, (name, _, minutes) in enumerate(stops, 1):
        order = task.work(f"{name}1", name, minutes=minutes)
        order["demands"][0]["precedence_in_trip"] = number
    task.performer(start="depot", work_and_rest_rules=rule, **shift)
    task.transport()
    return task


def day(trip: Trip) -> str:
    """What is done when and where, "8:00 drives, 9:00 x1 at a, ..."; on the way there is no place."""
    parts = []
    for state in trip.states:
        doing = next((word for flag, word in DOING.items() if flag in state.flags), "")
        if TripStateFlag.ON_DEMAND in state.flags:
            doing = state.demand_key or ""
        if doing:
            where = f" at {state.location_key}" if state.location_key else ""
            parts.append(f"{clock(state)} {doing}{where}")
    return ", ".join([*parts, f"{clock(trip.states[-1])} {trip.states[-1].location_key}"])


def plan_of(task: Tiny) -> str:
    """The only trip of the plan, which the oracle finds nothing wrong with."""
    told = planned(task)
    assert told.left == []
    assert len(told.plan.trips) == 1
    return day(told.plan.trips[0])


def hard(task: Tiny, number: int, text: str) -> None:
    """The hard window of an order's only event."""
    task.orders[number]["demands"][0]["possible_events"][0]["hard_time_window"] = window(text)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("TOTAL", "8:40 a1 at a, 8:45 breaks at a, 9:15 drives, 9:55 b1 at b, 10:00 b"),
        ("CONTINUOUS", "8:40 a1 at a, 8:45 drives, 9:25 b1 at b, 9:30 b"),
    ],
)
def test_B1_driving_is_summed_in_all_or_from_stop_to_stop(kind: str, told: str) -> None:
    task = line(("a", 40, 5), ("b", 80, 5), rule=rules(limit(60, 30), kind=kind))
    assert plan_of(task) == f"8:00 drives, {told}"


def test_B1_operating_is_driving_service_and_parking() -> None:
    task = line(("a", 30, 10), ("b", 50, 10), rule=rules(limit(600, 30, operating=60)))
    for place in task.locations.values():
        place |= {"arrival_duration": "PT3M", "departure_duration": "PT2M"}
    # 2 + 30 + 3 + 10 before the break; the next leg would make it 70
    assert plan_of(task) == (
        "8:00 leaves at depot, 8:02 drives, 8:32 parks at a, 8:35 a1 at a, 8:45 breaks at a, "
        "9:15 leaves at a, "
        "9:17 drives, 9:37 parks at b, 9:40 b1 at b, 9:50 b"
    )


def test_B1_a_limit_reached_but_not_passed_asks_for_nothing() -> None:
    task = line(("a", 30, 5), ("b", 60, 5), rule=rules(limit(60, 30, operating=70)))
    assert plan_of(task) == "8:00 drives, 8:30 a1 at a, 8:35 drives, 9:05 b1 at b, 9:10 b"


def test_B2_the_first_break_comes_once_then_the_consecutive_one() -> None:
    stops = [("a", 30, 5), ("b", 60, 5), ("c", 80, 5), ("d", 100, 5)]
    task = line(*stops, rule=rules(limit(50, 20), limit(30, 40)))
    assert plan_of(task) == (
        "8:00 drives, 8:30 a1 at a, 8:35 breaks at a, 8:55 drives, 9:25 b1 at b, 9:30 breaks at b, "
        "10:10 drives, 10:30 c1 at c, 10:35 breaks at c, 11:15 drives, 11:35 d1 at d, 11:40 d"
    )


def test_B2_without_a_consecutive_break_the_first_one_comes_again() -> None:
    task = line(("a", 30, 5), ("b", 60, 5), ("c", 90, 5), rule=rules(limit(30, 20)))
    assert plan_of(task) == (
        "8:00 drives, 8:30 a1 at a, 8:35 breaks at a, 8:55 drives, 9:25 b1 at b, 9:30 breaks at b, "
        "9:50 drives, 10:20 c1 at c, 10:25 c"
    )


def test_B2_a_leg_that_is_too_long_is_split_by_breaks_on_the_way() -> None:
    task = line(("a", 150, 5), rule=rules(limit(60, 30)))
    plan = planned(task).plan
    assert day(plan.trips[0]) == (
        "8:00 drives, 9:00 breaks, 9:30 drives, 10:30 breaks, 11:00 drives, 11:30 a1 at a, 11:35 a"
    )
    assert [line.split(" 0r")[0] for line in told(plan.trips[0])[1:6]] == [
        "08:00:00 . ---w--- RELOCATING 0m 0.002c",
        "09:00:00 . ---w--- BREAK 60000m 63.602c",
        "09:30:00 . ---w--- RELOCATING 60000m 65.402c",
        "10:30:00 . ---w--- BREAK 120000m 129.002c",
        "11:00:00 . ---w--- RELOCATING 120000m 130.802c",
    ]
    general = plan.statistics.total_statistics
    measured = general.measurements
    assert (measured.driving_time, measured.break_time, measured.working_time) == (9000, 3600, 300)
    assert measured.total_time == 9000 + 3600 + 300
    assert general.average_speed == 60.0
    stop = plan.statistics.trips_statistics[0].stop_statistics[1].measurements
    assert (stop.driving_time, stop.break_time, stop.distance) == (9000, 3600, 150_000)


def test_B2_a_leg_that_fits_between_two_breaks_is_not_split() -> None:
    task = line(("a", 50, 5), ("b", 100, 5), rule=rules(limit(60, 30)))
    assert plan_of(task) == (
        "8:00 drives, 8:50 a1 at a, 8:55 breaks at a, 9:25 drives, 10:15 b1 at b, 10:20 b"
    )


def test_B2_the_parking_after_a_leg_counts_with_it() -> None:
    task = line(("a", 50, 5), rule=rules(limit(600, 30, operating=60)))
    task.locations["a"]["arrival_duration"] = "PT15M"
    assert plan_of(task) == "8:00 drives, 8:50 breaks, 9:20 parks at a, 9:35 a1 at a, 9:40 a"


def test_B2_a_service_is_never_split() -> None:
    task = line(("a", 20, 90), ("b", 40, 10), rule=rules(limit(600, 30, operating=60)))
    # alone it is longer than the limit: the break is before it, and the next one right after it
    assert plan_of(task) == (
        "8:00 drives, 8:20 breaks at a, 8:50 a1 at a, 10:20 breaks at a, 10:50 drives, 11:10 b1 at b, 11:20 b"
    )


def test_B2_a_break_may_be_earlier_than_needed() -> None:
    task = line(("a", 20, 0), ("b", 40, 0), ("c", 80, 0), rule=rules(limit(60, 30)))
    hard(task, 1, "9:00-9:15")
    hard(task, 2, "9:00-9:55")
    hard(task, 0, "8:00-8:20")
    # it is needed after b, but then c would be too late; in the wait for b two thirds of it cost nothing
    assert plan_of(task) == (
        "8:00 drives, 8:20 a1 at a, 8:20 drives, 8:40 breaks at b, 9:10 b1 at b, 9:10 drives, "
        "9:50 c1 at c, 9:50 c"
    )


def test_B2_an_order_for_which_there_is_no_time_with_the_break_is_not_planned() -> None:
    task = line(("a", 80, 0), rule=rules(limit(60, 30)), hours="8:00-9:50")
    assert plan_of(task) == "8:00 drives, 9:00 breaks, 9:30 drives, 9:50 a1 at a, 9:50 a"
    task.performers[0]["shifts"][0] |= {
        "availability_time": window("8:00-9:49"),
        "working_time": window("8:00-9:49"),
    }
    told = planned(task)
    assert told.left == ["a1"]
    assert [warning.info for warning in told.plan.warnings] == [
        "Unused anna with van: no time is left for the breaks and rests that are due."
    ]


def test_B2_M1_breaks_count_for_the_longest_trip_of_the_tariff() -> None:
    task = line(("a", 80, 0), rule=rules(limit(60, 30)))
    task.performers[0]["shifts"][0]["tariff"] = {"constraints": [{"stage_length": "PT110M"}]}
    assert planned(task).left == []
    task.performers[0]["shifts"][0]["tariff"] = {"constraints": [{"stage_length": "PT109M"}]}
    assert planned(task).left == ["a1"]


def test_B3_a_rest_has_its_own_counters_and_zeroes_those_of_breaks() -> None:
    stops = [("a", 40, 5), ("b", 80, 5), ("c", 120, 5)]
    task = line(*stops, rule=rules(limit(60, 10), rest=limit(100, 120)))
    # at b both are due: 80 and 40 minutes are driven since the start and the break
    assert plan_of(task) == (
        "8:00 drives, 8:40 a1 at a, 8:45 breaks at a, 8:55 drives, 9:35 b1 at b, 9:40 rests at b, "
        "11:40 drives, 12:20 c1 at c, 12:25 c"
    )
    measured = planned(task).plan.statistics.total_statistics.measurements
    assert (measured.break_time, measured.rest_time) == (600, 7200)


def test_B3_a_rest_may_be_on_the_way() -> None:
    task = line(("a", 150, 5), rule=rules(rest=limit(100, 120)))
    assert plan_of(task) == "8:00 drives, 9:40 rests, 11:40 drives, 12:30 a1 at a, 12:35 a"


def test_B4_a_reset_location_zeroes_all_counters() -> None:
    stops = [("a", 40, 5), ("b", 80, 5)]
    rule = rules(limit(60, 30), rest=limit(70, 60), reset_location_keys=["a"])
    assert plan_of(line(*stops, rule=rule)) == "8:00 drives, 8:40 a1 at a, 8:45 drives, 9:25 b1 at b, 9:30 b"


@pytest.mark.parametrize(
    ("ignored", "told"),
    [
        (["a"], "8:20 a1 at a, 8:50 drives, 9:10 b1 at b, 9:15 b"),
        ([], "8:20 a1 at a, 8:50 breaks at a, 9:20 drives, 9:40 b1 at b, 9:45 b"),
    ],
)
def test_B4_time_at_an_ignored_location_is_not_operating(ignored: list[str], told: str) -> None:
    rule = rules(limit(600, 30, operating=50), ignore_location_keys=ignored)
    assert plan_of(line(("a", 20, 30), ("b", 40, 5), rule=rule)) == f"8:00 drives, {told}"


def test_B4_a_rest_does_not_turn_the_first_break_into_a_consecutive_one() -> None:
    rule = rules(limit(60, 10), limit(20, 15), rest=limit(60, 60))
    # with the consecutive limit of 20 minutes no leg could be driven without a break on the way
    assert plan_of(line(("a", 50, 5), ("b", 100, 5), rule=rule)) == (
        "8:00 drives, 8:50 a1 at a, 8:55 rests at a, 9:55 drives, 10:45 b1 at b, 10:50 b"
    )


def waiting(rule: dict[str, Any], opens: str) -> Tiny:
    """Two places before one that opens late, and one behind it that is 50 km further on."""
    task = line(("a", 20, 0), ("b", 40, 0), ("c", 90, 0), rule=rule)
    hard(task, 0, "8:00-8:20")
    hard(task, 1, f"{opens}-11:00")
    return task


def test_B5_waiting_as_long_as_the_break_counts_as_the_break() -> None:
    assert plan_of(waiting(rules(limit(60, 30)), "9:10")) == (
        "8:00 drives, 8:20 a1 at a, 8:20 drives, 8:40 waits at b, 9:10 b1 at b, 9:10 drives, "
        "10:00 c1 at c, 10:00 c"
    )


def test_B5_shorter_waiting_does_not_count() -> None:
    assert plan_of(waiting(rules(limit(60, 30)), "9:09")) == (
        "8:00 drives, 8:20 a1 at a, 8:20 drives, 8:40 breaks at b, 9:10 b1 at b, 9:10 drives, "
        "10:00 c1 at c, 10:00 c"
    )


def test_B5_waiting_turns_the_first_break_into_a_consecutive_one() -> None:
    assert plan_of(waiting(rules(limit(60, 30), limit(40, 10)), "9:10")) == (
        "8:00 drives, 8:20 a1 at a, 8:20 drives, 8:40 waits at b, 9:10 b1 at b, 9:10 drives, 9:50 breaks, "
        "10:00 drives, 10:10 c1 at c, 10:10 c"
    )


def test_B5_waiting_as_long_as_the_rest_counts_as_the_rest() -> None:
    assert plan_of(waiting(rules(rest=limit(60, 60)), "9:40")) == (
        "8:00 drives, 8:20 a1 at a, 8:20 drives, 8:40 waits at b, 9:40 b1 at b, 9:40 drives, "
        "10:30 c1 at c, 10:30 c"
    )


@pytest.mark.parametrize(
    ("strategy", "told"),
    [
        (
            "EARLIEST_FINISH",
            "8:20 drives, 9:00 a1 at a, 9:00 breaks at a, 9:30 drives, 10:10 waits at b, 12:00 b1 at b, "
            "12:00 drives, 12:10 c1 at c, 12:10 c",
        ),
        (
            "LOWEST_COST",
            "11:20 drives, 12:00 a1 at a, 12:00 breaks at a, 12:30 drives, 13:10 b1 at b, 13:10 drives, "
            "13:20 c1 at c, 13:20 c",
        ),
    ],
)
def test_W6_trips_with_breaks_start_as_their_strategy_wants(strategy: str, told: str) -> None:
    task = line(("a", 40, 0), ("b", 80, 0), ("c", 90, 0), rule=rules(limit(60, 30)))
    task.settings = settings(expectations={"trip_start_time_strategy": strategy})
    task.locations["a"]["timetable"] = [
        {"work_window": window("8:00-9:00")},
        {"work_window": window("12:00-13:00")},
    ]
    hard(task, 1, "12:00-15:00")
    hard(task, 2, "12:00-15:00")
    assert plan_of(task) == told


def test_W6_waiting_that_counts_as_a_break_is_kept_as_long_as_the_break() -> None:
    task = waiting(rules(limit(60, 30)), "10:00")
    hard(task, 0, "8:00-10:00")
    assert plan_of(task) == (
        "8:50 drives, 9:10 a1 at a, 9:10 drives, 9:30 waits at b, 10:00 b1 at b, 10:00 drives, "
        "10:50 c1 at c, 10:50 c"
    )


def own(garage: int, a: int, hours: str) -> Tiny:
    """A performer who comes to the garage by car of his own."""
    task = Tiny({"home": 0, "garage": garage, "a": a})
    task.work("a1", "a")
    task.performer(start="home", finish="home", work_and_rest_rules=rules(limit(60, 30)))
    task.transport(hours=hours, start="garage", finish="garage")
    return task


def test_T6_own_legs_are_driving_and_may_be_split() -> None:
    # the garage is reached when the transport may be taken; it is left after 20 minutes
    assert plan_of(own(80, 90, "10:00-10:20")) == (
        "8:10 drives, 9:10 breaks, 9:40 drives, 10:00 drives, 10:10 a1 at a, 10:10 drives, 10:20 drives, "
        "10:40 breaks, 11:10 drives, 12:10 home"
    )


def test_W1_a_break_before_the_transport_is_left_keeps_it_in_use() -> None:
    assert plan_of(own(50, 80, "9:00-11:00")) == (
        "8:10 drives, 9:00 breaks at garage, 9:30 drives, 10:00 a1 at a, 10:00 drives, "
        "10:30 breaks at garage, 11:00 drives, 11:50 home"
    )
    assert planned(own(50, 80, "9:00-10:59")).left == ["a1"]


@pytest.mark.parametrize(
    ("configuration", "soft", "told"),
    [
        ("optimize_distance", "10:10", "9:50 waits at b, 10:10 b1 at b, 10:10 b"),  # time costs nothing
        ("optimize_time", "10:06", "9:50 b1 at b, 9:50 b"),  # 16 minutes are more than the fine of 15
    ],
)
def test_W5_Z12_trips_with_breaks_wait_for_soft_windows_where_it_is_worth_it(
    configuration: str, soft: str, told: str
) -> None:
    task = line(("a", 40, 0), ("b", 80, 0), rule=rules(limit(60, 30)))
    task.settings = settings(configuration=configuration)
    hard(task, 0, "8:00-8:40")
    event = task.orders[1]["demands"][0]["possible_events"][0]
    event["soft_time_window"] = window(f"{soft}-12:00")
    assert plan_of(task) == f"8:00 drives, 8:40 a1 at a, 8:40 breaks at a, 9:10 drives, {told}"


def test_W5_W6_with_breaks_the_start_is_late_and_keeps_soft_windows() -> None:
    task = line(("a", 40, 0), ("b", 80, 0), rule=rules(limit(60, 30)))
    task.orders[1]["demands"][0]["possible_events"][0]["soft_time_window"] = window("10:30-11:00")
    assert plan_of(task) == (
        "8:40 drives, 9:20 a1 at a, 9:20 breaks at a, 9:50 drives, 10:30 b1 at b, 10:30 b"
    )
