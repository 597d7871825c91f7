"""Assumptions that change the windows of a task (rules A1, A2)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from solver.checks.moments import horizon
from solver.contract import (
    Demand,
    Order,
    PerformerShift,
    PlanTask,
    PossibleEvent,
    TimeWindow,
    TransportShift,
)

__all__ = ["assume", "horizon"]

Shift = TypeVar("Shift", PerformerShift, TransportShift)


def assume(task: PlanTask) -> PlanTask:
    """The task with the windows its assumptions give it; a copy where anything changes.

    A1 ``same_order_time_window``: every hard and soft window becomes the span of all of them. A2
    ``expand_shift_time_window``: each entity's first shift starts at the horizon's start, every shift goes on
    to the next one's start, the last to the horizon's end.
    """
    assumptions = task.plan_settings.trips_settings.assumptions
    if not task.orders or not (assumptions.same_order_time_window or assumptions.expand_shift_time_window):
        return task
    changed = replace(task)
    if assumptions.expand_shift_time_window:
        whole = TimeWindow(start=horizon(task)[0], end=horizon(task)[1])
        changed.performers = [
            replace(item, shifts=[_working_on(shift) for shift in _expanded(item.shifts, whole)])
            for item in task.performers
        ]
        changed.transports = [replace(item, shifts=_expanded(item.shifts, whole)) for item in task.transports]
    if assumptions.same_order_time_window:
        window = _span_of_windows(task.orders)
        changed.orders = [_with_window(order, window) for order in task.orders]
    return changed


def _span_of_windows(orders: Sequence[Order]) -> TimeWindow:
    events = [event for order in orders for demand in order.demands for event in demand.possible_events]
    windows = [event.hard_time_window for event in events]
    windows += [event.soft_time_window for event in events if event.soft_time_window is not None]
    return TimeWindow(start=min(item.start for item in windows), end=max(item.end for item in windows))


def _with_window(order: Order, window: TimeWindow) -> Order:
    def event(item: PossibleEvent) -> PossibleEvent:
        soft = None if item.soft_time_window is None else window
        return replace(item, hard_time_window=window, soft_time_window=soft)

    def demand(item: Demand) -> Demand:
        return replace(item, possible_events=[event(one) for one in item.possible_events])

    return replace(order, demands=[demand(item) for item in order.demands])


def _expanded(shifts: Sequence[Shift], horizon_window: TimeWindow) -> list[Shift]:
    """Shifts in order of time, each going on to the next, the outer ones to the horizon."""
    rows: list[Shift] = sorted(shifts, key=_availability)
    starts: list[datetime] = [horizon_window.start, *(shift.availability_time.start for shift in rows[1:])]
    ends = [*starts[1:], horizon_window.end]
    return [
        replace(shift, availability_time=TimeWindow(start=start, end=end))
        for shift, start, end in zip(rows, starts, ends, strict=True)
    ]


def _availability(shift: PerformerShift | TransportShift) -> tuple[datetime, datetime]:
    return shift.availability_time.start, shift.availability_time.end


def _working_on(shift: PerformerShift) -> PerformerShift:
    """An expanded shift works as long as it is available."""
    return replace(shift, working_time=shift.availability_time)
