"""Tags that are required and offered, and the price of a missing one (C1, C3, C4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf

import numpy as np

from solver.checks.classes import Classes, Flags, Numbers
from solver.checks.measures import EPSILON
from solver.contract import Performer, PlanSettings

Tags = frozenset[str]
NOTHING = -1.0
"""Budget of who may not pay for anything."""


class Prices:
    """Whether missing tags can be paid for.

    Parameters
    ----------
    settings : PlanSettings
        Where the prices are, and whether compatibility counts at all (C4).
    performers : iterable of Performer
        Those whose shifts may pay for what a transport lacks.
    """

    def __init__(self, settings: PlanSettings, performers: Iterable[Performer]) -> None:
        trips = settings.trips_settings
        self.lifted = trips.assumptions.disable_compatibility
        self.largest_budget = max((budget(performer) for performer in performers), default=NOTHING)
        self._prices = {item.tag: item.penalty for item in trips.penalties.compatibilities}

    def of_tag(self, tag: str) -> float:
        """Price of a missing tag; infinite if it has none."""
        return self._prices.get(tag, inf)

    def meets(self, missing: Tags, limit: float) -> bool:
        """Whether a budget pays for what is missing."""
        return self.lifted or not missing or sum(map(self.of_tag, missing)) <= limit + EPSILON


def budget(performer: Performer) -> float:
    """The most a shift of the performer may pay for missing tags; below 0 if nothing may be missing (C3)."""
    limits = (shift.tariff.max_penalty_cost for shift in performer.shifts)
    return max((limit for limit in limits if limit is not None), default=NOTHING)


class Requirements:
    """Rows of required tags against one list of offered tags at a time.

    Equal rows get one answer. What a list offers is taken off through the tags it has, so that the work grows
    with the tags that meet and not with rows times lists.
    """

    def __init__(self, rows: Sequence[Tags], price: Prices) -> None:
        self._price = price
        self._classes = Classes(rows)
        distinct = self._classes.values
        self._rows_of = _rows_of_tags(distinct)
        costs = {tag: price.of_tag(tag) for tag in self._rows_of}
        self._priced = {tag: cost for tag, cost in costs.items() if cost < inf}
        priced = [row & self._priced.keys() for row in distinct]
        self._missing = np.array([len(row) for row in priced], dtype=np.intp)
        self._costs = np.array([sum(map(costs.__getitem__, row)) for row in priced], dtype=np.float64)
        self._unpriced = np.array([len(row) for row in distinct], dtype=np.intp) - self._missing

    def met_by(self, offered: Tags, limit: float) -> Flags:
        """Rows of which nothing is missing, or only what the budget pays for."""
        if self._price.lifted:
            return np.ones(len(self._classes.of_row), dtype=np.bool_)
        useful = offered & self._rows_of.keys()
        met: Flags = self._unpriced == self._counts(useful - self._priced.keys())
        if self._priced:
            met &= self._paid(useful & self._priced.keys(), limit)
        return self._classes.spread(met)

    def _paid(self, offered: Tags, limit: float) -> Flags:
        costs = self._costs.copy()
        for tag in offered:
            costs[self._rows_of[tag]] -= self._priced[tag]
        return np.asarray((self._missing == self._counts(offered)) | (costs <= limit + EPSILON))

    def _counts(self, tags: Tags) -> Numbers:
        """How many of the tags each distinct row has."""
        rows = [self._rows_of[tag] for tag in tags]
        if not rows:
            return np.zeros(len(self._unpriced), dtype=np.intp)
        return np.bincount(np.concatenate(rows), minlength=len(self._unpriced))


class Refusals:
    """Rows of refused tags against one list of offered tags at a time; no price helps (C3)."""

    def __init__(self, rows: Sequence[Tags], price: Prices) -> None:
        self._price = price
        self._rows_of = _rows_of_tags(rows)
        self._count = len(rows)

    def avoided_by(self, offered: Tags) -> Flags:
        """Rows of which nothing is offered."""
        found = np.ones(self._count, dtype=np.bool_)
        if not self._price.lifted:
            for tag in offered & self._rows_of.keys():
                found[self._rows_of[tag]] = False
        return found


def _rows_of_tags(rows: Sequence[Tags]) -> dict[str, Numbers]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for tag in row:
            found[tag].append(number)
    return {tag: np.array(numbers, dtype=np.intp) for tag, numbers in found.items()}
