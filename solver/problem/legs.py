"""Legs between places: looked up in matrices, or computed where those would be too large.

Square matrices of fifteen thousand places take two gigabytes for each kind of transport, of thirty thousand
eight. Above `MOST_PLACES` straight-line legs are worked out from points of the unit sphere each time instead,
by the formula of `solver.geo.straight`. Which of both is known when a caller is compiled (`Tables.way`), so
that those who look up pay nothing for it.
"""

import math
from typing import NamedTuple

import numpy as np

from solver.geo.straight import EARTH_RADIUS
from solver.problem.arrays import F_PROFILE, NO_LEG, Floats, Ints, Legs, Tables
from solver.problem.compiled import compiled, inlined

MOST_PLACES = 5_000  # whose legs are kept as matrices when straight lines would do

# Columns of ``pace``: road metres of a straight one, metres a second, seconds added, speed factor or 0 (T4).
P_DETOUR, P_SPEED, P_ACCESS, P_FACTOR = range(4)

LOOKED_UP, COMPUTED = 1, 2  # dimensions of ``way``


class LegArrays(NamedTuple):
    """What `Tables` has of legs, for those who need it before the tables are made; see there."""

    metres: Legs
    seconds: Legs
    place: Ints
    point: Floats
    pace: Floats
    way: Ints


LegTables = LegArrays | Tables


@compiled
def flight_metres(tables: LegTables, a: int, b: int) -> float:
    """Great-circle metres between two places."""
    squared = 0.0
    for axis in range(3):
        step = tables.point[a, axis] - tables.point[b, axis]
        squared += step * step
    return 2.0 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(squared) / 2.0))


@compiled
def road_metres(tables: LegTables, profile: int, a: int, b: int) -> int:
    """Metres of a leg that is computed."""
    if a == b or min(a, b) < 0 or max(a, b) == tables.point.shape[0]:
        return 0
    return math.floor(flight_metres(tables, a, b) * tables.pace[profile, P_DETOUR] + 0.5)


@compiled
def road_seconds(tables: LegTables, profile: int, a: int, b: int) -> int:
    """Seconds of a leg that is computed, parking and leaving included."""
    if a == b or min(a, b) < 0 or max(a, b) == tables.point.shape[0]:
        return 0
    road = flight_metres(tables, a, b) * tables.pace[profile, P_DETOUR]
    drive = math.floor(road / tables.pace[profile, P_SPEED] + tables.pace[profile, P_ACCESS] + 0.5)
    if tables.pace[profile, P_FACTOR] > 0.0:
        drive = math.floor(drive / tables.pace[profile, P_FACTOR] + 0.5 + 1e-9)
    return drive + tables.place[a, 1] + tables.place[b, 0]


@inlined
def leg_metres(tables: LegTables, profile: int, a: int, b: int) -> int:
    """Metres of a leg; ``NO_LEG`` where it does not exist. -1 stands for nowhere, too."""
    if tables.way.ndim == LOOKED_UP:
        return tables.metres[profile, a, b]
    return road_metres(tables, profile, a, b)


@inlined
def leg_seconds(tables: LegTables, profile: int, a: int, b: int) -> int:
    """Seconds of a leg with the parking after it and the leaving before it (W3)."""
    if tables.way.ndim == LOOKED_UP:
        return tables.seconds[profile, a, b]
    return road_seconds(tables, profile, a, b)


@compiled
def drive_seconds(tables: Tables, vehicle: int, start: int, finish: int) -> int:
    """Seconds of a vehicle's leg, parking and leaving included; none from or to nowhere."""
    if start < 0 or finish < 0 or start == finish:
        return 0
    return leg_seconds(tables, tables.vehicle[vehicle, F_PROFILE], start, finish)


@compiled
def fill(tables: LegTables, profiles: Ints, starts: Ints, finishes: Ints, metres: bool, out: Ints) -> None:
    """Metres, or seconds, of the legs from each start to the finish beside it."""
    for i in range(len(starts)):
        if metres:
            out[i] = leg_metres(tables, profiles[i], starts[i], finishes[i])
        else:
            out[i] = leg_seconds(tables, profiles[i], starts[i], finishes[i])


def between(
    tables: LegTables, profiles: Ints | int, starts: Ints | int, finishes: Ints | int, *, metres: bool
) -> Ints:
    """Metres, or seconds, of legs; arrays are broadcast against each other."""
    given = [np.asarray(item, dtype=np.int64) for item in (profiles, starts, finishes)]
    profile, first, second = np.broadcast_arrays(*given)
    out = np.empty(first.size, dtype=np.int64)
    fill(tables, profile.ravel(), first.ravel(), second.ravel(), metres, out)
    return out.reshape(first.shape)


def longest_leg(tables: LegTables) -> float:
    """Metres that no leg is longer than."""
    if len(tables.pace) == 0:
        return float(tables.metres.max(initial=1, where=tables.metres < NO_LEG))
    squares = ((tables.point - tables.point[:1]) ** 2).sum(axis=1)
    reach = 2.0 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(float(squares.max())) / 2.0))
    return float(max(1.0, 2.0 * reach * float(tables.pace[:, P_DETOUR].max())))


def fastest_leg(tables: LegTables) -> float:
    """Metres a second that no leg is faster than."""
    if len(tables.pace):
        factor = np.where(tables.pace[:, P_FACTOR] > 0.0, tables.pace[:, P_FACTOR], 1.0)
        return float((tables.pace[:, P_SPEED] * factor).max())
    best = 0.0
    for metres, seconds in zip(tables.metres, tables.seconds, strict=True):
        for row, times in zip(metres, seconds, strict=True):
            driven = (row < NO_LEG) & (times > 0)
            best = max(best, float((row / np.maximum(times, 1)).max(initial=0.0, where=driven)))
    return best
