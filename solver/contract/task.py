"""Whole inputs of the operations."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.entity import Entity
from solver.contract.fact import Fact
from solver.contract.hardlink import Hardlink
from solver.contract.location import Location
from solver.contract.order import Order
from solver.contract.performer import Performer
from solver.contract.routing import RoutingTransportMatrix
from solver.contract.scalars import DatasetName, Size
from solver.contract.settings import ActualizeSettings, PlanSettings, ReplanSettings
from solver.contract.statistics import PlanStatistics
from solver.contract.transport import Transport
from solver.contract.trip import Trip


@dataclass(slots=True, kw_only=True)
class PlanTask(Entity):
    """Everything a plan is made from."""

    locations: Annotated[list[Location], Size(1, 15_001)]
    orders: Annotated[list[Order], Size(1, 15_001)]
    performers: Annotated[list[Performer], Size(1, 15_001)]
    transports: Annotated[list[Transport], Size(1, 15_001)]
    hardlinks: Annotated[list[Hardlink], Size(0, 15_001)] = field(default_factory=list)
    plan_settings: PlanSettings = field(default_factory=PlanSettings)
    external_routing: Annotated[list[RoutingTransportMatrix], Size(0, 16)] = field(default_factory=list)
    dataset_name: DatasetName = ""


@dataclass(slots=True, kw_only=True)
class ActualizeTask(Entity):
    """A plan's task with its trips and what happened since, to bring their times up to date (Q9)."""

    locations: Annotated[list[Location], Size(1, 15_001)]
    orders: Annotated[list[Order], Size(1, 15_001)]
    performers: Annotated[list[Performer], Size(1, 15_001)]
    transports: Annotated[list[Transport], Size(1, 15_001)]
    trips: Annotated[list[Trip], Size(1, 15_001)]
    facts: Annotated[list[Fact], Size(0, 15_001)] = field(default_factory=list)
    external_routing: Annotated[list[RoutingTransportMatrix], Size(0, 16)] = field(default_factory=list)
    plan_settings: PlanSettings = field(default_factory=PlanSettings)
    actualize_settings: ActualizeSettings = field(default_factory=ActualizeSettings)
    dataset_name: DatasetName = ""


@dataclass(slots=True, kw_only=True)
class ReplanTask(Entity):
    """A plan's task with its trips and what happened since, to plan the rest anew (Q10)."""

    locations: Annotated[list[Location], Size(1, 15_001)]
    orders: Annotated[list[Order], Size(1, 15_001)]
    performers: Annotated[list[Performer], Size(1, 15_001)]
    transports: Annotated[list[Transport], Size(1, 15_001)]
    hardlinks: Annotated[list[Hardlink], Size(0, 15_001)] = field(default_factory=list)
    trips: Annotated[list[Trip], Size(1, 15_001)]
    facts: Annotated[list[Fact], Size(0, 15_001)] = field(default_factory=list)
    external_routing: Annotated[list[RoutingTransportMatrix], Size(0, 16)] = field(default_factory=list)
    plan_settings: PlanSettings = field(default_factory=PlanSettings)
    actualize_settings: ActualizeSettings = field(default_factory=ActualizeSettings)
    replan_settings: ReplanSettings = field(default_factory=ReplanSettings)
    dataset_name: DatasetName = ""


@dataclass(slots=True, kw_only=True)
class StatisticsTask(Entity):
    """A task with trips whose figures are asked for (Q12)."""

    locations: Annotated[list[Location], Size(1, 15_001)]
    orders: Annotated[list[Order], Size(1, 15_001)]
    performers: Annotated[list[Performer], Size(1, 15_001)]
    transports: Annotated[list[Transport], Size(1, 15_001)]
    hardlinks: Annotated[list[Hardlink], Size(0, 15_001)] = field(default_factory=list)
    trips: Annotated[list[Trip], Size(1, 15_001)]
    plan_settings: PlanSettings = field(default_factory=PlanSettings)
    external_routing: Annotated[list[RoutingTransportMatrix], Size(0, 16)] = field(default_factory=list)
    dataset_name: DatasetName = ""


@dataclass(slots=True, kw_only=True)
class UniversalData(Entity):
    """Any part of the model, to be converted between formats."""

    locations: Annotated[list[Location], Size(0, 15_001)] = field(default_factory=list)
    orders: Annotated[list[Order], Size(0, 15_001)] = field(default_factory=list)
    performers: Annotated[list[Performer], Size(0, 15_001)] = field(default_factory=list)
    transports: Annotated[list[Transport], Size(0, 15_001)] = field(default_factory=list)
    hardlinks: Annotated[list[Hardlink], Size(0, 15_001)] = field(default_factory=list)
    trips: Annotated[list[Trip], Size(0, 15_001)] = field(default_factory=list)
    facts: Annotated[list[Fact], Size(0, 15_001)] = field(default_factory=list)
    statistics: PlanStatistics | None = None
    external_routing: Annotated[list[RoutingTransportMatrix], Size(0, 16)] = field(default_factory=list)
    plan_settings: PlanSettings | None = None
    replan_settings: ReplanSettings | None = None
    actualize_settings: ActualizeSettings | None = None
    dataset_name: DatasetName = ""
