"""Whether a cargo fits an empty box by its size (rule L3)."""

from collections.abc import Iterable
from functools import cache
from itertools import permutations

from solver.checks.measures import EPSILON
from solver.contract import Box, Cargo, CargoRotationType

Size = tuple[float, float, float]  # width, height, length in metres
Turn = tuple[int, int, int]  # which side of the cargo comes to lie along the box's width, height, length

AS_GIVEN: Turn = (0, 1, 2)
SWAPS = {
    CargoRotationType.YAW: (0, 2),
    CargoRotationType.PITCH: (1, 2),
    CargoRotationType.ROLL: (0, 1),
}
"""Sides that each kind of rotation swaps."""


@cache
def turns(rotation: frozenset[CargoRotationType]) -> tuple[Turn, ...]:
    """Ways a cargo may lie: its rotations in any order, each at most once; ALL is any way."""
    if CargoRotationType.ALL in rotation:
        return tuple((a, b, c) for a, b, c in permutations(AS_GIVEN))
    found = {AS_GIVEN}
    for count in range(1, len(rotation) + 1):
        for kinds in permutations(sorted(rotation), count):
            sides = list(AS_GIVEN)
            for kind in kinds:
                one, other = SWAPS[kind]
                sides[one], sides[other] = sides[other], sides[one]
            found.add((sides[0], sides[1], sides[2]))
    return tuple(sorted(found))


def fits(size: Size, rotation: Iterable[CargoRotationType], box: Size) -> bool:
    """Whether some allowed way fits the box; a box with no size takes any cargo."""
    if not any(box):
        return True
    return any(
        all(size[side] <= room + EPSILON for side, room in zip(turn, box, strict=True))
        for turn in turns(frozenset(rotation))
    )


def cargo_size(cargo: Cargo) -> Size:
    """Width, height and length of a cargo."""
    item = cargo.compatibilities
    return item.width, item.height, item.length


def box_size(box: Box) -> Size:
    """Width, height and length of a box."""
    item = box.compatibilities
    return item.width, item.height, item.length
