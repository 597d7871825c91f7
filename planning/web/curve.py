"""The best value over the time of a search, as a small SVG path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from planning.models import Calculation
from planning.web.formats import amount, duration, km

WIDTH, HEIGHT, MARGIN = 1000, 100, 6
ENOUGH = 2
"""Points that make a curve."""

MAIN_LEVELS = ("metres", "seconds", "profit")


@dataclass(frozen=True, slots=True)
class Curve:
    """A step line in a box of 1000 x 100; `first` and `last` are its ends in words."""

    label: str
    line: str
    area: str
    last_x: str
    last_y: str
    first: str
    last: str


def draw(calculation: Calculation) -> Curve | None:
    """The curve of a calculation: its goal among plans of as many orders as the best, else the orders.

    Each stored point is `[seconds, planned, *objective]`, smaller objectives are better.
    """
    points: list[list[float]] = calculation.curve
    names = list(calculation.figures.get("names", ()))
    if len(points) < ENOUGH:
        return None
    level = next((index for index, name in enumerate(names) if name in MAIN_LEVELS), None)
    if level is not None:
        alike = [point for point in points if point[1] == points[-1][1] or names[0] == "profit"]
        series = [(point[0], point[2 + level]) for point in alike if len(point) > 2 + level]
        if len(series) >= ENOUGH:
            return _curve(series, names[level])
    return _curve([(point[0], -point[1]) for point in points], "planned")


def _curve(series: list[tuple[float, float]], name: str) -> Curve:
    label, words = _words(name)
    (start, first), (end, last) = series[0], series[-1]
    low, high = min(value for _, value in series), max(value for _, value in series)
    across = (WIDTH - MARGIN) / max(end - start, 0.001)
    down = (HEIGHT - 2 * MARGIN) / max(high - low, 0.001)
    spots = [
        (round((moment - start) * across), round(HEIGHT - MARGIN - (value - low) * down))
        for moment, value in series
    ]
    line = f"M{spots[0][0]} {spots[0][1]}" + "".join(f"H{x}V{y}" for x, y in spots[1:])
    return Curve(
        label=label,
        line=line,
        area=f"{line}V{HEIGHT}H0z",
        last_x=f"{spots[-1][0] * 100 / WIDTH:.1f}%",
        last_y=f"{spots[-1][1] * 100 / HEIGHT:.1f}%",
        first=words(first),
        last=words(last),
    )


def _words(name: str) -> tuple[str, Callable[[Any], str]]:
    if name == "metres":
        return gettext("Best distance so far, km"), km
    if name == "seconds":
        return gettext("Best total time so far"), duration
    if name == "profit":
        return gettext("Best profit so far"), lambda value: amount(-value)
    return gettext("Orders planned so far"), lambda value: amount(-value)
