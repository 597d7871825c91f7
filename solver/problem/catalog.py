"""The names behind the indices: which contract object an index of the problem stands for."""

from dataclasses import dataclass

from solver.contract import (
    Cargo,
    Demand,
    Location,
    Order,
    Performer,
    PerformerShift,
    PlanTask,
    PossibleEvent,
    Transport,
    TransportShift,
)


@dataclass(slots=True, frozen=True)
class VisitName:
    """One possible event of one demand of one order."""

    order: Order
    demand: Demand
    event: PossibleEvent


@dataclass(slots=True)
class Catalog:
    """Contract objects by index.

    Attributes
    ----------
    task : PlanTask
        The task the problem was built from: refined, with the assumptions A1 and A2 applied.
    epoch : int
        Unix seconds (UTC) of the problem's time zero.
    locations, orders, cargos, visits : list
        By location, order, cargo and visit index.
    performer_shifts : list of (Performer, PerformerShift)
        By performer shift index.
    transport_shifts : list of (Transport, TransportShift)
        By transport shift index; ``transport.boxes`` gives the boxes by position.
    """

    task: PlanTask
    epoch: int
    locations: list[Location]
    orders: list[Order]
    cargos: list[Cargo]
    visits: list[VisitName]
    performer_shifts: list[tuple[Performer, PerformerShift]]
    transport_shifts: list[tuple[Transport, TransportShift]]
