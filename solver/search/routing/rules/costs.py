"""What the routing model minimises: the objective's levels as whole numbers (M1, M2, Z1-Z6, Z11-Z14)."""

import numpy as np

from solver.problem.arrays import (
    D_V0,
    D_V1,
    F_POST_M,
    F_POST_SECS,
    F_PRE_M,
    F_PRE_SECS,
    F_PSTAGE0,
    F_TSTAGE0,
    M_FIXED,
    M_PAIR_PENALTY,
    U_PLACE,
    U_PRICES,
    Floats,
)
from solver.search.objective import (
    W_METRE,
    W_MONEY,
    W_ORDER,
    W_PENALTY,
    W_SECOND,
    W_SOFT,
    W_SOFT_REWARD,
    W_STOP,
    W_TRIP,
)
from solver.search.routing.frame import MOST, Frame
from solver.search.routing.rules import limits, tags, times

PARTS_OF_MONEY = 1_000_000  # a second's or a metre's price may be a thousandth


def scale_of(frame: Frame) -> int:
    """Whole parts that a unit of the objective is counted in: metres and seconds are whole, money is not."""
    return PARTS_OF_MONEY if frame.weights[W_MONEY] > 0 else 1


def add(frame: Frame) -> None:
    """Add the cost of legs, of waiting, and of using a vehicle."""
    time = frame.routing.GetDimensionOrDie(times.NAME)
    node_costs = _node_costs(frame)
    for position in frame.vehicles:
        metre, second = _prices(frame, position)
        legs = metre * limits.metres_of(frame, position) + second * times.transit(frame, position)
        legs[: len(node_costs)] += node_costs[:, None]
        legs += frame.weights[W_STOP] * frame.moves()
        if frame.weights[W_MONEY] > 0 and (frame.tables.uses[U_PRICES] or frame.tables.uses[U_PLACE]):
            legs += frame.weights[W_PENALTY] * tags.prices(frame, position)
        scale = scale_of(frame)
        costs = np.minimum(np.round(scale * legs), MOST).astype(np.int64)
        frame.costs.append(costs)
        frame.routing.SetArcCostEvaluatorOfVehicle(frame.register(costs), position)
        frame.fixed.append(round(scale * _fixed(frame, position)))
        frame.routing.SetFixedCostOfVehicle(frame.fixed[position], position)
        if second > 0:  # services and legs are in the arcs; what is left of a trip's time is waiting
            time.SetSlackCostCoefficientForVehicle(round(scale * second), position)


def absence(frame: Frame, nodes: list[int]) -> int:
    """What leaving a demand out costs; all demands of an order together make the order's price."""
    price = float(frame.weights[W_ORDER])
    if frame.weights[W_MONEY] > 0:
        return round(scale_of(frame) * _best_reward(frame, nodes[0]))
    return int(np.ceil(price / len(frame.layout.orders[frame.layout.order(nodes[0])])))


def _best_reward(frame: Frame, node: int) -> float:
    first, last = frame.tables.demand[frame.layout.demand(node), [D_V0, D_V1]]
    return float(frame.tables.visit_reward[first:last].max())


def _node_costs(frame: Frame) -> Floats:
    """Cost of a node itself: a broken soft window (Z12); reward that its best alternative has more."""
    out = np.zeros(len(frame.layout.nodes))
    for number, node in enumerate(frame.layout.nodes):
        reward = float(frame.tables.visit_reward[node.visit])
        if node.late_or_early:
            out[number] += frame.weights[W_SOFT] + frame.weights[W_SOFT_REWARD] * reward
        if frame.weights[W_MONEY] > 0:
            out[number] += _best_reward(frame, number) - reward
    return out


def _prices(frame: Frame, position: int) -> tuple[float, float]:
    """Price of a metre and of a second of a vehicle's trip (M1, M2)."""
    row, stages = frame.rows[position], frame.tables.stages
    money = float(frame.weights[W_MONEY])
    metre = float(frame.weights[W_METRE]) + money * float(stages[row[F_TSTAGE0], 1])
    second = float(frame.weights[W_SECOND]) + money * float(stages[row[F_PSTAGE0], 1])
    return metre, second


def _fixed(frame: Frame, position: int) -> float:
    """Cost of using a vehicle at all: the trip, its shifts, drives with the own transport (T6)."""
    row, (_, second) = frame.rows[position], _prices(frame, position)
    money = frame.tables.vehicle_money[frame.layout.vehicles[position]]
    own_metres = float(frame.weights[W_METRE]) * (row[F_PRE_M] + row[F_POST_M])
    own_seconds = second * (row[F_PRE_SECS] + row[F_POST_SECS])
    paid = frame.weights[W_MONEY] * (money[M_FIXED] + money[M_PAIR_PENALTY])
    return float(frame.weights[W_TRIP] + own_metres + own_seconds + paid)
