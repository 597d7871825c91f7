"""Judging trips as they are: statistics without a search, and the rules they break (rule Q12)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from solver.contract import (
    CalculationInfo,
    CalculationStatus,
    CargoAction,
    CargoActionType,
    EntityPath,
    EntityType,
    EntityWarning,
    EntityWarningType,
    PlanResult,
    PlanStatistics,
    PlanTask,
    Service,
    StatisticsTask,
    TimeWindow,
    Tracedata,
    TransportType,
    Trip,
    TripState,
    UnplannedItems,
)
from solver.geo import MatrixSource
from solver.oracle import Violation, verify
from solver.problem.arrays import NO_LEG
from solver.problem.legs import leg_metres
from solver.problem.places import Places
from solver.refine import assume, horizon
from solver.report import statistics, unplanned_items
from solver.report.lookup import Lookup
from solver.report.reading import TripReading
from solver.report.stops import separating_locations

OF_WINDOWS = ("W2", "W5", "W6")
"""Told as violations in the statistics' quality; and how a free choice of times is made."""

OF_RULES = ("K", "T", "W", "L", "O", "C", "M1", "M2", "B")
"""Families of rules about what trips do; the others are about how results are written."""

OWN_TYPES = {
    "B": EntityWarningType.SHIFT_RESTRICTIONS_COULD_BE_MORE_PRECISE,
    "C1": EntityWarningType.NO_COMPATIBLE_PERFORMER,
    "L1": EntityWarningType.CARGO_CAPACITY_VIOLATION,
    "L2": EntityWarningType.CARGO_CAPACITY_VIOLATION,
    "L": EntityWarningType.CARGO_BOX_VIOLATION,
    "O2": EntityWarningType.PICKUP_AND_DROP_VIOLATION,
    "O3": EntityWarningType.PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_TRIP,
    "O5": EntityWarningType.INVALID_HARDLINK,
    "W7": EntityWarningType.FEATURE_LIFETIME_VIOLATION,
}
LONGEST_INFO = 2048


@dataclass(slots=True)
class Appraisal:
    """What can be said of given trips.

    Attributes
    ----------
    statistics : PlanStatistics
    warnings : list of EntityWarning
        Broken rules other than windows; ``info`` begins with the rule.
    unplanned : UnplannedItems
    """

    statistics: PlanStatistics
    warnings: list[EntityWarning]
    unplanned: UnplannedItems


def appraise(task: StatisticsTask, *, roads: MatrixSource | None = None) -> Appraisal:
    """Work out the figures of trips as they are given; nothing is moved, nothing is refused (Q12).

    Parameters
    ----------
    task : StatisticsTask
        Without logical errors.
    roads : MatrixSource, optional
        Geo provider for the legs of trips whose states carry no distances.
    """
    plan_task = without_trips(task)
    assumed = assume(plan_task)
    first, last = horizon(plan_task)
    window = TimeWindow(start=first, end=last)
    figures = statistics(assumed, task.trips, window, _Legs(assumed, roads).metres)
    unplanned = unplanned_items(plan_task, task.trips)
    return Appraisal(figures, broken_rules(plan_task, task.trips, figures, unplanned), unplanned)


def without_trips(task: StatisticsTask) -> PlanTask:
    """The task that the trips are a plan of."""
    return PlanTask(
        locations=task.locations,
        orders=task.orders,
        performers=task.performers,
        transports=task.transports,
        hardlinks=task.hardlinks,
        plan_settings=task.plan_settings,
        external_routing=task.external_routing,
        dataset_name=task.dataset_name,
    )


def broken_rules(
    task: PlanTask, trips: list[Trip], figures: PlanStatistics, unplanned: UnplannedItems
) -> list[EntityWarning]:
    """Warnings for the rules that trips break; windows are left to the statistics' quality."""
    told = told_once(assume(task), trips)
    result = PlanResult(
        tracedata=_NOBODY,
        trips=told,
        statistics=figures,
        unplanned_items=unplanned,
        calculation_progress=100,
        calculation_info=_NO_CALCULATION,
    )
    keys = {trip.key for trip in trips}
    return [
        _warning(violation, keys)
        for violation in verify(task, result)
        if violation.rule.startswith(OF_RULES) and violation.rule not in OF_WINDOWS
    ]


