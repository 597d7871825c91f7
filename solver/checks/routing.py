"""External matrices (T1, T2)."""

from collections.abc import Iterator

from solver.checks import places
from solver.checks.rules import Issue, error
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, RoutingMatrix, RoutingTransportMatrix, TransportType

_POINTS = [
    {"name": "depot", "geopoint": {"latitude": 49.4, "longitude": 8.67}},
    {"name": "client", "geopoint": {"latitude": 49.41, "longitude": 8.71}},
]
_SQUARE = [[0, 5000], [5000, 0]]


@error(
    EntityErrorType.INVALID_ROUTING_MATRIX,
    cause=Text("An external matrix is not square, or a location or a transport type has no row in any.",
               "Внешняя матрица не квадратная, или для локации или типа транспорта в ней нет строки."),
    cure=Text("Give one matrix for each transport type, with a row and a column for every location.",
              "Задайте для каждого типа транспорта матрицу со строкой и столбцом для каждой локации."),
    example={"external_routing": [{"transport_type": "CAR", "matrix":
             {"waypoints": _POINTS, "distances": _SQUARE, "durations": [[0, 600], [600, 0], [600, 600]]}}]},
    near_miss={"external_routing": [{"transport_type": "CAR", "matrix":
               {"waypoints": _POINTS, "distances": _SQUARE, "durations": [[0, 600], [600, 0]]}}]},
)  # fmt: skip
def invalid_routing_matrix(view: View) -> Iterator[Issue]:
    """T1, T2: matrices are square and cover every location and every transport type that drives."""
    if not view.task.external_routing:
        return
    for routing in view.task.external_routing:
        if not _is_square(routing.matrix):
            yield Issue((places.TASK,), routing.transport_type)
        yield from _uncovered(view, routing)
    given = {routing.transport_type for routing in view.task.external_routing}
    for kind in sorted(_driven(view) - given):
        yield Issue((places.TASK,), kind)


def _is_square(matrix: RoutingMatrix) -> bool:
    size = len(matrix.waypoints)
    return all(
        len(rows) == size and all(len(row) == size for row in rows)
        for rows in (matrix.distances, matrix.durations)
    )


def _uncovered(view: View, routing: RoutingTransportMatrix) -> Iterator[Issue]:
    names = {waypoint.name for waypoint in routing.matrix.waypoints}
    points = {(item.geopoint.latitude, item.geopoint.longitude) for item in routing.matrix.waypoints}
    for location in view.task.locations:
        point = (location.geopoint.latitude, location.geopoint.longitude)
        if location.key not in names and point not in points:
            yield Issue((places.location(location),), routing.transport_type)


def _driven(view: View) -> set[TransportType]:
    """Transport types that need legs: the transports', and the performers' own where they use it (T6)."""
    found = {transport.transport_type for transport in view.task.transports}
    ways = ("start_location_key", "finish_location_key")
    taken = {
        way: {getattr(shift, way) for _, shift in view.transports_with_shifts()} - {None} for way in ways
    }
    for performer, shift in view.performers_with_shifts():
        if any(getattr(shift, way) is not None and taken[way] - {getattr(shift, way)} for way in ways):
            found.add(performer.own_transport_type)
    return found - {TransportType.TELEPORT}
