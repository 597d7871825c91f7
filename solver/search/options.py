"""Places that an order may take, the likeliest first to the evaluator, compiled.

A place that passes the sieves costs the evaluator a hundred times what the sieves cost, and most places of a
route are refused or lose by price. So the sieves only note the `KEPT` cheapest places of a route; the
evaluator is asked in the order of what a place will add in all likelihood - the route's waiting and pauses
stay as long as they are - until nothing left can be cheaper, or `ENOUGH` were accepted: one of the first
is nearly always the cheapest. What a refusal says about other places is not asked again.
"""

from solver.problem.arrays import BIG, D_TYPE, TO_BOX, U_LIMITS, V_DEMAND, Floats, Tables
from solver.problem.compiled import compiled
from solver.schedule.faults import Fault
from solver.schedule.scratch import FAULT_RULE, Scratch
from solver.search.candidates import added_price, write_trial
from solver.search.lengths import REFUSED
from solver.search.objective import W_GROUPING, W_STOP
from solver.search.state import (
    I_AT,
    I_AT_SECOND,
    I_FAULT,
    I_FIRST,
    I_KIND,
    I_PICKUP,
    I_ROUTE,
    I_SECOND,
    N_ACCEPTED,
    N_OPTIONS,
    TWO,
    X_FOUND,
    State,
)

KEPT = 6  # places of a route for a visit, or for a pickup and its drop
ENOUGH = 6  # accepted places for a visit, or for a pickup and its drop
LIKELY, LEAST = range(2)  # columns of ``worth``
UNASKED, ASKED = -2, -1  # of ``I_FAULT``, beside the evaluator's answer
BOX = int(Fault.BOX)
ANYWHERE = (int(Fault.PERFORMER_TAGS), int(Fault.ORDER_MIX), int(Fault.OWNER), int(Fault.GROUP))


@compiled
def begin_options(state: State) -> None:
    """Forget the places noted for the last order."""
    state.counter[N_OPTIONS] = state.counter[N_ACCEPTED] = 0


@compiled
def dearest(state: State, begin: int) -> int:
    """The dearest of a route's options in all likelihood; the first is ``begin``."""
    row = begin
    for k in range(begin + 1, begin + KEPT):
        if state.worth[k, LIKELY] > state.worth[row, LIKELY]:
            row = k
    return row


@compiled
def offer(
    state: State,
    begin: int,
    likely: float,
    least: float,
    route: int,
    kind: int,
    pickup: int,
    first: int,
    at: int,
    second: int,
    at_second: int,
) -> float:
    """Note a place if it is one of the cheapest of its route, whose first option is ``begin``.

    Returns
    -------
    float
        What the next place of the route has to stay below in all likelihood.
    """
    row = state.counter[N_OPTIONS]
    if row - begin == KEPT:
        row = dearest(state, begin)
        if likely >= state.worth[row, LIKELY]:
            return state.worth[row, LIKELY]
    elif row == len(state.option):
        return -REFUSED
    else:
        state.counter[N_OPTIONS] += 1
    option = state.option[row]
    option[I_ROUTE], option[I_KIND], option[I_PICKUP], option[I_FAULT] = route, kind, pickup, UNASKED
    option[I_FIRST], option[I_AT], option[I_SECOND], option[I_AT_SECOND] = first, at, second, at_second
    state.worth[row, LIKELY], state.worth[row, LEAST] = likely, least
    full = state.counter[N_OPTIONS] - begin == KEPT
    return state.worth[dearest(state, begin), LIKELY] if full else REFUSED


@compiled
def on_board(tables: Tables, state: State, row: int) -> tuple[int, int]:
    """Positions after which the cargo of an option comes on board, and is gone again."""
    option = state.option[row]
    if option[I_KIND] == TWO:
        return option[I_AT], option[I_AT_SECOND]
    if tables.demand[tables.visit[option[I_FIRST], V_DEMAND], D_TYPE] == TO_BOX:
        return option[I_AT], BIG
    return -1, option[I_AT]


@compiled
def is_told(tables: Tables, state: State, row: int) -> bool:
    """Whether an earlier refusal holds for an option too.

    Orders and performers that do not go together do so nowhere in the route; and a cargo for which no box is
    free finds none when it is on board for longer.
    """
    route = state.option[row, I_ROUTE]
    since, until = on_board(tables, state, row)
    for k in range(state.counter[N_OPTIONS]):
        fault = state.option[k, I_FAULT]
        if fault <= 0 or state.option[k, I_ROUTE] != route:
            continue
        if fault in ANYWHERE:
            return True
        if fault == BOX:
            first, last = on_board(tables, state, k)
            if since <= first and last <= until:
                return True
    return False


@compiled
def likeliest(state: State, until: float) -> int:
    """The option not yet asked for that is cheapest in all likelihood, below a price; -1 if there is none."""
    row, price = -1, until
    for k in range(state.counter[N_OPTIONS]):
        likely, least = state.worth[k, LIKELY], state.worth[k, LEAST]
        if state.option[k, I_FAULT] == UNASKED and likely < price and least < state.value[X_FOUND]:
            row, price = k, likely
    return row


@compiled
def is_enough(tables: Tables, state: State, weights: Floats) -> bool:
    """Whether enough places were accepted for one of them to be the cheapest."""
    unknown = weights[W_GROUPING] + weights[W_STOP] > 0.0 or tables.uses[U_LIMITS] == 1
    return state.counter[N_ACCEPTED] >= ENOUGH and not unknown


@compiled
def ask(tables: Tables, state: State, work: Scratch, weights: Floats, until: float) -> bool:
    """Have the evaluator judge the options below a price; False if no others are worth looking for."""
    while not is_enough(tables, state, weights):
        row = likeliest(state, until)
        if row < 0:
            return True
        option = state.option[row]
        option[I_FAULT] = ASKED
        if is_told(tables, state, row):
            continue
        route = option[I_ROUTE]
        count = write_trial(
            tables, state, route, option[I_PICKUP], option[I_FIRST], option[I_AT], option[I_SECOND],
            option[I_AT_SECOND],
        )  # fmt: skip
        price = added_price(tables, state, work, weights, state.trial, count, route)
        if price >= REFUSED:
            option[I_FAULT] = int(work.fault[FAULT_RULE])
            continue
        state.counter[N_ACCEPTED] += 1
        if price < state.value[X_FOUND]:
            state.value[X_FOUND] = price
            for i in range(len(work.result)):
                state.outcome[i] = work.result[i]
            for column in (I_ROUTE, I_KIND, I_PICKUP, I_FIRST, I_AT, I_SECOND, I_AT_SECOND):
                state.found[column] = option[column]
    return False
