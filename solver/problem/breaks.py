"""Breaks and rests of performer shifts as arrays (rules B1-B5)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.contract import PerformerShift
from solver.contract.work_rules import ModelBreak, RelocatingDurationType, Rest
from solver.problem.arrays import ALIKE, BIG, EITHER, FIRST_LOOSER, LATER_LOOSER, RESETS, UNCOUNTED, Ints
from solver.problem.places import Places
from solver.problem.tags import Classes

Limit = tuple[int, int, int]  # most driving, most operating, length of the pause; seconds
NO_LIMIT: Limit = (BIG, BIG, BIG)
Roles = tuple[frozenset[int], frozenset[int]]  # locations that reset the counters; that are not counted


@dataclass(frozen=True, slots=True)
class PauseRules:
    """When a performer has to pause in one of his shifts."""

    first: Limit
    later: Limit
    rest: Limit
    continuous: bool
    roles: Roles


def pause_rules(shift: PerformerShift, places: Places) -> PauseRules | None:
    """The rules of a shift; None where it has none."""
    rules = shift.work_and_rest_rules
    breaks, rests = rules.break_rules, rules.rest_rules
    if breaks is None and rests is None:
        return None
    first = _limit(breaks.first) if breaks else NO_LIMIT
    return PauseRules(
        first=first,
        later=_limit(breaks.consecutive) if breaks and breaks.consecutive else first,
        rest=_limit(rests.consecutive) if rests else NO_LIMIT,
        continuous=breaks is not None
        and breaks.relocating_duration_type is RelocatingDurationType.CONTINUOUS,
        roles=(
            frozenset(places.index[key] for key in rules.reset_location_keys),
            frozenset(places.index[key] for key in rules.ignore_location_keys),
        ),
    )


def _limit(rule: ModelBreak | Rest) -> Limit:
    operating = rule.operating_duration_sum
    return rule.relocating_duration_sum, BIG if operating is None else operating, rule.duration


class PauseTable:
    """Rows of the ``pauses`` table, one for each set of rules and hours, and roles of locations."""

    def __init__(self) -> None:
        self._rows: Classes[tuple[int, ...]] = Classes()
        self._roles: Classes[Roles] = Classes()

    def row(self, rules: PauseRules, hours: tuple[int, int], use: tuple[int, int]) -> int:
        """Number of a row.

        Parameters
        ----------
        rules : PauseRules
        hours : (int, int)
            When the trip may start at the earliest and end at the latest.
        use : (int, int)
            When the transport may be taken at the earliest and left at the latest.
        """
        roles = self._roles.number(rules.roles)
        looser = _looser(rules.first, rules.later)
        return self._rows.number(
            (*hours, *use, *rules.first, *rules.later, *rules.rest, int(rules.continuous), looser, roles)
        )

    def later(self, row: int, start: int) -> int:
        """Number of a row like another, for a trip that may not start before a moment."""
        given = self._rows.values()[row]
        return self._rows.number((max(start, given[0]), *given[1:]))

    def rows(self) -> Ints:
        """The ``pauses`` table; see the ``B_`` columns."""
        return np.array(self._rows.values(), dtype=np.int64).reshape(-1, 16)

    def roles(self, locations: int) -> npt.NDArray[np.int8]:
        """The ``place_role`` table, (classes, locations)."""
        classes = self._roles.values()
        out = np.zeros((max(1, len(classes)), max(1, locations)), dtype=np.int8)
        for row, (resets, ignored) in enumerate(classes):
            out[row, list(ignored)] = UNCOUNTED
            out[row, list(resets)] = UNCOUNTED | RESETS
        return out


def _looser(first: Limit, later: Limit) -> int:
    """Which of two limits asks for less."""
    if first == later:
        return ALIKE
    if first[0] <= later[0] and first[1] <= later[1] and first[2] >= later[2]:
        return LATER_LOOSER
    if first[0] >= later[0] and first[1] >= later[1] and first[2] <= later[2]:
        return FIRST_LOOSER
    return EITHER
