"""What is cut from a task, and what falls with it (rule V1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from solver.checks.places import Place
from solver.contract import (
    EntityType,
    Hardlink,
    HardlinkElement,
    HardlinkElementType,
    Order,
    Performer,
    PlanTask,
    Transport,
)

EventKey = tuple[str, str]  # of the demand and of the event


@dataclass(slots=True)
class Cuts:
    """Keys of what is cut; an event is named with its demand."""

    locations: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    events: set[EventKey] = field(default_factory=set)
    performers: set[str] = field(default_factory=set)
    performer_shifts: set[str] = field(default_factory=set)
    transports: set[str] = field(default_factory=set)
    transport_shifts: set[str] = field(default_factory=set)
    hardlinks: set[str] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        """Whether an entity is cut as a whole, not only one of its events or shifts."""
        return bool(self.locations or self.orders or self.performers or self.transports or self.hardlinks)

    def add(self, place: Place) -> None:
        """Cut the smallest entity on the way to a place that can be cut without its owner."""
        keys = {entity_type: key or "" for entity_type, key in place}
        if EntityType.EVENT in keys:
            self.events.add((keys[EntityType.DEMAND], keys[EntityType.EVENT]))
        elif EntityType.PERFORMER_SHIFT in keys:
            self.performer_shifts.add(keys[EntityType.PERFORMER_SHIFT])
        elif EntityType.TRANSPORT_SHIFT in keys:
            self.transport_shifts.add(keys[EntityType.TRANSPORT_SHIFT])
        else:
            self._whole(place[0][0]).add(place[0][1] or "")

    def _whole(self, entity_type: EntityType) -> set[str]:
        return {
            EntityType.LOCATION: self.locations,
            EntityType.ORDER: self.orders,
            EntityType.PERFORMER: self.performers,
            EntityType.TRANSPORT: self.transports,
            EntityType.HARDLINK: self.hardlinks,
        }[entity_type]

    def cascade(self, task: PlanTask) -> None:
        """Cut what cannot stand without what is cut (V1).

        An event or a shift falls with its location; an order with a demand that has no event left; a
        performer or a transport with no shift left; an order with a shift that it is tied to, for it can be
        in no other trip (O5); a hardlink with fewer than two entities left.
        """
        if self.locations or self.events:
            self._cascade_events(task.orders)
        self._cascade_shifts(task.performers, self.performers, self.performer_shifts)
        self._cascade_shifts(task.transports, self.transports, self.transport_shifts)
        for link in task.hardlinks:
            if any(x.type is not HardlinkElementType.ORDER for x in self._untied(link)):
                self.orders.update(x.entity_key for x in link.links if x.type is HardlinkElementType.ORDER)
        self.hardlinks.update(link.key for link in task.hardlinks if len(self.still_tied(link)) < 2)

    def _cascade_events(self, orders: Sequence[Order]) -> None:
        for order in orders:
            for demand in order.demands:
                for event in demand.possible_events:
                    if event.location_key in self.locations:
                        self.events.add((demand.key, event.key))
                if all((demand.key, event.key) in self.events for event in demand.possible_events):
                    self.orders.add(order.key)

    def _untied(self, link: Hardlink) -> list[HardlinkElement]:
        tied = self.still_tied(link)
        return [item for item in link.links if (item.type, item.entity_key) not in tied]

    def still_tied(self, link: Hardlink) -> dict[tuple[HardlinkElementType, str], HardlinkElement]:
        """What a hardlink ties that is not cut; what is listed twice counts once."""
        gone = {
            HardlinkElementType.ORDER: self.orders,
            HardlinkElementType.PERFORMER_SHIFT: self.performer_shifts,
            HardlinkElementType.TRANSPORT_SHIFT: self.transport_shifts,
        }
        return {(x.type, x.entity_key): x for x in link.links if x.entity_key not in gone[x.type]}

    def _cascade_shifts(
        self, owners: Sequence[Performer] | Sequence[Transport], cut: set[str], cut_shifts: set[str]
    ) -> None:
        for owner in owners:
            for shift in owner.shifts:
                if self.locations & {shift.start_location_key, shift.finish_location_key}:
                    cut_shifts.add(shift.key)
            if owner.key in cut:
                cut_shifts.update(shift.key for shift in owner.shifts)
            elif all(shift.key in cut_shifts for shift in owner.shifts):
                cut.add(owner.key)
