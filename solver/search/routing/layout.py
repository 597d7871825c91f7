"""Nodes of the routing model: which visit, when; and the orders made of them."""

from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import (
    D_ORDER,
    D_V0,
    D_V1,
    F_END,
    F_START,
    O_D0,
    O_D1,
    U_SOFT,
    V_DEMAND,
    V_LOC,
    V_SOFT_FROM,
    V_SOFT_TO,
    Ints,
    Tables,
)
from solver.search.routing.carriers import ANY_TIME, Interval, Openings, Wish, carriers


@dataclass(frozen=True, slots=True)
class Node:
    """A visit that the model may make.

    Attributes
    ----------
    visit : int
    late_or_early : bool
        The node breaks its visit's soft window (W5); another node of the same visit keeps it.
    starts : tuple of tuple of intervals
        When the service may start, by position of the vehicle; empty where the vehicle may not serve it.
    """

    visit: int
    late_or_early: bool
    starts: tuple[tuple[Interval, ...], ...]

    def vehicles(self) -> list[int]:
        """Positions of the vehicles that may serve the node."""
        return [position for position, intervals in enumerate(self.starts) if intervals]


class Layout:
    """Everything the model's rules ask about nodes and vehicles.

    Parameters
    ----------
    tables : Tables
    vehicles : tuple of int
        Rows of the vehicle table, one for each pair of shifts that may make a trip.

    Attributes
    ----------
    nodes : list of Node
        The places where vehicles start and end come after them.
    orders : dict
        Nodes by order and demand: for each order a list with the alternatives of each demand.
    place : (nodes and start and end places,) int64
        Location of a node; the last row of the leg tables for "nowhere".
    starts, ends : list of int
        Nodes where vehicles start and end.
    """

    def __init__(self, tables: Tables, vehicles: tuple[int, ...]) -> None:
        self.tables, self.vehicles = tables, vehicles
        self._openings = Openings(tables)
        self.nodes: list[Node] = []
        self.orders: dict[int, list[list[int]]] = {}
        allowed = carriers(tables)[:, list(vehicles)]
        for order in range(len(tables.order)):
            self._add_order(order, allowed[order].tolist())
        self.place: Ints = np.empty(0, dtype=np.int64)
        self._add_places()

    def demand(self, node: int) -> int:
        """Demand that a node serves."""
        return int(self.tables.visit[self.nodes[node].visit, V_DEMAND])

    def order(self, node: int) -> int:
        """Order that a node belongs to."""
        return int(self.tables.demand[self.demand(node), D_ORDER])

    def _add_order(self, order: int, allowed: list[bool]) -> None:
        """Add an order's nodes, unless no vehicle can serve all of its demands."""
        row = self.tables.order[order]
        choices = [self._choices(demand, allowed) for demand in range(row[O_D0], row[O_D1])]
        served = [{v for node in nodes for v in node.vehicles()} for nodes in choices]
        if not set.intersection(*served):
            return
        self.orders[order] = []
        for nodes in choices:
            first = len(self.nodes)
            self.nodes.extend(nodes)
            self.orders[order].append(list(range(first, len(self.nodes))))

    def _choices(self, demand: int, allowed: list[bool]) -> list[Node]:
        first, last = self.tables.demand[demand, [D_V0, D_V1]].tolist()
        nodes = [node for visit in range(first, last) for node in self._ways(visit, allowed)]
        return [node for node in nodes if any(node.starts)]

    def _ways(self, visit: int, allowed: list[bool]) -> list[Node]:
        """The nodes of a visit: one, or one that keeps its soft window and one that breaks it."""
        row = self.tables.visit[visit]
        wish = Wish(int(row[V_SOFT_FROM]), int(row[V_SOFT_TO]))
        if not self.tables.uses[U_SOFT] or wish == ANY_TIME:
            return [Node(visit, False, self._starts(visit, allowed, ANY_TIME))]
        kept = Node(visit, False, self._starts(visit, allowed, wish))
        return [kept, Node(visit, True, self._starts(visit, allowed, ANY_TIME))]

    def _starts(self, visit: int, allowed: list[bool], wish: Wish) -> tuple[tuple[Interval, ...], ...]:
        return tuple(
            self._openings.starts(vehicle, visit, wish) if may else ()
            for vehicle, may in zip(self.vehicles, allowed, strict=True)
        )

    def _add_places(self) -> None:
        """Number the places where vehicles start and end, and write down where every node is."""
        nowhere = len(self.tables.place)
        numbers: dict[int, int] = {}

        def node_at(place: int) -> int:
            return numbers.setdefault(place if place >= 0 else nowhere, len(self.nodes) + len(numbers))

        rows = self.tables.vehicle[list(self.vehicles)]
        self.starts = [node_at(place) for place in rows[:, F_START].tolist()]
        self.ends = [node_at(place) for place in rows[:, F_END].tolist()]
        visits = [int(self.tables.visit[node.visit, V_LOC]) for node in self.nodes]
        self.place = np.array([*visits, *numbers], dtype=np.int64)
