"""Trips that exchange shifts: one gets another pair, the one that had it gets what is left, compiled.

New trips take the cheapest free pair, but a long trip is seldom emptied, and the exact choice of shifts
(`assignment`) keeps every sequence. Here a dearer pair may be accepted for what can be inserted afterwards.
"""

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch
from solver.search.candidates import draw, may_serve
from solver.search.opening import adopt
from solver.search.routes import enlist, expand, forget, is_free, refresh, touch
from solver.search.state import N_TRIPS, T_LENGTH, T_VEHICLE, State


@compiled
def any_trip(state: State) -> int:
    """A trip drawn at random; -1 if there is none."""
    if state.counter[N_TRIPS] == 0:
        return -1
    rows = len(state.cost)
    first = int(draw(state.random) * rows)
    for k in range(rows):
        route = (first + k) % rows
        if state.meta[route, T_LENGTH] > 0:
            return route
    return -1


@compiled
def holder(tables: Tables, state: State, route: int, column: int, kind: int) -> int:
    """Another trip with a shift of a kind; -1 if there is none."""
    for other in range(len(state.cost)):
        if other == route or state.meta[other, T_LENGTH] == 0:
            continue
        if tables.vehicle[state.meta[other, T_VEHICLE], column] == kind:
            return other
    return -1


@compiled
def pair_of(tables: Tables, performer: int, transport: int) -> int:
    """A vehicle of two kinds of shifts; -1 if they make none."""
    for vehicle in range(len(tables.vehicle)):
        row = tables.vehicle[vehicle]
        if row[F_PERFORMER] == performer and row[F_TRANSPORT] == transport:
            return vehicle
    return -1


@compiled
def left_over(tables: Tables, old: int, new: int, other: int) -> int:
    """What a trip on ``other`` drives after a trip changed from ``old`` to ``new``; -1 if nothing."""
    was, now, its = tables.vehicle[old], tables.vehicle[new], tables.vehicle[other]
    performer = was[F_PERFORMER] if its[F_PERFORMER] == now[F_PERFORMER] else its[F_PERFORMER]
    transport = was[F_TRANSPORT] if its[F_TRANSPORT] == now[F_TRANSPORT] else its[F_TRANSPORT]
    return pair_of(tables, performer, transport)


@compiled
def blocking(tables: Tables, state: State, route: int, vehicle: int) -> int:
    """The trip whose shift a trip needs for another vehicle; -1 for none, -2 for two of them."""
    old, new = tables.vehicle[state.meta[route, T_VEHICLE]], tables.vehicle[vehicle]
    performer, transport = new[F_PERFORMER], new[F_TRANSPORT]
    one = other = -1
    if performer != old[F_PERFORMER] and state.used_performer[performer] >= tables.performer_count[performer]:
        one = holder(tables, state, route, F_PERFORMER, performer)
    if transport != old[F_TRANSPORT] and state.used_transport[transport] >= tables.transport_count[transport]:
        other = holder(tables, state, route, F_TRANSPORT, transport)
    if one >= 0 and other >= 0 and one != other:
        return -2
    return max(one, other)


@compiled
def lift(tables: Tables, state: State, route: int, sequence: Ints) -> int:
    """Write a trip's visits to a sequence and take it out of the books; returns how many."""
    touch(tables, state, route)
    count = expand(tables, state, route, sequence)
    forget(tables, state, route)
    return count


@compiled
def put(tables: Tables, state: State, route: int, vehicle: int, sequence: Ints, count: int) -> bool:
    """Enter a trip with its visits on a vehicle; False if it was not free, or must not serve them."""
    free = is_free(tables, state, vehicle) and may_serve(tables, vehicle, sequence, count)
    adopt(tables, state, route, vehicle, sequence, count, True)
    enlist(tables, state, route)
    return free


@compiled
def exchange(tables: Tables, state: State, work: Scratch, weights: Floats, exact: bool) -> bool:
    """Give a trip another vehicle; False if that breaks a rule and has to be taken back."""
    route = any_trip(state)
    if route < 0:
        return True
    old, vehicle = state.meta[route, T_VEHICLE], int(draw(state.random) * len(tables.vehicle))
    if vehicle == old:
        return True
    other = blocking(tables, state, route, vehicle)
    if other == -2:
        return True
    left = left_over(tables, old, vehicle, state.meta[other, T_VEHICLE]) if other >= 0 else -1
    if other >= 0 and left < 0:
        return True
    count, more = lift(tables, state, route, state.trial), 0
    if other >= 0:
        more = lift(tables, state, other, state.trial_best)
    sound = put(tables, state, route, vehicle, state.trial, count)
    if other >= 0:
        sound = put(tables, state, other, left, state.trial_best, more) and sound
    sound = sound and refresh(tables, state, work, weights, route, exact)
    if other >= 0:
        sound = sound and refresh(tables, state, work, weights, other, exact)
    return sound
