"""Which performer shift drives which transport shift on which route, exactly (OR-Tools CP-SAT).

The search changes sequences and gives a new trip the cheapest free pair of shifts; over a whole plan another
distribution of shifts may be cheaper. With the sequences kept, that is a small assignment with counts.
"""

from collections import defaultdict

from ortools.sat.python import cp_model

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Tables
from solver.search.engine import Engine, Route
from solver.search.routes import REFUSED

MOST_TRIALS = 60_000  # routes times vehicles that are priced: about a tenth of a second
SCALE = 100.0  # prices are rounded to hundredths

Choice = tuple[cp_model.IntVar, int, Route]


def reassign(engine: Engine, routes: list[Route], seconds: float) -> list[Route] | None:
    """The cheapest vehicles for the routes' sequences.

    Parameters
    ----------
    engine : Engine
        Prices the routes.
    routes : list of Route
    seconds : float
        Time limit.

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
        mine = _choices(model, engine, route)
        model.add_exactly_one([variable for variable, _, _ in mine])
        choices += mine
    _limit(model, tables, choices)
    model.minimize(cp_model.LinearExpr.weighted_sum([c[0] for c in choices], [c[1] for c in choices]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen = [route for variable, _, route in choices if solver.boolean_value(variable)]
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
            found.append((variable, round(SCALE * price), candidate))
    return found


def _limit(model: cp_model.CpModel, tables: Tables, choices: list[Choice]) -> None:
    """No more trips than shifts of a kind (O6), and max_work_shifts (O4)."""
    used: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
    for variable, _, route in choices:
        row = tables.vehicle[route.vehicle]
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
