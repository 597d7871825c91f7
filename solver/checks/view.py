"""A task by its keys, for the checks."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from solver.checks.cuts import Cuts
from solver.checks.limits import Limits
from solver.contract import (
    ActualizeTask,
    Box,
    Cargo,
    Demand,
    Fact,
    Hardlink,
    Location,
    Order,
    Performer,
    PerformerShift,
    PlanTask,
    PossibleEvent,
    ReplanTask,
    StatisticsTask,
    Transport,
    TransportShift,
    Trip,
    TripAssumptions,
)

T = TypeVar("T")
Task = PlanTask | ActualizeTask | ReplanTask | StatisticsTask


class View:
    """What the checks look at: the task, its entities by key, and what is cut so far.

    With a duplicate key the last entity has it; the checks for that come first and refuse the task.
    """

    def __init__(self, task: Task, limits: Limits) -> None:
        self.task = task
        self.limits = limits
        self.cuts = Cuts()
        self._once: dict[Callable[[View], Any], Any] = {}

    def once(self, compute: Callable[["View"], T]) -> T:
        """What a function says of this view: worked out when first asked for."""
        if compute not in self._once:
            self._once[compute] = compute(self)
        found: T = self._once[compute]
        return found

    @property
    def hardlinks(self) -> list[Hardlink]:
        """Hardlinks, of a task that may have them."""
        return [] if isinstance(self.task, ActualizeTask) else self.task.hardlinks

    @property
    def trips(self) -> list[Trip]:
        """Trips, of a task that has them."""
        return [] if isinstance(self.task, PlanTask) else self.task.trips

    @property
    def facts(self) -> list[Fact]:
        """Facts, of a task that may have them."""
        return self.task.facts if isinstance(self.task, ActualizeTask | ReplanTask) else []

    @property
    def assumptions(self) -> TripAssumptions:
        """Assumptions of the task."""
        return self.task.plan_settings.trips_settings.assumptions

    @cached_property
    def locations(self) -> dict[str, Location]:
        """Locations by key."""
        return {item.key: item for item in self.task.locations}

    @cached_property
    def orders(self) -> dict[str, Order]:
        """Orders by key."""
        return {item.key: item for item in self.task.orders}

    @cached_property
    def demands(self) -> dict[str, Demand]:
        """Demands by key."""
        return {demand.key: demand for _, demand in self.order_demands()}

    @cached_property
    def cargos(self) -> dict[str, Cargo]:
        """Cargos by key."""
        return {cargo.key: cargo for _, cargo in self.order_cargos()}

    @cached_property
    def performers(self) -> dict[str, Performer]:
        """Performers by key."""
        return {item.key: item for item in self.task.performers}

    @cached_property
    def performer_shifts(self) -> dict[str, PerformerShift]:
        """Performer shifts by key."""
        return {shift.key: shift for _, shift in self.performers_with_shifts()}

    @cached_property
    def transports(self) -> dict[str, Transport]:
        """Transports by key."""
        return {item.key: item for item in self.task.transports}

    @cached_property
    def transport_shifts(self) -> dict[str, TransportShift]:
        """Transport shifts by key."""
        return {shift.key: shift for _, shift in self.transports_with_shifts()}

    @cached_property
    def boxes(self) -> dict[str, list[tuple[Transport, Box]]]:
        """Boxes by key; several transports may use the same key (K2)."""
        found = defaultdict(list)
        for transport in self.task.transports:
            for box in transport.boxes:
                found[box.key].append((transport, box))
        return dict(found)

    @cached_property
    def extra_durations(self) -> dict[str, int]:
        """The most that any performer adds to a demand, in seconds (W4)."""
        found: dict[str, int] = defaultdict(int)
        for performer in self.task.performers:
            listed = performer.limits.demand_extra_durations
            for key, seconds in {item.demand_key: item.additional_duration for item in listed}.items():
                found[key] = max(found[key], seconds)
        return found

    def order_demands(self) -> Iterator[tuple[Order, Demand]]:
        """Every demand with its order."""
        for order in self.task.orders:
            for demand in order.demands:
                yield order, demand

    def order_cargos(self) -> Iterator[tuple[Order, Cargo]]:
        """Every cargo with its order."""
        for order in self.task.orders:
            for cargo in order.cargos:
                yield order, cargo

    def events(self) -> Iterator[tuple[Order, Demand, PossibleEvent]]:
        """Every possible event with its demand and order."""
        for order, demand in self.order_demands():
            for event in demand.possible_events:
                yield order, demand, event

    def performers_with_shifts(self) -> Iterator[tuple[Performer, PerformerShift]]:
        """Every performer shift with its performer."""
        for performer in self.task.performers:
            for shift in performer.shifts:
                yield performer, shift

    def transports_with_shifts(self) -> Iterator[tuple[Transport, TransportShift]]:
        """Every transport shift with its transport."""
        for transport in self.task.transports:
            for shift in transport.shifts:
                yield transport, shift

    def left_orders(self) -> Iterator[Order]:
        """Orders that are not cut."""
        return (order for order in self.task.orders if order.key not in self.cuts.orders)

    def left_performers(self) -> Iterator[Performer]:
        """Performers that are not cut."""
        return (item for item in self.task.performers if item.key not in self.cuts.performers)

    def left_transports(self) -> Iterator[Transport]:
        """Transports that are not cut."""
        return (item for item in self.task.transports if item.key not in self.cuts.transports)

    def left_hardlinks(self) -> Iterator[Hardlink]:
        """Hardlinks that are not cut."""
        return (link for link in self.hardlinks if link.key not in self.cuts.hardlinks)
