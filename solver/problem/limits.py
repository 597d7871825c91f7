"""Limits of locations as arrays, and vehicles that begin later so that a trip can keep them (rules Y1, Y2).

When a trip begins is the vehicle's affair: beside the row of a pair of shifts that begins as early as it can
there are rows of the same pair that begin at some later moment. So the search, the choice of shifts, and the
evaluator shift trips by choosing a vehicle, and know no other rule for it.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from solver.contract import LocationCargosLimit, LocationLimit, LocationTransportsLimit, PlanTask, TimeWindow
from solver.problem.arrays import F_DUE, F_PRE_SECS, F_READY, F_RULES, Floats, Ints
from solver.problem.breaks import PauseTable
from solver.problem.requests import MEASURES
from solver.problem.vehicles import Fleet

MOST_LATER = 10  # later beginnings of one pair of shifts
MOST_ROWS = 4_000  # of all pairs together
EVENLY = 4  # beginnings spread over the shift, beside those at the borders of limits

Step = tuple[int, int, float, float, float]  # row, column, sign, border, price


class Limits(NamedTuple):
    """Arrays of the limits; see `solver.problem.arrays.Tables`."""

    first: Ints
    window: Ints
    step: Floats
    allowance: Floats


def limits(task: PlanTask, epoch: int, measures: list[int]) -> Limits:
    """Limits of a task; no rows where they do not count.

    Parameters
    ----------
    epoch : int
        Unix seconds of time zero.
    measures : list of int
        The measures kept in the load arrays; nothing of the others is ever moved.
    """
    trips = task.plan_settings.trips_settings
    allowance = trips.penalties.max_locations_limits_penalty
    counts = not trips.assumptions.disable_location_limits
    first = [0]
    windows: list[tuple[int, int]] = []
    steps: list[Step] = []
    for place in task.locations:
        for limit in (x for element in place.timetable for x in element.limits if counts):
            opens, closes = _span(limit.time_window, epoch)
            found, constant = _steps(limit, len(windows), measures)
            windows.append((opens, closes))
            steps += found
            allowance -= constant
        first.append(len(windows))
    scale = max(0.0, allowance) + sum(border * price for _, _, _, border, price in steps) + 1.0
    return Limits(
        first=np.array(first, dtype=np.int64),
        window=np.array(windows, dtype=np.int64).reshape(-1, 2),
        step=np.array(steps, dtype=np.float64).reshape(-1, 5),
        allowance=np.array([allowance, scale]),
    )


def _span(window: TimeWindow, epoch: int) -> tuple[int, int]:
    return int(window.start.timestamp()) - epoch, int(window.end.timestamp()) - epoch


def _steps(limit: LocationLimit, row: int, measures: list[int]) -> tuple[list[Step], float]:
    """Steps with a price, and what is missing whatever the plan does: minima of measures nothing has."""
    steps: list[Step] = []
    constant = 0.0
    sides: list[tuple[float, list[LocationCargosLimit], list[LocationTransportsLimit]]] = [
        (1.0, limit.max_cargos, limit.max_transports),
        (-1.0, limit.min_cargos, limit.min_transports),
    ]
    for sign, cargos, transports in sides:
        for item in cargos:
            for number, name in enumerate(MEASURES):
                border, price = float(getattr(item.capacity, name)), float(getattr(item.penalty, name))
                if number in measures and price > 0:
                    steps.append((row, measures.index(number), sign, border, price))
                elif sign < 0:
                    constant += border * price
        for count in transports:
            if count.penalty > 0:
                steps.append((row, len(measures), sign, float(count.count), float(count.penalty)))
    return steps, constant


def beginning_later(fleet: Fleet, found: Limits, pauses: PauseTable) -> Fleet:
    """Append rows of the same vehicles that begin later, where limits count."""
    count = len(fleet.vehicle)
    if not len(found.window) or not count:
        return fleet
    most = min(MOST_LATER, max(1, MOST_ROWS // count))
    rows, sources = [], []
    for source, row in enumerate(fleet.vehicle):
        for moment in _moments(int(row[F_READY]), int(row[F_DUE]), found.window, most):
            later = row.copy()
            later[F_READY] = moment
            if row[F_RULES] >= 0:
                later[F_RULES] = pauses.later(int(row[F_RULES]), moment - int(row[F_PRE_SECS]))
            rows.append(later)
            sources.append(source)
    if not rows:
        return fleet
    order = np.concatenate((np.arange(count), np.array(sources, dtype=np.int64)))
    return replace(
        fleet,
        vehicle=np.concatenate((fleet.vehicle, np.array(rows, dtype=np.int64))),
        money=fleet.money[order],
        room=fleet.room[order],
        max_load=fleet.max_load[order],
        carry=fleet.carry[order],
        life=fleet.life[order],
    )


def _moments(ready: int, due: int, windows: Ints, most: int) -> list[int]:
    """Moments to begin at: borders of limits inside the shift, and some between; evenly thinned."""
    borders = {int(x) for x in windows.ravel() if ready < x < due}
    even = {ready + (due - ready) * i // (EVENLY + 1) for i in range(1, EVENLY + 1)} - {ready}
    moments = sorted(borders | even)
    if len(moments) <= most:
        return moments
    return [moments[(2 * i + 1) * len(moments) // (2 * most)] for i in range(most)]
