"""What fits, in which box (L1, L2, L4, L5)."""

import pytest

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny

MEASURES = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")
ONE_BY_ONE = 60_000  # metres of two tours, 40 km of one


def two(mass: float = 6) -> Tiny:
    """Two deliveries on one road; one tour is 40 km, two are 60 km."""
    task = Tiny({"depot": 0, "a": 10, "b": 20, "far": -50})
    task.delivery("x", "depot", "a", mass=mass)
    task.delivery("y", "depot", "b", mass=mass)
    task.performer(start="depot", finish="depot")
    return task


@pytest.mark.parametrize("measure", MEASURES)
def test_L1_every_measure_counts(measure: str) -> None:
    task = two()
    for order in task.orders:
        order["cargos"][0]["capacity"] = {measure: 6}
    task.transport()
    box = task.transports[0]["boxes"][0]
    box["capacity"] = dict.fromkeys(MEASURES, 12)
    assert planned(task).metres == 40_000
    box["capacity"][measure] = 11
    assert planned(task).metres == ONE_BY_ONE


def test_L1_an_absent_measure_of_a_box_is_nothing() -> None:
    task = two()
    task.orders[0]["cargos"][0]["capacity"] = {"volume": 0.1}
    task.transport()
    told = planned(task)
    assert told.left == ["x"]
    assert told.trips == ["anna van: 8:00 depot, 8:00 y-up, 8:20 y-down, 8:40 depot"]


def test_L2_a_cargo_needs_one_box_that_takes_it_whole() -> None:
    task = two()
    task.transport(boxes={"one": 5, "two": 5})
    told = planned(task)
    assert (told.trips, sorted(told.left)) == ([], ["x", "y"])


def test_L2_boxes_together_carry_what_one_cannot() -> None:
    task = two()
    task.transport(boxes={"one": 6, "two": 6})
    told = planned(task)
    assert told.metres == 40_000
    assert set(told.boxes.values()) == {"one", "two"}


def test_L2_all_boxes_hold_no_more_than_max_capacity() -> None:
    task = two()
    task.transport(boxes={"one": 6, "two": 6}, limits={"max_capacity": {"mass": 11}})
    assert planned(task).metres == ONE_BY_ONE


def test_L2_one_cargo_is_no_more_than_the_box_allows_of_one() -> None:
    task = two()
    task.transport(boxes={"one": 100, "two": 12})
    task.transports[0]["boxes"][0]["limits"] = {"max_one_cargo_capacity": {"mass": 5}}
    told = planned(task)
    assert told.metres == 40_000
    assert told.boxes == {"x-cargo": "two", "y-cargo": "two"}


def test_L2_no_more_boxes_are_ever_used_than_max_boxes() -> None:
    task = two()
    task.transport(boxes={"one": 6, "two": 6}, limits={"max_boxes": 1})
    told = planned(task)
    assert told.metres == ONE_BY_ONE
    assert len(set(told.boxes.values())) == 1


def test_L4_the_planner_keeps_the_large_box_for_the_large_cargo() -> None:
    task = two(mass=2)
    task.orders[1]["cargos"][0]["capacity"]["mass"] = 10
    task.transport(boxes={"large": 10, "small": 2})
    told = planned(task)
    assert told.metres == 40_000
    assert told.boxes == {"x-cargo": "small", "y-cargo": "large"}


def test_L5_one_pickup_loads_all_its_cargos_each_drop_unloads_one() -> None:
    task = two()
    x, y = task.orders
    x["cargos"] += y["cargos"]
    x["demands"][0]["target_cargos"].append("y-cargo")
    x["demands"].append(y["demands"][1])
    task.orders = [x]
    task.transport(boxes={"one": 12})
    told = planned(task)
    assert (told.left, told.metres) == ([], 40_000)
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 11}
    assert planned(task).left == ["x"]


def test_L5_PICKUP_TO_BOX_stays_to_the_end() -> None:
    task = two()
    for order in task.orders:
        order["demands"] = [{**order["demands"][1], "demand_type": "PICKUP_TO_BOX"}]
    task.transport(boxes={"one": 11})
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:10 x-down, 8:20 depot"]
    assert told.left == ["y"]
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 12}
    assert planned(task).left == []


def from_box(task: Tiny) -> Tiny:
    """Make the order y one whose cargo lies in the van since the start."""
    order = task.orders[1]
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0]["target_box_key"] = "hold"
    return task


def test_L5_DROP_FROM_BOX_fills_its_box_until_it_is_dropped() -> None:
    task = from_box(two())
    task.transport(boxes={"hold": 11})
    told = planned(task)  # b first, then back to load for a
    assert told.trips == ["anna van: 8:00 depot, 8:20 y-down, 8:40 x-up, 8:50 x-down, 9:00 depot"]
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 12}
    told = planned(task)
    assert (told.left, told.metres) == ([], 40_000)


def test_L5_DROP_FROM_BOX_is_only_on_the_transport_that_has_the_box() -> None:
    task = from_box(two())
    task.orders = task.orders[1:]
    task.transport("near", start="depot")
    task.transport("van", start="far", boxes={"hold": 10})
    assert planned(task).trips == ["anna van: 8:00 depot, 10:00 y-down, 10:20 depot"]


def test_L5_WORK_moves_nothing() -> None:
    task = two()
    task.orders = []
    task.work("x", "a", minutes=5)
    task.transport(boxes={})
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:10 x, 8:25 depot"]
    assert told.boxes == {}


@pytest.mark.parametrize(
    ("hold", "limits", "left"),
    [(6, {}, []), (6, {"max_boxes": 1}, ["x"]), (12, {"max_boxes": 1}, []), (11, {"max_boxes": 1}, ["x"])],
)
def test_L5_the_cargo_of_a_linked_order_that_waits_lies_in_its_box(
    hold: float, limits: dict[str, int], left: list[str]
) -> None:
    """15 hours away y cannot be served; beside it x may not fit, and the other box may be one too many."""
    task = from_box(two())
    task.locations["b"] = {**task.locations["b"], "geopoint": task._point(-900)}
    task.places["b"] = -900
    task.work("w", "a")
    task.transport(boxes={"hold": hold, "other": 6}, limits=limits)
    links = [("PERFORMER_SHIFT", "anna-shift"), ("ORDER", "y")]
    task.hardlinks = [{"key": "link", "links": [{"type": a, "entity_key": b} for a, b in links]}]
    told = planned(task)
    assert told.plan.trips[0].waitlist == ["y"]
    assert told.left == left


def test_L2_goods_with_fewer_boxes_to_go_into_are_laid_first() -> None:
    task = Tiny({"depot": 0, "a": 10})
    for number in range(24):
        cold = number % 2 == 0
        task.delivery(f"o{number}", "depot", "a", mass=5 if cold else 7)
        tags = {"box_restrictions": ["cold"]} if cold else {}
        task.orders[-1]["cargos"][0]["compatibilities"] = tags
    task.performer(start="depot", finish="depot")
    task.transport(boxes={"warm": 90, "cold": 62})
    task.transports[0]["boxes"][1]["compatibilities"] = {"box_features": ["cold"]}
    told = planned(task)
    assert (told.left, told.metres) == ([], 20_000)
