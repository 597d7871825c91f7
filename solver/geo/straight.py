"""Straight lines: great-circle distance with a detour factor, at the usual speed of the transport."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.contract import Location, TransportType
from solver.geo.source import LegMatrix

EARTH_RADIUS = 6_371_008.8  # metres, mean
ROWS = 512  # rows worked on at once: bounds the temporary arrays at 15,000 places


@dataclass(frozen=True, slots=True)
class Pace:
    """How a kind of transport moves.

    Attributes
    ----------
    detour : float
        Road metres for one straight metre.
    speed : float
        Kilometres an hour.
    access : int
        Seconds added to every leg (walking to a stop and waiting there).
    """

    detour: float
    speed: float
    access: int = 0


PACES: dict[TransportType, Pace] = {
    TransportType.CAR: Pace(1.30, 40),
    TransportType.TUK_TUK: Pace(1.30, 25),
    TransportType.TRUCK_1500: Pace(1.35, 36),
    TransportType.TRUCK_3000: Pace(1.35, 35),
    TransportType.TRUCK_5000: Pace(1.35, 34),
    TransportType.TRUCK_10000: Pace(1.40, 32),
    TransportType.TRUCK_20000: Pace(1.40, 30),
    TransportType.TRUCK_10000_L75_H35_W24_6000: Pace(1.40, 32),
    TransportType.TRUCK_18000_L95_H40_W26_11000: Pace(1.40, 30),
    TransportType.TRUCK_26000_L120_H40_W26_8000: Pace(1.40, 28),
    TransportType.TRUCK_GARBAGE_1: Pace(1.40, 30),
    TransportType.TRUCK_GARBAGE_2: Pace(1.40, 28),
    TransportType.BICYCLE: Pace(1.25, 15),
    TransportType.PEDESTRIAN: Pace(1.20, 4.8),
    TransportType.PUBLIC_TRANSPORT: Pace(1.40, 18, access=300),
}


def unit_vectors(places: list[Location]) -> npt.NDArray[np.float64]:
    """Points of the unit sphere, (n, 3), for the places' geopoints."""
    degrees = np.array([(p.geopoint.latitude, p.geopoint.longitude) for p in places], dtype=np.float64)
    latitude, longitude = np.radians(degrees.reshape(-1, 2)).T
    return np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )


def great_circle(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Great-circle metres between unit vectors, (len(a), len(b)); exact for near and far points alike."""
    squared = np.zeros((len(a), len(b)))
    for axis in range(3):
        squared += (a[:, None, axis] - b[None, :, axis]) ** 2
    return 2 * EARTH_RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(squared) / 2))


@dataclass(frozen=True, slots=True)
class StraightLine:
    """Great-circle legs.

    Attributes
    ----------
    flight : bool
        ``geo_settings.flight_distance``: no detour.
    """

    flight: bool = False

    def matrix(self, kind: TransportType, places: list[Location]) -> LegMatrix:
        """Legs at the kind's pace; see `MatrixSource.matrix`."""
        n = len(places)
        metres = np.zeros((n, n), dtype=np.int32)
        seconds = np.zeros((n, n), dtype=np.int32)
        if kind is TransportType.TELEPORT:
            return LegMatrix(metres, seconds)
        pace = PACES[kind]
        vectors = unit_vectors(places)
        for row in range(0, n, ROWS):
            direct = great_circle(vectors[row : row + ROWS], vectors)
            road = direct if self.flight else direct * pace.detour
            metres[row : row + ROWS] = np.floor(road + 0.5)
            seconds[row : row + ROWS] = np.floor(road / (pace.speed / 3.6) + pace.access + 0.5)
        np.fill_diagonal(seconds, 0)
        np.fill_diagonal(metres, 0)
        return LegMatrix(metres, seconds)
