"""What is widened in a problem's tables to see what would have to give, and taking it back, compiled."""

from typing import NamedTuple

import numpy as np

from solver.problem.arrays import Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.problem.handle import share

# Tables that are written into.
(
    WINDOWS, VEHICLE, ROOM, BOX_ROOM, BOX_ONE, CARGO_BOX, ORDER_PERFORMER, PLACE_TRANSPORT, ORDER_MIX, MONEY,
    USES, ORDER, PAUSES,
) = range(13)  # fmt: skip

# Positions in ``Book.counts``.
EDITS, OBSTACLES, BEST_OBSTACLES, SLOTS = range(4)

# Columns of an obstacle: its code, what it names (two numbers), how much is missing.
B_CODE, B_WHERE, B_OTHER, B_AMOUNT = range(4)

MOST_OBSTACLES = 8
MOST_EDITS = 4096
MOST_SLOTS = 32


class Book(NamedTuple):
    """Working memory of one explanation.

    Attributes
    ----------
    edits : (n, 3) int64
        Table, row and column of cells that were written.
    old : (n,) float64
        What stood there.
    counts : int64
        How many edits, obstacles, obstacles of the best attempt, slots.
    obstacles, best : (n, 4) float64
        Of the attempt at hand, of the best one; see the ``B_`` columns.
    trial, best_route : (visits,) int64
        The sequence at hand, the best one.
    figures : (4,) float64
        Metres, seconds, cost and reward of the best sequence; NaN where it cannot be driven at all.
    at : (visits,) int64
        Starts of services, roughly.
    slots : (n, 2) int64
        Places to try: visit and position, the nearest first.
    slot_price : (n,) float64
    """

    edits: Ints
    old: Floats
    counts: Ints
    obstacles: Floats
    best: Floats
    trial: Ints
    best_route: Ints
    figures: Floats
    at: Ints
    slots: Ints
    slot_price: Floats


def book(tables: Tables) -> Book:
    """Working memory for a problem."""
    visits = len(tables.visit) + 4
    return share(
        Book(
            edits=np.zeros((MOST_EDITS, 3), dtype=np.int64),
            old=np.zeros(MOST_EDITS),
            counts=np.zeros(4, dtype=np.int64),
            obstacles=np.zeros((MOST_OBSTACLES, 4)),
            best=np.zeros((MOST_OBSTACLES, 4)),
            trial=np.zeros(visits, dtype=np.int64),
            best_route=np.zeros(visits, dtype=np.int64),
            figures=np.zeros(4),
            at=np.zeros(visits, dtype=np.int64),
            slots=np.zeros((MOST_SLOTS, 2), dtype=np.int64),
            slot_price=np.zeros(MOST_SLOTS),
        )
    )


def own_copy(tables: Tables) -> Tables:
    """Tables whose limits may be written into."""
    names = (
        "windows", "vehicle", "room", "box_room", "box_one", "cargo_box", "order_performer",
        "place_transport", "order_mix", "vehicle_money", "uses", "order", "pauses",
    )  # fmt: skip
    return share(tables._replace(**{name: getattr(tables, name).copy() for name in names}))


@compiled
def write_limit(tables: Tables, table: int, i: int, j: int, value: float) -> None:
    """Write one cell that holds a real number."""
    if table == ROOM:
        tables.room[i, j] = value
    elif table == BOX_ROOM:
        tables.box_room[i, j] = value
    elif table == BOX_ONE:
        tables.box_one[i, j] = value
    elif table == CARGO_BOX:
        tables.cargo_box[i, j] = value
    elif table == ORDER_PERFORMER:
        tables.order_performer[i, j] = value
    elif table == PLACE_TRANSPORT:
        tables.place_transport[i, j] = value
    elif table == ORDER_MIX:
        tables.order_mix[i, j] = value
    else:
        tables.vehicle_money[i, j] = value


@compiled
def write(tables: Tables, table: int, i: int, j: int, value: float) -> None:
    """Write one cell."""
    if table == WINDOWS:
        tables.windows[i, j] = int(value)
    elif table == VEHICLE:
        tables.vehicle[i, j] = int(value)
    elif table == USES:
        tables.uses[i] = int(value)
    elif table == ORDER:
        tables.order[i, j] = int(value)
    elif table == PAUSES:
        tables.pauses[i, j] = int(value)
    else:
        write_limit(tables, table, i, j, value)


@compiled
def read_limit(tables: Tables, table: int, i: int, j: int) -> float:
    """What stands in a cell that holds a real number."""
    if table == ROOM:
        return float(tables.room[i, j])
    if table == BOX_ROOM:
        return float(tables.box_room[i, j])
    if table == BOX_ONE:
        return float(tables.box_one[i, j])
    if table == CARGO_BOX:
        return float(tables.cargo_box[i, j])
    if table == ORDER_PERFORMER:
        return float(tables.order_performer[i, j])
    if table == PLACE_TRANSPORT:
        return float(tables.place_transport[i, j])
    if table == ORDER_MIX:
        return float(tables.order_mix[i, j])
    return float(tables.vehicle_money[i, j])


@compiled
def read(tables: Tables, table: int, i: int, j: int) -> float:
    """What stands in a cell."""
    if table == WINDOWS:
        return float(tables.windows[i, j])
    if table == VEHICLE:
        return float(tables.vehicle[i, j])
    if table == USES:
        return float(tables.uses[i])
    if table == ORDER:
        return float(tables.order[i, j])
    if table == PAUSES:
        return float(tables.pauses[i, j])
    return read_limit(tables, table, i, j)


@compiled
def widen(tables: Tables, book: Book, table: int, i: int, j: int, value: float) -> None:
    """Write a cell and remember what stood there; past ``MOST_EDITS`` nothing is written."""
    count = book.counts[EDITS]
    if count >= MOST_EDITS:
        return
    book.edits[count, 0], book.edits[count, 1], book.edits[count, 2] = table, i, j
    book.old[count] = read(tables, table, i, j)
    book.counts[EDITS] = count + 1
    write(tables, table, i, j, value)


@compiled
def take_back(tables: Tables, book: Book, mark: int) -> None:
    """Undo the edits after the first ``mark``."""
    for row in range(book.counts[EDITS] - 1, mark - 1, -1):
        write(tables, book.edits[row, 0], book.edits[row, 1], book.edits[row, 2], book.old[row])
    book.counts[EDITS] = mark


@compiled
def note(book: Book, code: int, where: float, other: float, amount: float) -> bool:
    """Write down an obstacle; one that is there already grows by the amount. False if the book is full."""
    count = book.counts[OBSTACLES]
    for row in range(count):
        known = book.obstacles[row]
        if known[B_CODE] == code and known[B_WHERE] == where:
            known[B_OTHER] = other
            known[B_AMOUNT] += amount
            return True
    if count >= MOST_OBSTACLES:
        return False
    book.obstacles[count, B_CODE], book.obstacles[count, B_WHERE] = code, where
    book.obstacles[count, B_OTHER], book.obstacles[count, B_AMOUNT] = other, amount
    book.counts[OBSTACLES] = count + 1
    return True
