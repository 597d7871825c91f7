"""Contract objects of a task by key, for whoever reads trips by their keys."""

from dataclasses import dataclass

from solver.contract import (
    Demand,
    Order,
    Performer,
    PerformerShift,
    PlanTask,
    PossibleEvent,
    Transport,
    TransportShift,
    TransportType,
)
from solver.report.measures import Load, load_of, times, total


@dataclass(slots=True)
class Asked:
    """A demand with its order."""

    order: Order
    demand: Demand

    def event(self, key: str | None) -> PossibleEvent | None:
        """The possible event with that key."""
        return next((event for event in self.demand.possible_events if event.key == key), None)


class Lookup:
    """A task by key.

    Parameters
    ----------
    task : PlanTask
        With its assumptions A1 and A2 applied.

    Attributes
    ----------
    demands : dict of str to Asked
    cargos : dict of str to Load
        Measures of every cargo.
    targets : dict of str to str
        Box keys of the cargos that have one (L5).
    performer_shifts, transport_shifts : dict of str to pairs
        The owner and the shift, by shift key.
    """

    def __init__(self, task: PlanTask) -> None:
        self.task = task
        self.demands: dict[str, Asked] = {}
        self.cargos: dict[str, Load] = {}
        self.targets: dict[str, str] = {}
        for order in task.orders:
            for demand in order.demands:
                self.demands[demand.key] = Asked(order, demand)
            for cargo in order.cargos:
                self.cargos[cargo.key] = load_of(cargo.capacity)
                if cargo.target_box_key is not None:
                    self.targets[cargo.key] = cargo.target_box_key
        self.performer_shifts: dict[str, tuple[Performer, PerformerShift]] = {
            shift.key: (performer, shift) for performer in task.performers for shift in performer.shifts
        }
        self.transport_shifts: dict[str, tuple[Transport, TransportShift]] = {
            shift.key: (transport, shift) for transport in task.transports for shift in transport.shifts
        }
        self._multipliers = capacity_multipliers(task)

    def room(self, transport: Transport) -> Load:
        """Sum of the capacities of a transport's boxes, multipliers applied (L6, X5)."""
        boxes = total(load_of(box.capacity) for box in transport.boxes)
        return times(boxes, self._multipliers.get(transport.transport_type, EVERYTHING))


EVERYTHING: Load = (1.0, 1.0, 1.0, 1.0, 1.0)


def capacity_multipliers(task: PlanTask) -> dict[TransportType, Load]:
    """How capacities are scaled, by kind of transport (L6)."""
    given = task.plan_settings.trips_settings.assumptions.transport_capacity_multipliers
    return {item.transport_type: load_of(item.capacity) for item in given}
