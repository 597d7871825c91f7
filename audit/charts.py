"""Bars over days or hours, worked out on the server and drawn as SVG by a template."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 200, 64, 22, 8
"""Size of a chart, and room for its labels; units of its own, it scales with the page."""
LABELS = 12
"""Labels below the bars at most."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each bar; ``number`` chooses the colour."""

    name: str
    number: int
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as its template draws it: rectangles, lines with their values, and labels."""

    title: str
    bars: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    labels: list[dict[str, Any]]
    series: list[Series]
    total: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def draw(title: str, names: Sequence[str], series: Sequence[Series], *, unit: str = "") -> Chart:
    """Return stacked bars, one for each name."""
    sums = [sum(one.values[index] for one in series) for index in range(len(names))]
    step = nice_step(max(sums, default=0))
    top = step * max(1, math.ceil(max(sums, default=0) / step))
    inner = HEIGHT - BOTTOM - TOP
    wide = (WIDTH - LEFT) / max(1, len(names))
    bars = []
    for index, name in enumerate(names):
        below = 0.0
        for one in series:
            value = one.values[index]
            if value:
                high = value / top * inner
                bars.append({
                    "x": round(LEFT + index * wide + wide * 0.1, 2),
                    "y": round(TOP + inner - below - high, 2),
                    "width": round(wide * 0.8, 2), "height": round(high, 2), "number": one.number,
                    "title": f"{name}, {one.name}: {amount(value)}{unit}",
                })  # fmt: skip
                below += high
    lines = [
        {"y": round(TOP + inner * (1 - mark / top), 2), "text": amount(mark)}
        for mark in (step * number for number in range(round(top / step) + 1))
    ]
    every = max(1, math.ceil(len(names) / LABELS))
    labels = [
        {"x": round(LEFT + index * wide + wide / 2, 2), "text": name}
        for index, name in enumerate(names)
        if index % every == 0
    ]
    return Chart(title, bars, lines, labels, list(series), sum(sums))


def nice_step(most: float) -> float:
    """Return a round distance of lines: 1, 2 or 5 and zeros, so that there are at most five."""
    if most <= 0:
        return 1
    power: float = 10 ** math.floor(math.log10(most / 4))
    return max(1, next(power * times for times in (1, 2, 5, 10) if power * times * 4 >= most))


def amount(value: float) -> str:
    """Return a number with thin spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")
