"""Taking shifts away from trips for an order that only a certain pair of them can serve, compiled.

A ruin of strings rarely empties the two trips whose performer and transport an absent order needs together.
"""

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, O_GROUP, V_ORDER, Floats, Tables
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch
from solver.search.candidates import draw
from solver.search.lengths import REFUSED
from solver.search.near import Near
from solver.search.opening import open_trip, solo_price
from solver.search.routes import is_free, touch
from solver.search.ruin import squeeze, take_out
from solver.search.state import I_VEHICLE, N_ABSENT, T_LENGTH, T_VEHICLE, State


@compiled
def wanted_vehicle(
    tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, order: int
) -> int:
    """A vehicle that could serve the order alone but lacks a shift, drawn at random; -1 if there is none."""
    count = len(tables.vehicle)
    first = int(draw(state.random) * count)
    for k in range(count):
        vehicle = (first + k) % count
        if is_free(tables, state, vehicle):
            continue
        if solo_price(tables, state, work, weights, near, order, vehicle) < REFUSED:
            return vehicle
    return -1


@compiled
def free_shifts(
    tables: Tables, state: State, work: Scratch, weights: Floats, vehicle: int, exact: bool
) -> None:
    """Take everything out of trips with the vehicle's performer or transport until both have a shift left."""
    performer, transport = tables.vehicle[vehicle, F_PERFORMER], tables.vehicle[vehicle, F_TRANSPORT]
    rows = len(state.cost)
    first = int(draw(state.random) * rows)
    for k in range(rows):
        if is_free(tables, state, vehicle):
            return
        route = (first + k) % rows
        mine = tables.vehicle[state.meta[route, T_VEHICLE]]
        if state.meta[route, T_LENGTH] == 0 or (
            mine[F_PERFORMER] != performer and mine[F_TRANSPORT] != transport
        ):
            continue
        touch(tables, state, route)
        for i in range(1, state.meta[route, T_LENGTH] + 1):
            order = tables.visit[state.route[route, i], V_ORDER]
            if state.order_route[order] == route:
                take_out(tables, state, order)
        squeeze(tables, state, work, weights, route, exact)


@compiled
def claim(tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, exact: bool) -> bool:
    """Give an absent order a new trip on shifts that other trips lose; False if that fails."""
    at = int(draw(state.random) * state.counter[N_ABSENT])
    order = state.absent[at]
    group = tables.order[order, O_GROUP]
    if group >= 0 and state.group_members[group] > 0:
        return False
    vehicle = wanted_vehicle(tables, state, work, weights, near, order)
    if vehicle < 0:
        return False
    free_shifts(tables, state, work, weights, vehicle, exact)
    if not is_free(tables, state, vehicle):
        return False
    state.found[I_VEHICLE] = vehicle
    if not open_trip(tables, state, work, weights, order, exact):
        return False
    state.counter[N_ABSENT] -= 1
    state.absent[at] = state.absent[state.counter[N_ABSENT]]
    return True
