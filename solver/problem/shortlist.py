"""Which pairs of shift kinds are looked at when there are too many to keep them all.

With thousands of different performers and transports every pair would fill the memory. Each performer kind
then keeps the transports that start nearest to his own start and are available longest with him; equal ones
are dealt out in turn, so that no transport is left without a driver.
"""

from collections.abc import Iterable

import numpy as np

from solver.problem.arrays import Ints
from solver.problem.legs import LegArrays, between
from solver.problem.shifts import PerformerKind, Shifts

LOOK_FURTHER = 8  # transports looked at for each that is kept


class Shortlist:
    """Candidate transports of each performer kind.

    Parameters
    ----------
    shifts : Shifts
    legs : LegArrays
        For the distance between starts.
    most : int
        Pairs to keep in all.
    """

    def __init__(self, shifts: Shifts, legs: LegArrays, most: int) -> None:
        transports = shifts.transports.values()
        performers = len(shifts.performers.values())
        self._all = range(len(transports))
        self._whole = performers * len(transports) <= most
        self._each = max(1, most // max(1, performers))
        self._kept: dict[int, int] = {}
        self._legs = legs
        self._start: Ints = np.array([kind.start for kind in transports], dtype=np.int64)
        self._window: Ints = np.array([kind.available for kind in transports], dtype=np.int64).reshape(-1, 2)
        self._single = np.array([bool(kind.single) or kind.owner >= 0 for kind in transports], dtype=np.bool_)

    def transports(self, number: int, performer: PerformerKind) -> Iterable[int]:
        """Transport kinds for a performer kind, the most suitable first."""
        if self._whole or performer.single:
            return self._all
        far = np.zeros(len(self._start))
        if performer.start >= 0:
            metres = between(self._legs, 0, performer.start, np.maximum(self._start, 0), metres=True)
            far = np.where(self._start >= 0, metres, 0).astype(np.float64)
        overlap = np.minimum(self._window[:, 1], performer.available[1]) - np.maximum(
            self._window[:, 0], performer.available[0]
        )
        turn = (np.arange(len(far)) - number) % len(far)
        ranked = np.lexsort((turn, -overlap, far, ~self._single))
        found: list[int] = ranked[: LOOK_FURTHER * self._each + int(self._single.sum())].tolist()
        return found

    def enough(self, number: int) -> bool:
        """Count a kept pair; whether the performer kind has as many as it may keep."""
        if self._whole:
            return False
        self._kept[number] = self._kept.get(number, 0) + 1
        return self._kept[number] >= self._each + int(self._single.sum())
