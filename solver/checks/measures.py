"""The five measures of cargos, boxes and limits (L1, L6)."""

from collections import defaultdict
from math import inf

from solver.contract import Capacity, CapacityMultiplier, MaxCapacity, TransportType, TripAssumptions

Measures = tuple[float, float, float, float, float]

ZERO: Measures = (0.0, 0.0, 0.0, 0.0, 0.0)
ONE: Measures = (1.0, 1.0, 1.0, 1.0, 1.0)
EPSILON = 1e-9
"""Less than this is no overload, only a float's last digits."""


def measures(capacity: Capacity | CapacityMultiplier) -> Measures:
    """Mass, volume and the three free measures."""
    return (capacity.mass, capacity.volume, capacity.capacity_a, capacity.capacity_b, capacity.capacity_c)


def limit_measures(capacity: MaxCapacity) -> Measures:
    """The measures of a limit; what is absent is not limited (L1)."""
    values = (capacity.mass, capacity.volume, capacity.capacity_a, capacity.capacity_b, capacity.capacity_c)
    a, b, c, d, e = (inf if value is None else value for value in values)
    return a, b, c, d, e


def multipliers(assumptions: TripAssumptions) -> dict[TransportType, Measures]:
    """Factors of each transport type (L6)."""
    found: dict[TransportType, Measures] = defaultdict(lambda: ONE)
    for item in assumptions.transport_capacity_multipliers:
        found[item.transport_type] = measures(item.capacity)
    return found


def plus(one: Measures, other: Measures) -> Measures:
    """Sum, measure by measure."""
    a, b, c, d, e = (x + y for x, y in zip(one, other, strict=True))
    return a, b, c, d, e


def times(one: Measures, factors: Measures) -> Measures:
    """Product, measure by measure."""
    a, b, c, d, e = (x * y for x, y in zip(one, factors, strict=True))
    return a, b, c, d, e


def least(one: Measures, other: Measures) -> Measures:
    """Smaller one, measure by measure."""
    a, b, c, d, e = map(min, one, other)
    return a, b, c, d, e


def within(load: Measures, capacity: Measures) -> bool:
    """Whether no measure of a load is over the capacity."""
    return all(x <= y + EPSILON for x, y in zip(load, capacity, strict=True))
