"""How close together the stops of a trip are (rules Z7-Z10), compiled."""

import math

from solver.problem.arrays import BY_FLIGHT, F_PROFILE, NO_GROUPING, NO_LEG, U_GROUPING, Tables
from solver.problem.compiled import compiled
from solver.problem.legs import flight_metres, leg_seconds
from solver.schedule.scratch import Scratch


@compiled
def apart(tables: Tables, profile: int, a: int, b: int) -> int:
    """From one stop to another: straight-line metres (G1) or travel seconds without parking (G2)."""
    if tables.uses[U_GROUPING] == BY_FLIGHT:
        if len(tables.flight) == 1:  # too many places for a matrix
            return math.floor(flight_metres(tables, a, b) + 0.5)
        return tables.flight[a, b]
    if a == b:
        return 0
    seconds = leg_seconds(tables, profile, a, b)
    return seconds if seconds >= NO_LEG else seconds - tables.place[a, 1] - tables.place[b, 0]


@compiled
def spread(tables: Tables, work: Scratch, vehicle: int, stops: int) -> float:
    """Sum over the listed stops to the medoid, the stop for which it is least."""
    if tables.uses[U_GROUPING] == NO_GROUPING:
        return 0.0
    profile, best = tables.vehicle[vehicle, F_PROFILE], -1.0
    for medoid in range(stops):
        total = 0.0
        for i in range(stops):
            total += apart(tables, profile, work.stops[i], work.stops[medoid])
            if 0.0 <= best <= total:
                break
        if best < 0.0 or total < best:
            best = total
    return best
