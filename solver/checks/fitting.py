"""Orders that nobody can carry out, and performers and transports that no order needs (V2)."""

from collections.abc import Callable, Iterator

from solver.checks import places
from solver.checks.matching import Side, match
from solver.checks.places import Place
from solver.checks.rules import Issue, Stage, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityType, EntityWarningType

_LATER = {"from": "2025-09-09T08:00:00Z", "to": "2025-09-09T18:00:00Z"}
_SECOND_PERFORMER = {
    "key": "performer_2",
    "shifts": [{"key": "performer_shift_2", "availability_time": _LATER, "working_time": _LATER}],
}
_SECOND_TRANSPORT = {
    "key": "transport_2",
    "shifts": [{"key": "transport_shift_2", "availability_time": _LATER}],
    "boxes": [{"key": "box_1", "capacity": {"mass": 10}}],
}
_TOUCHING = {"from": "2025-09-08T18:00:00Z", "to": "2025-09-08T22:00:00Z"}
_EASY_SECOND_ORDER = {
    "key": "order_2",
    "demands": [{
        "key": "work_2", "demand_type": "WORK",
        "possible_events": [{
            "key": "event_1", "location_key": "client",
            "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
        }],
    }],
}  # fmt: skip


def _unserved(view: View, side: Side, judge: Callable[[Side, int], bool]) -> Iterator[Issue]:
    for number, order in enumerate(view.once(match).orders):
        if not side.suitable[number] and judge(side, number):
            yield Issue((places.order(order),))


def _unavailable(side: Side, order: int) -> bool:
    """Nobody has a shift for the order, or only those who do not go together with it."""
    return bool(not side.available[order] or side.compatible[order])


def _incompatible(side: Side, order: int) -> bool:
    """Somebody is there, but nobody goes together with the order."""
    return bool(side.anybody and not side.compatible[order])


@warning(
    EntityWarningType.NO_AVAILABLE_TRANSPORT,
    cause=Text("No transport that suits the order has a shift in its time windows.",
               "Ни у одного подходящего транспорта нет смены во временных окнах заказа."),
    cure=Text("Add a shift that meets a window of each of the order's demands, or move the windows.",
              "Добавьте смену, пересекающуюся с окном каждой заявки заказа, или сдвиньте окна."),
    example={"transports[0].shifts[0].availability_time": _LATER},
    near_miss={"transports[0].shifts[0].availability_time": _TOUCHING},
    stage=Stage.MATCHING,
)  # fmt: skip
def no_available_transport(view: View) -> Iterator[Issue]:
    """W1, O1: one shift of one transport meets a window of every demand."""
    return _unserved(view, view.once(match).transports, _unavailable)


