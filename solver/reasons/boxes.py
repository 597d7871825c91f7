"""What would have to give so that a route's cargos find their boxes (rules L2-L4, C1-C3), compiled.

Each single remedy is tried with the evaluator: more room in a box that may take the cargo, a higher limit of
penalties, one more box, cargos that bear each other, a box that lacks something. Only if none helps alone
the boxes are left out of account altogether.
"""

from math import inf, isinf

from solver.problem.arrays import (
    C_CLASS,
    D_C0,
    D_C1,
    D_TYPE,
    DROP,
    F_BOX0,
    F_BOX1,
    F_MAX_BOXES,
    FROM_BOX,
    M_MAX_PENALTY,
    U_BOXES,
    U_CARGO_MIX,
    V_DEMAND,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.reasons.book import (
    BOX_ONE,
    BOX_ROOM,
    CARGO_BOX,
    EDITS,
    MONEY,
    USES,
    VEHICLE,
    Book,
    note,
    take_back,
    widen,
)
from solver.reasons.codes import BOX_COUNT, BOX_FAULT, BOX_MIX, BOX_ONE_CARGO, BOX_ROOMS, BOX_TAGS, PENALTY
from solver.schedule.judge import judge
from solver.schedule.scratch import R_PENALTY, Scratch

MORE_ROOM, MORE_PENALTY, MORE_BOXES, ANY_MIX, ANY_BOX, WAYS = range(6)


@compiled
def propose(tables: Tables, book: Book, vehicle: int, cargo: int, way: int, box: int) -> bool:
    """Widen one thing for a cargo; False if this remedy is not one here."""
    kind = tables.cargo[cargo, C_CLASS]
    closed = isinf(tables.cargo_box[kind, box])
    first = bool(box == tables.vehicle[vehicle, F_BOX0])
    if way == MORE_ROOM:
        if closed:
            return False
        for m in range(tables.cargo_size.shape[1]):
            size = tables.cargo_size[cargo, m]
            widen(tables, book, BOX_ROOM, box, m, tables.box_room[box, m] + size)
            if tables.box_one[box, m] < size:
                widen(tables, book, BOX_ONE, box, m, size)
        return True
    if way == MORE_PENALTY:
        widen(tables, book, MONEY, vehicle, M_MAX_PENALTY, inf)
        return first
    if way == MORE_BOXES:
        boxes = tables.vehicle[vehicle, F_BOX1] - tables.vehicle[vehicle, F_BOX0]
        widen(tables, book, VEHICLE, vehicle, F_MAX_BOXES, boxes)
        return first
    if way == ANY_MIX:
        widen(tables, book, USES, U_CARGO_MIX, 0, 0.0)
        return first
    widen(tables, book, CARGO_BOX, kind, box, 0.0)
    return closed


@compiled
def peak(tables: Tables, work: Scratch, route: Ints, count: int, box: int, m: int) -> float:
    """Largest load of one measure in a box along a route that was packed."""
    load = top = 0.0
    for start in range(2):  # what lies in the box from the start of the trip, then what is done
        for i in range(count):
            demand = tables.visit[route[i], V_DEMAND]
            kind = tables.demand[demand, D_TYPE]
            unloads = kind in (DROP, FROM_BOX)
            if start == 0 and kind != FROM_BOX:
                continue
            for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
                cargo = tables.demand_cargo[row]
                if work.box_of[cargo] == box:
                    load += (
                        -tables.cargo_size[cargo, m]
                        if start == 1 and unloads
                        else tables.cargo_size[cargo, m]
                    )
            top = max(top, load)
    return top


@compiled
def note_room(
    tables: Tables, work: Scratch, book: Book, route: Ints, count: int, cargo: int, box: int, mark: int
) -> None:
    """Note what the box lacks once it has been given more, measure by measure."""
    for row in range(mark, book.counts[EDITS]):
        m, before = book.edits[row, 2], book.old[row]
        if book.edits[row, 0] == BOX_ROOM:
            over = peak(tables, work, route, count, box, m) - before
            if over > 1e-6:
                note(book, BOX_ROOMS, box * 8.0 + m, cargo, over)
        elif tables.cargo_size[cargo, m] > before:
            note(book, BOX_ONE_CARGO, box * 8.0 + m, cargo, tables.cargo_size[cargo, m] - before)


@compiled
def give_box(
    tables: Tables,
    work: Scratch,
    book: Book,
    vehicle: int,
    route: Ints,
    count: int,
    cargo: int,
    lowest_cost: bool,
) -> float:
    """Note what the cargo's box lacks and widen it; returns how grave that is."""
    for way in range(WAYS):
        for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
            mark, limit = book.counts[EDITS], tables.vehicle_money[vehicle, M_MAX_PENALTY]
            helps = propose(tables, book, vehicle, cargo, way, box)
            if helps:
                helps = judge(tables, work, vehicle, route, count, lowest_cost, work.judge[0]) != BOX_FAULT
            if not helps:
                take_back(tables, book, mark)
                continue
            if way == MORE_ROOM:
                note_room(tables, work, book, route, count, cargo, box, mark)
            elif way == MORE_PENALTY:
                note(book, PENALTY, -1.0, -1.0, work.result[R_PENALTY] - limit)
            elif way == MORE_BOXES:
                note(book, BOX_COUNT, -1.0, cargo, 1.0)
            elif way == ANY_MIX:
                note(book, BOX_MIX, cargo, -1.0, 0.0)
            else:
                note(book, BOX_TAGS, cargo, box, 0.0)
            return 1.5
    widen(tables, book, USES, U_BOXES, 0, 0.0)
    note(book, BOX_FAULT, cargo, -1.0, 0.0)
    return 4.0
