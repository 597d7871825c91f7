"""Every finished plan is read a second time, by the oracle, before it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from solver.contract import (
    ActualizeTask,
    EntityWarning,
    HardlinkElementType,
    PlanStatistics,
    PlanTask,
    RemovedItems,
    ReplanTask,
    Trip,
    UnplannedItems,
)
from solver.oracle import Violation, verify
from solver.outcome import Plan
from solver.replan import Continuation, continuation

OF_TRIPS = ("K", "T", "W", "L", "O", "C", "M", "B")
"""Families of rules about what trips do: kept by the task that goes on with the trips (Q11)."""

OF_TELLING = ("S", "X", "R", "Y")
"""Families about how trips are told: by the windows that were asked for (Q3)."""

AS_SENT = ("X7", "S6")
"""The horizon, and the keys and names of trips, are those of the task as it was sent."""


@dataclass(slots=True)
class Reading:
    """A plan as the oracle takes it."""

    trips: list[Trip]
    statistics: PlanStatistics
    warnings: list[EntityWarning]
    unplanned_items: UnplannedItems
    removed_items: RemovedItems


def broken_rules(
    task: PlanTask | ActualizeTask | ReplanTask, plan: Plan, now: datetime | None = None
) -> list[Violation]:
    """Rules that a finished plan breaks, by the oracle.

    Parameters
    ----------
    task : PlanTask, ActualizeTask or ReplanTask
        As it was sent.
    plan : Plan
    now : datetime, optional
        The moment of the request, where trips go on and the task names no ``current_time`` (Q3).
    """
    if isinstance(task, PlanTask):
        return verify(task, plan)
    return list(_broken_on_the_way(continuation(task, now or datetime.now(UTC)), plan))


def _broken_on_the_way(left: Continuation, plan: Plan) -> Iterator[Violation]:
    """Broken rules about what trips do that go on, and how they are told; those that only wait do nothing."""
    idle = [trip.key for trip in plan.trips if not trip.states]
    if left.is_empty and len(idle) == len(plan.trips):  # nothing is left to do, and nothing is done
        return
    for found in verify(left.task, _as_planned(left, plan)):
        if found.rule.startswith(OF_TRIPS):
            yield found
    for found in verify(left.told, plan):
        told = found.rule.startswith(OF_TELLING) and found.rule not in AS_SENT
        if told and not any(found.where.startswith(key) for key in idle):
            yield found


def _as_planned(left: Continuation, plan: Plan) -> Reading:
    """The trips that drive, with boxes by the names they were planned under, waiting what is tied to them."""
    tied = {
        item.entity_key
        for link in left.task.hardlinks
        for item in link.links
        if item.type is HardlinkElementType.ORDER
    }
    trips = [
        replace(
            _with_new_boxes(left, trip),
            waitlist=[key for key in trip.waitlist if key in tied],
        )
        for trip in plan.trips
        if trip.states
    ]
    return Reading(trips, plan.statistics, plan.warnings, plan.unplanned_items, plan.removed_items)


def _with_new_boxes(left: Continuation, trip: Trip) -> Trip:
    """A trip with boxes by the keys they have in the continuation's task."""
    boxes = next((x.boxes for x in left.task.transports if x.key == trip.transport.transport_key), [])
    names = {left.boxes[box.key]: box.key for box in boxes if box.key in left.boxes}
    if not names:
        return trip
    states = [
        replace(
            state,
            cargo_actions=[
                replace(action, box_key=names.get(action.box_key, action.box_key))
                for action in state.cargo_actions
            ],
        )
        for state in trip.states
    ]
    return replace(trip, states=states)
