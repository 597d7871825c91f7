"""Limits of locations (Y1)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from solver.checks import places
from solver.checks.rules import Issue, error
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import (
    EntityErrorType,
    LocationCargosLimit,
    LocationLimit,
    LocationTimetableElement,
    LocationTransportsLimit,
)

_DAY = {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}


@error(
    EntityErrorType.LOCATION_LIMITS_VIOLATION,
    cause=Text("Windows of limits overlap or do not fill the working window, or a min has no larger max.",
               "Окна лимитов пересекаются или не заполняют рабочее окно, либо минимум не меньше максимума."),
    cure=Text("Let the limits' windows fill the working window one after another, each min under every max.",
              "Заполните рабочее окно окнами лимитов подряд; минимумы должны быть меньше максимумов."),
    example={"locations[0].timetable": [{"work_window": _DAY, "limits": [{
        "key": "limit_1", "time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T17:00:00Z"},
        "max_transports": [{"count": 2, "penalty": 100}],
    }]}]},
    near_miss={"locations[0].timetable": [{"work_window": _DAY, "limits": [{
        "key": "limit_1", "time_window": _DAY,
        "min_transports": [{"count": 1, "penalty": 100}], "max_transports": [{"count": 2, "penalty": 100}],
    }]}]},
)  # fmt: skip
def location_limits_violation(view: View) -> Iterator[Issue]:
    """Y1: the limits of a working window share it without gaps, and none contradicts itself."""
    for location in view.task.locations:
        for element in location.timetable:
            if element.limits and not _is_filled(element):
                detail = places.window(element.work_window)
                yield Issue((places.location(location),), detail)
            for limit in element.limits:
                if not _is_possible(limit):
                    yield Issue((places.location(location),), limit.key)


def _is_filled(element: LocationTimetableElement) -> bool:
    windows = sorted((limit.time_window for limit in element.limits), key=lambda item: (item.start, item.end))
    return (
        windows[0].start == element.work_window.start
        and windows[-1].end == element.work_window.end
        and all(one.end == other.start for one, other in pairwise(windows))
    )


def _is_possible(limit: LocationLimit) -> bool:
    return _under(_cargos(limit.min_cargos), _cargos(limit.max_cargos)) and _under(
        _transports(limit.min_transports), _transports(limit.max_transports)
    )


def _cargos(steps: Sequence[LocationCargosLimit]) -> list[tuple[float, ...]]:
    return [
        (c.mass, c.volume, c.capacity_a, c.capacity_b, c.capacity_c)
        for c in (step.capacity for step in steps)
    ]


def _transports(steps: Sequence[LocationTransportsLimit]) -> list[tuple[float, ...]]:
    return [(step.count,) for step in steps]


def _under(lows: list[tuple[float, ...]], highs: list[tuple[float, ...]]) -> bool:
    """Whether every min has a max, and is under all of them; a measure with a min of 0 asks for nothing."""
    if not lows:
        return True
    return bool(highs) and all(
        low == 0 or low < high
        for one in lows
        for other in highs
        for low, high in zip(one, other, strict=True)
    )