_NOBODY = Tracedata(
    process_code=UUID(int=0),
    request_code=UUID(int=0),
    username="statistics",
    company="statistics",
    service=Service.UNIVERSAL,
    operation="statistics",
    env="statistics",
    pod="statistics",
    time=datetime.fromtimestamp(0, UTC),
)
_NO_CALCULATION = CalculationInfo(
    status=CalculationStatus.FINISHED_IN_TIME,
    result_version=1,
    preparing_time=0,
    business_validation_time=0,
    math_validation_time=0,
    waiting_time=0,
    calculation_time=0,
)
"""A result has to name its request and its calculation; this one is made for the rules' eyes only."""


def _warning(violation: Violation, trips: set[str]) -> EntityWarning:
    trip = violation.where.split("/")[0]
    kind = OWN_TYPES.get(violation.rule) or OWN_TYPES.get(violation.rule[0])
    entities = [EntityPath(entity_key=trip, entity_type=EntityType.TRIP)] if trip in trips else []
    return EntityWarning(
        type=kind or EntityWarningType.INCOMPATIBLE_REQUIREMENTS,
        info=str(violation)[:LONGEST_INFO],
        entities=entities,
    )


def told_once(task: PlanTask, trips: list[Trip]) -> list[Trip]:
    """Copies of trips that list each loading and unloading once, after its service (Q1).

    Trips may list in every state all that lies on board.
    """
    lookup, separating = Lookup(task), separating_locations(task)
    return [_told_once(TripReading(lookup, separating, trip)) for trip in trips]


def _told_once(reading: TripReading) -> Trip:
    box_of = {
        action.cargo_key: action.box_key
        for moment in reversed(reading.moments)
        for action in moment.state.cargo_actions
    }
    targets = reading.lookup.targets
    box_of.update((cargo, targets[cargo]) for cargo in reading.board.initial if cargo in targets)
    changes: dict[int, list[CargoAction]] = {}
    numbers = {id(service.first): number for number, service in enumerate(reading.services)}
    number, states = -1, []
    for moment in reading.moments:
        number = numbers.get(id(moment), number)
        begins = moment is reading.services[number].first if number >= 0 else False
        inside = number >= 0 and (begins or moment.start < reading.services[number].end)
        actions: list[CargoAction] = []
        if number >= 0 and not inside and number not in changes:
            actions = changes[number] = [
                CargoAction(box_key=box_of[cargo], cargo_key=cargo, cargo_action_type=kind)
                for kind, cargos in (
                    (CargoActionType.ADD, reading.board.added[number]),
                    (CargoActionType.REMOVE, reading.board.removed[number]),
                )
                for cargo in cargos
                if cargo in box_of
            ]
        states.append(_with_actions(moment.state, actions))
    return replace(reading.trip, states=states)


def _with_actions(state: TripState, actions: list[CargoAction]) -> TripState:
    return state if not state.cargo_actions and not actions else replace(state, cargo_actions=actions)


class _Legs:
    """Metres of legs, worked out when first asked for."""

    def __init__(self, task: PlanTask, roads: MatrixSource | None) -> None:
        self.task, self.roads = task, roads
        self._table: dict[TransportType, int] = {}

    def metres(self, kind: TransportType, start: str, finish: str) -> int:
        """Metres between two locations; 0 where there is no way."""
        if not self._table:
            self._read()
        a, b = self._index.get(start), self._index.get(finish)
        if a is None or b is None or kind not in self._table:
            return 0
        metres = int(leg_metres(self._legs, self._table[kind], a, b))
        return metres if metres < NO_LEG else 0

    def _read(self) -> None:
        places = Places(self.task, self.roads)
        kinds = {transport.transport_type for transport in self.task.transports}
        kinds |= {performer.own_transport_type for performer in self.task.performers}
        self._table = {kind: places.profile(kind) for kind in sorted(kinds)}
        self._index = places.index
        self._legs = places.legs()
