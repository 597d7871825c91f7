"""Times in the routing model: legs, windows, shifts, the longest trip (rules W1-W4, M1)."""

from itertools import pairwise
from typing import Any

import numpy as np

from solver.problem.arrays import (
    BIG,
    F_DUE,
    F_EXTRA,
    F_MAX_SECS,
    F_POST_SECS,
    F_PRE_SECS,
    F_PROFILE,
    F_READY,
    V_DEMAND,
    V_SECS,
    Ints,
)
from solver.problem.legs import between
from solver.search.routing.carriers import Interval
from solver.search.routing.frame import Frame

NAME = "time"
Intervals = tuple[Interval, ...]


def transit(frame: Frame, position: int) -> Ints:
    """Seconds of the service at a node and of the leg to the next, (nodes, nodes)."""
    row = frame.rows[position]
    place = frame.layout.place
    visits = np.array([node.visit for node in frame.layout.nodes], dtype=np.int64)
    seconds = between(frame.tables, int(row[F_PROFILE]), place[:, None], place[None, :], metres=False)
    service = frame.tables.visit[visits, V_SECS]
    service = service + frame.tables.extra[row[F_EXTRA], frame.tables.visit[visits, V_DEMAND]]
    seconds[: len(visits)] += service[:, None]
    return seconds


class Clock:
    """When a vehicle can be where along a trip.

    Parameters
    ----------
    frame : Frame
    position : int
        Of the vehicle.

    Attributes
    ----------
    seconds : list of list of int
        Service and leg, from node to node.
    low, high : list of int
        First and last start of each node's service.
    """

    def __init__(self, frame: Frame, position: int) -> None:
        self.seconds: list[list[int]] = transit(frame, position).tolist()
        self._starts = [node.starts[position] for node in frame.layout.nodes]
        self.low = [intervals[0][0] if intervals else BIG for intervals in self._starts]
        self.high = [intervals[-1][1] if intervals else -BIG for intervals in self._starts]
        row = frame.rows[position]
        self.ready, self.due = int(row[F_READY]), int(row[F_DUE])
        self._path: list[int] = []
        self._bounds: tuple[list[int], list[int]] = ([], [])

    def bounds(self, path: list[int]) -> tuple[list[int], list[int]]:
        """Earliest and latest starts along a trip, its start and end places included."""
        if path != self._path:
            self._path, self._bounds = list(path), (self._earliest(path), self._latest(path))
        return self._bounds

    def _earliest(self, path: list[int]) -> list[int]:
        out, moment, here = [self.ready], self.ready, path[0]
        for there in path[1:-1]:
            moment = self.first(there, moment + self.seconds[here][there])
            out.append(moment)
            here = there
        return out

    def _latest(self, path: list[int]) -> list[int]:
        out, moment, there = [self.due], self.due, path[-1]
        for here in path[-2:0:-1]:
            moment = self.last(here, moment - self.seconds[here][there])
            out.append(moment)
            there = here
        return [self.due, *reversed(out)]

    def first(self, node: int, moment: int) -> int:
        """Earliest start of a service at or after a moment; BIG if there is none."""
        if moment <= self.low[node]:
            return self.low[node]
        for low, high in self._starts[node]:
            if moment <= high:
                return max(moment, low)
        return BIG

    def last(self, node: int, moment: int) -> int:
        """Latest start of a service at or before a moment; -BIG if there is none."""
        if moment >= self.high[node]:
            return self.high[node]
        for low, high in reversed(self._starts[node]):
            if low <= moment:
                return min(moment, high)
        return -BIG


def add(frame: Frame) -> None:
    """Add the time dimension; its variable at a node is the start of the service."""
    origin = int(frame.rows[:, F_READY].min())
    horizon = int(frame.rows[:, F_DUE].max()) - origin
    transits = [frame.register(transit(frame, position)) for position in frame.vehicles]
    time = frame.dimension(transits, horizon, [horizon] * len(transits), NAME, from_zero=False)
    for position in frame.vehicles:
        row = frame.rows[position]
        ready, due = int(row[F_READY]) - origin, int(row[F_DUE]) - origin
        time.CumulVar(frame.routing.Start(position)).SetRange(ready, due)
        time.CumulVar(frame.routing.End(position)).SetRange(ready, due)
        longest = max(0, int(row[F_MAX_SECS] - row[F_PRE_SECS] - row[F_POST_SECS]))
        if longest < due - ready:
            time.SetSpanUpperBoundForVehicle(longest, position)
    for node, index in enumerate(frame.index):
        shifted = [
            tuple((first - origin, last - origin) for first, last in intervals)
            for intervals in frame.layout.nodes[node].starts
        ]
        _limit(frame, time.CumulVar(index), frame.routing.VehicleVar(index), shifted)


def _limit(frame: Frame, start: Any, vehicle: Any, intervals: list[Intervals]) -> None:
    """Keep a start within the intervals of its vehicle; those the vehicles share go into the variable."""
    kinds = sorted({one for one in intervals if one})
    _cut(start, merged(kinds))
    if len(kinds) == 1:
        return
    for kind in kinds:
        mine = [position for position, one in enumerate(intervals) if one == kind]
        inside = frame.solver.Sum([frame.solver.IsBetweenVar(start, first, last) for first, last in kind])
        frame.solver.Add(inside >= frame.solver.IsMemberVar(vehicle, mine))


def _cut(start: Any, intervals: Intervals) -> None:
    start.SetRange(intervals[0][0], intervals[-1][1])
    for (_, last), (first, _) in pairwise(intervals):
        if last + 1 < first:
            start.RemoveInterval(last + 1, first - 1)


def merged(kinds: list[Intervals]) -> Intervals:
    """Union of several lists of intervals, in time order and without overlaps."""
    out: list[Interval] = []
    for first, last in sorted(interval for kind in kinds for interval in kind):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return tuple(out)
