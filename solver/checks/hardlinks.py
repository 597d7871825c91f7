"""Hardlinks: what may be tied together (O5)."""

from collections import defaultdict
from collections.abc import Iterator

from solver.checks import places
from solver.checks.rules import Issue, Stage, error, warning
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import (
    DemandType,
    EntityErrorType,
    EntityType,
    EntityWarningType,
    Hardlink,
    HardlinkElementType,
)

LINKS = {
    HardlinkElementType.ORDER: EntityType.ORDER_LINK,
    HardlinkElementType.PERFORMER_SHIFT: EntityType.PERFORMER_SHIFT_LINK,
    HardlinkElementType.TRANSPORT_SHIFT: EntityType.TRANSPORT_SHIFT_LINK,
}
SHIFTS = (HardlinkElementType.PERFORMER_SHIFT, HardlinkElementType.TRANSPORT_SHIFT)

_ORDER = {"type": "ORDER", "entity_key": "order_1"}
_PERFORMER = {"type": "PERFORMER_SHIFT", "entity_key": "performer_shift_1"}
_TRANSPORT = {"type": "TRANSPORT_SHIFT", "entity_key": "transport_shift_1"}
_WORK_ONLY = {
    "orders[0].cargos": [],
    "orders[0].demands[0].demand_type": "WORK", "orders[0].demands[0].target_cargos": [],
    "orders[0].demands[1].demand_type": "WORK", "orders[0].demands[1].target_cargos": [],
}  # fmt: skip


@error(
    EntityErrorType.INCONSISTENT_HARDLINK,
    cause=Text("An entity is in two hardlinks, or a hardlink has two shifts of one kind.",
               "Сущность входит в две жёсткие связи, или в одной связи две смены одного вида."),
    cure=Text("Join the hardlinks, and leave one performer shift and one transport shift in each.",
              "Объедините связи и оставьте в каждой одну смену исполнителя и одну смену транспорта."),
    example={"hardlinks": [{"key": "link_1", "links": [_ORDER, _PERFORMER]},
                           {"key": "link_2", "links": [_ORDER, _TRANSPORT]}]},
    near_miss={"hardlinks": [{"key": "link_1", "links": [_ORDER, _PERFORMER, _TRANSPORT]}]},
)  # fmt: skip
def inconsistent_hardlink(view: View) -> Iterator[Issue]:
    """O5, O6: a hardlink is one trip, and a trip has one shift of each kind."""
    owners: dict[tuple[HardlinkElementType, str], list[Hardlink]] = defaultdict(list)
    for link in view.hardlinks:
        tied = dict.fromkeys((element.type, element.entity_key) for element in link.links)
        for element in tied:
            owners[element].append(link)
        for kind in SHIFTS:
            keys = sorted(key for found, key in tied if found == kind)
            if len(keys) > 1:
                yield Issue((places.hardlink(link),), ", ".join(keys))
    for (kind, key), links in owners.items():
        if len(links) > 1:
            yield Issue(tuple((*places.hardlink(link), (LINKS[kind], key)) for link in links), key)


@warning(
    EntityWarningType.INVALID_HARDLINK,
    cause=Text("An order of WORK demands alone is linked to a transport shift and to no performer shift.",
               "Заказ только из заявок WORK связан со сменой транспорта, но не со сменой исполнителя."),
    cure=Text("Link it to a performer shift.", "Свяжите его со сменой исполнителя."),
    example={**_WORK_ONLY, "hardlinks": [{"key": "link_1", "links": [_ORDER, _TRANSPORT]}]},
    near_miss={**_WORK_ONLY, "hardlinks": [{"key": "link_1", "links": [_ORDER, _TRANSPORT, _PERFORMER]}]},
    stage=Stage.LINKS,
)  # fmt: skip
def invalid_hardlink(view: View) -> Iterator[Issue]:
    """O5: work is tied to who does it."""
    for link in view.left_hardlinks():
        tied = view.cuts.still_tied(link).keys()
        kinds = {kind for kind, _ in tied}
        if HardlinkElementType.TRANSPORT_SHIFT in kinds and HardlinkElementType.PERFORMER_SHIFT not in kinds:
            for key in sorted(key for kind, key in tied if kind is HardlinkElementType.ORDER):
                if all(demand.demand_type is DemandType.WORK for demand in view.orders[key].demands):
                    yield Issue(((*places.hardlink(link), (EntityType.ORDER_LINK, key)),), key)
