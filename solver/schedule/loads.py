"""What lies in which box (rules L1-L6, C1 and C2 of cargos, O2), compiled.

A cargo goes into the allowed box that it fills best; if that fails somewhere, into the one that stays
emptiest; the first choice that holds for the whole route is taken. This is a heuristic for several boxes
(a packing that exists may be missed) and exact for one box.
"""

from math import inf, isinf

import numba as nb

from solver.problem.arrays import (
    C_CLASS,
    C_MIX,
    D_C0,
    D_C1,
    D_TYPE,
    DROP,
    F_BOX0,
    F_BOX1,
    F_MAX_BOXES,
    FROM_BOX,
    TO_BOX,
    U_CARGO_MIX,
    V_DEMAND,
    WORK,
    Ints,
    Tables,
)
from solver.schedule.scratch import Scratch

EPS = 1e-6
BEST_FIT, WORST_FIT = 0, 1


@nb.njit(cache=True, nogil=True)
def start_load(tables: Tables, route: Ints, count: int, load: object) -> None:
    """Load on board before the first service: what DROP_FROM_BOX demands will take out (L5)."""
    load[:] = 0.0  # type: ignore[index]  # float array
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        if tables.demand[demand, D_TYPE] == FROM_BOX:
            for m in range(tables.demand_load.shape[1]):
                load[m] -= tables.demand_load[demand, m]  # type: ignore[index]


@nb.njit(cache=True, nogil=True)
def overload(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Position after which all boxes together are overfull, -1 at the start, or ``count`` for none (L2)."""
    start_load(tables, route, count, work.load)
    for i in range(-1, count):
        demand = tables.visit[route[i], V_DEMAND] if i >= 0 else 0
        for m in range(tables.cargo_size.shape[1]):
            if i >= 0:
                work.load[m] += tables.demand_load[demand, m]
            if work.load[m] > tables.room[vehicle, m] + EPS:
                return i
    return count


@nb.njit(cache=True, nogil=True)
def mix_price(tables: Tables, work: Scratch, cargo: int, box: int) -> float:
    """Price of laying a cargo beside what is in the box (C2); inf if it must not."""
    price = 0.0
    for k in range(work.content_count[0]):
        other = work.content[k]
        if work.box_of[other] == box:
            price += tables.cargo_mix[tables.cargo[cargo, C_MIX], tables.cargo[other, C_MIX]]
    return price


@nb.njit(cache=True, nogil=True)
def room_left(tables: Tables, work: Scratch, cargo: int, box: int) -> float:
    """Largest share of the box's room that stays free with the cargo in it; negative if it does not fit."""
    free = 0.0
    for m in range(tables.cargo_size.shape[1]):
        size, room = tables.cargo_size[cargo, m], tables.box_room[box, m]
        left = room - work.box_load[box, m] - size
        if left < -EPS or size > tables.box_one[box, m] + EPS:
            return -1.0
        if room > 0.0 and not isinf(room):
            free = max(free, left / room)
    return max(free, 0.0)


@nb.njit(cache=True, nogil=True)
def choose_box(
    tables: Tables, work: Scratch, vehicle: int, cargo: int, used: int, fit: int
) -> tuple[int, float]:
    """Box for a cargo and the price of it there; -1 if no box takes it."""
    best, best_rank, best_price = -1, inf, 0.0
    for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
        price = tables.cargo_box[tables.cargo[cargo, C_CLASS], box]
        if isinf(price):
            continue
        if work.seen_box[box] != work.stamp[0] and used >= tables.vehicle[vehicle, F_MAX_BOXES]:
            continue
        free = room_left(tables, work, cargo, box)
        if free < 0.0:
            continue
        if tables.uses[U_CARGO_MIX]:
            price += mix_price(tables, work, cargo, box)
            if isinf(price):
                continue
        rank = price * 1e6 + (free if fit == BEST_FIT else -free)
        if rank < best_rank:
            best, best_rank, best_price = box, rank, price
    return best, best_price


@nb.njit(cache=True, nogil=True)
def put(tables: Tables, work: Scratch, cargo: int, box: int) -> None:
    """Lay a cargo into a box."""
    work.box_of[cargo] = box
    work.content[work.content_count[0]] = cargo
    work.content_count[0] += 1
    for m in range(tables.cargo_size.shape[1]):
        work.box_load[box, m] += tables.cargo_size[cargo, m]


@nb.njit(cache=True, nogil=True)
def take(tables: Tables, work: Scratch, cargo: int) -> None:
    """Take a cargo out of its box."""
    box, last = work.box_of[cargo], work.content_count[0] - 1
    for k in range(last + 1):
        if work.content[k] == cargo:
            work.content[k] = work.content[last]
            work.content_count[0] = last
            for m in range(tables.cargo_size.shape[1]):
                work.box_load[box, m] -= tables.cargo_size[cargo, m]
            return


@nb.njit(cache=True, nogil=True)
def load_demand(
    tables: Tables, work: Scratch, vehicle: int, demand: int, used: int, fit: int
) -> tuple[int, float]:
    """Load a demand's cargos; returns boxes used so far (-1: one found no box) and the price."""
    price = 0.0
    for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
        cargo = tables.demand_cargo[row]
        box, more = choose_box(tables, work, vehicle, cargo, used, fit)
        if box < 0:
            return -1, 0.0
        if work.seen_box[box] != work.stamp[0]:
            work.seen_box[box] = work.stamp[0]
            used += 1
        price += more
        put(tables, work, cargo, box)
    return used, price


@nb.njit(cache=True, nogil=True)
def pack(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, fit: int) -> tuple[int, float]:
    """Carry the route's cargos box by box.

    Returns
    -------
    (int, float)
        Position of the first service whose cargo finds no box (``count``: all do; -1: at the start), and
        the price of missing tags.
    """
    work.stamp[0] += 1
    work.content_count[0] = 0
    work.box_load[tables.vehicle[vehicle, F_BOX0] : tables.vehicle[vehicle, F_BOX1]] = 0.0
    used, total = 0, 0.0
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        if tables.demand[demand, D_TYPE] == FROM_BOX:
            used, price = load_demand(tables, work, vehicle, demand, used, fit)
            if used < 0:
                return -1, 0.0
            total += price
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        kind = tables.demand[demand, D_TYPE]
        if kind == DROP or kind == FROM_BOX:
            for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
                take(tables, work, tables.demand_cargo[row])
        elif kind <= TO_BOX and kind != WORK:
            used, price = load_demand(tables, work, vehicle, demand, used, fit)
            if used < 0:
                return i, 0.0
            total += price
    return count, total
