"""Keys that lead nowhere (K2, Q4) and keys that are not unique (K1)."""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from typing import Any

from solver.checks import places
from solver.checks.places import Place
from solver.checks.rules import Issue, error
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import (
    EntityErrorType,
    EntityType,
    Fact,
    FactType,
    Hardlink,
    HardlinkElementType,
    Order,
    Performer,
    PerformerShift,
    Transport,
    TransportShift,
    Trip,
    TripState,
)

NEEDED_BY_FACT = {
    FactType.NEW_LOCATION: ("performer_key", "location_key"),
    FactType.ORDER_DONE: ("order_key",),
    FactType.DEMAND_START: ("demand_key",),
    FactType.DEMAND_DONE: ("demand_key",),
}
"""Keys a fact must have beside its trip."""


@error(
    EntityErrorType.INCONSISTENT_REFERENCE,
    cause=Text("A key leads nowhere, or a key that is needed is missing.",
               "Ключ никуда не ведёт, или нужный ключ не указан."),
    cure=Text("Add the entity, or correct the key where it is used.",
              "Добавьте сущность или исправьте ключ там, где он используется."),
    example={"orders[0].demands[1].possible_events[0].location_key": "nowhere"},
    near_miss={"orders[0].demands[1].possible_events[0].location_key": "depot"},
)  # fmt: skip
def inconsistent_reference(view: View) -> Iterator[Issue]:
    """K2, Q4: every key used names an entity of the right kind."""
    for order, demand, event in view.events():
        if event.location_key not in view.locations:
            yield _lost(places.event(order, demand, event), EntityType.LOCATION_LINK, event.location_key)
    for order, cargo in view.order_cargos():
        box = cargo.target_box_key
        if box is not None and len(view.boxes.get(box, ())) != 1:
            yield _lost(places.cargo(order, cargo), EntityType.BOX_LINK, box)
    for performer, shift in view.performers_with_shifts():
        yield from _shift(view, places.performer_shift(performer, shift), shift)
        rules = shift.work_and_rest_rules
        for key in (*rules.reset_location_keys, *rules.ignore_location_keys):
            if key not in view.locations:
                yield _lost(places.performer_shift(performer, shift), EntityType.LOCATION_LINK, key)
    for performer in view.task.performers:
        for extra in performer.limits.demand_extra_durations:
            if extra.demand_key not in view.demands:
                yield _lost(places.performer(performer), EntityType.DEMAND_LINK, extra.demand_key)
    for transport, transport_shift in view.transports_with_shifts():
        yield from _shift(view, places.transport_shift(transport, transport_shift), transport_shift)
    for link in view.hardlinks:
        yield from _hardlink(view, link)
    for trip in view.trips:
        yield from _trip(view, trip)
    trip_keys = {trip.key for trip in view.trips}
    for fact in view.facts:
        yield from _fact(view, fact, trip_keys)


def _lost(place: Place, kind: EntityType, key: str) -> Issue:
    return Issue(((*place, (kind, key)),), detail=key)


def _unknown(place: Place, links: Iterable[tuple[EntityType, str | None, Container[str]]]) -> Iterator[Issue]:
    """Issues of the links that are given and lead nowhere."""
    for kind, key, known in links:
        if key is not None and key not in known:
            yield _lost(place, kind, key)


def _shift(view: View, place: Place, shift: PerformerShift | TransportShift) -> Iterator[Issue]:
    return _unknown(
        place,
        (
            (EntityType.LOCATION_LINK, key, view.locations)
            for key in (shift.start_location_key, shift.finish_location_key)
        ),
    )


def _hardlink(view: View, link: Hardlink) -> Iterator[Issue]:
    known: dict[HardlinkElementType, tuple[EntityType, Container[str]]] = {
        HardlinkElementType.ORDER: (EntityType.ORDER_LINK, view.orders),
        HardlinkElementType.PERFORMER_SHIFT: (EntityType.PERFORMER_SHIFT_LINK, view.performer_shifts),
        HardlinkElementType.TRANSPORT_SHIFT: (EntityType.TRANSPORT_SHIFT_LINK, view.transport_shifts),
    }
    for element in link.links:
        kind, keys = known[element.type]
        if element.entity_key not in keys:
            yield _lost(places.hardlink(link), kind, element.entity_key)


def _trip(view: View, trip: Trip) -> Iterator[Issue]:
    place = places.trip(trip)
    performer = view.performers.get(trip.performer.performer_key)
    transport = view.transports.get(trip.transport.transport_key)
    yield from _unknown(
        place,
        [
            (EntityType.PERFORMER_LINK, trip.performer.performer_key, view.performers),
            (EntityType.PERFORMER_SHIFT_LINK, trip.performer.shift_key, _shift_keys(performer)),
            (EntityType.TRANSPORT_LINK, trip.transport.transport_key, view.transports),
            (EntityType.TRANSPORT_SHIFT_LINK, trip.transport.shift_key, _shift_keys(transport)),
            *((EntityType.ORDER_LINK, key, view.orders) for key in trip.waitlist),
        ],
    )
    boxes = {box.key for box in transport.boxes} if transport is not None else set()
    for state in trip.states:
        yield from _state(view, place, state, boxes)


