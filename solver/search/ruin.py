"""Taking orders out: adjacent strings of routes (Christiaens and Vanden Berghe 2020), compiled."""

from solver.problem.arrays import (
    D_TYPE,
    D_V0,
    D_V1,
    F_START,
    O_D0,
    O_D1,
    O_SHAPE,
    PAIR,
    PICKUP,
    V_LOC,
    V_ORDER,
    Floats,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch
from solver.search.candidates import draw
from solver.search.near import Near
from solver.search.routes import join_group, refresh, touch, use_vehicle
from solver.search.state import (
    N_ABSENT,
    N_MARK,
    N_RELOADED,
    N_SEEDS,
    N_STAMP,
    N_TRIPS,
    T_LENGTH,
    T_MARK,
    T_VEHICLE,
    State,
)

MEAN_REMOVED = 10.0
LONGEST_STRING = 10.0
SPLIT_SHARE = 0.5
SPLIT_DEPTH = 0.5
RETRY_NEAR = 40  # places around the seed of a ruin whose absent orders are tried again
AT_PLACE = 4  # visits looked at for one place: a hub has thousands


@compiled
def is_reloaded(tables: Tables, state: State, route: int, order: int) -> bool:
    """Whether a pair is loaded where its trip starts, but on the way (R1)."""
    if tables.order[order, O_SHAPE] != PAIR or state.implicit[order] >= 0:
        return False
    start = tables.vehicle[state.meta[route, T_VEHICLE], F_START]
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        if tables.demand[demand, D_TYPE] == PICKUP:
            for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
                if state.at_route[visit] == route:
                    return tables.visit[visit, V_LOC] == start
    return False


@compiled
def take_out(tables: Tables, state: State, order: int) -> None:
    """Mark a planned order as absent; its visits stay in the route until `squeeze`."""
    route = state.order_route[order]
    if is_reloaded(tables, state, route, order):
        state.counter[N_RELOADED] += 1
    state.order_route[order] = -1
    join_group(tables, state, order, route, -1)
    state.absent[state.counter[N_ABSENT]] = order
    state.counter[N_ABSENT] += 1
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            state.at_route[visit] = -1


@compiled
def squeeze(tables: Tables, state: State, work: Scratch, weights: Floats, route: int, exact: bool) -> bool:
    """Drop the visits of absent orders from a route; False if what is left breaks a rule."""
    kept = 0
    for i in range(1, state.meta[route, T_LENGTH] + 1):
        visit = state.route[route, i]
        order = tables.visit[visit, V_ORDER]
        if state.order_route[order] == route:
            kept += 1
            state.route[route, kept] = visit
        else:
            state.implicit[order] = -1
    state.meta[route, T_LENGTH] = kept
    if kept == 0:
        use_vehicle(tables, state, state.meta[route, T_VEHICLE], -1)
    return refresh(tables, state, work, weights, route, exact)


@compiled
def cut_string(tables: Tables, state: State, route: int, position: int, longest: float) -> None:
    """Take out a string of visits around a position, some kept in its middle now and then."""
    length = state.meta[route, T_LENGTH]
    size = min(length, int(1 + draw(state.random) * min(float(length), longest)))
    keep = 0
    if size < length and draw(state.random) < SPLIT_SHARE:
        keep = 1
        while size + keep < length and draw(state.random) < SPLIT_DEPTH:
            keep += 1
    span = size + keep
    low = max(1, position - span + 1)
    high = min(position, length - span + 1)
    first = low + int(draw(state.random) * (high - low + 1))
    kept_from = first + 1 + int(draw(state.random) * size) if keep > 0 else length + 1
    for i in range(first, first + span):
        if kept_from <= i < kept_from + keep and i != position:
            continue
        order = tables.visit[state.route[route, i], V_ORDER]
        if state.order_route[order] == route:
            take_out(tables, state, order)


@compiled
def seed_visit(tables: Tables, state: State, absent_share: float) -> int:
    """Where a ruin starts: near an absent order now and then, else anywhere."""
    if state.counter[N_ABSENT] > 0 and draw(state.random) < absent_share:
        order = state.absent[int(draw(state.random) * state.counter[N_ABSENT])]
        first = tables.order[order, O_D0]
        demand = first + int(draw(state.random) * (tables.order[order, O_D1] - first))
        return tables.demand[demand, D_V0]
    return state.seeds[int(draw(state.random) * state.counter[N_SEEDS])]


@compiled
def ruin(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    exact: bool,
    absent_share: float,
) -> bool:
    """Take strings out of routes around a seed; False if a shortened route breaks a rule."""
    planned = len(tables.order) - state.counter[N_ABSENT]
    size = 0
    for route in range(len(state.cost)):
        size += state.meta[route, T_LENGTH]
    longest = min(LONGEST_STRING, size / max(1, state.counter[N_TRIPS]))
    most = 4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0
    strings = int(1.0 + draw(state.random) * max(0.0, most))
    state.counter[N_MARK] += 1
    mark = state.counter[N_MARK]
    center = tables.visit[seed_visit(tables, state, absent_share), V_LOC]
    for k in range(min(RETRY_NEAR, near.around.shape[1])):
        state.close[near.around[center, k]] = state.counter[N_STAMP]
    sound, done = True, 0
    for k in range(near.around.shape[1]):
        place = near.around[center, k]
        rows = near.first[place + 1] - near.first[place]
        shift = int(draw(state.random) * rows) if rows > 1 else 0
        for step in range(min(rows, AT_PLACE)):
            visit = near.visits[near.first[place] + (shift + step) % rows]
            route = state.at_route[visit]
            if route < 0 or state.meta[route, T_MARK] == mark:
                continue
            state.meta[route, T_MARK] = mark
            touch(tables, state, route)
            position = max(1, state.at_position[visit])
            cut_string(tables, state, route, position, longest)
            sound = squeeze(tables, state, work, weights, route, exact) and sound
            done += 1
            if done >= strings or not sound:
                return sound
    return sound and planned >= 0
