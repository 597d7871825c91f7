"""K: keys that are unique, and boxes that cargos can name."""

from collections import Counter
from collections.abc import Iterable

from solver.contract import PlanTask
from solver.oracle.journey import Journey
from solver.oracle.violation import Verdict


def check_keys(task: PlanTask, verdict: Verdict) -> None:
    """K1: unique in the task, or inside their parent."""
    _unique("location", (place.key for place in task.locations), verdict)
    _unique("order", (order.key for order in task.orders), verdict)
    _unique("demand", (demand.key for order in task.orders for demand in order.demands), verdict)
    _unique("cargo", (cargo.key for order in task.orders for cargo in order.cargos), verdict)
    _unique("performer", (performer.key for performer in task.performers), verdict)
    _unique("performer shift", (shift.key for p in task.performers for shift in p.shifts), verdict)
    _unique("transport", (transport.key for transport in task.transports), verdict)
    _unique("transport shift", (shift.key for t in task.transports for shift in t.shifts), verdict)
    _unique("hardlink", (link.key for link in task.hardlinks), verdict)
    for order in task.orders:
        for demand in order.demands:
            _unique(f"event of {demand.key}", (event.key for event in demand.possible_events), verdict)
    for transport in task.transports:
        _unique(f"box of {transport.key}", (box.key for box in transport.boxes), verdict)
    for place in task.locations:
        limits = (limit.key for part in place.timetable for limit in part.limits)
        _unique(f"limit of {place.key}", limits, verdict)


def _unique(what: str, keys: Iterable[str], verdict: Verdict) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            verdict.broken("K1", key, f"{count} times the key of a {what}")


def check_targets(journeys: list[Journey], task: PlanTask, verdict: Verdict) -> None:
    """K2: a cargo that is planned names a box that exactly one transport has."""
    owners = Counter(box.key for transport in task.transports for box in transport.boxes)
    for journey in journeys:
        for key in journey.planned:
            for cargo in journey.world.orders[key].cargos:
                target = cargo.target_box_key
                if target is not None and owners[target] != 1:
                    message = f"{owners[target]} transports have its target box {target}"
                    verdict.broken("K2", journey.at(cargo.key), message)
