"""The five additive measures (L1)."""

from collections.abc import Iterable
from typing import Any

MEASURES = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")
Amounts = dict[str, float]  # by measure


def amounts(measured: Any, absent: float = 0.0) -> Amounts:
    """The measures of a contract object; a measure it leaves out is ``absent`` (L1)."""
    found = {name: getattr(measured, name, None) for name in MEASURES}
    return {name: absent if value is None else float(value) for name, value in found.items()}


def summed(parts: Iterable[Amounts]) -> Amounts:
    """Sum, measure by measure."""
    whole = dict.fromkeys(MEASURES, 0.0)
    for part in parts:
        for name, value in part.items():
            whole[name] += value
    return whole


def multiplied(a: Amounts, b: Amounts) -> Amounts:
    """Product, measure by measure; no limit stays no limit."""
    return {name: a[name] if a[name] == float("inf") else a[name] * b[name] for name in MEASURES}
