"""O1-O4 inside one trip: demands, precedence, numbers of stops."""

from collections import Counter

from solver.contract import Demand, DemandType
from solver.oracle.journey import Journey
from solver.oracle.violation import Verdict


class Orders:
    """Checks the sequence of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict

    def check(self) -> None:
        """O1-O4."""
        self._keys()
        self._once()
        self._pickups()
        self._precedence()
        self._stops()

    def _keys(self) -> None:
        """O1: every service carries out one possible event at its place, under its own keys (S4)."""
        for service in self.journey.services:
            state = service.stretches[0].state
            where = self.journey.at(service.demand)
            if service.offer is None:
                known = state.demand_key in self.world.demands
                missing = f"event {state.event_key}" if known else f"demand {state.demand_key}"
                self.verdict.broken("O1", where, f"the task has no {missing}")
                continue
            if service.offer.event.location_key != service.visit.place:
                place = service.offer.event.location_key
                self.verdict.broken("O1", where, f"served at {service.visit.place}, the event is at {place}")
            if state.order_key != service.offer.order.key:
                self.verdict.broken("S4", where, f"order_key {state.order_key} of {service.offer.order.key}")

    def _once(self) -> None:
        served = Counter(service.demand for service in self.journey.services if service.offer)
        for key, times in served.items():
            if times > 1:
                self.verdict.broken("O1", self.journey.at(key), f"served {times} times")

    def _pickups(self) -> None:
        """O2."""
        loaded: dict[str, int] = {}
        dropped: dict[str, int] = {}
        for service in self.journey.services:
            demand = service.offer.demand if service.offer else None
            if demand and demand.demand_type in (DemandType.PICKUP, DemandType.DROP):
                first = loaded if demand.demand_type == DemandType.PICKUP else dropped
                for cargo in demand.target_cargos:
                    first.setdefault(cargo, service.number)
        for cargo, number in dropped.items():
            if number < loaded.get(cargo, -1):
                self.verdict.broken("O2", self.journey.at(cargo), "dropped before it is picked up")

    def _precedence(self) -> None:
        """O3."""
        served = [service.offer.demand for service in self.journey.services if service.offer]
        self._rising("precedence_in_trip", served)
        for key in self.journey.planned:
            mine = {demand.key for demand in self.world.orders[key].demands}
            self._rising("precedence_in_order", [demand for demand in served if demand.key in mine])

    def _rising(self, name: str, served: list[Demand]) -> None:
        """Among values over 0 a smaller one is served earlier."""
        highest = 0
        for demand in served:
            value: int = getattr(demand, name)
            if 0 < value < highest:
                message = f"{name} {value} is served after {highest}"
                self.verdict.broken("O3", self.journey.at(demand.key), message)
            highest = max(highest, value)

    def _stops(self) -> None:
        """O4."""
        work = self.journey.work
        if work is None:
            return
        places = {visit.place for visit in self.journey.visits}
        for name, count in (("max_stops", len(self.journey.visits)), ("max_locations", len(places))):
            most = getattr(work.shift, name)
            if most is not None and count > most:
                self.verdict.broken("O4", self.journey.at(work.shift.key), f"{count}, {name} is {most}")