@warning(
    EntityWarningType.NO_AVAILABLE_PERFORMER,
    cause=Text("No performer who suits the order works in its time windows.",
               "Ни один подходящий исполнитель не работает во временных окнах заказа."),
    cure=Text("Add a shift that meets a window of each of the order's demands, or move the windows.",
              "Добавьте смену, пересекающуюся с окном каждой заявки заказа, или сдвиньте окна."),
    example={
        "performers[0].shifts[0].availability_time": _LATER,
        "performers[0].shifts[0].working_time": _LATER,
    },
    near_miss={
        "performers[0].shifts[0].availability_time": _TOUCHING,
        "performers[0].shifts[0].working_time": _TOUCHING,
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_available_performer(view: View) -> Iterator[Issue]:
    """W1, O1: one shift of one performer meets a window of every demand."""
    return _unserved(view, view.once(match).performers, _unavailable)


@warning(
    EntityWarningType.NO_COMPATIBLE_TRANSPORT,
    cause=Text("No transport can take the order's cargos or go to its places.",
               "Ни один транспорт не может принять грузы заказа или подъехать к его местам."),
    cure=Text("Add a transport with the room and the features the order needs, or split the order.",
              "Добавьте транспорт с нужным местом и свойствами или разделите заказ."),
    example={"orders[0].cargos[0].capacity.mass": 10.5},
    near_miss={"orders[0].cargos[0].capacity.mass": 10},
    stage=Stage.MATCHING,
)  # fmt: skip
def no_compatible_transport(view: View) -> Iterator[Issue]:
    """L2-L5, C1: one transport takes every cargo of the order and may go to every place."""
    return _unserved(view, view.once(match).transports, _incompatible)


@warning(
    EntityWarningType.NO_COMPATIBLE_PERFORMER,
    cause=Text("No performer has the features the order needs, or all are on its blacklist.",
               "Ни у одного исполнителя нет нужных заказу свойств, или все они в его чёрном списке."),
    cure=Text("Give a performer the features, or change what the order asks for.",
              "Дайте исполнителю нужные свойства или измените требования заказа."),
    example={
        "orders[1]": _EASY_SECOND_ORDER,
        "orders[0].compatibilities":
            {"performer_restrictions": ["courier"], "performer_blacklist": ["courier"]},
        "performers[0].compatibilities": {"performer_features": ["courier"]},
    },
    near_miss={
        "orders[1]": _EASY_SECOND_ORDER,
        "orders[0].compatibilities":
            {"performer_restrictions": ["courier"], "performer_blacklist": ["trainee"]},
        "performers[0].compatibilities": {"performer_features": ["courier"]},
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_compatible_performer(view: View) -> Iterator[Issue]:
    """C1, C3: one performer meets what the order asks for."""
    return _unserved(view, view.once(match).performers, _incompatible)


def _useless(side: Side, entity_type: EntityType, compatible: bool) -> Iterator[Issue]:
    """Who is of no use, by whether he would go together with an order that can be carried out."""
    for key, goes_together in side.useless.items():
        if goes_together == compatible:
            place: Place = ((entity_type, key),)
            yield Issue((place,))


@warning(
    EntityWarningType.NO_AVAILABLE_ORDER_FOR_TRANSPORT,
    cause=Text("The transport is of no use: by its room and features it suits no order.",
               "Транспорт бесполезен: по вместимости и свойствам ему не подходит ни один заказ."),
    cure=Text("Correct its boxes and features, or leave it out.",
              "Исправьте его отсеки и свойства или уберите его."),
    example={
        "transports[1]": {
            "key": "transport_2",
            "shifts": [{"key": "transport_shift_2", "availability_time":
                        {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}}],
            "boxes": [{"key": "box_1", "capacity": {"mass": 4}}],
        },
    },
    near_miss={
        "transports[1]": {
            "key": "transport_2",
            "shifts": [{"key": "transport_shift_2", "availability_time":
                        {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}}],
            "boxes": [{"key": "box_1", "capacity": {"mass": 5}}],
        },
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_available_order_for_transport(view: View) -> Iterator[Issue]:
    """V2: a transport that no order goes together with."""
    return _useless(view.once(match).transports, EntityType.TRANSPORT, compatible=False)


@warning(
    EntityWarningType.NO_AVAILABLE_ORDER_FOR_PERFORMER,
    cause=Text("The performer is of no use: by his features he suits no order.",
               "Исполнитель бесполезен: по его свойствам ему не подходит ни один заказ."),
    cure=Text("Correct his features, or leave him out.", "Исправьте его свойства или уберите его."),
    example={
        "orders[0].compatibilities": {"performer_restrictions": ["courier"]},
        "performers[0].compatibilities": {"performer_features": ["courier"]},
        "performers[1]": {"key": "performer_2", "shifts": [{
            "key": "performer_shift_2",
            "availability_time": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            "working_time": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
        }]},
    },
    near_miss={
        "performers[0].compatibilities": {"performer_features": ["courier"]},
        "performers[1]": {"key": "performer_2", "shifts": [{
            "key": "performer_shift_2",
            "availability_time": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            "working_time": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
        }]},
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_available_order_for_performer(view: View) -> Iterator[Issue]:
    """V2: a performer that no order goes together with."""
    return _useless(view.once(match).performers, EntityType.PERFORMER, compatible=False)


@warning(
    EntityWarningType.NO_COMPATIBLE_ORDER_FOR_TRANSPORT,
    cause=Text("The transport is of no use: none of its shifts meets the windows of an order it suits.",
               "Транспорт бесполезен: ни одна его смена не пересекается с окнами подходящих ему заказов."),
    cure=Text("Correct its shifts, or leave it out.", "Исправьте его смены или уберите его."),
    example={"transports[1]": _SECOND_TRANSPORT},
    near_miss={
        "transports[1]": _SECOND_TRANSPORT,
        "orders[0].demands[0].possible_events[0].hard_time_window.to": "2025-09-09T08:00:00Z",
        "orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-09-09T08:00:00Z",
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_compatible_order_for_transport(view: View) -> Iterator[Issue]:
    """V2: a transport with no shift for any order it goes together with."""
    return _useless(view.once(match).transports, EntityType.TRANSPORT, compatible=True)


@warning(
    EntityWarningType.NO_COMPATIBLE_ORDER_FOR_PERFORMER,
    cause=Text("The performer is of no use: none of his shifts meets the windows of an order he suits.",
               "Исполнитель бесполезен: ни одна его смена не пересекается с окнами подходящих ему заказов."),
    cure=Text("Correct his shifts, or leave him out.", "Исправьте его смены или уберите его."),
    example={"performers[1]": _SECOND_PERFORMER},
    near_miss={
        "performers[1]": _SECOND_PERFORMER,
        "orders[0].demands[0].possible_events[0].hard_time_window.to": "2025-09-09T08:00:00Z",
        "orders[0].demands[1].possible_events[0].hard_time_window.to": "2025-09-09T08:00:00Z",
    },
    stage=Stage.MATCHING,
)  # fmt: skip
def no_compatible_order_for_performer(view: View) -> Iterator[Issue]:
    """V2: a performer with no shift for any order he goes together with."""
    return _useless(view.once(match).performers, EntityType.PERFORMER, compatible=True)
