"""Roundtrips of a trip (R1-R2), as the plan's statistics and states tell them."""

from datetime import timedelta

from solver.contract import RoundtripStatistics, TripStateFlag
from tests.solver.features.told import Told, planned, settings
from tests.solver.report.tiny import DAY, Tiny, window


def deliveries() -> Tiny:
    """Two full loads from the depot, to places in opposite directions."""
    task = Tiny({"depot": 0, "a": 10, "b": -20})
    task.delivery("x", "depot", "a", mass=100, minutes=5, loading=5)
    task.delivery("y", "depot", "b", mass=100, minutes=5, loading=5, hard="9:00-18:00")
    task.performer(start="depot", finish="depot")
    task.transport(start="depot", finish="depot")
    return task


def rounds(told: Told) -> list[str]:
    """Roundtrips of the only trip: "8:00-8:30 20 km"."""
    (trip,) = told.plan.statistics.trips_statistics
    assert trip.general_statistics.round_trips_count == len(trip.roundtrip_statistics)
    return [line(part) for part in trip.roundtrip_statistics]


def line(part: RoundtripStatistics) -> str:
    """One roundtrip in short."""
    span = part.general_statistics.measurements.time_window
    first, last = (f"{moment.hour}:{moment:%M}" for moment in (span.start, span.end))
    return f"{first}-{last} {part.general_statistics.measurements.distance // 1000} km"


def flagged(told: Told) -> list[tuple[str, str]]:
    """Spans in which the trip is on a roundtrip, by its states."""
    (trip,) = told.plan.trips
    spans: list[tuple[str, str]] = []
    for state, following in zip(trip.states, [*trip.states[1:], None], strict=True):
        if TripStateFlag.DURING_ROUNDTRIP in state.flags and following is not None:
            first, last = (f"{(one.time - DAY) // timedelta(minutes=1)}" for one in (state, following))
            if spans and spans[-1][1] == first:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
    return spans


def test_R1_R2_the_only_depot_separates_roundtrips() -> None:
    told = planned(deliveries())
    assert told.trips == ["anna van: 8:05 depot, 8:05 x-up, 8:20 x-down, 8:35 y-up, 9:00 y-down, 9:25 depot"]
    assert rounds(told) == ["8:05-8:35 20 km", "8:35-9:25 40 km"]
    total = told.plan.statistics.total_statistics
    assert (total.round_trips_count, total.average_roundtrip_distance) == (2, 30_000)
    assert total.average_roundtrip_time == 40 * 60


def test_R2_waiting_between_two_roundtrips_is_part_of_neither() -> None:
    task = deliveries()
    task.orders[1]["demands"][0]["possible_events"][0]["hard_time_window"] = window("10:00-11:00")
    task.orders[0]["demands"][1]["possible_events"][0]["hard_time_window"] = window("8:00-9:00")
    told = planned(task)
    assert told.trips == [
        "anna van: 8:40 depot, 8:40 x-up, 8:55 x-down, 10:00 y-up, 10:25 y-down, 10:50 depot"
    ]
    assert rounds(told) == ["8:40-9:10 20 km", "10:00-10:50 40 km"]
    assert flagged(told) == [("520", "550"), ("600", "650")]


def test_R2_no_relocating_between_roundtrips() -> None:
    (trip,) = planned(deliveries()).plan.trips
    moving = [state for state in trip.states if TripStateFlag.RELOCATING in state.flags]
    assert len(moving) == 4
    assert all(TripStateFlag.DURING_ROUNDTRIP in state.flags for state in moving)


def test_R2_a_roundtrip_starts_with_the_first_service() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", minutes=5)
    task.performer(start="depot", finish="depot")
    task.transport(start="depot", finish="depot")
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:10 x, 8:25 depot"]
    assert rounds(told) == ["8:10-8:25 10 km"]


def test_R1_a_pickup_elsewhere_leaves_no_single_depot() -> None:
    task = deliveries()
    task.delivery("z", "a", "depot", minutes=5)
    told = planned(task)
    assert told.left == []
    assert len(rounds(told)) == 1


def test_R1_another_finish_leaves_no_single_depot() -> None:
    task = deliveries()
    task.transports[0]["shifts"][0]["finish_location_key"] = "b"
    task.performers[0]["shifts"][0]["finish_location_key"] = "b"
    assert len(rounds(planned(task))) == 1


def limited() -> Tiny:
    """Services at a, b and a again; a has limits, and shifts end elsewhere than they start."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.work("x", "a", minutes=5, hard="8:00-8:30")
    task.work("y", "b", minutes=5, hard="8:00-9:00")
    task.work("z", "a", minutes=5, hard="9:00-10:00")
    limits = [{"key": "limit", "time_window": window("0:00-23:59"), "max_transports": []}]
    task.locations["a"]["timetable"] = [{"work_window": window("0:00-23:59"), "limits": limits}]
    task.performer(start="depot", finish="b")
    task.transport(start="depot", finish="b")
    return task


def test_R1_places_with_limits_separate_while_limits_count() -> None:
    task = limited()
    task.settings = settings(assumptions={"disable_location_limits": False})
    told = planned(task)
    assert told.left == []
    assert rounds(told) == ["8:25-8:55 20 km", "9:00-9:15 10 km"]


def test_R1_places_with_limits_do_not_separate_while_they_are_disabled() -> None:
    assert len(rounds(planned(limited()))) == 1
