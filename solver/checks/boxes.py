"""Boxes of transports and the cargos that lie in them from the start (L1-L3, L5, K2)."""

from collections.abc import Iterator

from solver.checks import places
from solver.checks.cargos import handling
from solver.checks.measures import (
    EPSILON,
    ZERO,
    Measures,
    limit_measures,
    measures,
    multipliers,
    plus,
    times,
    within,
)
from solver.checks.rules import Issue, Stage, warning
from solver.checks.sizes import box_size, cargo_size, fits
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import Box, Cargo, DemandType, EntityWarningType, Transport, TransportType

_LOCKER = {"key": "box_2", "capacity": {"mass": 10}}


@warning(
    EntityWarningType.CARGO_BOX_VIOLATION,
    cause=Text("Only a cargo of a DROP_FROM_BOX demand has a target box, and it must have one.",
               "Целевой отсек указывается только для груза заявки DROP_FROM_BOX, и для него обязателен."),
    cure=Text("Take target_box_key out, or give it to the cargo of the DROP_FROM_BOX demand.",
              "Уберите target_box_key или укажите его для груза заявки DROP_FROM_BOX."),
    example={"orders[0].cargos[0].target_box_key": "box_1"},
    near_miss={
        "orders[0].cargos[0].target_box_key": "box_1",
        "orders[0].demands": [{
            "key": "drop_1", "demand_type": "DROP_FROM_BOX", "target_cargos": ["cargo_1"],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        }],
    },
)  # fmt: skip
def cargo_box_violation(view: View) -> Iterator[Issue]:
    """L5: what lies on board from the start, and nothing else, has a box of its own."""
    for order, cargo, demands in view.once(handling):
        if (DemandType.DROP_FROM_BOX in demands) != (cargo.target_box_key is not None):
            yield Issue((places.cargo(order, cargo),), cargo.target_box_key or "")


@warning(
    EntityWarningType.CARGO_MULTIBOX_VIOLATION,
    cause=Text("Cargos of one order lie in boxes of different transports.",
               "Грузы одного заказа находятся в отсеках разных транспортов."),
    cure=Text("Split the order by transport.", "Разделите заказ по транспортам."),
    example={
        "transports[1]": {
            "key": "transport_2", "boxes": [_LOCKER],
            "shifts": [{"key": "transport_shift_2", "availability_time":
                        {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}}],
        },
        "orders[0].cargos": [{"key": "cargo_1", "target_box_key": "box_1"},
                             {"key": "cargo_2", "target_box_key": "box_2"}],
        "orders[0].demands[0].demand_type": "DROP_FROM_BOX",
        "orders[0].demands[1].demand_type": "DROP_FROM_BOX",
        "orders[0].demands[1].target_cargos": ["cargo_2"],
    },
    near_miss={
        "transports[0].boxes[1]": _LOCKER,
        "orders[0].cargos": [{"key": "cargo_1", "target_box_key": "box_1"},
                             {"key": "cargo_2", "target_box_key": "box_2"}],
        "orders[0].demands[0].demand_type": "DROP_FROM_BOX",
        "orders[0].demands[1].demand_type": "DROP_FROM_BOX",
        "orders[0].demands[1].target_cargos": ["cargo_2"],
    },
)  # fmt: skip
def cargo_multibox_violation(view: View) -> Iterator[Issue]:
    """O1, L5: an order is carried by one transport."""
    for order in view.task.orders:
        keys = dict.fromkeys(cargo.target_box_key for cargo in order.cargos if cargo.target_box_key)
        owners = {view.boxes[key][0][0].key for key in keys}
        if len(owners) > 1:
            yield Issue((places.order(order),), ", ".join(sorted(owners)))


@warning(
    EntityWarningType.CARGO_CAPACITY_VIOLATION,
    cause=Text("A cargo does not fit the box it lies in, alone or with the others there.",
               "Груз не помещается в отсек, в котором находится, сам или вместе с другими грузами."),
    cure=Text("Correct the cargo, the box, or which box it lies in.",
              "Исправьте груз, отсек или укажите другой отсек."),
    example={
        "orders[0].cargos[0]": {"key": "cargo_1", "capacity": {"mass": 10.5}, "target_box_key": "box_1"},
        "orders[0].demands": [{
            "key": "drop_1", "demand_type": "DROP_FROM_BOX", "target_cargos": ["cargo_1"],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        }],
    },
    near_miss={
        "orders[0].cargos[0]": {"key": "cargo_1", "capacity": {"mass": 10}, "target_box_key": "box_1"},
        "orders[0].demands": [{
            "key": "drop_1", "demand_type": "DROP_FROM_BOX", "target_cargos": ["cargo_1"],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        }],
    },
    stage=Stage.TOGETHER,
)  # fmt: skip
def cargo_capacity_violation(view: View) -> Iterator[Issue]:
    """L2, L3, L5: a cargo fits the box it lies in, with those it is tied to at once.

    What lies there in other trips of the transport does not count; which trip that is, only a hardlink says.
    """
    if view.assumptions.disable_capacity:
        return
    lying: dict[tuple[str, str], Measures] = {}
    tied = {item.entity_key: link.key for link in view.hardlinks for item in link.links}
    for order in view.left_orders():
        for cargo in order.cargos:
            if cargo.target_box_key is None:
                continue
            transport, box = view.boxes[cargo.target_box_key][0]
            together = (box.key, tied.get(order.key, f"order {order.key}"))
            load = plus(lying.get(together, ZERO), measures(cargo.capacity))
            if _fits_alone(cargo, box) and within(load, box_capacity(view, transport, box)):
                lying[together] = load
            else:
                yield Issue((places.cargo(order, cargo), places.box(transport, box)))


