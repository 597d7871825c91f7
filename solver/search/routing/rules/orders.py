"""Orders in the routing model: whole, on one vehicle, in order (rules O1-O3, O5, C1)."""

from typing import Any

from solver.problem.arrays import (
    D_C0,
    D_C1,
    D_IN_ORDER,
    D_IN_TRIP,
    D_TYPE,
    DROP,
    O_GROUP,
    PICKUP,
    U_PRECEDENCE,
)
from solver.search.routing.frame import Frame
from solver.search.routing.rules.costs import absence


def add(frame: Frame) -> None:
    """Add the orders: each is left out for its price, or served whole by one vehicle."""
    rank: Any = None
    for order, demands in frame.layout.orders.items():
        alternatives = {nodes[0]: _one_of(frame, nodes) for nodes in demands}
        _tie(frame, demands)
        later = _pair(frame, demands, alternatives) + _in_order(frame, order)
        if later and rank is None:
            rank = _rank(frame)
        for nodes, others in later:
            _before(frame, rank, nodes, others)
    _trips_in_levels(frame)
    _hardlinks(frame)


def _one_of(frame: Frame, nodes: list[int]) -> int:
    """At most one alternative of a demand, on a vehicle that may serve it (C1); returns their number."""
    for node in nodes:
        allowed = frame.layout.nodes[node].vehicles()
        if len(allowed) < len(frame.vehicles):
            frame.routing.VehicleVar(frame.index[node]).SetValues([-1, *allowed])
    indices = [frame.index[node] for node in nodes]
    return int(frame.routing.AddDisjunction(indices, absence(frame, nodes)))


def _tie(frame: Frame, demands: list[list[int]]) -> None:
    """All demands of an order on the vehicle of the first one, or none of them (O1)."""
    for nodes in demands[1:]:
        frame.solver.Add(frame.vehicle_of(demands[0]) == frame.vehicle_of(nodes))
        if len(nodes) == len(demands[0]) == 1:
            first, other = (frame.routing.ActiveVar(frame.index[one]) for one in (demands[0][0], nodes[0]))
            frame.solver.Add(first == other)


Later = list[tuple[list[int], list[int]]]


def _pair(frame: Frame, demands: list[list[int]], alternatives: dict[int, int]) -> Later:
    """Tell the model which services load and unload the same cargo (O2).

    The model knows pairs, and a service can be in one pair only. Returns the rest: nodes of a service that
    comes first and of one that follows it.
    """
    loads: dict[int, list[int]] = {}
    for nodes in demands:
        if _kind(frame, nodes) == PICKUP:
            loads.update(dict.fromkeys(_cargos(frame, nodes), nodes))
    paired: set[int] = set()
    rest: Later = []
    for nodes in demands:
        if _kind(frame, nodes) != DROP:
            continue
        for first in {id(x): x for x in (loads[cargo] for cargo in _cargos(frame, nodes))}.values():
            if {first[0], nodes[0]} & paired:
                rest.append((first, nodes))
                continue
            paired |= {first[0], nodes[0]}
            frame.routing.AddPickupAndDeliverySets(alternatives[first[0]], alternatives[nodes[0]])
    return rest


def predecessors(frame: Frame, demands: list[list[int]]) -> list[set[int]]:
    """For each demand of an order, which of the others come before it (O2, O3)."""
    values = [int(frame.tables.demand[frame.layout.demand(nodes[0]), D_IN_ORDER]) for nodes in demands]
    loads = [set(_cargos(frame, nodes)) if _kind(frame, nodes) == PICKUP else set() for nodes in demands]
    out = []
    for nodes, value in zip(demands, values, strict=True):
        drops = set(_cargos(frame, nodes)) if _kind(frame, nodes) == DROP else set()
        out.append(
            {other for other in range(len(demands)) if loads[other] & drops or 0 < values[other] < value}
        )
    return out


def _kind(frame: Frame, nodes: list[int]) -> int:
    return int(frame.tables.demand[frame.layout.demand(nodes[0]), D_TYPE])


def _cargos(frame: Frame, nodes: list[int]) -> list[int]:
    row = frame.tables.demand[frame.layout.demand(nodes[0])]
    return [int(cargo) for cargo in frame.tables.demand_cargo[row[D_C0] : row[D_C1]]]


def _in_order(frame: Frame, order: int) -> Later:
    """Services of an order whose values in the order differ (O3)."""
    if not frame.tables.uses[U_PRECEDENCE]:
        return []
    valued = [
        (int(frame.tables.demand[frame.layout.demand(nodes[0]), D_IN_ORDER]), nodes)
        for nodes in frame.layout.orders[order]
    ]
    return [(nodes, others) for value, nodes in valued for other, others in valued if 0 < value < other]


def _rank(frame: Frame) -> Any:
    """Dimension that counts the services along a trip."""
    most = len(frame.layout.nodes) + 1
    frame.routing.AddConstantDimension(1, most, True, "rank")
    return frame.routing.GetDimensionOrDie("rank")


def _before(frame: Frame, rank: Any, nodes: list[int], others: list[int]) -> None:
    """Every alternative of one service before every alternative of another."""
    for node in nodes:
        for other in others:
            frame.solver.Add(rank.CumulVar(frame.index[node]) <= rank.CumulVar(frame.index[other]))


def _trips_in_levels(frame: Frame) -> None:
    """Services with a value in the trip in the order of the values (O3): a dimension that never falls."""
    values = [
        int(frame.tables.demand[frame.layout.demand(node), D_IN_TRIP])
        for node in range(len(frame.layout.nodes))
    ]
    if not any(values):
        return
    still = frame.by_node(lambda _node: 0)
    level = frame.dimension(
        [still] * len(frame.vehicles),
        max(values),
        [max(values)] * len(frame.vehicles),
        "level",
        from_zero=False,
    )
    for node, value in enumerate(values):
        if value > 0:
            level.CumulVar(frame.index[node]).SetValue(value)


def _hardlinks(frame: Frame) -> None:
    """Linked orders that are served are served by one vehicle (O5)."""
    groups: dict[int, list[list[int]]] = {}
    for order, demands in frame.layout.orders.items():
        group = int(frame.tables.order[order, O_GROUP])
        if group >= 0:
            groups.setdefault(group, []).append(demands[0])
    for members in groups.values():
        chosen = frame.solver.IntVar(0, len(frame.vehicles) - 1, "")
        frame.routing.AddVariableMinimizedByFinalizer(chosen)
        for nodes in members if len(members) > 1 else []:
            vehicle = frame.vehicle_of(nodes)
            frame.solver.Add((vehicle + 1) * (vehicle - chosen) == 0)
