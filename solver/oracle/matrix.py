"""External matrices (T2)."""

from solver.contract import Location, RoutingMatrix


class Matrix:
    """An external matrix (T2)."""

    def __init__(self, given: RoutingMatrix) -> None:
        self._given = given
        self._names: dict[str, int] = {}
        self._points: dict[tuple[float, float], int] = {}
        for row, waypoint in enumerate(given.waypoints):
            if waypoint.name:
                self._names.setdefault(waypoint.name, row)
            point = (waypoint.geopoint.latitude, waypoint.geopoint.longitude)
            self._points.setdefault(point, row)

    def _row(self, place: Location) -> int | None:
        point = (place.geopoint.latitude, place.geopoint.longitude)
        return self._names.get(place.key, self._points.get(point))

    def leg(self, start: Location, finish: Location) -> tuple[int, int] | None:
        """Metres and seconds; None where the matrix does not know one of the places."""
        row, column = self._row(start), self._row(finish)
        if row is None or column is None:
            return None
        return self._given.distances[row][column], self._given.durations[row][column]
