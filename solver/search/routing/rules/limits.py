"""Limits of a trip in the routing model: stops, places, metres (rules O4, M2)."""

import numpy as np

from solver.problem.arrays import (
    F_END,
    F_MAX_M,
    F_MAX_PLACES,
    F_MAX_STOPS,
    F_OWN_END,
    F_OWN_START,
    F_PROFILE,
    F_START,
    Ints,
)
from solver.problem.legs import between
from solver.search.routing.frame import MOST, Frame


def add(frame: Frame) -> None:
    """Add the limits that can bind."""
    longest = len(frame.layout.nodes) + 4  # stops of a trip with everything on it
    if (frame.rows[:, F_MAX_STOPS] < longest).any():
        _stops(frame, longest)
    if (frame.rows[:, F_MAX_PLACES] < min(longest, len(frame.tables.place))).any():
        _places(frame)
    metres = [metres_of(frame, position) for position in frame.vehicles]
    farthest = max(int(np.where(one < MOST, one, 0).max()) for one in metres)
    if (frame.rows[:, F_MAX_M] < farthest * (len(frame.layout.nodes) + 1)).any():
        most = [int(min(MOST, row[F_MAX_M])) for row in frame.rows]
        frame.dimension([frame.register(one) for one in metres], 0, most, "metres")


def metres_of(frame: Frame, position: int) -> Ints:
    """Metres of legs with a vehicle's transport, (nodes, nodes)."""
    place = frame.layout.place
    profile = frame.rows[position, F_PROFILE]
    return between(frame.tables, profile, place[:, None], place[None, :], metres=True)


def own_places(row: Ints) -> list[int]:
    """Places of a trip's start and finish in their order, each once in a row."""
    places = [int(row[column]) for column in (F_OWN_START, F_START, F_END, F_OWN_END)]
    return [place for place in places if place >= 0]


def _stops(frame: Frame, longest: int) -> None:
    """Moves from place to place, and the places the trip begins and ends at (O4)."""
    transit = frame.register(frame.moves())
    most = []
    for row in frame.rows:
        before = [int(x) for x in (row[F_OWN_START], row[F_START]) if x >= 0]
        after = int(row[F_OWN_END] >= 0 and row[F_OWN_END] != row[F_END])
        most.append(max(0, min(longest, int(row[F_MAX_STOPS])) - len(set(before)) - after))
    frame.dimension([transit] * len(most), 0, most, "stops")


def _places(frame: Frame) -> None:
    """Different places of a trip (O4): whether a vehicle serves a place, added up over the places."""
    nodes_at: dict[int, list[int]] = {}
    for node in range(len(frame.layout.nodes)):
        nodes_at.setdefault(int(frame.layout.place[node]), []).append(node)
    for position, row in enumerate(frame.rows):
        own = set(own_places(row))
        served = []
        for place, nodes in nodes_at.items():
            if place not in own:
                here = [
                    frame.solver.IsEqualCstVar(frame.routing.VehicleVar(frame.index[node]), position)
                    for node in nodes
                ]
                served.append(here[0] if len(here) == 1 else frame.solver.Max(here).Var())
        left = int(row[F_MAX_PLACES]) - len(own)
        if left < len(served):
            frame.solver.Add(frame.solver.Sum(served) <= max(0, left))
