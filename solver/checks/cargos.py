"""What an order's demands do with its cargos (L5, O2, O3)."""

from collections.abc import Iterator
from typing import NamedTuple

from solver.checks import places
from solver.checks.rules import Issue, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import Cargo, Demand, DemandType, EntityWarningType, Order

LOADED_AND_UNLOADED = {DemandType.PICKUP: 1, DemandType.DROP: 1}
WAYS = (LOADED_AND_UNLOADED, {DemandType.PICKUP_TO_BOX: 1}, {DemandType.DROP_FROM_BOX: 1})
"""The demands a cargo may be named in."""

UNLOADING = (DemandType.DROP, DemandType.DROP_FROM_BOX)

_SECOND_CARGO = {"key": "cargo_2", "capacity": {"mass": 1}}


class Handled(NamedTuple):
    """A cargo and the demands of its order that move it."""

    order: Order
    cargo: Cargo
    demands: dict[DemandType, list[Demand]]

    @property
    def counts(self) -> dict[DemandType, int]:
        """How many demands of each kind move it."""
        return {kind: len(demands) for kind, demands in self.demands.items()}


def handling(view: View) -> list[Handled]:
    """Every cargo with the demands that move it; a key listed twice counts once."""
    found = []
    for order in view.task.orders:
        named: dict[str, dict[DemandType, list[Demand]]] = {cargo.key: {} for cargo in order.cargos}
        for demand in order.demands:
            for key in set(demand.target_cargos) & named.keys():
                if demand.demand_type is not DemandType.WORK:
                    named[key].setdefault(demand.demand_type, []).append(demand)
        found += [Handled(order, cargo, named[cargo.key]) for cargo in order.cargos]
    return found


@warning(
    EntityWarningType.PICKUP_AND_DROP_VIOLATION,
    cause=Text("A cargo does not have exactly one loading and one unloading.",
               "У груза не ровно одна погрузка и одна разгрузка."),
    cure=Text("Name the cargo in one PICKUP and one DROP, or in one PICKUP_TO_BOX or DROP_FROM_BOX.",
              "Укажите груз в одной PICKUP и одной DROP либо в одной PICKUP_TO_BOX или DROP_FROM_BOX."),
    example={"orders[0].cargos[1]": _SECOND_CARGO},
    near_miss={
        "orders[0].cargos[1]": _SECOND_CARGO,
        "orders[0].demands[0].target_cargos": ["cargo_1", "cargo_2"],
        "orders[0].demands[2]": {
            "key": "drop_2", "demand_type": "DROP", "target_cargos": ["cargo_2"],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        },
    },
)  # fmt: skip
def pickup_and_drop_violation(view: View) -> Iterator[Issue]:
    """L5: a cargo is loaded once and unloaded once, or stays in its box, or lies there from the start."""
    for item in view.once(handling):
        if item.counts not in WAYS:
            detail = ", ".join(f"{kind} {count}" for kind, count in sorted(item.counts.items()))
            yield Issue((places.cargo(item.order, item.cargo),), detail)


@warning(
    EntityWarningType.PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_ORDER,
    cause=Text("By precedence_in_order a cargo is unloaded before it is loaded.",
               "По precedence_in_order груз выгружается раньше, чем загружается."),
    cure=Text("Give the loading the smaller precedence.", "Дайте погрузке меньшее значение."),
    example={"orders[0].demands[0].precedence_in_order": 2, "orders[0].demands[1].precedence_in_order": 1},
    near_miss={"orders[0].demands[0].precedence_in_order": 2, "orders[0].demands[1].precedence_in_order": 2},
)  # fmt: skip
def pickup_and_drop_violation_precedence_in_order(view: View) -> Iterator[Issue]:
    """O2, O3: loading comes first in the order."""
    for order, cargo, loading, unloading in _pairs(view):
        if loading.precedence_in_order > unloading.precedence_in_order > 0:
            detail = f"{loading.precedence_in_order} > {unloading.precedence_in_order}"
            yield Issue((places.cargo(order, cargo),), detail)


@warning(
    EntityWarningType.PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_TRIP,
    cause=Text("By precedence_in_trip a cargo is unloaded before it is loaded.",
               "По precedence_in_trip груз выгружается раньше, чем загружается."),
    cure=Text("Give the loading the smaller precedence.", "Дайте погрузке меньшее значение."),
    example={"orders[0].demands[0].precedence_in_trip": 2, "orders[0].demands[1].precedence_in_trip": 1},
    near_miss={"orders[0].demands[0].precedence_in_trip": 2, "orders[0].demands[1].precedence_in_trip": 2},
)  # fmt: skip
def pickup_and_drop_violation_precedence_in_trip(view: View) -> Iterator[Issue]:
    """O2, O3: loading comes first in the trip."""
    for order, cargo, loading, unloading in _pairs(view):
        if loading.precedence_in_trip > unloading.precedence_in_trip > 0:
            detail = f"{loading.precedence_in_trip} > {unloading.precedence_in_trip}"
            yield Issue((places.cargo(order, cargo),), detail)


def _pairs(view: View) -> Iterator[tuple[Order, Cargo, Demand, Demand]]:
    """Every cargo that is loaded and unloaded, with both demands."""
    for item in view.once(handling):
        if item.counts == LOADED_AND_UNLOADED:
            loading, unloading = item.demands[DemandType.PICKUP], item.demands[DemandType.DROP]
            yield item.order, item.cargo, loading[0], unloading[0]


