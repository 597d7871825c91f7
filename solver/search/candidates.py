"""Which routes an order may try, and the sequence a candidate insertion would make, compiled."""

import math

import numpy as np
import numpy.typing as npt

from solver.problem.arrays import (
    D_TYPE,
    D_V0,
    DROP,
    O_D0,
    O_D1,
    O_GROUP,
    U_LOWEST,
    V_DEMAND,
    V_LOC,
    V_ORDER,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.judge import judge
from solver.schedule.scratch import Scratch
from solver.schedule.tags import order_fault, places_price
from solver.search.crowding import price_of_change
from solver.search.lengths import REFUSED
from solver.search.near import Near
from solver.search.routes import load_in_turn, price_of
from solver.search.state import (
    N_JUDGED,
    N_MARK,
    T_LENGTH,
    T_MARK,
    T_VEHICLE,
    State,
)

Words = npt.NDArray[np.uint64]

BLINK = 0.01  # share of positions passed over at random


@compiled
def draw(random: Words) -> float:
    """A random number in [0, 1): xorshift, so that a seed gives the same run everywhere."""
    x = random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    random[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def next_blink(state: State) -> int:
    """How many positions to look at before one is passed over."""
    return 1 + int(math.log(1.0 - draw(state.random)) / math.log(1.0 - BLINK))


@compiled
def may_join(tables: Tables, state: State, order: int, route: int) -> bool:
    """Whether nothing but its place in the sequence keeps an order off a route."""
    if order_fault(tables, state.meta[route, T_VEHICLE], order) != 0:
        return False
    group = tables.order[order, O_GROUP]
    return group < 0 or state.group_members[group] == 0 or state.group_route[group] == route


@compiled
def may_serve(tables: Tables, vehicle: int, sequence: Ints, count: int) -> bool:
    """Whether tags and hardlinks let a vehicle serve these visits (C1, O5)."""
    for i in range(count):
        if order_fault(tables, vehicle, tables.visit[sequence[i], V_ORDER]) != 0:
            return False
    return places_price(tables, vehicle, sequence, count)[1] < 0


@compiled
def gather_routes(tables: Tables, state: State, near: Near, order: int) -> int:
    """List the routes the order may try in ``state.candidate``; returns how many.

    All of them in a small task; in a large one those that pass near one of the order's places.
    """
    count = 0
    if near.links.shape[1] == 0:
        for route in range(len(state.cost)):
            if state.meta[route, T_LENGTH] > 0 and may_join(tables, state, order, route):
                state.candidate[count] = route
                count += 1
        return count
    state.counter[N_MARK] += 1
    mark = state.counter[N_MARK]
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        place = tables.visit[tables.demand[demand, D_V0], V_LOC]
        if near.hub[place]:
            continue
        for k in range(near.links.shape[1]):
            other = near.links[place, k]
            for row in range(near.first[other], near.first[other + 1]):
                route = state.at_route[near.visits[row]]
                if route >= 0 and state.meta[route, T_MARK] != mark:
                    state.meta[route, T_MARK] = mark
                    if may_join(tables, state, order, route):
                        state.candidate[count] = route
                        count += 1
    return count


@compiled
def write_trial(
    tables: Tables, state: State, route: int, pickup: int, first: int, at: int, second: int, at_second: int
) -> int:
    """Write the full sequence of a route with an insertion into ``state.trial``; returns its length.

    It is the one that `expand` gives after the insertion, so what the evaluator says of it stays true.
    ``pickup`` is an implicit pickup or -1; ``first`` goes after position ``at``, ``second`` (or -1) after
    position ``at_second`` of the route as it is.
    """
    count = 0
    for i in range(state.meta[route, T_LENGTH] + 1):
        visit = state.route[route, i]
        if i > 0 and tables.demand[tables.visit[visit, V_DEMAND], D_TYPE] == DROP:
            count = load_in_turn(tables, state.trial, count, state.implicit[tables.visit[visit, V_ORDER]])
        if i == at:
            count = load_in_turn(tables, state.trial, count, pickup)
    for i in range(state.meta[route, T_LENGTH] + 1):
        if i > 0:
            state.trial[count] = state.route[route, i]
            count += 1
        if i == at:
            state.trial[count] = first
            count += 1
        if i == at_second and second >= 0:
            state.trial[count] = second
            count += 1
    return count


@compiled
def trial_price(
    tables: Tables, state: State, work: Scratch, weights: Floats, vehicle: int, sequence: Ints, count: int
) -> float:
    """Price of a sequence on a vehicle by the evaluator; ``REFUSED`` if it breaks a rule."""
    state.counter[N_JUDGED] += 1
    lowest = tables.uses[U_LOWEST] == 1
    if judge(tables, work, vehicle, sequence, count, lowest, work.judge[0]) != 0:
        return REFUSED
    return price_of(work.result, weights)


@compiled
def repeated_price(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    vehicle: int,
    sequence: Ints,
    count: int,
    times: int,
) -> float:
    """The price by the evaluator, asked for so many times: to measure what it takes."""
    price = REFUSED
    for _ in range(times):
        price = trial_price(tables, state, work, weights, vehicle, sequence, count)
    return price


@compiled
def added_price(
    tables: Tables, state: State, work: Scratch, weights: Floats, sequence: Ints, count: int, route: int
) -> float:
    """What a sequence in place of a route would add to the plan's price; ``REFUSED`` if it breaks a rule."""
    vehicle = state.meta[route, T_VEHICLE]
    work.hasty[0] = 1
    price = trial_price(tables, state, work, weights, vehicle, sequence, count)
    work.hasty[0] = 0
    if price >= REFUSED:
        return REFUSED
    more = price_of_change(tables, state, work, weights, vehicle, sequence, count, route)
    return price - state.cost[route] + more
