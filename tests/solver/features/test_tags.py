"""Who and what goes together (C1): each pair of lists, and the blacklist."""

from typing import Any

import pytest

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny


def pair() -> Tiny:
    """A delivery; anna's van is near, boris and his car are 50 km away."""
    task = Tiny({"depot": 0, "a": 10, "far": -50})
    task.delivery("x", "depot", "a")
    task.performer("anna", start="depot")
    task.performer("boris", start="far")
    task.transport("van", start="depot")
    task.transport("car", start="far")
    return task


def tag(thing: dict[str, Any], name: str, value: str = "special") -> None:
    thing.setdefault("compatibilities", {}).setdefault(name, []).append(value)


def asks_of_performer(task: Tiny) -> None:
    tag(task.orders[0], "performer_restrictions")
    tag(task.performers[1], "performer_features")


def is_blacklisted(task: Tiny) -> None:
    tag(task.orders[0], "performer_blacklist")
    tag(task.performers[0], "performer_features")


def asks_of_transport_at_a_place(task: Tiny) -> None:
    tag(task.locations["a"], "transport_restrictions")
    tag(task.transports[1], "transport_features")


def asks_of_box(task: Tiny) -> None:
    tag(task.orders[0]["cargos"][0], "box_restrictions")
    tag(task.transports[1]["boxes"][0], "box_features")


NEAR = "anna van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:10 a"


def test_C1_without_tags_the_near_ones_go() -> None:
    assert planned(pair()).trips == [NEAR]


def test_C1_order_and_performer() -> None:
    task = pair()
    asks_of_performer(task)
    (trip,) = planned(task).trips
    assert trip.startswith("boris")


def test_C1_blacklist_and_performer() -> None:
    task = pair()
    is_blacklisted(task)
    (trip,) = planned(task).trips
    assert trip.startswith("boris")


def test_C1_location_and_transport() -> None:
    task = pair()
    asks_of_transport_at_a_place(task)
    (trip,) = planned(task).trips
    assert " car: " in trip


def test_C1_cargo_and_box() -> None:
    task = pair()
    asks_of_box(task)
    (trip,) = planned(task).trips
    assert " car: " in trip


def test_C1_transport_and_performer() -> None:
    task = pair()
    tag(task.transports[0], "performer_restrictions")
    tag(task.performers[1], "performer_features")
    told = planned(task)  # the van only with boris, the car with both: whose way is the shortest
    assert not told.trips[0].startswith("anna van")


def test_C1_performer_and_transport() -> None:
    task = pair()
    tag(task.performers[0], "transport_restrictions")
    tag(task.transports[1], "transport_features")
    told = planned(task)
    assert not told.trips[0].startswith("anna van")


@pytest.mark.parametrize("of", [asks_of_performer, asks_of_transport_at_a_place, asks_of_box])
def test_C1_more_features_than_asked_do_no_harm_fewer_do(of: Any) -> None:
    task = pair()
    for thing, name in (
        (task.performers[0], "performer_features"),
        (task.transports[0], "transport_features"),
        (task.transports[0]["boxes"][0], "box_features"),
    ):
        tag(thing, name)
        tag(thing, name, "more")
    of(task)
    assert planned(task).trips == [NEAR]


@pytest.mark.parametrize("of", [asks_of_performer, is_blacklisted, asks_of_transport_at_a_place, asks_of_box])
def test_C1_nobody_fits_nobody_goes(of: Any) -> None:
    task = pair()
    of(task)
    task.performers, task.transports = task.performers[:1], task.transports[:1]
    task.delivery("y", "depot", "depot")
    told = planned(task)
    assert (told.trips, told.left) == (["anna van: 8:00 depot, 8:00 y-up, 8:00 y-down, 8:00 depot"], ["x"])


def test_C2_cargos_that_must_not_lie_together_share_no_box() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.delivery("x", "depot", "a")
    task.delivery("y", "depot", "b")
    task.orders[0]["cargos"][0]["compatibilities"] = {"cargo_restrictions": ["food"]}
    task.performer(start="depot", finish="depot")
    task.transport(boxes={"one": 100})
    assert planned(task).metres == 60_000  # two rounds instead of one of 40 km
