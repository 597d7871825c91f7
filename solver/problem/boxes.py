"""Whether a cargo fits an empty box by its size (rule L3)."""

from collections.abc import Iterable
from itertools import permutations

from solver.contract import CargoRotationType

Size = tuple[float, float, float]  # width, height, length

SWAPS = {
    CargoRotationType.YAW: (0, 2),
    CargoRotationType.PITCH: (2, 1),
    CargoRotationType.ROLL: (0, 1),
}


def orientations(size: Size, rotation: Iterable[CargoRotationType]) -> set[Size]:
    """Sizes a cargo can be turned to; each kind of turn is used at most once, in any order."""
    kinds = set(rotation)
    if CargoRotationType.ALL in kinds:
        return set(permutations(size))  # type: ignore[arg-type]  # permutations of three are triples
    found = {size}
    for count in range(1, len(kinds) + 1):
        for turns in permutations(kinds, count):
            turned = list(size)
            for turn in turns:
                i, j = SWAPS[turn]
                turned[i], turned[j] = turned[j], turned[i]
            found.add((turned[0], turned[1], turned[2]))
    return found


def fits(size: Size, rotation: Iterable[CargoRotationType], box: Size) -> bool:
    """Whether some allowed orientation goes into the box; a box with no size takes anything."""
    if not any(box):
        return True
    return any(
        all(side <= room + 1e-9 for side, room in zip(way, box, strict=True))
        for way in orientations(size, rotation)
    )
