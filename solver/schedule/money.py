"""Metres and what a trip costs (rules M1-M3), compiled."""

from solver.problem.arrays import (
    F_END,
    F_PROFILE,
    F_PSTAGE0,
    F_PSTAGE1,
    F_START,
    F_TSTAGE0,
    F_TSTAGE1,
    M_FIXED,
    U_CARRY,
    V_DEMAND,
    V_LOC,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres
from solver.schedule.loads import start_load
from solver.schedule.scratch import Scratch


@compiled
def stage_cost(stages: Floats, first: int, last: int, units: float) -> float:
    """Cost of seconds or metres by tariff stages ``first..last-1``; the last one has no end."""
    cost = 0.0
    for row in range(first, last):
        part = units if row == last - 1 else min(units, stages[row, 0])
        cost += part * stages[row, 1]
        units -= part
        if units <= 0.0:
            break
    return cost


@compiled
def drive(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> tuple[int, float]:
    """Metres driven in the transport, and the transportation cost of the load on board (M2)."""
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_START]
    carries = tables.uses[U_CARRY] == 1
    if carries:
        start_load(tables, route, count, work.load)
    metres, carried = 0, 0.0
    for i in range(count + 1):
        there = tables.visit[route[i], V_LOC] if i < count else tables.vehicle[vehicle, F_END]
        if place >= 0 and there >= 0 and there != place:
            leg = leg_metres(tables, profile, place, there)
            metres += leg
            if carries:
                for m in range(len(work.load)):
                    carried += leg * work.load[m] * tables.carry[vehicle, m]
        if there >= 0:
            place = there
        if carries and i < count:
            demand = tables.visit[route[i], V_DEMAND]
            for m in range(len(work.load)):
                work.load[m] += tables.demand_load[demand, m]
    return metres, carried


@compiled
def trip_cost(tables: Tables, vehicle: int, seconds: float, metres: float) -> float:
    """Cost of a trip that carries nothing out of the ordinary: shifts, time, distance (M1, M2)."""
    return (
        tables.vehicle_money[vehicle, M_FIXED]
        + stage_cost(
            tables.stages, tables.vehicle[vehicle, F_PSTAGE0], tables.vehicle[vehicle, F_PSTAGE1], seconds
        )
        + stage_cost(
            tables.stages, tables.vehicle[vehicle, F_TSTAGE0], tables.vehicle[vehicle, F_TSTAGE1], metres
        )
    )
