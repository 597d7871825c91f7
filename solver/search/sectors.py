"""Cutting a large plan into sectors: parts that lie apart and are worked on side by side.

A thread that holds the whole of a large plan throws away what the others found elsewhere. Of a plan in
sectors every gain is kept. Borders are drawn anew for every round, along another direction.
"""

import numpy as np
import numpy.typing as npt

from solver.problem.arrays import (
    D_V0,
    F_PERFORMER,
    F_TRANSPORT,
    O_D1,
    O_GROUP,
    V_LOC,
    V_ORDER,
    Floats,
    Ints,
    Tables,
)
from solver.problem.legs import between
from solver.search.engine import Part, Route

FEWEST_ORDERS = 400  # of a sector; a smaller one has too little to change
MOST_ORDERS = 1_500  # of a sector; a larger one cools down too slowly


def how_many(orders: int, threads: int) -> int:
    """Number of sectors for a plan; 1 leaves it whole.

    Every thread has the same number of them, so that none waits for another.
    """
    if threads == 1 and orders <= 2 * MOST_ORDERS:
        return 1
    wanted = max(threads, -(-orders // MOST_ORDERS))
    wanted = -(-wanted // threads) * threads
    return wanted if orders >= wanted * FEWEST_ORDERS else 1


def cut(
    tables: Tables, routes: list[Route], hopeful: Ints, count: int, random: np.random.Generator
) -> list[Part]:
    """Cut a plan into sectors of about as many orders each.

    Parameters
    ----------
    hopeful : int64 array
        Orders that some vehicle could serve alone.
    count : int
        Sectors wanted; fewer are returned if there are fewer routes.
    random : numpy.random.Generator
        Draws the directions of the borders.
    """
    if not routes:
        return []
    middles = np.array([_middle(tables, route) for route in routes])
    weights = np.array([len(route.visits) for route in routes])
    groups = _halve(tables, middles, weights, np.arange(len(routes)), min(count, len(routes)), random)
    return _parts(tables, routes, hopeful, groups, middles)


def _middle(tables: Tables, route: Route) -> int:
    """Place of the visit halfway through a route that is not at its start place."""
    places = tables.visit[route.visits, V_LOC]
    away = places[places != places[0]]
    return int(away[len(away) // 2]) if len(away) else int(places[0])


def _apart(tables: Tables, place: int, places: Ints) -> Floats:
    """Metres from a place to others; what cannot be reached is very far."""
    return between(tables, int(tables.vehicle[0, 2]), place, places, metres=True).astype(np.float64)


def _halve(
    tables: Tables, middles: Ints, weights: Ints, rows: Ints, count: int, random: np.random.Generator
) -> list[Ints]:
    """Split rows of routes in two along a line between two far ones, and again, until there are enough."""
    if count <= 1 or len(rows) < 2:
        return [rows]
    first = middles[rows[int(random.integers(len(rows)))]]
    second = middles[rows[int(np.argmax(_apart(tables, int(first), middles[rows])))]]
    along = _apart(tables, int(first), middles[rows]) ** 2 - _apart(tables, int(second), middles[rows]) ** 2
    ordered = rows[np.argsort(along, kind="stable")]
    left = count // 2
    reached = np.cumsum(weights[ordered])
    border = int(np.searchsorted(reached, reached[-1] * left / count))
    border = min(max(border, left), len(rows) - (count - left), len(rows) - 1)
    border = max(border, 1)
    return [
        *_halve(tables, middles, weights, ordered[:border], left, random),
        *_halve(tables, middles, weights, ordered[border:], count - left, random),
    ]


def _parts(
    tables: Tables, routes: list[Route], hopeful: Ints, groups: list[Ints], middles: Ints
) -> list[Part]:
    owner = np.full(len(tables.order), -1, dtype=np.int64)
    for number, rows in enumerate(groups):
        for row in rows:
            owner[tables.visit[routes[row].visits, V_ORDER]] = number
    _give_absent(tables, owner, hopeful, groups, middles)
    kinds = [tables.vehicle[routes[row].vehicle] for rows in groups for row in rows]
    numbers = np.array([number for number, rows in enumerate(groups) for _ in rows])
    performer = np.array([int(kind[F_PERFORMER]) for kind in kinds])
    transport = np.array([int(kind[F_TRANSPORT]) for kind in kinds])
    limited = tables.performer_group[performer]
    performers = _not_mine(tables.performer_count, performer, numbers, len(groups))
    transports = _not_mine(tables.transport_count, transport, numbers, len(groups))
    limits = _not_mine(tables.group_limit, limited[limited >= 0], numbers[limited >= 0], len(groups))
    return [
        Part(
            [routes[row] for row in rows],
            hopeful[owner[hopeful] == number],
            performers[number],
            transports[number],
            limits[number],
        )
        for number, rows in enumerate(groups)
    ]


def _give_absent(tables: Tables, owner: Ints, hopeful: Ints, groups: list[Ints], middles: Ints) -> None:
    """Give every absent order to the sector of the nearest route, those of a hardlink to where it is (O5)."""
    place_of = np.concatenate([middles[rows] for rows in groups])
    number_of = np.concatenate([np.full(len(rows), number) for number, rows in enumerate(groups)])
    linked: dict[int, int] = {}
    for order in np.nonzero(owner >= 0)[0]:
        if (group := int(tables.order[order, O_GROUP])) >= 0:
            linked[group] = int(owner[order])
    for order in hopeful[owner[hopeful] < 0]:
        group = int(tables.order[order, O_GROUP])
        number = linked.get(group, -1)
        if number < 0:
            demand = tables.order[order, O_D1] - 1
            place = int(tables.visit[tables.demand[demand, D_V0], V_LOC])
            number = int(number_of[int(np.argmin(_apart(tables, place, place_of)))])
        if group >= 0:
            linked[group] = number
        owner[order] = number


def _not_mine(total: Ints, kinds: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64], count: int) -> Ints:
    """Shifts of each kind that a sector may not use: others', and others' share of the idle ones."""
    mine = np.zeros((count, len(total)), dtype=np.int64)
    np.add.at(mine, (numbers, kinds), 1)
    idle = np.maximum(total - mine.sum(axis=0), 0)
    turn = (np.arange(count)[:, None] + np.arange(len(total))[None, :]) % count
    share = idle // count + (turn < idle % count)
    return total[None, :] - mine - share
