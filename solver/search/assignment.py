"""Which performer shift drives which transport shift on which route, exactly (OR-Tools CP-SAT).

The search changes sequences and gives a new trip the cheapest free pair of shifts; over a whole plan another
distribution of shifts may be cheaper. With the sequences kept, that is a small assignment with counts.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from ortools.sat.python import cp_model

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, U_LIMITS, Floats, Tables
from solver.search.budget import never
from solver.search.engine import Engine, Route
from solver.search.exact import solve
from solver.search.lengths import REFUSED
from solver.search.shifting import add_excess, amount_of, solve_in_turn

MOST_TRIALS = 60_000  # routes times vehicles that are priced: about a tenth of a second
SCALE = 100.0  # prices are rounded to hundredths


class Choice(NamedTuple):
    """A vehicle for a route: its variable, its price, the route on it, what it does at places with limits."""

    variable: cp_model.IntVar
    price: int
    route: Route
    amount: Floats


def reassign(
    engine: Engine, routes: list[Route], seconds: float, halted: Callable[[], bool] = never
) -> list[Route] | None:
    """The cheapest vehicles for the routes' sequences.

    Parameters
    ----------
    engine : Engine
        Prices the routes.
    routes : list of Route
    seconds : float
        Time limit.
    halted : callable
        Ends it before.

    Returns
    -------
    list of Route or None
        None where there is no choice, too much of it, or nothing better was found.
    """
    tables = engine.tables
    vehicles = len(tables.vehicle)
    if vehicles < 2 or not routes or len(routes) * vehicles > MOST_TRIALS:
        return None
    model = cp_model.CpModel()
    choices: list[Choice] = []
    for route in routes:
        if halted():
            return None
        mine = _choices(model, engine, route)
        model.add_exactly_one([choice.variable for choice in mine])
        choices += mine
    _limit(model, tables, choices)
    price = cp_model.LinearExpr.weighted_sum([c.variable for c in choices], [c.price for c in choices])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if tables.uses[U_LIMITS]:
        over = add_excess(model, tables, [c.variable for c in choices], [c.amount for c in choices])
        if not solve_in_turn(model, solver, over, price):
            return None
    else:
        model.minimize(price)
        if not solve(model, solver, halted):
            return None
    chosen = [choice.route for choice in choices if solver.boolean_value(choice.variable)]
    return None if {r.key() for r in chosen} == {r.key() for r in routes} else chosen


def _choices(model: cp_model.CpModel, engine: Engine, route: Route) -> list[Choice]:
    """The vehicles that may drive the sequence, with their prices."""
    found: list[Choice] = []
    for vehicle in range(len(engine.tables.vehicle)):
        candidate = Route(vehicle, route.visits)
        price = engine.price(candidate)
        if price < REFUSED:
            variable = model.new_bool_var("")
            model.add_hint(variable, vehicle == route.vehicle)
            amount = amount_of(engine, candidate)
            found.append(Choice(variable, round(SCALE * price), candidate, amount))
    return found


def _limit(model: cp_model.CpModel, tables: Tables, choices: list[Choice]) -> None:
    """No more trips than shifts of a kind (O6), and max_work_shifts (O4)."""
    used: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for choice in choices:
        row = tables.vehicle[choice.route.vehicle]
        variable = choice.variable
        performer = int(row[F_PERFORMER])
        used["performer", performer].append(variable)
        used["transport", int(row[F_TRANSPORT])].append(variable)
        if tables.performer_group[performer] >= 0:
            used["group", int(tables.performer_group[performer])].append(variable)
    limits = {
        "performer": tables.performer_count,
        "transport": tables.transport_count,
        "group": tables.group_limit,
    }
    for (kind, number), several in used.items():
        model.add(sum(several) <= int(limits[kind][number]))
