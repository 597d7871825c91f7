"""What the search minimises: the configuration's levels as one weighted sum (rules Z1-Z14).

A level's weight is larger than anything the levels below can add up to, so that no lower level buys a
higher one. The figures that are stored come from the tuple, not from the sum.
"""

from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import F_DUE, F_READY, Floats, Problem
from solver.problem.fines import SOFT_GROUPING, SOFT_METRES, SOFT_REWARD_SHARE, SOFT_SECONDS
from solver.problem.legs import longest_leg
from solver.schedule.scratch import (
    R_COST,
    R_GROUPING,
    R_METRES,
    R_PENALTY,
    R_REWARD,
    R_SECONDS,
    R_SOFT,
    R_SOFT_REWARD,
)

# Positions in the weights.
(
    W_TRIP, W_METRE, W_SECOND, W_MONEY, W_SOFT, W_SOFT_REWARD, W_PENALTY, W_ORDER, W_GROUPING, W_STOP,
    W_LIMIT,
) = range(11)  # fmt: skip

LAST_LEVEL = 1e-7
HALF_ROUND = 20_100_000.0  # metres between places on opposite sides of the Earth
LIMIT_SHARE = 0.9  # of an order's price: what broken location limits cost at most (Y2)
TIE = 1e-6  # share of metres in a grouping, so that equal groupings prefer the shorter plan


@dataclass(frozen=True, slots=True)
class Configuration:
    """Levels of one configuration after the planned orders.

    Attributes
    ----------
    trips : bool
        Whether the number of trips comes first.
    main : str
        ``metres``, ``seconds``, ``money``, ``flight grouping``, or ``travel grouping``.
    stops : bool
        Whether repeated stops come before the main level (Z11).
    """

    trips: bool
    main: str
    stops: bool = False


CONFIGURATIONS = {
    "optimize_distance": Configuration(False, "metres"),
    "optimize_transports": Configuration(True, "seconds"),
    "optimize_cars_then_distance": Configuration(True, "metres"),
    "optimize_time": Configuration(False, "seconds"),
    "optimize_cars_then_time": Configuration(True, "seconds"),
    "optimize_money": Configuration(False, "money"),
    "optimize_locality_grouping": Configuration(False, "flight grouping"),
    "visual_grouping": Configuration(True, "flight grouping"),
    "optimize_visual_grouping": Configuration(False, "travel grouping"),
    "optimize_cars_then_locality_grouping": Configuration(True, "flight grouping"),
    "optimize_cars_then_single_location_grouping_sequenced": Configuration(True, "metres", stops=True),
}


def weights(problem: Problem) -> Floats:
    """Weights of the search, by the ``W_`` positions.

    Repeated stops (Z11) are counted across trips; the search uses all stops instead, which fall and rise
    with them.
    """
    tables, goal = problem.tables, CONFIGURATIONS[problem.configuration]
    out = np.zeros(11)
    if goal.main == "money":
        out[W_MONEY], out[W_SOFT_REWARD], out[W_PENALTY] = 1.0, SOFT_REWARD_SHARE, 1.0
        out[W_LIMIT] = 10.0 * float(tables.visit_reward.sum()) + 1e6
        return out
    visits = 2 * len(tables.demand) + 2 * int(tables.performer_count.sum())
    longest = longest_leg(tables)
    if goal.main == "metres":
        out[W_METRE], out[W_SOFT] = 1.0, SOFT_METRES
    elif goal.main == "seconds":
        out[W_SECOND], out[W_SOFT] = 1.0, SOFT_SECONDS
        span = tables.vehicle[:, F_DUE] - tables.vehicle[:, F_READY]
        longest = float(span.max(initial=1))
    else:
        out[W_GROUPING], out[W_METRE], out[W_SOFT] = 1.0, TIE, SOFT_GROUPING
        flown = float(tables.flight.max()) if len(tables.flight) > 1 else HALF_ROUND
        longest = max(longest, flown, 86_400.0)
    bound = visits * (longest + 2 * out[W_SOFT]) + 1.0
    out[W_PENALTY] = LAST_LEVEL
    if goal.stops:
        out[W_STOP] = bound
        bound *= visits
    out[W_TRIP] = bound if goal.trips else 0.0
    trips = int(min(tables.performer_count.sum(), tables.transport_count.sum()))
    out[W_ORDER] = bound + out[W_TRIP] * (trips + 1)
    out[W_LIMIT] = LIMIT_SHARE * out[W_ORDER]
    return out


def names(problem: Problem) -> tuple[str, ...]:
    """Names of the objective's levels, best first."""
    goal = CONFIGURATIONS[problem.configuration]
    if goal.main == "money":
        return ("profit",)
    trips = ("trips",) if goal.trips else ()
    stops = ("repeated stops",) if goal.stops else ()
    return ("planned", *trips, *stops, goal.main, "penalties")


def main_level(problem: Problem, total: Floats, orders: list[int]) -> float:
    """The level after orders, trips and stops, violated soft windows included (Z12).

    Parameters
    ----------
    total : array
        Sum of the evaluator's results.
    orders : list of int
        Orders of each trip; G2 adds their spread.
    """
    goal = CONFIGURATIONS[problem.configuration]
    if goal.main == "metres":
        return float(total[R_METRES] + SOFT_METRES * total[R_SOFT])
    if goal.main == "seconds":
        return float(total[R_SECONDS] + SOFT_SECONDS * total[R_SOFT])
    uneven = max(orders) - min(orders) if orders and goal.main == "travel grouping" else 0
    return float(total[R_GROUPING] + uneven + SOFT_GROUPING * total[R_SOFT])


def levels(
    problem: Problem, trips: list[Floats], orders: list[int], repeated_stops: int
) -> tuple[float, ...]:
    """The objective tuple of a plan; smaller is better, level by level.

    Parameters
    ----------
    trips : list of array
        The evaluator's result of each trip.
    orders : list of int
        Planned orders of each trip.
    repeated_stops : int
        Stops at places that a trip has visited before or that several trips visit (Z11).
    """
    goal = CONFIGURATIONS[problem.configuration]
    total = np.sum(trips, axis=0) if trips else np.zeros(12)
    if goal.main == "money":
        spoilt = SOFT_REWARD_SHARE * total[R_SOFT_REWARD] + total[R_PENALTY]
        return (round(float(total[R_COST] - total[R_REWARD] + spoilt), 6),)
    head = [float(-sum(orders))]
    if goal.trips:
        head.append(float(len(trips)))
    if goal.stops:
        head.append(float(repeated_stops))
    return (*head, main_level(problem, total, orders), round(float(total[R_PENALTY]), 6))
