"""Where insertions need no evaluator, because the search's own figures decide everything."""

import numpy as np

from solver.problem.arrays import (
    BIG,
    F_DUE,
    F_EXTRA,
    F_MAX_PLACES,
    F_MAX_SECS,
    F_MAX_STOPS,
    F_POST_SECS,
    F_PRE_SECS,
    F_PSTAGE0,
    F_PSTAGE1,
    F_READY,
    F_START,
    M_PAIR_PENALTY,
    U_PLACE,
    U_TIME,
    V_DEMAND,
    V_LOC,
    V_SECS,
    V_WIN0,
    V_WIN1,
    Floats,
    Problem,
    Tables,
)
from solver.search.objective import W_GROUPING, W_MONEY, W_SECOND, W_STOP, weights


def needs_evaluator(tables: Tables, goal: Floats) -> bool:
    """Whether the evaluator has to judge every insertion: the task has rules that only it knows."""
    rows = tables.vehicle
    uses = tables.uses.copy()
    uses[U_TIME] = 0  # says something of soft windows only
    if tables.uses[U_PLACE]:
        uses[U_PLACE] = np.isfinite(tables.place_transport[tables.place_transport > 0]).any()
    if uses.any() or goal[[W_GROUPING, W_STOP]].any() or not len(rows):
        return True
    stops = (rows[:, F_MAX_STOPS] < BIG) | (rows[:, F_MAX_PLACES] < BIG)
    if stops.any() or tables.vehicle_money[:, M_PAIR_PENALTY].any():
        return True
    return lengths_matter(tables, goal) and not lengths_follow(tables)


def keeps_lengths(problem: Problem) -> bool:
    """Whether the search works out how long trips take (`solver.search.lengths`)."""
    tables, goal = problem.tables, weights(problem)
    return lengths_matter(tables, goal) and not needs_evaluator(tables, goal)


def lengths_matter(tables: Tables, goal: Floats) -> bool:
    """Whether the length of a trip has a price or a limit that its shift does not hold anyway."""
    rows = tables.vehicle
    span = rows[:, F_DUE] - rows[:, F_READY] + rows[:, F_PRE_SECS] + rows[:, F_POST_SECS]
    if goal[W_SECOND] > 0 or bool((rows[:, F_MAX_SECS] < span).any()):
        return True
    prices = [tables.stages[first:last, 1] for first, last in rows[:, [F_PSTAGE0, F_PSTAGE1]].tolist()]
    return bool(goal[W_MONEY] > 0 and any(price.any() for price in prices))


def lengths_follow(tables: Tables) -> bool:
    """Whether lengths follow from the figures of `solver.search.lengths`.

    Every service has one window, and what is loaded at the start of a trip takes no time: else the order of
    loading would count.
    """
    if bool((tables.visit[:, V_WIN1] - tables.visit[:, V_WIN0] != 1).any()):
        return False
    loading = tables.visit[np.isin(tables.visit[:, V_LOC], tables.vehicle[:, F_START])]
    extra = tables.extra[np.unique(tables.vehicle[:, F_EXTRA])]
    return not (loading[:, V_SECS].any() or extra[:, loading[:, V_DEMAND]].any())
