"""How large a cargo may be (L3), and how assumptions change boxes (L6)."""

from typing import Any

import pytest

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny

SIDES = ("width", "height", "length")


def sized(cargo: tuple[int, int, int], box: tuple[int, int, int], *turns: str) -> Tiny:
    """One delivery; another van without any size is there so that the order is not cut out."""
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("x", "depot", "a")
    task.orders[0]["cargos"][0]["compatibilities"] = {**sides(cargo), "rotation": list(turns)}
    task.performer(start="depot")
    task.transport(start="depot")
    task.transports[0]["boxes"][0]["compatibilities"] = sides(box)
    task.work("y", "depot", hard="8:00-8:00")
    return task


def sides(size: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(SIDES, size, strict=True))


def goes(task: Tiny) -> bool:
    """Whether the order is planned; what is beside it is planned anyway."""
    told = planned(task)
    if told.left == []:
        (trip,) = told.trips
        start, one, two, *rest = trip.removeprefix("anna van: ").split(", ")
        assert (start, {one, two}) == ("8:00 depot", {"8:00 x-up", "8:00 y"})
        assert rest == ["8:10 x-down", "8:10 a"]
        return True
    assert (told.left, told.trips) == (["x"], ["anna van: 8:00 depot, 8:00 y, 8:00 depot"])
    return False


# width, height and length of cargo and box, the turns that make it fit
TURNS = [
    ((2, 1, 3), (3, 1, 2), {"YAW"}),
    ((1, 2, 3), (1, 3, 2), {"PITCH"}),
    ((1, 2, 3), (2, 1, 3), {"ROLL"}),
]


@pytest.mark.parametrize(("cargo", "box", "turns"), TURNS)
@pytest.mark.parametrize("turn", ["YAW", "PITCH", "ROLL"])
def test_L3_each_turn_swaps_two_sides(cargo: Any, box: Any, turns: set[str], turn: str) -> None:
    assert goes(sized(cargo, box, turn)) == (turn in turns)


def test_L3_without_turns_it_stands_as_given() -> None:
    assert goes(sized((1, 2, 3), (1, 2, 3)))
    assert not goes(sized((1, 2, 3), (3, 2, 1)))


def test_L3_turns_combine_and_ALL_is_any() -> None:
    """(1, 2, 3) becomes (2, 3, 1) by two swaps."""
    assert goes(sized((1, 2, 3), (2, 3, 1), "ROLL", "PITCH"))
    assert goes(sized((1, 2, 3), (2, 3, 1), "ALL"))
    assert not goes(sized((1, 2, 3), (2, 3, 1), "ROLL"))


def test_L3_a_box_without_sides_takes_any_size() -> None:
    assert goes(sized((9, 9, 9), (0, 0, 0)))


def test_L3_several_cargos_are_not_packed_each_fits_alone() -> None:
    task = sized((2, 2, 2), (2, 2, 2))
    task.delivery("z", "depot", "a")
    task.orders[-1]["cargos"][0]["compatibilities"] = sides((2, 2, 2))
    told = planned(task)
    assert (told.left, told.metres) == ([], 10_000)


def multiplied(factor: float, mass: float, **limits: Any) -> Tiny:
    """A van of 10 whose capacities are multiplied."""
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("x", "depot", "a", mass=mass)
    task.work("y", "depot", hard="8:00-8:00")
    task.performer(start="depot")
    task.transport(start="depot", boxes={"box": 10}, **limits)
    five = dict.fromkeys(("mass", "volume", "capacity_a", "capacity_b", "capacity_c"), factor)
    multipliers = [{"transport_type": "CAR", "capacity": five}]
    task.settings = {"trips_settings": {"assumptions": {"transport_capacity_multipliers": multipliers}}}
    return task


def test_L6_multipliers_scale_boxes() -> None:
    assert goes(multiplied(1.5, 15))
    assert not goes(multiplied(0.5, 6))


def test_L6_multipliers_scale_max_capacity() -> None:
    """Two cargos go in one tour of 10 km, or one by one in 30."""
    for mass, metres in ((6, 10_000), (6.5, 30_000)):
        task = multiplied(1.5, mass)
        task.transports[0] |= {
            "boxes": [{"key": name, "capacity": {"mass": 6}} for name in ("one", "two")],
            "limits": {"max_capacity": {"mass": 8}},
        }
        task.delivery("z", "depot", "a", mass=mass)
        assert (planned(task).metres, planned(task).left) == (metres, [])


def test_L6_multipliers_leave_what_a_box_takes_of_one_cargo() -> None:
    task = multiplied(2.0, 9)
    task.transports[0]["boxes"][0]["limits"] = {"max_one_cargo_capacity": {"mass": 9}}
    assert goes(task)
    task.orders[0]["cargos"][0]["capacity"]["mass"] = 9.5
    assert not goes(task)


def test_L6_disable_capacity_lifts_capacities_and_sizes() -> None:
    task = sized((9, 9, 9), (1, 1, 1))
    task.orders[0]["cargos"][0]["capacity"]["mass"] = 1000
    assert not goes(task)
    task.settings = {"trips_settings": {"assumptions": {"disable_capacity": True}}}
    assert goes(task)
