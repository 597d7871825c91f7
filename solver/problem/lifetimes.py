"""Windows in which features with lifetimes exist (rule W7)."""

from collections.abc import Iterable, Sequence

import numpy as np

from solver.contract import FeatureLifetime
from solver.problem.arrays import BIG, Ints
from solver.problem.tags import Tags

Span = tuple[int, int]
Spans = tuple[Span, ...]  # apart from each other, in order of time
Lives = tuple[tuple[str, Spans], ...]  # by feature; only features that are there and have lifetimes

ALWAYS: Spans = ((-BIG, BIG),)


def lives(given: Iterable[FeatureLifetime], features: Iterable[str], epoch: int) -> Lives:
    """Lifetimes of the features that an entity has, as seconds since the epoch.

    A lifetime of a feature that is not there means nothing: the tag is missing (C1), and may have a price.
    """
    there, found = set(features), dict[str, set[Span]]()
    for life in given:
        if life.feature in there:
            found.setdefault(life.feature, set()).update(
                (int(window.start.timestamp()) - epoch, int(window.end.timestamp()) - epoch)
                for window in life.time_windows
            )
    return tuple((feature, tuple(sorted(spans))) for feature, spans in sorted(found.items()))


def intersection(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return tuple(sorted({span for span in both if span[0] <= span[1]}))


def existing(having: Lives, needed: Tags) -> Spans:
    """When all needed features that have lifetimes exist; empty: never."""
    spans = ALWAYS
    for feature, windows in having:
        if feature in needed:
            spans = intersection(spans, windows)
    return spans


class SpanRows:
    """Collects lists of windows as ranges of one table."""

    def __init__(self) -> None:
        self._rows: list[Span] = []
        self._ranges: dict[Spans, tuple[int, int]] = {ALWAYS: (0, 0)}

    def number(self, spans: Spans) -> tuple[int, int]:
        """First and last + 1 row of a list; an empty range where nothing is bound."""
        if spans not in self._ranges:
            first = len(self._rows)
            self._rows.extend(spans or [(BIG, -BIG)])  # never: a window that nothing lies in
            self._ranges[spans] = (first, len(self._rows))
        return self._ranges[spans]

    def ranges(self, needs: Sequence[Tags], havings: Sequence[Lives]) -> Ints:
        """Ranges for every pair, (needs, havings, 2)."""
        out = np.zeros((max(1, len(needs)), max(1, len(havings)), 2), dtype=np.int64)
        for j, having in enumerate(havings):
            if having:
                for i, needed in enumerate(needs):
                    out[i, j] = self.number(existing(having, needed))
        return out

    def table(self) -> Ints:
        """All rows, (rows, 2); at least one."""
        return np.array(self._rows or [(0, 0)], dtype=np.int64)
