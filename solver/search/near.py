"""Who is near whom: neighbour lists of locations."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.problem.arrays import F_START, F_TCLASS, NO_LEG, V_LOC, Floats, Ints, Tables
from solver.problem.handle import share
from solver.problem.legs import between
from solver.search.budget import Halted, never

ALL_ROUTES_UP_TO = 250  # orders; smaller tasks let an order try every route
INSERT_NEAR = 40  # places whose routes an order of a large task tries
RUIN_NEAR = 200  # places around the seed of a ruin
NO_START, SOME_START, EVERY_START = range(3)
ROWS_AT_ONCE = 256  # of a matrix of cosines: 30 MB for 15,000 places
HUB_SHARE = 0.05  # a place that more than this share of the visits may use is a hub


class Near(NamedTuple):
    """Neighbour lists.

    Attributes
    ----------
    links : (locations, i) int64
        Nearest places by travel seconds, for insertion; no columns when every route is tried.
    around : (locations, r) int64
        Nearest places, itself first, for ruin.
    first : (locations + 1,) int64
        Visits of a location are ``visits[first[l]:first[l + 1]]``.
    visits : (visits,) int64
    hub : (locations,) bool
        Depots and the like: near to everything that is delivered from them.
    seeds : int64
        Visits a ruin may start from: those not at hubs, or all.
    base : (locations,) int64
        For hubs: NO_START, SOME_START or EVERY_START, by how many vehicles start there of those that may.
    solo : (orders, vehicles) float64
        Price of a trip for one order only, filled in when first asked for (nan until then).
    priced : (orders, vehicles) bool
        Whether that is its price; else it is a lower bound.
    """

    links: Ints
    around: Ints
    first: Ints
    visits: Ints
    hub: npt.NDArray[np.bool_]
    seeds: Ints
    base: Ints
    solo: Floats
    priced: npt.NDArray[np.bool_]


def near(tables: Tables, halted: Callable[[], bool] = never) -> Near:
    """Neighbour lists of a problem.

    Raises
    ------
    Halted
        If ``halted``, which is asked now and then, says so.
    """
    places = len(tables.place)
    at = tables.visit[:, V_LOC]
    visits = np.argsort(at, kind="stable").astype(np.int64)
    counts = np.bincount(at, minlength=places)
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    hub = counts > max(3.0, HUB_SHARE * len(at))
    used = np.nonzero(counts)[0]
    around = _nearest(tables, used, min(RUIN_NEAR, len(used)), halted)
    small = len(tables.order) <= ALL_ROUTES_UP_TO
    quiet = used[~hub[used]]
    links = _nearest(tables, quiet, 0 if small else min(INSERT_NEAR, len(quiet)), halted)
    seeds = np.nonzero(~hub[at])[0]
    pairs = len(tables.order), max(1, len(tables.vehicle))
    return share(
        Near(
            links=links,
            around=around,
            first=first,
            visits=visits,
            hub=hub,
            seeds=seeds.astype(np.int64) if len(seeds) else np.arange(len(at), dtype=np.int64),
            base=_bases(tables, hub),
            solo=np.full(pairs, np.nan),
            priced=np.zeros(pairs, dtype=np.bool_),
        )
    )


def _bases(tables: Tables, hub: npt.NDArray[np.bool_]) -> Ints:
    """How many of the vehicles that may stop at each hub (C1) start there."""
    out = np.full(len(hub), NO_START, dtype=np.int64)
    starts, kinds = tables.vehicle[:, F_START], tables.vehicle[:, F_TCLASS]
    for place in np.nonzero(hub)[0]:
        allowed = np.isfinite(tables.place_transport[tables.visit_class[place], kinds])
        here = starts[allowed] == place
        if here.any():
            out[place] = EVERY_START if here.all() else SOME_START
    return out


def _nearest(tables: Tables, targets: Ints, count: int, halted: Callable[[], bool]) -> Ints:
    """The nearest targets of every location by the first vehicle's profile, nearest first."""
    places = len(tables.place)
    out = np.zeros((places, count), dtype=np.int64)
    if count == 0:
        return out
    profile = int(tables.vehicle[0, 2]) if len(tables.vehicle) else 0
    if len(tables.point):
        return _nearest_points(tables.point, targets, out, halted)
    for place in range(places):
        there = between(tables, profile, place, targets, metres=True)
        back = between(tables, profile, targets, place, metres=True)
        length = np.minimum(np.minimum(there, back), NO_LEG)
        length[targets == place] = -1
        chosen = np.argpartition(length, count - 1)[:count] if count < len(targets) else np.arange(count)
        out[place] = targets[chosen[np.argsort(length[chosen], kind="stable")]]
    return out


def _nearest_points(point: Floats, targets: Ints, out: Ints, halted: Callable[[], bool]) -> Ints:
    """The nearest targets where legs are straight lines: by the chord, which grows with the metres."""
    count, there = out.shape[1], point[targets]
    for first in range(0, len(point), ROWS_AT_ONCE):
        if halted():
            raise Halted
        here = slice(first, min(first + ROWS_AT_ONCE, len(point)))
        near_by = point[here] @ there.T  # cosines: the greatest belong to the nearest
        np.negative(near_by, out=near_by)
        near_by[np.arange(here.start, here.stop)[:, None] == targets[None, :]] = -2.0
        chosen = np.argpartition(near_by, count - 1, axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(near_by, chosen, axis=1), axis=1, kind="stable")
        out[here] = targets[np.take_along_axis(chosen, order, axis=1)]
    return out