def _fits_alone(cargo: Cargo, box: Box) -> bool:
    one = limit_measures(box.limits.max_one_cargo_capacity)
    return within(measures(cargo.capacity), one) and fits(
        cargo_size(cargo), cargo.compatibilities.rotation, box_size(box)
    )


def box_capacity(view: View, transport: Transport, box: Box) -> Measures:
    """What a box takes after the multipliers (L6)."""
    return times(measures(box.capacity), view.once(_multipliers)[transport.transport_type])


def _multipliers(view: View) -> dict[TransportType, Measures]:
    return multipliers(view.assumptions)


@warning(
    EntityWarningType.NO_TRANSPORT_BOXES,
    cause=Text("There are cargos to carry, and the transport has no box.",
               "В задаче есть грузы, а у транспорта нет ни одного отсека."),
    cure=Text("Give the transport a box.", "Добавьте транспорту отсек."),
    example={
        "transports[1]": {
            "key": "transport_2", "boxes": [],
            "shifts": [{"key": "transport_shift_2", "availability_time":
                        {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}}],
        },
    },
    near_miss={
        "transports[0].boxes": [],
        "orders[0].cargos": [],
        "orders[0].demands[0].demand_type": "WORK", "orders[0].demands[0].target_cargos": [],
        "orders[0].demands[1].demand_type": "WORK", "orders[0].demands[1].target_cargos": [],
    },
    stage=Stage.TOGETHER,
)  # fmt: skip
def no_transport_boxes(view: View) -> Iterator[Issue]:
    """L2: where there is cargo, transports have boxes."""
    if any(order.cargos for order in view.left_orders()):
        for transport in view.left_transports():
            if not transport.boxes:
                yield Issue((places.transport(transport),))


@warning(
    EntityWarningType.MAX_CAPACITY_VIOLATION,
    cause=Text("max_capacity is over the sum of the boxes, under one of them, or set for fewer than two.",
               "max_capacity больше суммы отсеков, меньше одного из них или задан менее чем для двух."),
    cure=Text("Take max_capacity out, or keep it between the largest box and the sum of the boxes.",
              "Уберите max_capacity или задайте его между наибольшим отсеком и суммой отсеков."),
    example={"transports[0].limits": {"max_capacity": {"mass": 10}}},
    near_miss={"transports[0].boxes[1]": _LOCKER, "transports[0].limits": {"max_capacity": {"mass": 15}}},
)  # fmt: skip
def max_capacity_violation(view: View) -> Iterator[Issue]:
    """L1, L2: a limit over all boxes says something that the boxes do not."""
    for transport in view.task.transports:
        limit = transport.limits.max_capacity
        given = (limit.mass, limit.volume, limit.capacity_a, limit.capacity_b, limit.capacity_c)
        if all(value is None for value in given):
            continue
        boxes = [measures(box.capacity) for box in transport.boxes]
        if len(boxes) < 2 or any(
            value is not None
            and not max(box[i] for box in boxes) - EPSILON <= value <= sum(box[i] for box in boxes) + EPSILON
            for i, value in enumerate(given)
        ):
            yield Issue((places.transport(transport),))


@warning(
    EntityWarningType.MAX_BOXES_VIOLATION,
    cause=Text("max_boxes is 0, or no less than the number of boxes; then it is dropped.",
               "max_boxes равен 0 либо не меньше числа отсеков; в последнем случае он отбрасывается."),
    cure=Text("Take max_boxes out, or set it from 1 to one less than the number of boxes.",
              "Уберите max_boxes или задайте от 1 до числа отсеков без одного."),
    example={"transports[0].limits": {"max_boxes": 0}},
    near_miss={"transports[0].boxes[1]": _LOCKER, "transports[0].limits": {"max_boxes": 1}},
)  # fmt: skip
def max_boxes_violation(view: View) -> Iterator[Issue]:
    """L2: with no box allowed the transport is cut; a limit that limits nothing is dropped."""
    for transport in view.task.transports:
        limit = transport.limits.max_boxes
        if limit is not None and (limit == 0 or is_needless(transport)):
            detail = f"{limit} / {len(transport.boxes)}"
            yield Issue((places.transport(transport),), detail, told=limit > 0)


def is_needless(transport: Transport) -> bool:
    """Whether the limit of boxes can never bind."""
    limit = transport.limits.max_boxes
    return limit is not None and limit > 0 and limit >= len(transport.boxes)
