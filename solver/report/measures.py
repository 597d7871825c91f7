"""Loads as tuples of the five additive measures (rule L1)."""

from collections.abc import Iterable
from typing import Protocol

from solver.contract import CapacityStatisticsSum, TransportLoad

MEASURES = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")

Load = tuple[float, float, float, float, float]
NOTHING: Load = (0.0, 0.0, 0.0, 0.0, 0.0)

MOST_LOAD = 1_000_000_000.0  # the contract's ceiling for a sum of a measure
MOST_CARGOS = 15_001  # the contract's ceiling for a number of cargos
DECIMALS = 6  # of a printed measure: hides the noise of adding and taking away


class Measured(Protocol):
    """Anything of the contract with the five measures."""

    mass: float
    volume: float
    capacity_a: float
    capacity_b: float
    capacity_c: float


def load_of(amounts: Measured | None) -> Load:
    """The five measures of a contract object; nothing for none."""
    if amounts is None:
        return NOTHING
    return (amounts.mass, amounts.volume, amounts.capacity_a, amounts.capacity_b, amounts.capacity_c)


def plus(a: Load, b: Load) -> Load:
    """Sum, measure by measure."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4])


def minus(a: Load, b: Load) -> Load:
    """Difference, measure by measure."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4])


def times(a: Load, b: Load) -> Load:
    """Product, measure by measure."""
    return (a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3], a[4] * b[4])


def largest(a: Load, b: Load) -> Load:
    """Maximum, measure by measure."""
    if a == b:
        return a
    return (max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]), max(a[4], b[4]))


def shares(part: Load, whole: Load) -> Load:
    """Quotient, measure by measure; 0 where the whole is 0 (X5)."""
    a, b, c, d, e = (p / w if w > 0 else 0.0 for p, w in zip(part, whole, strict=True))
    return (a, b, c, d, e)


def total(loads: Iterable[Load]) -> Load:
    """Sum of any number of loads."""
    out = NOTHING
    for load in loads:
        out = plus(out, load)
    return out


def dot(load: Load, prices: Load) -> float:
    """Sum of measure times price."""
    return sum(a * b for a, b in zip(load, prices, strict=True))


def printed(value: float) -> float:
    """A measure as the contract can carry it: without rounding noise, inside its bounds."""
    if 0.0 < value < MOST_LOAD:
        return round(value, DECIMALS)
    return MOST_LOAD if value > 0.0 else 0.0


def capacity_sum(load: Load) -> CapacityStatisticsSum:
    """A load as the contract's sum."""
    a, b, c, d, e = load
    return CapacityStatisticsSum(
        mass=printed(a),
        volume=printed(b),
        capacity_a=printed(c),
        capacity_b=printed(d),
        capacity_c=printed(e),
    )


def transport_load(count: int, load: Load) -> TransportLoad:
    """A number of cargos and their measures as the contract prints them."""
    return TransportLoad(count=min(count, MOST_CARGOS), capacity=capacity_sum(load))
