"""The entities of a task as plain tables: what a dispatcher looks up before he asks why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.web import words
from planning.web.catalog import Catalog
from planning.web.formats import duration, short, span
from solver.contract import Capacity, Demand, Location, Order, Performer, TimeWindow, Transport

SEVERAL = 3
"""Items of a list written out in a cell; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headers, and how to make the rows; `numbers` are the columns that stand right."""

    label: str | Promise
    headers: tuple[str | Promise, ...]
    rows: Callable[[Catalog], Iterable[tuple[str, ...]]]
    numbers: frozenset[int] = frozenset()


def _orders(catalog: Catalog) -> Iterable[tuple[str, ...]]:
    for order in catalog.task.orders:
        yield (
            order.name or order.key,
            _several(_demand(catalog, demand) for demand in order.demands),
            _several(_windows(catalog, order)),
            str(len(order.cargos)),
            _sum([cargo.capacity for cargo in order.cargos]),
            ", ".join(order.compatibilities.performer_restrictions),
        )


def _demand(catalog: Catalog, demand: Demand) -> str:
    places = {event.location_key for event in demand.possible_events}
    names = (place.name if (place := catalog.place(key)) else key for key in sorted(places))
    return f"{words.of('kind', demand.demand_type.value)}: {_several(names)}"


def _windows(catalog: Catalog, order: Order) -> Iterable[str]:
    found = {(event.hard_time_window.start, event.hard_time_window.end) for event in catalog.events(order)}
    return (span((catalog.local(start), catalog.local(end))) for start, end in sorted(found))


def _locations(catalog: Catalog) -> Iterable[tuple[str, ...]]:
    for location in catalog.task.locations:
        point = location.geopoint
        yield (
            location.name or location.key,
            f"{point.latitude:.5f}, {point.longitude:.5f}",
            _several(_span(catalog, element.work_window) for element in location.timetable),
            duration(location.arrival_duration),
            duration(location.departure_duration),
            _tags(location),
        )


def _tags(location: Location) -> str:
    return ", ".join(location.compatibilities.transport_restrictions)


def _performers(catalog: Catalog) -> Iterable[tuple[str, ...]]:
    for performer in catalog.task.performers:
        yield (
            performer.name or performer.key,
            _several(_span(catalog, shift.availability_time) for shift in performer.shifts),
            _several(_bases(catalog, performer)),
            ", ".join(performer.compatibilities.performer_features),
        )


def _bases(catalog: Catalog, performer: Performer) -> Iterable[str]:
    keys = {
        key for shift in performer.shifts for key in (shift.start_location_key, shift.finish_location_key)
    }
    return (place.name for key in sorted(key for key in keys if key) if (place := catalog.place(key)))


def _transports(catalog: Catalog) -> Iterable[tuple[str, ...]]:
    for transport in catalog.task.transports:
        yield (
            transport.name or transport.key,
            transport.transport_type.value.replace("_", " ").capitalize(),
            _several(_span(catalog, shift.availability_time) for shift in transport.shifts),
            str(len(transport.boxes)),
            _capacity(transport),
            ", ".join(transport.compatibilities.transport_features),
        )


def _capacity(transport: Transport) -> str:
    return _sum([box.capacity for box in transport.boxes])


def _sum(parts: list[Capacity]) -> str:
    sums = {name: sum(getattr(part, name) for part in parts) for name in words.MEASURES}
    return ", ".join(f"{words.MEASURES[name]} {short(value)}" for name, value in sums.items() if value)


def _span(catalog: Catalog, window: TimeWindow) -> str:
    return span((catalog.local(window.start), catalog.local(window.end)))


def _several(items: Iterable[str]) -> str:
    listed = list(items)
    more = f" +{len(listed) - SEVERAL}" if len(listed) > SEVERAL else ""
    return "; ".join(listed[:SEVERAL]) + more


TABLES = {
    "orders": Table(
        _("Orders"),
        (_("Order"), _("What and where"), _("Window"), _("Cargos"), _("Load"), _("Driver needs")),
        _orders,
        frozenset({3}),
    ),
    "locations": Table(
        _("Places"),
        (
            _("Place"),
            _("Latitude, longitude"),
            _("Opening hours"),
            _("Arriving"),
            _("Leaving"),
            _("Vehicle needs"),
        ),
        _locations,
        frozenset({3, 4}),
    ),
    "performers": Table(
        _("Drivers"), (_("Driver"), _("Shifts"), _("Start and finish"), _("Abilities")), _performers
    ),
    "transports": Table(
        _("Vehicles"),
        (_("Vehicle"), _("Type"), _("Shifts"), _("Boxes"), _("Capacity"), _("Abilities")),
        _transports,
        frozenset({3}),
    ),
}
