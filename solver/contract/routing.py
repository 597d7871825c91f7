"""External matrices of distances and durations (rules T1, T2)."""

from dataclasses import dataclass
from typing import Annotated

from solver.contract.basics import Geopoint, TransportType
from solver.contract.entity import Entity
from solver.contract.scalars import Size, Text, Whole


@dataclass(slots=True, kw_only=True)
class RoutingMatrixWaypoint(Entity):
    """A row of a matrix: it belongs to the location of that name, else of that point (T2)."""

    geopoint: Geopoint
    name: Annotated[str, Text(0, 1_024)] | None = None


@dataclass(slots=True, kw_only=True)
class RoutingMatrix(Entity):
    """Distances in whole metres and durations in whole seconds, from row to column; -1: no leg (T2)."""

    waypoints: Annotated[list[RoutingMatrixWaypoint], Size(2, 15_001)]
    distances: Annotated[
        list[Annotated[list[Annotated[int, Whole(-1, 10_000_000)]], Size(2, 15_001)]], Size(2, 15_001)
    ]
    durations: Annotated[
        list[Annotated[list[Annotated[int, Whole(-1, 10_000_000)]], Size(2, 15_001)]], Size(2, 15_001)
    ]


@dataclass(slots=True, kw_only=True)
class RoutingTransportMatrix(Entity):
    """The matrix of one transport type."""

    transport_type: TransportType
    matrix: RoutingMatrix
