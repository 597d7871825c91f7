"""Which box carries which cargo (rules L2-L5, and C1, C2 of cargos), compiled.

Cargos are laid into boxes in the order of the route; among those loaded in one go the one with the fewest
boxes to go into comes first, lest others fill these, then the largest.
A depth-first search tries the box of least price, then the fullest that still takes the cargo, and goes
back on a dead end. It gives up after ``MOST_TRIES`` tries, sooner in haste: exact for one box and for small
loads, a heuristic beyond (it may miss a packing, it never accepts a wrong one).
"""

from math import inf, isinf

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
    PICKUP,
    TO_BOX,
    U_CARGO_MIX,
    V_DEMAND,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.loads import EPS
from solver.schedule.scratch import Scratch

MOST_TRIES = 600
HASTY_TRIES = 120  # where there are many more sequences to judge


@compiled
def urgency(tables: Tables, vehicle: int, cargo: int) -> float:
    """How early to load a cargo: the boxes it may not go into, and its size as a share of the room."""
    share, refused = 0.0, 0
    for m in range(tables.cargo_size.shape[1]):
        room = tables.room[vehicle, m]
        if room > 0.0 and not isinf(room):
            share += tables.cargo_size[cargo, m] / room
    for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
        if isinf(tables.cargo_box[tables.cargo[cargo, C_CLASS], box]):
            refused += 1
    return share + 100.0 * refused


@compiled
def add_loads(tables: Tables, work: Scratch, vehicle: int, demand: int, first: int, count: int) -> int:
    """Append a demand's cargos to the handlings, the urgent first among ``first..count``; the new count."""
    for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
        cargo = tables.demand_cargo[row]
        urgent = urgency(tables, vehicle, cargo)
        at = count
        while at > first and work.rank[at - 1] < urgent:  # `pack` sets ranks anew
            work.handling[at], work.rank[at] = work.handling[at - 1], work.rank[at - 1]
            at -= 1
        work.handling[at], work.rank[at] = cargo + 1, urgent
        count += 1
    return count


