"""Classes of equal tag lists, and the price of a missing tag (rules C1-C4)."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import inf
from typing import Generic, TypeVar

import numpy as np

from solver.contract import CompatibilityPenalty
from solver.problem.arrays import Floats

Tags = frozenset[str]
K = TypeVar("K", bound=Hashable)
A = TypeVar("A")
B = TypeVar("B")


def tags(items: Iterable[str] | None) -> Tags:
    """A list of tags as a set; absent is empty."""
    return frozenset(items or ())


class Classes(Generic[K]):
    """Numbers for distinct values, in the order they are first seen."""

    def __init__(self) -> None:
        self._numbers: dict[K, int] = {}

    def number(self, value: K) -> int:
        """Number of the value; a new one for a new value."""
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> list[K]:
        """The distinct values by number."""
        return list(self._numbers)


class Prices:
    """What missing tags cost: the sum of their prices, infinite for a tag that has none.

    Parameters
    ----------
    penalties : iterable of CompatibilityPenalty
        ``penalties.compatibilities`` of the task.
    lifted : bool
        ``disable_compatibility``: nothing is ever missing (C4).
    """

    def __init__(self, penalties: Iterable[CompatibilityPenalty], lifted: bool) -> None:
        self._prices = {item.tag: item.penalty for item in penalties}
        self._lifted = lifted

    def missing(self, absent: Iterable[str]) -> float:
        """Price of the tags that are required and absent, each charged once (C3)."""
        if self._lifted:
            return 0.0
        return sum((self._prices.get(tag, inf) for tag in absent), 0.0)

    def table(self, rows: Sequence[A], columns: Sequence[B], absent: Callable[[A, B], Tags | None]) -> Floats:
        """Prices for every pair; ``absent`` gives the missing tags, or None where no price helps.

        Returns
        -------
        (len(rows), len(columns)) float64
            At least one row and column, so that compiled code can always index it.
        """
        out = np.zeros((max(1, len(rows)), max(1, len(columns))))
        if self._lifted:
            return out
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                gone = absent(row, column)
                out[i, j] = inf if gone is None else self.missing(gone)
        return out


def mutual(a: tuple[Tags, Tags], b: tuple[Tags, Tags]) -> Tags:
    """Tags missing between two (restrictions, features) pairs, in both directions (C2)."""
    return (a[0] - b[1]) | (b[0] - a[1])
