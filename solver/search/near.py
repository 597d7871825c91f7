"""Who is near whom: neighbour lists of locations."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.problem.arrays import F_START, NO_LEG, V_LOC, Floats, Ints, Tables
from solver.problem.handle import share
from solver.problem.legs import between

ALL_ROUTES_UP_TO = 250  # orders; smaller tasks let an order try every route
INSERT_NEAR = 40  # places whose routes an order of a large task tries
RUIN_NEAR = 200  # places around the seed of a ruin
NO_START, SOME_START, EVERY_START = range(3)
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
        For hubs: NO_START, SOME_START or EVERY_START, by how many vehicles start there.
    solo : (orders, vehicles) float64
        Price of a trip for one order only, filled in when first asked for (nan until then).
    """

    links: Ints
    around: Ints
    first: Ints
    visits: Ints
    hub: npt.NDArray[np.bool_]
    seeds: Ints
    base: Ints
    solo: Floats


def near(tables: Tables) -> Near:
    """Neighbour lists of a problem."""
    places = len(tables.place)
    at = tables.visit[:, V_LOC]
    visits = np.argsort(at, kind="stable").astype(np.int64)
    counts = np.bincount(at, minlength=places)
    first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    hub = counts > max(3.0, HUB_SHARE * len(at))
    used = np.nonzero(counts)[0]
    around = _nearest(tables, used, min(RUIN_NEAR, len(used)))
    small = len(tables.order) <= ALL_ROUTES_UP_TO
    quiet = used[~hub[used]]
    links = _nearest(tables, quiet, 0 if small else min(INSERT_NEAR, len(quiet)))
    seeds = np.nonzero(~hub[at])[0]
    return share(
        Near(
            links=links,
            around=around,
            first=first,
            visits=visits,
            hub=hub,
            seeds=seeds.astype(np.int64) if len(seeds) else np.arange(len(at), dtype=np.int64),
            base=_bases(tables, hub),
            solo=np.full((len(tables.order), max(1, len(tables.vehicle))), np.nan),
        )
    )


def _bases(tables: Tables, hub: npt.NDArray[np.bool_]) -> Ints:
    """How many vehicles start at each hub."""
    out = np.full(len(hub), NO_START, dtype=np.int64)
    starts = tables.vehicle[:, F_START]
    for place in np.nonzero(hub)[0]:
        if (starts == place).any():
            out[place] = EVERY_START if (starts == place).all() else SOME_START
    return out


def _nearest(tables: Tables, targets: Ints, count: int) -> Ints:
    """The nearest targets of every location by the first vehicle's profile, nearest first."""
    places = len(tables.place)
    out = np.zeros((places, count), dtype=np.int64)
    if count == 0:
        return out
    profile = int(tables.vehicle[0, 2]) if len(tables.vehicle) else 0
    for place in range(places):
        there = between(tables, profile, place, targets, metres=True)
        back = between(tables, profile, targets, place, metres=True)
        length = np.minimum(np.minimum(there, back), NO_LEG)
        length[targets == place] = -1
        chosen = np.argpartition(length, count - 1)[:count] if count < len(targets) else np.arange(count)
        out[place] = targets[chosen[np.argsort(length[chosen], kind="stable")]]
    return out