def _shift_keys(owner: Performer | Transport | None) -> set[str]:
    return {shift.key for shift in owner.shifts} if owner is not None else set()


def _state(view: View, place: Place, state: TripState, boxes: set[str]) -> Iterator[Issue]:
    order = view.orders.get(state.order_key) if state.order_key is not None else None
    demands = {item.key: item for item in order.demands} if order is not None else view.demands
    demand = demands.get(state.demand_key) if state.demand_key is not None else None
    events = {item.key for item in demand.possible_events} if demand is not None else set()
    yield from _unknown(
        place,
        [
            (EntityType.LOCATION_LINK, state.location_key, view.locations),
            (EntityType.ORDER_LINK, state.order_key, view.orders),
            (EntityType.DEMAND_LINK, state.demand_key, demands),
            (EntityType.EVENT_LINK, state.event_key, events),
            *((EntityType.CARGO_LINK, action.cargo_key, view.cargos) for action in state.cargo_actions),
            *((EntityType.BOX_LINK, action.box_key, boxes) for action in state.cargo_actions),
        ],
    )


def _fact(view: View, fact: Fact, trip_keys: set[str]) -> Iterator[Issue]:
    place = places.fact(fact)
    yield from _unknown(
        place,
        [
            (EntityType.TRIP_LINK, fact.trip_key, trip_keys),
            (EntityType.ORDER_LINK, fact.order_key, view.orders),
            (EntityType.DEMAND_LINK, fact.demand_key, view.demands),
            (EntityType.PERFORMER_LINK, fact.performer_key, view.performers),
            (EntityType.LOCATION_LINK, fact.location_key, view.locations),
        ],
    )
    for name in NEEDED_BY_FACT[fact.type]:
        if getattr(fact, name) is None:
            yield Issue((place,), detail=name)


@error(
    EntityErrorType.UNIQUE_IDS_VIOLATION,
    cause=Text("Several entities of one kind have the same key.",
               "У нескольких сущностей одного вида одинаковый ключ."),
    cure=Text("Give each of them a key of its own.", "Дайте каждой из них свой ключ."),
    example={"locations[2]": {"key": "client", "geopoint": {"latitude": 49.42, "longitude": 8.69}}},
    near_miss={"locations[2]": {"key": "client_2", "geopoint": {"latitude": 49.42, "longitude": 8.69}}},
)  # fmt: skip
def unique_ids_violation(view: View) -> Iterator[Issue]:
    """K1: keys are unique in the task; keys of events, boxes and location limits inside their parent."""
    count = Counter(item[:3] for item in _keyed(view))
    repeated: dict[Hashable, list[Keyed]] = {key: [] for key, times in count.items() if times > 1}
    for item in _keyed(view) if repeated else ():
        if item[:3] in repeated:
            repeated[item[:3]].append(item)
    for found in repeated.values():
        yield Issue(tuple(place(*owners) for _, _, _, place, owners in found), detail=found[0][2])


Keyed = tuple[str, str, str, Callable[..., Place], tuple[Any, ...]]
"""Kind, key of the parent in which keys are unique (none: the task), own key; how to say the place."""


def _keyed(view: View) -> Iterator[Keyed]:
    """Every entity that has a key."""
    for location in view.task.locations:
        yield "location", "", location.key, places.location, (location,)
        for number, element in enumerate(location.timetable):
            for limit in element.limits:
                yield f"limit {number}", location.key, limit.key, places.location, (location,)
    for order in view.task.orders:
        yield from _keyed_in_order(order)
    for performer in view.task.performers:
        yield "performer", "", performer.key, places.performer, (performer,)
        for shift in performer.shifts:
            yield "performer shift", "", shift.key, places.performer_shift, (performer, shift)
    for transport in view.task.transports:
        yield "transport", "", transport.key, places.transport, (transport,)
        for transport_shift in transport.shifts:
            yield (
                "transport shift",
                "",
                transport_shift.key,
                places.transport_shift,
                (transport, transport_shift),
            )
        for box in transport.boxes:
            yield "box", transport.key, box.key, places.box, (transport, box)
    for link in view.hardlinks:
        yield "hardlink", "", link.key, places.hardlink, (link,)
    for trip in view.trips:
        yield "trip", "", trip.key, places.trip, (trip,)
    for fact in view.facts:
        yield "fact", "", fact.key, places.fact, (fact,)


def _keyed_in_order(order: Order) -> Iterator[Keyed]:
    yield "order", "", order.key, places.order, (order,)
    for cargo in order.cargos:
        yield "cargo", "", cargo.key, places.cargo, (order, cargo)
    for demand in order.demands:
        yield "demand", "", demand.key, places.demand, (order, demand)
        for event in demand.possible_events:
            yield "event", demand.key, event.key, places.event, (order, demand, event)
