"""Kinds of performer shifts and of transport shifts: equal shifts share a kind.

A search that thinks in kinds sees forty equal vans as one van with a count of forty. A shift that a
hardlink, a target box or ``max_work_shifts`` singles out keeps a kind of its own.
"""

from dataclasses import dataclass, field

from solver.contract import (
    Box,
    Capacity,
    CapacityCost,
    FeatureLifetime,
    MaxCapacity,
    Performer,
    PerformerShift,
    PlanTask,
    TimeWindow,
    Transport,
    TransportShift,
)
from solver.problem.arrays import BIG
from solver.problem.boxes import Size
from solver.problem.breaks import PauseRules, pause_rules
from solver.problem.lifetimes import Lives, lives
from solver.problem.places import Places
from solver.problem.requests import MEASURES
from solver.problem.tags import Classes, Tags, tags

Five = tuple[float, float, float, float, float]
Stages = tuple[tuple[float, float], ...]

DEFAULT_TIME_STAGES: Stages = ((30 * 86400.0, 0.001),)  # M1
DEFAULT_DISTANCE_STAGES: Stages = ((100_000_000.0, 0.001),)  # M2
DEFAULT_SHIFT_COST = 0.001


@dataclass(frozen=True, slots=True)
class PerformerKind:
    """Everything that tells two performer shifts apart; times in seconds since the epoch."""

    available: tuple[int, int]
    working: tuple[int, int]
    start: int
    finish: int
    max_stops: int
    max_places: int
    cost: float
    stages: Stages
    max_penalty: float
    own_profile: int
    extra: int
    pauses: PauseRules | None
    tags: tuple[Tags, Tags]  # features, transport restrictions
    lives: Lives  # of the features
    single: str  # the shift's own key when it must not be mixed with others
    limited: str  # the performer's key when max_work_shifts binds


@dataclass(frozen=True, slots=True)
class BoxKind:
    """One box of a transport."""

    key: str  # only for boxes that cargos name as their target
    capacity: Five
    one: Five
    size: Size
    features: Tags


@dataclass(frozen=True, slots=True)
class TransportKind:
    """Everything that tells two transport shifts apart."""

    available: tuple[int, int]
    start: int
    finish: int
    profile: int
    cost: float
    stages: Stages
    carry: Five
    boxes: tuple[BoxKind, ...]
    max_boxes: int
    max_capacity: Five
    tags: tuple[Tags, Tags]  # features, performer restrictions
    lives: Lives  # of the features
    owner: int
    single: str


def measures(capacity: Capacity | MaxCapacity | CapacityCost | None, absent: float) -> Five:
    """The five measures; ``absent`` stands for one that is not given (L1)."""
    values = [getattr(capacity, name, None) for name in MEASURES]
    a, b, c, d, e = (absent if value is None else float(value) for value in values)
    return (a, b, c, d, e)


