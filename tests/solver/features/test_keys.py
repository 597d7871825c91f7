"""Keys (K1, K2)."""

from typing import Any

import pytest

import solver
from solver.contract import PlanTask, read_object
from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny

BOTH = "anna van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:20 y, 8:20 b"


def day() -> Tiny:
    """A delivery to a and a work at b, all events under one key."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.delivery("x", "depot", "a")
    task.work("y", "b")
    task.performer(start="depot")
    task.transport(start="depot")
    return task


def test_K1_keys_of_events_and_boxes_are_unique_in_their_parent_only() -> None:
    task = day()
    task.performer("boris", start="depot", hours="20:00-21:00")
    task.transport("car", boxes={"van-box": 100})
    told = planned(task)
    assert (told.trips, told.left, told.boxes) == ([BOTH], [], {"x-cargo": "van-box"})


def rename_order(task: dict[str, Any]) -> None:
    task["orders"][1]["key"] = "x"


def rename_demand(task: dict[str, Any]) -> None:
    task["orders"][1]["demands"][0]["key"] = "x-up"


def rename_event(task: dict[str, Any]) -> None:
    events = task["orders"][1]["demands"][0]["possible_events"]
    events.append({**events[0], "location_key": "a"})


def rename_shift(task: dict[str, Any]) -> None:
    task["performers"][0]["shifts"][0]["key"] = "van-shift"
    task["transports"][0]["shifts"].append(dict(task["transports"][0]["shifts"][0]))


@pytest.mark.parametrize("spoil", [rename_order, rename_demand, rename_event, rename_shift])
def test_K1_a_key_used_twice_is_an_error_and_nothing_is_planned(spoil: Any) -> None:
    document = day().document()
    spoil(document)
    with pytest.raises(solver.LogicalErrors) as caught:
        solver.plan(read_object(PlanTask, document), solver.Effort(iterations=1))
    assert {error.type for error in caught.value.errors} == {"UNIQUE_IDS_VIOLATION"}


def from_box(key: str) -> Tiny:
    """What lies in a box of the van since morning goes to a; the car has a box of its own."""
    task = Tiny({"depot": 0, "a": 10, "far": -30})
    order = task.delivery("x", "depot", "a")
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0]["target_box_key"] = "here"
    task.work("y", "a")
    task.performer(start="depot")
    task.transport("van", start="far", boxes={"here": 10})
    task.transport("car", start="depot", boxes={key: 10})
    return task


def test_K2_a_target_box_is_of_one_transport_which_alone_can_bring_it() -> None:
    told = planned(from_box("there"))
    (trip,) = told.trips
    assert trip.startswith("anna van: ")
    assert (told.boxes, told.left) == ({"x-cargo": "here"}, [])


def test_K2_a_box_key_that_two_transports_share_is_no_target() -> None:
    with pytest.raises(solver.LogicalErrors) as caught:
        solver.plan(from_box("here").task(), solver.Effort(iterations=1))
    (error,) = caught.value.errors
    assert error.type == "INCONSISTENT_REFERENCE"
