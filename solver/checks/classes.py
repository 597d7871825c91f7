"""Rows by their distinct values."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K", bound=Hashable)
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]


class Classes(Generic[K]):
    """Distinct values, and which of them each row has."""

    def __init__(self, rows: Iterable[K]) -> None:
        numbers: dict[K, int] = {}
        self.of_row: Numbers = np.array(
            [numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.intp
        )
        self.values = list(numbers)
        self._numbers = numbers

    def spread(self, flags: Flags) -> Flags:
        """A flag for each distinct value as a flag for each row."""
        return np.asarray(flags.take(self.of_row))

    def equal(self, value: K) -> Flags:
        """Rows that have a value."""
        return np.asarray(self.of_row == self._numbers.get(value, -1))