@dataclass(slots=True)
class Shifts:
    """Kinds of shifts and which shifts are of each kind."""

    task: PlanTask
    places: Places
    epoch: int
    demand_index: dict[str, int]
    linked: set[str]
    owners: dict[str, int]
    performers: Classes[PerformerKind] = field(default_factory=Classes)
    transports: Classes[TransportKind] = field(default_factory=Classes)
    extras: Classes[tuple[tuple[int, int], ...]] = field(default_factory=Classes)
    performer_shifts: list[tuple[Performer, PerformerShift]] = field(default_factory=list)
    transport_shifts: list[tuple[Transport, TransportShift]] = field(default_factory=list)
    of_performer: list[list[int]] = field(default_factory=list)
    of_transport: list[list[int]] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        """Sort all shifts of the task into kinds."""
        self.extras.number(())
        for performer in self.task.performers:
            for work in performer.shifts:
                kind = self.performers.number(self._performer_kind(performer, work))
                self._file(self.of_performer, kind, len(self.performer_shifts))
                self.performer_shifts.append((performer, work))
        for transport in self.task.transports:
            for use in transport.shifts:
                kind = self.transports.number(self._transport_kind(transport, use))
                self._file(self.of_transport, kind, len(self.transport_shifts))
                self.transport_shifts.append((transport, use))

    @staticmethod
    def _file(lists: list[list[int]], kind: int, shift: int) -> None:
        if kind == len(lists):
            lists.append([])
        lists[kind].append(shift)

    def _location(self, key: str | None) -> int:
        return -1 if key is None else self.places.index[key]

    def _window(self, window: TimeWindow) -> tuple[int, int]:
        return int(window.start.timestamp()) - self.epoch, int(window.end.timestamp()) - self.epoch

    def _lives(self, given: list[FeatureLifetime], features: list[str]) -> Lives:
        """Lifetimes of an entity's features, none where compatibility is lifted (W7, C4)."""
        lifted = self.task.plan_settings.trips_settings.assumptions.disable_compatibility
        return () if lifted else lives(given, features, self.epoch)

    def _performer_kind(self, performer: Performer, shift: PerformerShift) -> PerformerKind:
        limits, needs, tariff = performer.limits, performer.compatibilities, shift.tariff
        added = {item.demand_key: item.additional_duration for item in limits.demand_extra_durations}
        extra = sorted(
            (self.demand_index[key], seconds) for key, seconds in added.items() if key in self.demand_index
        )
        available = self._window(shift.availability_time)
        working = self._window(shift.working_time)
        limited = ""
        if (limits.max_work_shifts or 31) < len(performer.shifts):
            limited = performer.key
            self.limits[performer.key] = limits.max_work_shifts or 31
        stages = tuple(
            (float(item.stage_length), float(item.cost_per_unit)) for item in tariff.constraints or []
        )
        return PerformerKind(
            available=available,
            working=(max(working[0], available[0]), min(working[1], available[1])),
            start=self._location(shift.start_location_key),
            finish=self._location(shift.finish_location_key),
            max_stops=shift.max_stops or BIG,
            max_places=shift.max_locations or BIG,
            cost=tariff.cost_per_shift,
            stages=stages or DEFAULT_TIME_STAGES,
            max_penalty=tariff.max_penalty_cost or 0.0,
            own_profile=self.places.profile(performer.own_transport_type),
            extra=self.extras.number(tuple(extra)),
            pauses=pause_rules(shift, self.places),
            tags=(tags(needs.performer_features), tags(needs.transport_restrictions)),
            lives=self._lives(needs.performer_features_lifetimes, needs.performer_features),
            single=shift.key if shift.key in self.linked else "",
            limited=limited,
        )

    def _transport_kind(self, transport: Transport, shift: TransportShift) -> TransportKind:
        needs, limits, tariff = transport.compatibilities, transport.limits, shift.tariff
        stages = tuple(
            (float(item.stage_length), float(item.cost_per_unit)) for item in tariff.constraints or []
        )
        owner = {self.owners[box.key] for box in transport.boxes or [] if box.key in self.owners}
        return TransportKind(
            available=self._window(shift.availability_time),
            start=self._location(shift.start_location_key),
            finish=self._location(shift.finish_location_key),
            profile=self.places.profile(transport.transport_type),
            cost=tariff.cost_per_shift,
            stages=stages or DEFAULT_DISTANCE_STAGES,
            carry=measures(tariff.transportation_cost, 0.0),
            boxes=tuple(self._box_kind(box) for box in transport.boxes or []),
            max_boxes=BIG if limits.max_boxes is None else limits.max_boxes,
            max_capacity=measures(limits.max_capacity, float("inf")),
            tags=(tags(needs.transport_features), tags(needs.performer_restrictions)),
            lives=self._lives(needs.transport_features_lifetimes, needs.transport_features),
            owner=min(owner) if owner else -1,
            single=shift.key if shift.key in self.linked else "",
        )

    def _box_kind(self, box: Box) -> BoxKind:
        about = box.compatibilities
        return BoxKind(
            key=box.key if box.key in self.owners else "",
            capacity=measures(box.capacity, 0.0),
            one=measures(box.limits.max_one_cargo_capacity, float("inf")),
            size=(about.width or 0.0, about.height or 0.0, about.length or 0.0),
            features=tags(about.box_features),
        )
