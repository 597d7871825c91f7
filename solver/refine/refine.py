"""Cutting from a task what its warnings name (rules V1, V2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from solver.checks import Findings, Limits, check
from solver.checks.boxes import is_needless
from solver.checks.cuts import Cuts
from solver.checks.examine import removed_items_warning
from solver.checks.shifts import overlap
from solver.contract import (
    CalculationSettings,
    Demand,
    EntityError,
    EntityWarning,
    Hardlink,
    Order,
    Performer,
    PerformerShift,
    PlanTask,
    RemovedItems,
    Transport,
)


class Keyed(Protocol):
    """What has a key."""

    key: str


class LogicalErrors(ValueError):  # noqa: N818 - it carries a list of errors
    """A task that cannot be refined.

    Attributes
    ----------
    errors : list of EntityError
        All of them.
    warnings : list of EntityWarning
        Those found on the way.
    """

    def __init__(self, errors: list[EntityError], warnings: list[EntityWarning]) -> None:
        super().__init__(f"{len(errors)} logical errors")
        self.errors = errors
        self.warnings = warnings


@dataclass(slots=True)
class Refined:
    """The task that would be planned.

    Attributes
    ----------
    task : PlanTask
        A copy without what is cut. Lists may be empty: then nothing is left to plan.
    warnings : list of EntityWarning
        Why it was cut.
    removed : RemovedItems
        Keys of what was cut, with their counts.
    """

    task: PlanTask
    warnings: list[EntityWarning]
    removed: RemovedItems

    @property
    def is_empty(self) -> bool:
        """Whether orders, performers or transports are all cut."""
        return not (self.task.orders and self.task.performers and self.task.transports)


def refine(
    task: PlanTask,
    *,
    remove_locations: bool = False,
    limits: Limits | None = None,
    language: str = "en",
    findings: Findings | None = None,
) -> Refined:
    """Cut from a task what fails the checks and what falls with it (V1); doing it twice changes nothing (V2).

    Parameters
    ----------
    task : PlanTask
        It is not changed.
    remove_locations : bool
        Whether locations that nothing names are cut too.
    limits : Limits, optional
        Ceilings of the server.
    language : str
        Language of the warnings.
    findings : Findings, optional
        What `check` said of this task, if it was asked already.

    Raises
    ------
    LogicalErrors
        If the task has any.
    """
    limits = limits or Limits()
    found = findings or check(task, limits=limits, language=language)
    if found.errors:
        raise LogicalErrors(found.errors, found.warnings)
    refined = _without(task, found.cuts, limits)
    if remove_locations:
        named = _named_locations(refined)
        refined.locations = [item for item in refined.locations if item.key in named]
    removed = _removed(task, refined)
    warnings = list(found.warnings)
    if removed.location_keys and not found.cuts.whole:
        warnings.append(removed_items_warning(language))
    return Refined(refined, warnings, removed)


def _without(task: PlanTask, cuts: Cuts, limits: Limits) -> PlanTask:
    orders = [_order(order, cuts) for order in task.orders if order.key not in cuts.orders]
    demands = {demand.key for order in orders for demand in order.demands}
    settings = task.plan_settings
    return replace(
        task,
        locations=[item for item in task.locations if item.key not in cuts.locations],
        orders=orders,
        performers=[
            _performer(item, cuts, demands) for item in task.performers if item.key not in cuts.performers
        ],
        transports=[_transport(item, cuts) for item in task.transports if item.key not in cuts.transports],
        hardlinks=[_hardlink(item, cuts) for item in task.hardlinks if item.key not in cuts.hardlinks],
        plan_settings=replace(settings, calculation_settings=_times(settings.calculation_settings, limits)),
    )


def _order(order: Order, cuts: Cuts) -> Order:
    def left(demand: Demand) -> Demand:
        events = [item for item in demand.possible_events if (demand.key, item.key) not in cuts.events]
        return (
            demand if len(events) == len(demand.possible_events) else replace(demand, possible_events=events)
        )

    demands = [left(demand) for demand in order.demands]
    same = all(one is other for one, other in zip(demands, order.demands, strict=True))
    return order if same else replace(order, demands=demands)


def _performer(performer: Performer, cuts: Cuts, demands: Collection[str]) -> Performer:
    extras = performer.limits.demand_extra_durations
    return replace(
        performer,
        shifts=[_shift(item, cuts) for item in performer.shifts if item.key not in cuts.performer_shifts],
        limits=replace(
            performer.limits, demand_extra_durations=[item for item in extras if item.demand_key in demands]
        ),
    )


def _shift(shift: PerformerShift, cuts: Cuts) -> PerformerShift:
    """The shift, working while it is available, with rules that name only locations that are left."""
    rules = shift.work_and_rest_rules
    working = overlap(shift)
    return replace(
        shift,
        working_time=working if working.start <= working.end else shift.working_time,
        work_and_rest_rules=replace(
            rules,
            reset_location_keys=_outside(rules.reset_location_keys, cuts.locations),
            ignore_location_keys=_outside(rules.ignore_location_keys, cuts.locations),
        ),
    )


def _outside(keys: Iterable[str], cut: Collection[str]) -> list[str]:
    return [key for key in keys if key not in cut]


def _transport(transport: Transport, cuts: Cuts) -> Transport:
    shifts = [item for item in transport.shifts if item.key not in cuts.transport_shifts]
    limits = replace(transport.limits, max_boxes=None) if is_needless(transport) else transport.limits
    return replace(transport, shifts=shifts, limits=limits)


def _hardlink(link: Hardlink, cuts: Cuts) -> Hardlink:
    return replace(link, links=list(cuts.still_tied(link).values()))


def _times(settings: CalculationSettings, limits: Limits) -> CalculationSettings:
    """The times asked for, under the server's ceilings."""

    def under(asked: int, ceiling: int | None) -> int:
        return asked if ceiling is None else min(asked, ceiling)

    return replace(
        settings,
        max_calculation_time=under(settings.max_calculation_time, limits.max_calculation_seconds),
        max_waiting_time=under(settings.max_waiting_time, limits.max_waiting_seconds),
    )


def _named_locations(task: PlanTask) -> set[str | None]:
    """Keys of locations that an event, a shift or a rule of breaks names."""
    named: set[str | None] = {
        event.location_key
        for order in task.orders
        for demand in order.demands
        for event in demand.possible_events
    }
    for performer in task.performers:
        for shift in performer.shifts:
            rules = shift.work_and_rest_rules
            named.update((shift.start_location_key, shift.finish_location_key))
            named.update((*rules.reset_location_keys, *rules.ignore_location_keys))
    for transport in task.transports:
        for transport_shift in transport.shifts:
            named.update((transport_shift.start_location_key, transport_shift.finish_location_key))
    return named


def _removed(task: PlanTask, refined: PlanTask) -> RemovedItems:
    def gone(before: Iterable[Keyed], after: Iterable[Keyed]) -> list[str]:
        left = {item.key for item in after}
        return [item.key for item in before if item.key not in left]

    locations = gone(task.locations, refined.locations)
    orders = gone(task.orders, refined.orders)
    performers = gone(task.performers, refined.performers)
    transports = gone(task.transports, refined.transports)
    hardlinks = gone(task.hardlinks, refined.hardlinks)
    return RemovedItems(
        location_keys=locations,
        location_keys_count=len(locations),
        order_keys=orders,
        order_keys_count=len(orders),
        performer_keys=performers,
        performer_keys_count=len(performers),
        transport_keys=transports,
        transport_keys_count=len(transports),
        hardlink_keys=hardlinks,
        hardlink_keys_count=len(hardlinks),
    )
