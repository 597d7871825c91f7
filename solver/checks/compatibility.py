"""Kinds of entities of which no pair at all goes together (C1)."""

from collections.abc import Iterable, Iterator

import numpy as np

from solver.checks import places
from solver.checks.rules import Issue, Stage, error
from solver.checks.tags import Prices, Refusals, Requirements, Tags, budget
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, Performer, Transport


def prices(view: View) -> Prices:
    """Prices of the task, with the budgets of the performers that are left."""
    return Prices(view.task.plan_settings, view.left_performers())


def _no_pair(view: View, required: Iterable[Tags], offered: Iterable[Tags]) -> bool:
    """Whether there are entities of both kinds, and no pair of them goes together, not even at a price."""
    price, rows, lists = prices(view), list(set(required)), set(offered)
    requirements = Requirements(rows, price)
    return bool(rows and lists) and not any(
        requirements.met_by(tags, price.largest_budget).any() for tags in lists
    )


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
    if _no_pair(view, required, offered):
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
    transports = sorted({_transport_tags(item) for item in view.left_transports()}, key=str)
    performers = {(*_performer_tags(item), budget(item)) for item in view.left_performers()}
    price = prices(view)
    asked_by_transports = Requirements([required for required, _ in transports], price)
    for required, offered, limit in performers:
        for number in np.flatnonzero(asked_by_transports.met_by(offered, limit)):
            asked, given = transports[number]
            if price.meets((asked - offered) | (required - given), limit):
                return
    if transports and performers:
        yield Issue((places.TASK,))


def _transport_tags(transport: Transport) -> tuple[Tags, Tags]:
    """What a transport asks of a performer, and what it offers."""
    item = transport.compatibilities
    return frozenset(item.performer_restrictions), frozenset(item.transport_features)


def _performer_tags(performer: Performer) -> tuple[Tags, Tags]:
    """What a performer asks of a transport, and what he offers."""
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
    if _no_pair(view, required, offered):
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
    orders = [
        (frozenset(item.performer_restrictions), frozenset(item.performer_blacklist))
        for item in (order.compatibilities for order in view.left_orders())
    ]
    performers = {(_performer_tags(item)[1], budget(item)) for item in view.left_performers()}
    price = prices(view)
    required = Requirements([one for one, _ in orders], price)
    refused = Refusals([other for _, other in orders], price)
    if (orders and performers) and not any(
        (required.met_by(offered, limit) & refused.avoided_by(offered)).any() for offered, limit in performers
    ):
        yield Issue((places.TASK,))