@warning(
    EntityWarningType.VIOLATION_PRECEDENCE_IN_TRIP_AND_ORDER,
    cause=Text("precedence_in_trip and precedence_in_order ask for opposite sequences.",
               "precedence_in_trip и precedence_in_order требуют противоположного порядка."),
    cure=Text("Let both grow the same way, or leave one of them 0.",
              "Пусть оба значения растут одинаково, либо оставьте одно из них 0."),
    example={
        "orders[0].demands[0].precedence_in_order": 1, "orders[0].demands[1].precedence_in_order": 2,
        "orders[0].demands[0].precedence_in_trip": 2, "orders[0].demands[1].precedence_in_trip": 1,
        "orders[0].demands[0].demand_type": "WORK", "orders[0].demands[0].target_cargos": [],
        "orders[0].demands[1].demand_type": "WORK", "orders[0].demands[1].target_cargos": [],
        "orders[0].cargos": [],
    },
    near_miss={
        "orders[0].demands[0].precedence_in_order": 1, "orders[0].demands[1].precedence_in_order": 2,
        "orders[0].demands[0].precedence_in_trip": 1, "orders[0].demands[1].precedence_in_trip": 1,
    },
)  # fmt: skip
def violation_precedence_in_trip_and_order(view: View) -> Iterator[Issue]:
    """O3: both precedences of an order's demands can hold at once."""
    for order in view.task.orders:
        both = sorted(
            (demand.precedence_in_trip, demand.precedence_in_order, demand.key, demand)
            for demand in order.demands
            if demand.precedence_in_trip and demand.precedence_in_order
        )
        latest = latest_before = None
        for number, (in_trip, in_order, _, demand) in enumerate(both):
            if number and both[number - 1][0] < in_trip:
                latest_before = latest
            if latest_before is not None and in_order < latest_before.precedence_in_order:
                yield Issue((places.demand(order, latest_before), places.demand(order, demand)))
                break
            if latest is None or in_order > latest.precedence_in_order:
                latest = demand


@warning(
    EntityWarningType.TOO_MANY_CARGOS_FOR_DROP_VIOLATION,
    cause=Text("A DROP or DROP_FROM_BOX names more than one cargo.",
               "Заявка DROP или DROP_FROM_BOX содержит больше одного груза."),
    cure=Text("Make one demand for each cargo.", "Создайте отдельную заявку на каждый груз."),
    example={
        "orders[0].cargos[1]": _SECOND_CARGO,
        "orders[0].demands[0].target_cargos": ["cargo_1", "cargo_2"],
        "orders[0].demands[1].target_cargos": ["cargo_1", "cargo_2"],
    },
    near_miss={"orders[0].demands[1].target_cargos": ["cargo_1", "cargo_1"]},
)  # fmt: skip
def too_many_cargos_for_drop_violation(view: View) -> Iterator[Issue]:
    """L5: an unloading is of one cargo."""
    for order, demand in view.order_demands():
        count = len(set(demand.target_cargos))
        if demand.demand_type in UNLOADING and count > 1:
            yield Issue((places.demand(order, demand),), str(count))


@warning(
    EntityWarningType.EMPTY_CARGOES_LIST,
    cause=Text("A demand that loads or unloads names no cargo.",
               "Заявка на погрузку или разгрузку не содержит грузов."),
    cure=Text("Name its cargos, or make it a WORK demand.", "Укажите грузы или сделайте её заявкой WORK."),
    example={
        "orders[0].demands[2]": {
            "key": "drop_2", "demand_type": "DROP", "target_cargos": [],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        },
    },
    near_miss={
        "orders[0].demands[2]": {
            "key": "work_1", "demand_type": "WORK", "target_cargos": [],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        },
    },
)  # fmt: skip
def empty_cargoes_list(view: View) -> Iterator[Issue]:
    """L5: what loads or unloads has cargos."""
    for order, demand in view.order_demands():
        if demand.demand_type != DemandType.WORK and not demand.target_cargos:
            yield Issue((places.demand(order, demand),), demand.demand_type)


@warning(
    EntityWarningType.CARGO_WORK_VIOLATION,
    cause=Text("A WORK demand names cargos.", "Заявка WORK содержит грузы."),
    cure=Text("Take the cargos out of it, or change its type.", "Уберите из неё грузы или измените её тип."),
    example={
        "orders[0].demands[2]": {
            "key": "work_1", "demand_type": "WORK", "target_cargos": ["cargo_1"],
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        },
    },
    near_miss={
        "orders[0].demands[2]": {
            "key": "work_1", "demand_type": "WORK",
            "possible_events": [{
                "key": "event_1", "location_key": "client",
                "hard_time_window": {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"},
            }],
        },
    },
)  # fmt: skip
def cargo_work_violation(view: View) -> Iterator[Issue]:
    """L5: work moves no cargo."""
    for order, demand in view.order_demands():
        if demand.demand_type == DemandType.WORK and demand.target_cargos:
            yield Issue((places.demand(order, demand),), ", ".join(demand.target_cargos))


@warning(
    EntityWarningType.CARGO_ORDER_VIOLATION,
    cause=Text("A demand names a cargo that its order does not have.",
               "Заявка ссылается на груз, которого нет в её заказе."),
    cure=Text("Add the cargo to the order, or correct its key.",
              "Добавьте груз в заказ или исправьте его ключ."),
    example={"orders[0].demands[1].target_cargos": ["cargo_9"], "orders[0].cargos": [],
             "orders[0].demands[0].target_cargos": ["cargo_9"]},
    near_miss={"orders[0].demands[1].target_cargos": ["cargo_1"]},
)  # fmt: skip
def cargo_order_violation(view: View) -> Iterator[Issue]:
    """L5: a demand moves cargos of its own order."""
    for order in view.task.orders:
        own = {cargo.key for cargo in order.cargos}
        for demand in order.demands:
            lost = [key for key in dict.fromkeys(demand.target_cargos) if key not in own]
            if lost:
                yield Issue((places.demand(order, demand),), ", ".join(lost))
