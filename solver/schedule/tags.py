"""Tags of orders, places, performers and transports along a route (rules C1-C4), compiled."""

from math import isinf

from solver.problem.arrays import (
    F_END,
    F_OWNER,
    F_PCLASS,
    F_START,
    F_TCLASS,
    O_CLASS,
    O_GROUP,
    O_MIX,
    O_TRANSPORT,
    U_ORDER_MIX,
    U_PLACE,
    V_LOC,
    V_ORDER,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.faults import Fault
from solver.schedule.scratch import Scratch

NONE = int(Fault.NONE)
PERFORMER_TAGS = int(Fault.PERFORMER_TAGS)
PLACE_TAGS = int(Fault.PLACE_TAGS)
ORDER_MIX = int(Fault.ORDER_MIX)
OWNER = int(Fault.OWNER)
GROUP = int(Fault.GROUP)


@compiled
def order_fault(tables: Tables, vehicle: int, order: int) -> int:
    """Rule that keeps an order off a vehicle whatever else it carries (C1, L5, O5), or NONE."""
    kind = tables.order[order, O_CLASS]
    if isinf(tables.order_performer[kind, tables.vehicle[vehicle, F_PCLASS]]):
        return PERFORMER_TAGS
    owner = tables.order[order, O_TRANSPORT]
    if owner >= 0 and owner != tables.vehicle[vehicle, F_OWNER]:
        return OWNER
    group = tables.order[order, O_GROUP]
    if group >= 0 and not tables.group_vehicle[group, vehicle]:
        return GROUP
    return NONE


@compiled
def gather_orders(tables: Tables, work: Scratch, route: Ints, count: int) -> int:
    """List the route's orders in ``work.orders``; returns how many."""
    work.stamp[0] += 1
    found = 0
    for i in range(count):
        order = tables.visit[route[i], V_ORDER]
        if work.seen_order[order] != work.stamp[0]:
            work.seen_order[order] = work.stamp[0]
            work.orders[found] = order
            found += 1
    return found


@compiled
def orders_price(tables: Tables, work: Scratch, vehicle: int, count: int) -> tuple[float, int, int]:
    """Price of the route's ``count`` orders with the performer and each other: (price, fault, order)."""
    price = 0.0
    for i in range(count):
        order = work.orders[i]
        fault = order_fault(tables, vehicle, order)
        if fault != NONE:
            return 0.0, fault, order
        price += tables.order_performer[tables.order[order, O_CLASS], tables.vehicle[vehicle, F_PCLASS]]
        if tables.uses[U_ORDER_MIX]:
            for j in range(i):
                pair = tables.order_mix[tables.order[order, O_MIX], tables.order[work.orders[j], O_MIX]]
                if isinf(pair):
                    return 0.0, ORDER_MIX, order
                price += pair
    return price, NONE, -1


@compiled
def place_price(tables: Tables, vehicle: int, place: int) -> float:
    """Price of stopping at a place with the vehicle's transport (C1); inf: not allowed."""
    return tables.place_transport[tables.visit_class[place], tables.vehicle[vehicle, F_TCLASS]]


@compiled
def places_price(tables: Tables, vehicle: int, route: Ints, count: int) -> tuple[float, int]:
    """Price of the route's stops, once a stop: (price, place that is not allowed or -1)."""
    if not tables.uses[U_PLACE]:
        return 0.0, -1
    place, price = tables.vehicle[vehicle, F_START], 0.0
    if place >= 0:
        price = place_price(tables, vehicle, place)
        if isinf(price):
            return 0.0, place
    for i in range(count + 1):
        there = tables.visit[route[i], V_LOC] if i < count else tables.vehicle[vehicle, F_END]
        if there >= 0 and there != place:
            more = place_price(tables, vehicle, there)
            if isinf(more):
                return 0.0, there
            price += more
            place = there
    return price, -1
