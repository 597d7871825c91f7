"""Kinds of entities of which no pair at all goes together (C1)."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from solver.checks import places
from solver.checks.rules import Issue, Stage, error
from solver.checks.tags import Prices, Tags, budget
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, Performer

A = TypeVar("A")
B = TypeVar("B")


def prices(view: View) -> Prices:
    """Prices of the task, with the budgets of the performers that are left."""
    return Prices(view.task.plan_settings, view.left_performers())


def _no_pair(ones: Iterable[A], others: Iterable[B], match: Callable[[A, B], bool]) -> bool:
    """Whether there are entities of both kinds, and no pair of them matches."""
    first, second = set(ones), set(others)
    return bool(first and second) and not any(match(one, other) for one in first for other in second)


@error(
    EntityErrorType.COMPATIBILITY_CARGO_BOX,
    cause=Text("No cargo is compatible with any box.", "Ни один груз не совместим ни с одним отсеком."),
    cure=Text("Give boxes the features that box_restrictions ask for, or a price for a missing one.",
              "Дайте отсекам свойства, которых требуют box_restrictions, или штраф за их отсутствие."),
    example={"orders[0].cargos[0].compatibilities": {"box_restrictions": ["frozen"]}},
    near_miss={
        "orders[0].cargos[0].compatibilities": {"box_restrictions": ["frozen"]},
        "transports[0].boxes[0].compatibilities": {"box_features": ["frozen"]},
    },
    stage=Stage.REMAINDER,
)  # fmt: skip
def compatibility_cargo_box(view: View) -> Iterator[Issue]:
    """C1: cargo.box_restrictions and box.box_features."""
    required = (
        frozenset(cargo.compatibilities.box_restrictions)
        for order in view.left_orders()
        for cargo in order.cargos
    )
    offered = (
        frozenset(box.compatibilities.box_features)
        for transport in view.left_transports()
        for box in transport.boxes
    )
    if _no_pair(required, offered, prices(view).meets):
        yield Issue((places.TASK,))


@error(
    EntityErrorType.COMPATIBILITY_TRANSPORT_PERFORMER,
    cause=Text("No transport is compatible with any performer.",
               "Ни один транспорт не совместим ни с одним исполнителем."),
    cure=Text("Give performers and transports the features that the other asks for.",
              "Дайте исполнителям и транспорту свойства, которых требует другая сторона."),
    example={"transports[0].compatibilities": {"performer_restrictions": ["truck licence"]}},
    near_miss={
        "transports[0].compatibilities": {"performer_restrictions": ["truck licence"]},
        "performers[0].compatibilities": {"performer_features": ["truck licence"]},
    },
    stage=Stage.REMAINDER,
)  # fmt: skip
def compatibility_transport_performer(view: View) -> Iterator[Issue]:
    """C1: performer_restrictions of a transport and transport_restrictions of a performer."""
    transports = (
        (frozenset(item.performer_restrictions), frozenset(item.transport_features))
        for item in (transport.compatibilities for transport in view.left_transports())
    )
    performers = ((*_performer_tags(performer), budget(performer)) for performer in view.left_performers())
    price = prices(view)

    def match(transport: tuple[Tags, Tags], performer: tuple[Tags, Tags, float]) -> bool:
        missing = (transport[0] - performer[1]) | (performer[0] - transport[1])
        return price.meets(missing, frozenset(), performer[2])

    if _no_pair(transports, performers, match):
        yield Issue((places.TASK,))


def _performer_tags(performer: Performer) -> tuple[Tags, Tags]:
    item = performer.compatibilities
    return frozenset(item.transport_restrictions), frozenset(item.performer_features)


@error(
    EntityErrorType.COMPATIBILITY_TRANSPORT_LOCATION,
    cause=Text("No transport is compatible with any location.",
               "Ни один транспорт не совместим ни с одной локацией."),
    cure=Text("Give transports the features that transport_restrictions of locations ask for.",
              "Дайте транспорту свойства, которых требуют transport_restrictions локаций."),
    example={
        "locations[0].compatibilities": {"transport_restrictions": ["low"]},
        "locations[1].compatibilities": {"transport_restrictions": ["low"]},
    },
    near_miss={
        "locations[0].compatibilities": {"transport_restrictions": ["low"]},
        "locations[1].compatibilities": {"transport_restrictions": ["low"]},
        "transports[0].compatibilities": {"transport_features": ["low"]},
    },
    stage=Stage.REMAINDER,
)  # fmt: skip
def compatibility_transport_location(view: View) -> Iterator[Issue]:
    """C1: location.transport_restrictions and transport_features."""
    required = (
        frozenset(location.compatibilities.transport_restrictions)
        for location in view.task.locations
        if location.key not in view.cuts.locations
    )
    offered = (
        frozenset(transport.compatibilities.transport_features) for transport in view.left_transports()
    )
    if _no_pair(required, offered, prices(view).meets):
        yield Issue((places.TASK,))


@error(
    EntityErrorType.COMPATIBILITY_ORDER_PERFORMER,
    cause=Text("No order is compatible with any performer.",
               "Ни один заказ не совместим ни с одним исполнителем."),
    cure=Text("Give performers the features that orders ask for, or take them off the blacklists.",
              "Дайте исполнителям свойства, которых требуют заказы, или уберите их из чёрных списков."),
    example={"orders[0].compatibilities": {"performer_restrictions": ["courier"]}},
    near_miss={
        "orders[0].compatibilities": {"performer_restrictions": ["courier"]},
        "performers[0].compatibilities": {"performer_features": ["courier"]},
    },
    stage=Stage.REMAINDER,
)  # fmt: skip
def compatibility_order_performer(view: View) -> Iterator[Issue]:
    """C1: performer_restrictions and performer_blacklist of an order, performer_features."""
    orders = (
        (frozenset(item.performer_restrictions), frozenset(item.performer_blacklist))
        for item in (order.compatibilities for order in view.left_orders())
    )
    performers = ((_performer_tags(item)[1], budget(item)) for item in view.left_performers())
    price = prices(view)

    def match(order: tuple[Tags, Tags], performer: tuple[Tags, float]) -> bool:
        return price.meets(order[0], *performer) and price.avoids(order[1], performer[0])

    if _no_pair(orders, performers, match):
        yield Issue((places.TASK,))
