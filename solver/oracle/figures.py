"""Comparing a figure of the result with the same figure counted again."""

from typing import Any

from solver.oracle.measures import MEASURES, Amounts
from solver.oracle.times import told
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Interval, World, interval


class Compare:
    """Notes figures that differ by more than their rounding.

    Parameters
    ----------
    world : World
        For the precision of the task.
    verdict : Verdict
    """

    def __init__(self, world: World, verdict: Verdict) -> None:
        self.unit, self.verdict = world.unit, verdict

    def number(self, rule: str, where: str, name: str, told: float, wanted: float, parts: int = 1) -> None:
        """A rounded figure; ``parts``: how many rounded figures it may be the sum of."""
        if abs(told - wanted) > self.unit * parts + SLACK:
            self.verdict.broken(rule, where, f"{name} {told}, {wanted:.6f} counted")

    def exactly(self, rule: str, where: str, name: str, told: float, wanted: float) -> None:
        """A count, or whole seconds."""
        if abs(told - wanted) > SLACK:
            self.verdict.broken(rule, where, f"{name} {told}, {wanted:g} counted")

    def window(self, rule: str, where: str, name: str, shown: Any, wanted: Interval) -> None:
        """A time window."""
        given = interval(shown)
        if any(abs(a - b) > SLACK for a, b in zip(given, wanted, strict=True)):
            self.verdict.broken(rule, where, f"{name} {told(given)}, {told(wanted)} counted")

    def measures(self, rule: str, where: str, name: str, told: Any, wanted: Amounts, parts: int = 1) -> None:
        """Five measures."""
        for measure in MEASURES:
            value = getattr(told, measure)
            if abs(value - wanted[measure]) > max(self.unit * parts, SLACK * abs(wanted[measure])) + SLACK:
                message = f"{name}.{measure} {value}, {wanted[measure]:.6f} counted"
                self.verdict.broken(rule, where, message)

    def load(self, where: str, name: str, told: Any, count: int, wanted: Amounts) -> None:
        """A number of cargos and their measures (X6)."""
        self.exactly("X6", where, f"{name}.count", told.count, count)
        self.measures("X6", where, name, told.capacity, wanted)
