"""Matrices that come with the task (``external_routing``)."""

import numpy as np
import numpy.typing as npt

from solver.contract import Location, RoutingTransportMatrix, TransportType
from solver.geo.source import LegMatrix


class ExternalMatrix:
    """Legs looked up in the task's own matrices (T1, T2).

    Parameters
    ----------
    matrices : list of RoutingTransportMatrix
        One for each kind of transport.
    """

    def __init__(self, matrices: list[RoutingTransportMatrix]) -> None:
        self._matrices = {item.transport_type: item.matrix for item in matrices}

    def covers(self, kind: TransportType) -> bool:
        """Whether there is a matrix for this kind of transport."""
        return kind in self._matrices

    def matrix(self, kind: TransportType, places: list[Location]) -> LegMatrix:
        """Legs between the places; see `MatrixSource.matrix`.

        Raises
        ------
        KeyError
            If there is no matrix for the kind, or no waypoint for a place.
        """
        given = self._matrices[kind]
        rows = self._rows(kind, places)
        cut = np.ix_(rows, rows)
        metres = np.asarray(given.distances, dtype=np.int32)[cut]
        seconds = np.asarray(given.durations, dtype=np.int32)[cut]
        missing = (metres < 0) | (seconds < 0)
        metres[missing] = -1
        seconds[missing] = -1
        np.fill_diagonal(metres, 0)
        np.fill_diagonal(seconds, 0)
        return LegMatrix(metres, seconds)

    def _rows(self, kind: TransportType, places: list[Location]) -> npt.NDArray[np.int64]:
        """Matrix rows of the places: by name, else by equal geopoint (T2)."""
        by_name: dict[str, int] = {}
        by_point: dict[tuple[float, float], int] = {}
        for row, waypoint in enumerate(self._matrices[kind].waypoints):
            if waypoint.name:
                by_name.setdefault(waypoint.name, row)
            point = (waypoint.geopoint.latitude, waypoint.geopoint.longitude)
            by_point.setdefault(point, row)
        rows = [
            by_name[place.key]
            if place.key in by_name
            else by_point[(place.geopoint.latitude, place.geopoint.longitude)]
            for place in places
        ]
        return np.array(rows, dtype=np.int64)
