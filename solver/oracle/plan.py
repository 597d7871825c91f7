"""O1, O4-O6, S6 and U1: the plan as a whole."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from solver.contract import (
    EntityType,
    EntityWarning,
    EntityWarningType,
    Hardlink,
    HardlinkElementType,
    RemovedItems,
    UnplannedItems,
)
from solver.oracle.journey import Journey
from solver.oracle.judged import Judged
from solver.oracle.violation import Verdict
from solver.oracle.world import World

UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
NAME = r"\d+-[A-Z]{4}"
LONGEST_KEY = 1024
KINDS = ("order", "performer", "transport", "hardlink")
SHIFTS = {EntityType.PERFORMER_SHIFT, EntityType.TRANSPORT_SHIFT}
ONLY_TOLD = {
    EntityWarningType.SHIFT_RESTRICTIONS_COULD_BE_MORE_PRECISE,
    EntityWarningType.GEODATA_TIME_WINDOW_VIOLATION,
}
"""Warnings about shifts that cut nothing."""


@dataclass(slots=True)
class Placed:
    """Where an order is: in trips as planned, on waitlists."""

    planned: list[Journey] = field(default_factory=list)
    waiting: list[Journey] = field(default_factory=list)

    @property
    def trips(self) -> list[Journey]:
        """All trips it is in."""
        return [*self.planned, *self.waiting]


class Plan:
    """Checks what no trip can know alone."""

    def __init__(self, world: World, journeys: list[Journey], result: Judged, verdict: Verdict) -> None:
        self.world, self.journeys, self.verdict = world, journeys, verdict
        self.unplanned = result.unplanned_items or UnplannedItems()
        self.removed = result.removed_items or RemovedItems()
        self.told_cut = shifts_cut(result.warnings)
        self.orders: dict[str, Placed] = defaultdict(Placed)
        for journey in journeys:
            for key in journey.planned:
                self.orders[key].planned.append(journey)
            for key in journey.trip.waitlist:
                self.orders[key].waiting.append(journey)

    def check(self) -> None:
        """O1, O4-O6, S6, U1."""
        for key, placed in self.orders.items():
            self._whole(key, placed)
        self._shifts()
        self._work_shifts()
        self._names()
        self._hardlinks()
        self._waitlists()
        self._listed()

    def _whole(self, key: str, placed: Placed) -> None:
        """O1: in one trip, whole; U1: planned or waiting, once."""
        if key not in self.world.orders:
            self.verdict.broken("U1", key, "on a waitlist, but no order of the task")
            return
        if len(placed.planned) > 1:
            self.verdict.broken("O1", key, f"planned in {len(placed.planned)} trips")
        elif len(placed.trips) > 1:
            self.verdict.broken("U1", key, "planned and waiting, or waiting twice")
        for journey in placed.planned:
            served = {service.demand for service in journey.services}
            missing = [d.key for d in self.world.orders[key].demands if d.key not in served]
            if missing:
                self.verdict.broken("O1", journey.at(key), f"not served: {', '.join(missing)}")

    def _shifts(self) -> None:
        """O6: a shift of the task, in one trip."""
        for what in ("performer", "transport"):
            named = Counter(getattr(journey.trip, what).shift_key for journey in self.journeys)
            for key, count in named.items():
                if count > 1:
                    self.verdict.broken("O6", key, f"{what} shift in {count} trips")
        for journey in self.journeys:
            performer, transport = journey.trip.performer, journey.trip.transport
            if journey.work is None or journey.work.owner.key != performer.performer_key:
                where = journey.at(performer.shift_key)
                self.verdict.broken("O6", where, f"no shift of performer {performer.performer_key}")
            if journey.use is None or journey.use.owner.key != transport.transport_key:
                where = journey.at(transport.shift_key)
                self.verdict.broken("O6", where, f"no shift of transport {transport.transport_key}")

    def _work_shifts(self) -> None:
        """O4: max_work_shifts."""
        working = [journey.work for journey in self.journeys if journey.work and journey.services]
        for key, count in Counter(work.owner.key for work in working).items():
            most = next(work.owner.limits.max_work_shifts for work in working if work.owner.key == key)
            if count > most:
                self.verdict.broken("O4", key, f"{count} shifts carry a trip, max_work_shifts is {most}")

    def _names(self) -> None:
        """S6."""
        trips = self.journeys
        for journey in self.journeys:
            shift = re.escape(journey.trip.performer.shift_key)
            cut = len(journey.key) == LONGEST_KEY and re.match(UUID + "-", journey.key)
            if not cut and not re.fullmatch(f"{UUID}-{shift}", journey.key):
                self.verdict.broken("S6", journey.key, "the key is not a UUID, a hyphen and the shift's key")
            if not re.fullmatch(NAME, journey.trip.name):
                self.verdict.broken("S6", journey.key, f"name {journey.trip.name!r} is not like 1-HVFB")
        for what, used in (("key", [j.key for j in trips]), ("name", [j.trip.name for j in trips])):
            for value, count in Counter(used).items():
                if count > 1:
                    self.verdict.broken("S6", value, f"{count} trips with this {what}")

    def _hardlinks(self) -> None:
        """O5: all entities of a hardlink in one trip, or none in any."""
        trips: dict[tuple[HardlinkElementType, str], Journey] = {}
        for journey in self.journeys:
            trips[HardlinkElementType.PERFORMER_SHIFT, journey.trip.performer.shift_key] = journey
            trips[HardlinkElementType.TRANSPORT_SHIFT, journey.trip.transport.shift_key] = journey
        for key, placed in self.orders.items():
            trips[HardlinkElementType.ORDER, key] = placed.trips[0]
        for link in self.world.task.hardlinks:
            if link.key in self.removed.hardlink_keys:
                continue
            items = self._bound(link)
            used = {trips[item].key for item in items if item in trips}
            if len(used) > 1:
                self.verdict.broken("O5", link.key, f"its entities are in {len(used)} trips")
            elif used:
                apart = [key for kind, key in items if (kind, key) not in trips]
                if apart:
                    self.verdict.broken("O5", link.key, f"not in the trip: {', '.join(apart)}")

    def _bound(self, link: Hardlink) -> list[tuple[HardlinkElementType, str]]:
        """What the link ties together: what refining removed is no part of it."""
        gone = {
            HardlinkElementType.ORDER: set(self.removed.order_keys),
            HardlinkElementType.PERFORMER_SHIFT: self._removed_shifts("performers"),
            HardlinkElementType.TRANSPORT_SHIFT: self._removed_shifts("transports"),
        }
        items = [(item.type, item.entity_key) for item in link.links]
        return [(kind, key) for kind, key in items if key not in gone[kind]]

    def _removed_shifts(self, kind: str) -> set[str]:
        """Shifts of removed owners or places, and those a warning says are cut: no list has their keys."""
        keys, places = set(getattr(self.removed, f"{kind[:-1]}_keys")), set(self.removed.location_keys)
        owners = getattr(self.world.task, kind)
        return {
            shift.key
            for owner in owners
            for shift in owner.shifts
            if owner.key in keys
            or shift.key in self.told_cut
            or places & {shift.start_location_key, shift.finish_location_key}
        }

    def _waitlists(self) -> None:
        """O5: only linked orders wait, and a trip without a service is there for them alone."""
        linked = {
            item.entity_key
            for link in self.world.task.hardlinks
            for item in link.links
            if item.type == HardlinkElementType.ORDER
        }
        for journey in self.journeys:
            for key in journey.trip.waitlist:
                if key not in linked:
                    self.verdict.broken("O5", journey.at(key), "on a waitlist, but no hardlink names it")
            if not journey.services and not linked & set(journey.trip.waitlist):
                self.verdict.broken("O5", journey.key, "a trip that serves nothing and keeps nobody waiting")

    def _listed(self) -> None:
        """U1."""
        for what, items in (("unplanned_items", self.unplanned), ("removed_items", self.removed)):
            for kind in KINDS:
                keys, count = getattr(items, f"{kind}_keys"), getattr(items, f"{kind}_keys_count")
                if len(keys) != count or len(set(keys)) != len(keys):
                    self.verdict.broken("U1", what, f"{kind}_keys: count {count}, {len(set(keys))} keys")
        for key in self.world.orders:
            places = [key in self.orders, key in self.unplanned.order_keys, key in self.removed.order_keys]
            if sum(places) != 1:
                named = zip(("in a trip", "unplanned", "removed"), places, strict=True)
                where = " and ".join(name for name, there in named if there) or "nowhere"
                self.verdict.broken("U1", key, f"the order is {where}")
        for key in sorted({*self.unplanned.order_keys, *self.removed.order_keys} - set(self.world.orders)):
            self.verdict.broken("U1", key, "unplanned or removed, but no order of the task")
        self._resources("performer", {j.trip.performer.performer_key for j in self.journeys})
        self._resources("transport", {j.trip.transport.transport_key for j in self.journeys})
        self._links()

    def _resources(self, kind: str, used: set[str]) -> None:
        known = {owner.key for owner in getattr(self.world.task, f"{kind}s")}
        removed = set(getattr(self.removed, f"{kind}_keys"))
        told, wanted = set(getattr(self.unplanned, f"{kind}_keys")), known - used - removed
        if told != wanted:
            message = f"missing {sorted(wanted - told)}, too many {sorted(told - wanted)}"
            self.verdict.broken("U1", f"unplanned_items/{kind}_keys", message)

    def _links(self) -> None:
        """Hardlinks with nothing in a trip are unplanned, those with a planned order are not."""
        performers = {journey.trip.performer.shift_key for journey in self.journeys}
        transports = {journey.trip.transport.shift_key for journey in self.journeys}
        inside = {
            HardlinkElementType.ORDER: set(self.orders),
            HardlinkElementType.PERFORMER_SHIFT: performers,
            HardlinkElementType.TRANSPORT_SHIFT: transports,
        }
        told, removed = set(self.unplanned.hardlink_keys), set(self.removed.hardlink_keys)
        for link in self.world.task.hardlinks:
            placed = any(item.entity_key in inside[item.type] for item in link.links)
            planned = any(self._is_planned(item.entity_key) for item in link.links)
            if not placed and link.key not in told | removed:
                self.verdict.broken("U1", link.key, "nothing of the hardlink is planned, and it is not told")
            if planned and link.key in told:
                self.verdict.broken("U1", link.key, "told as unplanned, but an order of it is planned")

    def _is_planned(self, order: str) -> bool:
        return order in self.orders and bool(self.orders[order].planned)


def shifts_cut(warnings: list[EntityWarning]) -> set[str]:
    """Keys of shifts that warnings tell are cut from the task."""
    found = set()
    for warning in warnings:
        for entity in warning.entities if warning.type not in ONLY_TOLD else ():
            while entity.child_entity is not None and entity.entity_type not in SHIFTS:
                entity = entity.child_entity
            if entity.entity_type in SHIFTS:
                found.add(entity.entity_key)
    return {key for key in found if key}
