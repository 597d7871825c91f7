"""When trips begin so that location limits are kept, over a whole plan (rule Y2; OR-Tools CP-SAT).

Each route may be driven by several vehicles, which differ in when they begin; what every choice does at the
places with limits is known. The model finds the choice with the least excess, and with that the one of the
least price. Amounts are rounded, so the search confirms what it takes over.
"""

import numpy as np
from ortools.sat.python import cp_model

from solver.problem.arrays import Floats, Tables
from solver.schedule.limits import L_BORDER, L_COLUMN, L_MOST, L_PRICE, L_ROW, L_SIGN, gather
from solver.search.engine import Engine, Route

FINE = 1_000.0  # units of an amount
MOST_AMOUNT = 1 << 40


def amount_of(engine: Engine, route: Route) -> Floats:
    """What a route that was just priced does at locations with limits; see `solver.schedule.limits`."""
    tables = engine.tables
    amount = np.zeros((len(tables.limit_window), tables.cargo_size.shape[1] + 1))
    gather(tables, route.vehicle, route.visits, len(route.visits), engine.work.at, amount, 1.0)
    return amount


def add_excess(
    model: cp_model.CpModel, tables: Tables, choices: list[cp_model.IntVar], amounts: list[Floats]
) -> cp_model.IntVar:
    """A variable for what the chosen amounts cost beyond the allowance, in thousandths of thousandths."""
    terms: list[cp_model.LinearExprT] = []
    for step in tables.limit_step:
        row, column, sign = int(step[L_ROW]), int(step[L_COLUMN]), int(step[L_SIGN])
        parts = [round(FINE * float(amount[row, column])) for amount in amounts]
        beyond = model.new_int_var(0, MOST_AMOUNT, "")
        total = cp_model.LinearExpr.weighted_sum(choices, parts)
        model.add(beyond >= sign * (total - round(FINE * float(step[L_BORDER]))))
        terms.append(round(FINE * float(step[L_PRICE])) * beyond)
    over = model.new_int_var(0, 1 << 60, "")
    model.add(over >= sum(terms) - round(FINE * FINE * float(tables.limit_allowance[L_MOST])))
    return over


def solve_in_turn(
    model: cp_model.CpModel,
    solver: cp_model.CpSolver,
    over: cp_model.IntVar,
    price: cp_model.LinearExprT,
) -> bool:
    """Minimise the excess, then the price with no more excess; whether the solver holds a solution."""
    model.minimize(over)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    model.add(over <= solver.value(over))
    model.minimize(price)
    return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
