"""Whole outputs of the operations."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.calculation import CalculationInfo, Tracedata
from solver.contract.entity import Entity
from solver.contract.issues import EntityWarning
from solver.contract.scalars import Key, Size, Whole
from solver.contract.statistics import PlanStatistics
from solver.contract.task import PlanTask
from solver.contract.trip import Trip


@dataclass(slots=True, kw_only=True)
class UnplannedItems(Entity):
    """Keys of what the plan does not use."""

    order_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    order_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    performer_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    performer_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    transport_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    transport_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    hardlink_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    hardlink_keys_count: Annotated[int, Whole(0, 15_001)] = 0


@dataclass(slots=True, kw_only=True)
class RemovedItems(Entity):
    """Keys of what was cut from the task."""

    location_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    location_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    order_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    order_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    performer_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    performer_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    transport_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    transport_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    hardlink_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    hardlink_keys_count: Annotated[int, Whole(0, 15_001)] = 0
    fact_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    fact_keys_count: Annotated[int, Whole(0, 15_001)] = 0


@dataclass(slots=True, kw_only=True)
class PlanResult(Entity):
    """A plan with its figures and what was left out."""

    tracedata: Tracedata
    trips: Annotated[list[Trip], Size(0, 15_001)]
    statistics: PlanStatistics
    warnings: Annotated[list[EntityWarning], Size(0, 15_001)] = field(default_factory=list)
    unplanned_items: UnplannedItems = field(default_factory=UnplannedItems)
    removed_items: RemovedItems = field(default_factory=RemovedItems)
    calculation_progress: Annotated[int, Whole(0, 100)]
    calculation_info: CalculationInfo


@dataclass(slots=True, kw_only=True)
class ValidateResult(Entity):
    """Warnings of a validated task."""

    tracedata: Tracedata
    warnings: Annotated[list[EntityWarning], Size(0, 15_001)]


@dataclass(slots=True, kw_only=True)
class RefineResult(Entity):
    """The task that would be planned, and what was cut from it."""

    tracedata: Tracedata
    plan_task: PlanTask
    warnings: Annotated[list[EntityWarning], Size(0, 15_001)] = field(default_factory=list)
    removed_items: RemovedItems = field(default_factory=RemovedItems)
