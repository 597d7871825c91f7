"""Locations and the legs between them, as arrays."""

from collections.abc import Sequence

import numpy as np

from solver.contract import Location, PlanTask, TransportType
from solver.geo import ExternalMatrix, LegMatrix, MatrixSource, StraightLine
from solver.geo.straight import PACES, unit_vectors
from solver.problem.arrays import NO_LEG, Floats, Ints, Legs
from solver.problem.handle import share
from solver.problem.legs import COMPUTED, LOOKED_UP, MOST_PLACES, LegArrays


class Places:
    """Indices of locations and of leg profiles.

    Parameters
    ----------
    task : PlanTask
    roads : MatrixSource or None
        The geo provider; straight lines without one (T1).
    """

    def __init__(self, task: PlanTask, roads: MatrixSource | None) -> None:
        self.locations = task.locations
        self.index = {place.key: i for i, place in enumerate(task.locations)}
        self.place = np.array(
            [(p.arrival_duration or 0, p.departure_duration or 0) for p in task.locations], dtype=np.int64
        ).reshape(-1, 2)
        settings = task.plan_settings
        self._external = ExternalMatrix(task.external_routing or [])
        self._line = StraightLine(flight=bool(settings.geo_settings.flight_distance))
        self._roads = roads if not settings.geo_settings.flight_distance else None
        multipliers = settings.trips_settings.assumptions.transport_speed_multipliers or []
        self._speed = {item.transport_type: item.speed for item in multipliers}
        self._profiles: dict[TransportType, int] = {}

    def profile(self, kind: TransportType) -> int:
        """Number of the leg matrix of a kind of transport."""
        return self._profiles.setdefault(kind, len(self._profiles))

    def legs(self) -> LegArrays:
        """Legs of all profiles asked for, parking included in the seconds (W3).

        The last row and column stand for "nowhere", from which every place is at hand: a trip without a
        start place begins there.
        """
        many = len(self.locations) > MOST_PLACES
        point = unit_vectors(self.locations) if many else np.zeros((0, 3))
        if many and all(self._source(kind) is self._line for kind in self._profiles):
            none = np.zeros((max(1, len(self._profiles)), 1, 1), dtype=np.int32)
            way = np.zeros((0,) * COMPUTED, dtype=np.int64)
            return share(LegArrays(none, none.copy(), self.place, point, self._paces(), way))
        metres, seconds = self._matrices()
        way = np.zeros((0,) * LOOKED_UP, dtype=np.int64)
        return share(LegArrays(metres, seconds, self.place, point, np.zeros((0, 4)), way))

    def _paces(self) -> Floats:
        """How the legs of each profile are computed, (profiles, 4)."""
        rows = []
        for kind in self._profiles:
            if kind is TransportType.TELEPORT:
                rows.append((0.0, 1.0, 0.0, 0.0))
                continue
            pace = PACES[kind]
            detour = 1.0 if self._line.flight else pace.detour
            rows.append((detour, pace.speed / 3.6, float(pace.access), self._speed.get(kind, 0.0)))
        return np.array(rows or [(0.0, 1.0, 0.0, 0.0)], dtype=np.float64)

    def _matrices(self) -> tuple[Legs, Legs]:
        n = len(self.locations)
        metres = np.zeros((max(1, len(self._profiles)), n + 1, n + 1), dtype=np.int32)
        seconds = np.zeros_like(metres)
        for kind, profile in self._profiles.items():
            drive = self._drive(kind, self.locations)
            missing = drive.seconds < 0
            metres[profile, :n, :n] = np.where(missing, NO_LEG, drive.metres)
            leave_and_park = self.place[:, 1][:, None] + self.place[:, 0][None, :]
            np.fill_diagonal(leave_and_park, 0)
            seconds[profile, :n, :n] = np.where(missing, NO_LEG, drive.seconds + leave_and_park)
        return metres, seconds

    def _source(self, kind: TransportType) -> MatrixSource:
        """The first source that has the legs of a kind of transport (T1, T3)."""
        if kind is TransportType.TELEPORT:
            return self._line
        if self._external.covers(kind):
            return self._external
        return self._roads if self._roads is not None else self._line

    def _drive(self, kind: TransportType, places: Sequence[Location]) -> LegMatrix:
        """Legs without parking, at the task's speeds (T4)."""
        legs = self._source(kind).matrix(kind, list(places))
        if kind is TransportType.TELEPORT or kind not in self._speed:
            return legs
        scaled = np.floor(legs.seconds / self._speed[kind] + 0.5 + 1e-9).astype(np.int32)
        return LegMatrix(legs.metres, np.where(legs.seconds < 0, -1, scaled).astype(np.int32))


def work_windows(place: Location, moment: int) -> Ints:
    """Work windows of a location, (n, 2) seconds since the epoch, in time order (W2)."""
    windows = [
        (int(item.work_window.start.timestamp()) - moment, int(item.work_window.end.timestamp()) - moment)
        for item in place.timetable or []
    ]
    return np.array(sorted(windows), dtype=np.int64).reshape(-1, 2)
