"""What the search minimises: the configuration's levels as one weighted sum (rules Z1-Z14).

A level's weight is larger than anything the levels below can add up to, so that no lower level buys a
higher one. The figures that are stored come from the tuple, not from the sum.
"""

from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import NO_LEG, Floats, Problem
from solver.schedule.scratch import R_COST, R_METRES, R_PENALTY, R_REWARD, R_SECONDS, R_SOFT, R_SOFT_REWARD

# Positions in the weights.
W_TRIP, W_METRE, W_SECOND, W_MONEY, W_SOFT, W_SOFT_REWARD, W_PENALTY, W_ORDER = range(8)

SOFT_METRES = 10_000.0  # Z12: what one violation of a soft window is worth
SOFT_SECONDS = 900.0
SOFT_REWARD_SHARE = 0.1
LAST_LEVEL = 1e-7


@dataclass(frozen=True, slots=True)
class Configuration:
    """Levels of one configuration after the planned orders: trips or not, then metres, seconds or money."""

    trips: bool
    main: str


CONFIGURATIONS = {
    "optimize_distance": Configuration(False, "metres"),
    "optimize_transports": Configuration(True, "seconds"),
    "optimize_cars_then_distance": Configuration(True, "metres"),
    "optimize_time": Configuration(False, "seconds"),
    "optimize_cars_then_time": Configuration(True, "seconds"),
    "optimize_money": Configuration(False, "money"),
}


def weights(problem: Problem) -> Floats:
    """Weights of the search, (8,) by the ``W_`` positions."""
    tables, goal = problem.tables, CONFIGURATIONS[problem.configuration]
    out = np.zeros(8)
    visits = 2 * len(tables.demand) + 2 * int(tables.performer_count.sum())
    if goal.main == "money":
        out[W_MONEY], out[W_SOFT_REWARD], out[W_PENALTY] = 1.0, SOFT_REWARD_SHARE, 1.0
        return out
    if goal.main == "metres":
        legs = tables.metres[tables.metres < NO_LEG]
        out[W_METRE], out[W_SOFT], most = 1.0, SOFT_METRES, float(legs.max())
    else:
        out[W_SECOND], out[W_SOFT] = 1.0, SOFT_SECONDS
        span = tables.vehicle[:, 6] - tables.vehicle[:, 5]
        most = float(span.max()) if len(span) else 1.0
    bound = visits * (most + 2 * out[W_SOFT]) + 1.0
    out[W_PENALTY] = LAST_LEVEL
    out[W_TRIP] = bound if goal.trips else 0.0
    trips = int(min(tables.performer_count.sum(), tables.transport_count.sum()))
    out[W_ORDER] = bound + out[W_TRIP] * (trips + 1)
    return out


def names(problem: Problem) -> tuple[str, ...]:
    """Names of the objective's levels, best first."""
    goal = CONFIGURATIONS[problem.configuration]
    if goal.main == "money":
        return ("profit",)
    return ("planned", *(("trips",) if goal.trips else ()), goal.main, "penalties")


def levels(problem: Problem, planned: int, trips: list[Floats]) -> tuple[float, ...]:
    """The objective tuple of a plan; smaller is better, level by level.

    Parameters
    ----------
    planned : int
        Planned orders.
    trips : list of array
        The evaluator's result of each trip.
    """
    goal = CONFIGURATIONS[problem.configuration]
    total = np.sum(trips, axis=0) if trips else np.zeros(10)
    if goal.main == "money":
        spoilt = SOFT_REWARD_SHARE * total[R_SOFT_REWARD] + total[R_PENALTY]
        return (round(float(total[R_COST] - total[R_REWARD] + spoilt), 6),)
    if goal.main == "metres":
        main = total[R_METRES] + SOFT_METRES * total[R_SOFT]
    else:
        main = total[R_SECONDS] + SOFT_SECONDS * total[R_SOFT]
    head = (float(-planned), *((float(len(trips)),) if goal.trips else ()))
    return (*head, float(main), round(float(total[R_PENALTY]), 6))