@compiled
def list_handlings(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Write the cargos handled along the route: ``cargo + 1`` loads, ``-cargo - 1`` unloads; how many."""
    total = 0
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        if tables.demand[demand, D_TYPE] == FROM_BOX:
            total = add_loads(tables, work, vehicle, demand, 0, total)
    block = 0
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        kind = tables.demand[demand, D_TYPE]
        if kind in (PICKUP, TO_BOX):
            total = add_loads(tables, work, vehicle, demand, block, total)
        elif kind in (DROP, FROM_BOX):
            for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
                work.handling[total] = -tables.demand_cargo[row] - 1
                total += 1
            block = total
    return total


@compiled
def mix_price(tables: Tables, work: Scratch, cargo: int, box: int) -> float:
    """Price of laying a cargo beside what is in the box (C2); inf if it must not."""
    price = 0.0
    for k in range(work.content_count[0]):
        other = work.content[k]
        if work.box_of[other] == box:
            price += tables.cargo_mix[tables.cargo[cargo, C_MIX], tables.cargo[other, C_MIX]]
    return price


@compiled
def free_share(tables: Tables, work: Scratch, cargo: int, box: int) -> float:
    """Largest share of the box's room that stays free with the cargo in it; -1 if it does not fit (L2)."""
    free = 0.0
    for m in range(tables.cargo_size.shape[1]):
        size, room = tables.cargo_size[cargo, m], tables.box_room[box, m]
        left = room - work.box_load[box, m] - size
        if left < -EPS or size > tables.box_one[box, m] + EPS:
            return -1.0
        if room > 0.0 and not isinf(room):
            free = max(free, left / room)
    return max(free, 0.0)


@compiled
def rank_box(
    tables: Tables, work: Scratch, cargo: int, box: int, full: bool, allowance: float
) -> tuple[float, float]:
    """How good a box is for a cargo (smaller is better, inf: not allowed) and the price of it there."""
    price = tables.cargo_box[tables.cargo[cargo, C_CLASS], box]
    if isinf(price) or (full and work.box_uses[box] == 0):
        return inf, 0.0
    free = free_share(tables, work, cargo, box)
    if free < 0.0:
        return inf, 0.0
    if tables.uses[U_CARGO_MIX]:
        price += mix_price(tables, work, cargo, box)
    if price > allowance + 1e-9:
        return inf, 0.0
    return price * 1e3 + free, price


@compiled
def next_box(tables: Tables, work: Scratch, vehicle: int, step: int, used: int, allowance: float) -> int:
    """Best box not yet tried for a loading step, or -1; notes its rank and price."""
    cargo = work.handling[step] - 1
    full = used >= tables.vehicle[vehicle, F_MAX_BOXES]
    best, best_rank, best_price = -1, inf, 0.0
    for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
        rank, price = rank_box(tables, work, cargo, box, full, allowance)
        tried = rank < work.rank[step] or (rank == work.rank[step] and box <= work.chosen[step])
        if rank < best_rank and not tried:
            best, best_rank, best_price = box, rank, price
    work.chosen[step], work.rank[step], work.price[step] = best, best_rank, best_price
    return best


@compiled
def lay(tables: Tables, work: Scratch, cargo: int, box: int) -> None:
    """Lay a cargo into a box."""
    work.box_of[cargo] = box
    if tables.uses[U_CARGO_MIX]:
        work.content[work.content_count[0]] = cargo
        work.content_count[0] += 1
    for m in range(tables.cargo_size.shape[1]):
        work.box_load[box, m] += tables.cargo_size[cargo, m]


@compiled
def lift(tables: Tables, work: Scratch, cargo: int) -> None:
    """Take a cargo out of its box."""
    box = work.box_of[cargo]
    for m in range(tables.cargo_size.shape[1]):
        work.box_load[box, m] -= tables.cargo_size[cargo, m]
    if tables.uses[U_CARGO_MIX]:
        forget(work, cargo)


@compiled
def forget(work: Scratch, cargo: int) -> None:
    """Take a cargo off the list of those on board, which is kept where cargos may not lie side by side."""
    last = work.content_count[0] - 1
    for k in range(last + 1):
        if work.content[k] == cargo:
            work.content[k] = work.content[last]
            work.content_count[0] = last
            return


@compiled
def step_back(tables: Tables, work: Scratch, step: int) -> tuple[int, int]:
    """Undo to the last loading step before ``step``; returns it (-1: none) and how many boxes it frees."""
    step -= 1
    while step >= 0:
        handled = work.handling[step]
        if handled > 0:
            lift(tables, work, handled - 1)
            box = work.chosen[step]
            work.box_uses[box] -= 1
            return step, 1 if work.box_uses[box] == 0 else 0
        lay(tables, work, -handled - 1, work.box_of[-handled - 1])
        step -= 1
    return -1, 0


@compiled
def clear(tables: Tables, work: Scratch, vehicle: int) -> int:
    """Empty the vehicle's boxes; how many count as used for what lies in them to the end (L5)."""
    work.content_count[0] = 0
    held = 0
    for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
        work.box_uses[box] = tables.box_held[box]
        held += tables.box_held[box]
        for m in range(tables.cargo_size.shape[1]):
            work.box_load[box, m] = 0.0
    return held


@compiled
def pack(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, allowance: float
) -> tuple[int, float]:
    """Carry the route's cargos box by box.

    Parameters
    ----------
    allowance : float
        Most that missing tags may cost (C3).

    Returns
    -------
    (int, float)
        Cargo for which no box was found (-1: all have one), and the price of missing tags.
    """
    total = list_handlings(tables, work, vehicle, route, count)
    most = max(HASTY_TRIES, 2 * total) if work.hasty[0] else MOST_TRIES
    used = clear(tables, work, vehicle)
    step, tries, price, deepest = 0, 0, 0.0, 0
    fresh = True
    while step < total:
        handled = work.handling[step]
        if handled < 0:
            lift(tables, work, -handled - 1)
            step += 1
            continue
        if fresh:
            work.rank[step], work.chosen[step] = -inf, -1
        box = next_box(tables, work, vehicle, step, used, allowance - price)
        tries += 1
        if box >= 0:
            used += 1 if work.box_uses[box] == 0 else 0
            work.box_uses[box] += 1
            lay(tables, work, handled - 1, box)
            price += work.price[step]
            step, fresh = step + 1, True
            continue
        deepest = max(deepest, step)
        step, freed = step_back(tables, work, step)
        if step < 0 or tries > most:
            return work.handling[deepest] - 1, 0.0
        used, price, fresh = used - freed, price - work.price[step], False
    return -1, price
