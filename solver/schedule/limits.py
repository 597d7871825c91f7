"""What a trip does at locations with limits, and what all trips together cost there (rules Y1, Y2), compiled.

An amount has a row for each limit's window and a column for each measure moved, and a last one for the
average number of transports served at once.
"""

from solver.problem.arrays import V_DEMAND, V_LOC, Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.schedule.timing import service_seconds

# Columns of ``limit_step``; positions of ``limit_allowance``.
L_ROW, L_COLUMN, L_SIGN, L_BORDER, L_PRICE = range(5)
L_MOST, L_SCALE = range(2)


@compiled
def gather(
    tables: Tables, vehicle: int, route: Ints, count: int, at: Ints, amount: Floats, share: float
) -> None:
    """Add what a timed route moves, and how long it is served, to an amount (Y1).

    Parameters
    ----------
    at : int64 array
        Starts of the services.
    share : float
        1 adds the route, -1 takes it out again.
    """
    last = amount.shape[1] - 1
    for i in range(count):
        place = tables.visit[route[i], V_LOC]
        if tables.limit_first[place] == tables.limit_first[place + 1]:
            continue
        demand, start = tables.visit[route[i], V_DEMAND], at[i]
        end = start + service_seconds(tables, vehicle, route[i])
        for row in range(tables.limit_first[place], tables.limit_first[place + 1]):
            opens, closes = tables.limit_window[row, 0], tables.limit_window[row, 1]
            if opens <= start < closes:
                for m in range(last):
                    amount[row, m] += share * abs(tables.demand_load[demand, m])
            overlap = min(end, closes) - max(start, opens)
            if overlap > 0:
                amount[row, last] += share * overlap / (closes - opens)


@compiled
def excess(tables: Tables, amount: Floats) -> float:
    """Penalty of an amount over what is allowed in sum; 0 where the limits are kept (Y1, Y2)."""
    penalty = 0.0
    for i in range(len(tables.limit_step)):
        value = amount[int(tables.limit_step[i, L_ROW]), int(tables.limit_step[i, L_COLUMN])]
        beyond = tables.limit_step[i, L_SIGN] * (value - tables.limit_step[i, L_BORDER])
        if beyond > 0.0:
            penalty += beyond * tables.limit_step[i, L_PRICE]
    over = penalty - tables.limit_allowance[L_MOST]
    return over if over > 1e-6 else 0.0
