"""The bare routing model of a layout, to which the rules add themselves."""

from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp

from solver.problem.arrays import Floats, Ints, Problem
from solver.search.objective import weights
from solver.search.routing.layout import Layout

MOST = 1 << 50  # larger than any sum in a model, and far from the solver's own limits


class Frame:
    """What every rule works on.

    Parameters
    ----------
    problem : Problem
    layout : Layout

    Attributes
    ----------
    weights : Floats
        Weights of the objective's levels, see `solver.search.objective`.
    routing, solver
        OR-Tools' routing model and the constraint solver beneath it.
    index : list of int
        The model's index of each node.
    vehicles : range
        Positions of the vehicles.
    rows : Ints
        Their rows of the vehicle table.
    costs : list of Ints
        Cost of a leg with each vehicle, by node and node; the rule of costs fills it in.
    fixed : list of int
        Cost of using each vehicle at all, likewise.
    """

    def __init__(self, problem: Problem, layout: Layout) -> None:
        self.problem, self.tables, self.layout = problem, problem.tables, layout
        self.weights: Floats = weights(problem)
        self.manager: Any = pywrapcp.RoutingIndexManager(
            len(layout.place), len(layout.vehicles), layout.starts, layout.ends
        )
        self.routing: Any = pywrapcp.RoutingModel(self.manager)
        self.solver: Any = self.routing.solver()
        self.index = [int(self.manager.NodeToIndex(node)) for node in range(len(layout.nodes))]
        self.vehicles = range(len(layout.vehicles))
        self.rows: Ints = self.tables.vehicle[list(layout.vehicles)]
        self.costs: list[Ints] = []
        self.fixed: list[int] = []
        self._matrices: dict[bytes, int] = {}

    def register(self, matrix: Ints) -> int:
        """Number of a transit from node to node; equal matrices share one."""
        key = matrix.tobytes()
        if key not in self._matrices:
            self._matrices[key] = self.routing.RegisterTransitMatrix(matrix.tolist())
        return self._matrices[key]

    def by_node(self, value: Callable[[int], int]) -> int:
        """Number of a transit that depends on the node alone; start and end places have none."""
        nodes = [value(node) for node in range(len(self.layout.nodes))]
        return int(
            self.routing.RegisterUnaryTransitVector(nodes + [0] * (len(self.layout.place) - len(nodes)))
        )

    def dimension(
        self, transits: list[int], slack: int, most: list[int], name: str, *, from_zero: bool = True
    ) -> Any:
        """Add a dimension: transits and capacities by vehicle."""
        self.routing.AddDimensionWithVehicleTransitAndCapacity(transits, slack, most, from_zero, name)
        return self.routing.GetDimensionOrDie(name)

    def moves(self) -> Ints:
        """1 where a leg from node to node goes to another place, (nodes, nodes)."""
        place = self.layout.place
        nowhere = len(self.tables.place)
        away = (place[:, None] != place[None, :]) & (place[None, :] != nowhere)
        return away.astype(np.int64)

    def vehicle_of(self, nodes: list[int]) -> Any:
        """Expression: the vehicle that serves one of the alternatives, -1 for none."""
        variables = [self.routing.VehicleVar(self.index[node]) for node in nodes]
        return variables[0] if len(variables) == 1 else self.solver.Max(variables)
