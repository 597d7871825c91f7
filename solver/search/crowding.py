"""Location limits in the search (rule Y2), compiled: what every route does there, and the price of too much.

The price of what exceeds the allowance begins with a step and rises towards ``W_LIMIT``: less than that of
one order at first, and more than that of all orders where a plan with all of them is not found (see
`solver.search.control`). Insertions are priced with what they change of it. The sieves before that do not
know it, so a place that is better only because of the limits may be passed over; no limit is misjudged.
"""

from solver.problem.arrays import U_LIMITS, Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.schedule.limits import L_SCALE, excess, gather
from solver.schedule.scratch import Scratch
from solver.search.objective import W_LIMIT
from solver.search.state import X_CROWDED, State

STEP = 0.05  # share of the price for any excess at all


@compiled
def price_of_crowd(tables: Tables, amount: Floats, weights: Floats) -> float:
    """Price of what all trips together do at locations with limits."""
    over, scale = excess(tables, amount), tables.limit_allowance[L_SCALE]
    return weights[W_LIMIT] * (over + STEP * scale) / (over + scale) if over > 0.0 else 0.0


@compiled
def copy_amount(target: Floats, amount: Floats) -> None:
    """Copy an amount."""
    for row in range(amount.shape[0]):
        for m in range(amount.shape[1]):
            target[row, m] = amount[row, m]


@compiled
def add_amount(target: Floats, amount: Floats, share: float) -> None:
    """Add an amount to another."""
    for row in range(amount.shape[0]):
        for m in range(amount.shape[1]):
            target[row, m] += share * amount[row, m]


@compiled
def leave_places(tables: Tables, state: State, route: int) -> None:
    """Take a route's amount out of the sum."""
    if tables.uses[U_LIMITS]:
        add_amount(state.crowd, state.crowd_of[route], -1.0)
        state.crowd_of[route, :, :] = 0.0


@compiled
def note_places(
    tables: Tables, state: State, work: Scratch, vehicle: int, sequence: Ints, count: int, route: int
) -> None:
    """Put the amount of a route that was just evaluated into the sum."""
    if tables.uses[U_LIMITS]:
        leave_places(tables, state, route)
        gather(tables, vehicle, sequence, count, work.at, state.crowd_of[route], 1.0)
        add_amount(state.crowd, state.crowd_of[route], 1.0)


@compiled
def save_places(tables: Tables, state: State, route: int, k: int) -> None:
    """Save a route's amount before its first change in an iteration."""
    if tables.uses[U_LIMITS]:
        copy_amount(state.saved_crowd[k], state.crowd_of[route])


@compiled
def restore_places(tables: Tables, state: State, route: int, k: int) -> None:
    """Take back the change of a route's amount."""
    if tables.uses[U_LIMITS]:
        add_amount(state.crowd, state.crowd_of[route], -1.0)
        copy_amount(state.crowd_of[route], state.saved_crowd[k])
        add_amount(state.crowd, state.crowd_of[route], 1.0)


@compiled
def price_of_change(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    vehicle: int,
    sequence: Ints,
    count: int,
    route: int,
) -> float:
    """What it changes of the price if a sequence that was just evaluated replaces a route (-1: none)."""
    if not tables.uses[U_LIMITS]:
        return 0.0
    copy_amount(state.crowd_trial, state.crowd)
    if route >= 0:
        add_amount(state.crowd_trial, state.crowd_of[route], -1.0)
    gather(tables, vehicle, sequence, count, work.at, state.crowd_trial, 1.0)
    now = price_of_crowd(tables, state.crowd, weights)
    return price_of_crowd(tables, state.crowd_trial, weights) - now


@compiled
def sum_up(tables: Tables, state: State, weights: Floats) -> float:
    """Price of the present plan's crowd, summed up anew; noted as known."""
    if not tables.uses[U_LIMITS]:
        return 0.0
    state.crowd[:, :] = 0.0
    for route in range(len(state.cost)):
        add_amount(state.crowd, state.crowd_of[route], 1.0)
    state.value[X_CROWDED] = price_of_crowd(tables, state.crowd, weights)
    return state.value[X_CROWDED]
