"""What belongs in one trip, as hardlinks (rules O5, Q2, Q10)."""

from collections.abc import Iterable, Mapping

from solver.contract import (
    ActualizeTask,
    Hardlink,
    HardlinkElement,
    HardlinkElementType,
    Order,
    PlanTask,
    ReplanTask,
)
from solver.replan.freedom import Freedom
from solver.replan.remainder import Remainder
from solver.replan.trips import GivenTrip

Item = tuple[HardlinkElementType, str]
ORDER, PERFORMER, TRANSPORT = (
    HardlinkElementType.ORDER,
    HardlinkElementType.PERFORMER_SHIFT,
    HardlinkElementType.TRANSPORT_SHIFT,
)


def hardlinks(
    task: ActualizeTask | ReplanTask,
    left_task: PlanTask,
    trips: Iterable[GivenTrip],
    freedom: Freedom,
    left: Remainder,
) -> list[Hardlink]:
    """Hardlinks of a continuation: one for each trip that binds, and those of the task.

    A hardlink of the task that shares something with a trip becomes part of the trip's.
    """
    known = _known(left_task)
    groups: dict[str, dict[Item, None]] = {}
    owner: dict[Item, str] = {}
    given_links = task.hardlinks if isinstance(task, ReplanTask) else []
    used = {link.key for link in given_links}
    for given in trips:
        orders = bound_orders(given, freedom, left)
        items = [(PERFORMER, given.performer_shift), (TRANSPORT, given.transport_shift)]
        if (not orders and not freedom.keeps_trips) or not known.issuperset(items):
            continue
        key = given.trip.key if given.trip.key not in used else f"trip {given.trip.key}"
        items += [(ORDER, order) for order in orders]
        groups[key] = dict.fromkeys(item for item in items if item in known)
        owner.update(dict.fromkeys(groups[key], key))
    for link in given_links:
        items = [item for item in ((x.type, x.entity_key) for x in link.links) if item in known]
        home = next((owner[item] for item in items if item in owner), link.key)
        group = groups.setdefault(home, {})
        for item in items:
            if item not in owner and (item[0] is ORDER or all(kind is not item[0] for kind, _ in group)):
                group[item] = None
                owner[item] = home
    return [
        Hardlink(key=key, links=[HardlinkElement(type=kind, entity_key=entity) for kind, entity in group])
        for key, group in groups.items()
        if len(group) > 1
    ]


def servable(
    task: ActualizeTask | ReplanTask,
    left_task: PlanTask,
    trips: Iterable[GivenTrip],
    bound: Mapping[str, list[str]],
) -> list[Order]:
    """Orders of a continuation but for those that need a shift or a box which is not in use.

    Those of a trip stay on its waitlist all the same.
    """
    known = _known(left_task)
    boxes = {box.key for transport in left_task.transports for box in transport.boxes}
    wanted = {
        order.key: {cargo.target_box_key for cargo in order.cargos if cargo.target_box_key}
        for order in left_task.orders
    }
    stranded = {key for key, targets in wanted.items() if not targets <= boxes}
    homes: set[Item] = set()
    for given in trips:
        shifts = {(PERFORMER, given.performer_shift), (TRANSPORT, given.transport_shift)}
        if shifts <= known:
            homes |= shifts | {(ORDER, key) for key in given.orders}
        else:
            stranded.update(bound[given.trip.key])
    for link in task.hardlinks if isinstance(task, ReplanTask) else []:
        items = {(item.type, item.entity_key) for item in link.links}
        lost = any(kind is not ORDER and (kind, key) not in known for kind, key in items)
        if not items & homes and (lost or any(key in stranded for _, key in items)):
            stranded |= {key for kind, key in items if kind is ORDER}
    return [order for order in left_task.orders if order.key not in stranded]


def _known(task: PlanTask) -> set[Item]:
    known = {(ORDER, order.key) for order in task.orders}
    known |= {(PERFORMER, shift.key) for performer in task.performers for shift in performer.shifts}
    return known | {(TRANSPORT, shift.key) for transport in task.transports for shift in transport.shifts}


def bound_orders(given: GivenTrip, freedom: Freedom, left: Remainder) -> list[str]:
    """Orders that stay in a trip or on its waitlist.

    Where trips bind nothing, what is on board or being served stays all the same.
    """
    if freedom.keeps_trips:
        return given.orders
    return [key for key in given.orders if key in left.orders and left.is_begun(left.orders[key])]
