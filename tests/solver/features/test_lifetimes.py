"""Features that exist only inside windows (W7)."""

from typing import Any

import pytest

from tests.solver.features.told import planned, settings
from tests.solver.report.tiny import Tiny, window


def life(feature: str, *hours: str) -> dict[str, Any]:
    """A lifetime of a feature."""
    return {"feature": feature, "time_windows": [window(text) for text in hours]}


def performer(*lives: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Compatibilities of a performer who has every feature that these lifetimes name."""
    features = sorted({one["feature"] for one in lives})
    return {"performer_features": features, "performer_features_lifetimes": list(lives), **more}


def transport(*lives: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Compatibilities of a transport, likewise."""
    features = sorted({one["feature"] for one in lives})
    return {"transport_features": features, "transport_features_lifetimes": list(lives), **more}


def needing(*tags: str, hard: str = "0:00-23:59") -> Tiny:
    """A service x of ten minutes, 10 km from the depot, whose order needs tags; nobody to do it yet."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.work("x", "a", hard, minutes=10)["compatibilities"] = {"performer_restrictions": list(tags)}
    return task


def test_W7_a_service_lies_in_the_lifetime_of_what_its_order_needs() -> None:
    task = needing("licence")
    task.performer(start="depot", compatibilities=performer(life("licence", "8:05-8:19", "9:00-10:00")))
    task.transport()
    assert planned(task).trips == ["anna van: 8:50 depot, 9:00 x, 9:10 a"]


def test_W7_a_service_may_fill_the_lifetime() -> None:
    task = needing("licence")
    task.performer(start="depot", compatibilities=performer(life("licence", "8:30-8:40")))
    task.transport()
    assert planned(task).trips == ["anna van: 8:20 depot, 8:30 x, 8:40 a"]
    task.performers[0]["compatibilities"] = performer(life("licence", "8:30-8:39"))
    told = planned(task)
    assert told.left == ["x"]
    assert [warning.type for warning in told.plan.warnings] == ["NO_COMPATIBLE_PERFORMER"]


def test_W7_only_services_that_need_the_feature_are_bound() -> None:
    task = needing("licence")
    task.work("y", "b", minutes=5)
    task.performer(start="depot", compatibilities=performer(life("licence", "8:00-9:00")))
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 x, 8:30 y, 8:35 b"]


def test_W7_lifetimes_of_a_feature_nobody_needs_bind_nothing() -> None:
    task = needing()
    task.performer(start="depot", compatibilities=performer(life("licence", "17:00-18:00")))
    task.transport()
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 x, 8:20 a"]


def test_W7_several_features_bind_to_their_intersection() -> None:
    task = needing("licence", "badge")
    lives = (life("licence", "8:00-9:00", "10:00-12:00"), life("badge", "8:55-10:05", "11:00-11:20"))
    task.performer(start="depot", compatibilities=performer(*lives))
    task.transport()
    assert planned(task).trips == ["anna van: 10:50 depot, 11:00 x, 11:10 a"]


def test_W7_lifetimes_and_work_windows_hold_together() -> None:
    task = needing("licence")
    task.locations["a"]["timetable"] = [
        {"work_window": window("8:00-9:00")},
        {"work_window": window("11:30-12:00")},
    ]
    task.performer(start="depot", compatibilities=performer(life("licence", "8:55-9:30", "11:00-11:50")))
    task.transport()
    assert planned(task).trips == ["anna van: 11:20 depot, 11:30 x, 11:40 a"]


def test_W7_what_the_transport_needs_of_the_performer_binds_the_whole_trip() -> None:
    task = needing()
    task.performer(
        start="depot",
        finish="depot",
        compatibilities=performer(life("truck", "8:00-8:29", "9:05-9:35", "10:00-11:00")),
    )
    task.transport(compatibilities={"performer_restrictions": ["truck"]})
    assert planned(task).trips == ["anna van: 9:05 depot, 9:15 x, 9:35 depot"]


def test_W7_what_the_performer_needs_of_the_transport_binds_the_whole_trip() -> None:
    task = needing()
    task.performer(start="depot", finish="depot", compatibilities={"transport_restrictions": ["lift"]})
    task.transport(compatibilities=transport(life("lift", "9:05-9:35")))
    assert planned(task).trips == ["anna van: 9:05 depot, 9:15 x, 9:35 depot"]
    task.transports[0]["compatibilities"] = transport(life("lift", "9:05-9:34"))
    assert planned(task).left == ["x"]


def test_W7_what_a_place_needs_of_the_transport_binds_the_trips_that_stop_there() -> None:
    task = needing(hard="8:00-8:20")
    task.work("y", "b", minutes=5)
    task.locations["b"]["compatibilities"] = {"transport_restrictions": ["lift"]}
    task.performer(start="depot", hours="8:00-11:00")
    task.performer("boris", start="depot", hours="8:00-11:00")
    task.transport(compatibilities=transport(life("lift", "8:05-8:20", "8:30-9:30")))
    task.transport("lorry", compatibilities=transport(life("lift", "8:05-8:20", "8:30-9:30")))
    trips = [trip.split(": ")[1] for trip in planned(task).trips]
    assert sorted(trips) == ["8:00 depot, 8:10 x, 8:20 a", "8:30 depot, 8:50 y, 8:55 b"]


def test_W7_the_whole_trip_includes_own_legs() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 20})
    task.work("x", "a")
    task.performer(start="home", finish="home", compatibilities=performer(life("truck", "9:00-9:40")))
    task.transport(start="garage", finish="garage", compatibilities={"performer_restrictions": ["truck"]})
    assert planned(task).trips == ["anna van: 9:00 home, 9:20 x, 9:40 home"]
    task.performers[0]["compatibilities"] = performer(life("truck", "9:00-9:39"))
    assert planned(task).left == ["x"]


@pytest.mark.parametrize(
    ("strategy", "trip"),
    [
        ("EARLIEST_FINISH", "8:40 depot, 8:50 x, 11:00 y, 11:10 b"),
        ("LOWEST_COST", "10:35 depot, 10:45 x, 11:05 y, 11:15 b"),
    ],
)
def test_W7_W6_each_strategy_chooses_among_the_lifetimes(strategy: str, trip: str) -> None:
    task = needing("licence")
    task.work("y", "b", hard="11:00-12:00", minutes=10)
    task.performer(start="depot", compatibilities=performer(life("licence", "8:00-9:00", "10:45-11:30")))
    task.transport()
    task.settings = settings(expectations={"trip_start_time_strategy": strategy})
    assert planned(task).trips == [f"anna van: {trip}"]


@pytest.mark.parametrize(
    ("strategy", "trip"),
    [
        ("EARLIEST_FINISH", "8:00 depot, 8:10 x, 9:00 y, 9:20 depot"),
        ("LOWEST_COST", "10:00 depot, 10:10 x, 10:30 y, 10:50 depot"),
    ],
)
def test_W7_W6_each_strategy_chooses_among_the_lifetimes_of_a_trip(strategy: str, trip: str) -> None:
    task = needing()
    task.work("y", "b", hard="9:00-23:00")
    task.locations["a"]["timetable"] = [
        {"work_window": window(text)} for text in ("8:00-8:20", "10:00-10:20")
    ]
    truck = life("truck", "8:00-9:20", "10:00-11:00")
    task.performer(start="depot", finish="depot", compatibilities=performer(truck))
    task.transport(compatibilities={"performer_restrictions": ["truck"]})
    task.settings = settings(expectations={"trip_start_time_strategy": strategy})
    assert planned(task).trips == [f"anna van: {trip}"]


def test_W7_C3_a_lifetime_is_never_violated_for_a_price() -> None:
    task = needing("licence", hard="8:00-9:00")
    tariff = {"cost_per_shift": 1, "max_penalty_cost": 100}
    task.performer(start="depot", tariff=tariff, compatibilities=performer(life("licence", "9:00-10:00")))
    task.transport()
    task.settings = settings(penalties={"compatibilities": [{"tag": "licence", "penalty": 5}]})
    assert planned(task).left == ["x"]
    task.performers[0]["compatibilities"] = performer(life("licence", "9:00-10:00"), performer_features=[])
    told = planned(task)  # a feature that is not there at all has its price, whatever its lifetimes
    assert told.trips == ["anna van: 8:00 depot, 8:10 x, 8:20 a"]
    assert [(item.key, float(item.value)) for item in told.plan.trips[0].attributes] == [
        ("compatibility_penalty", 5.0)
    ]


def test_W7_C4_without_compatibility_there_are_no_lifetimes() -> None:
    task = needing("licence", hard="8:00-9:00")
    task.performer(start="depot", compatibilities=performer(life("licence", "9:00-10:00")))
    task.transport()
    task.settings = settings(assumptions={"disable_compatibility": True})
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 x, 8:20 a"]
