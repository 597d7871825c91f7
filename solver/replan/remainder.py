"""What is left of a task after the facts (rules Q5-Q8)."""

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from solver.contract import (
    ActualizeTask,
    Capacity,
    Demand,
    DemandType,
    Fact,
    FactType,
    Order,
    PossibleEvent,
    ReplanTask,
)
from solver.replan.trips import GivenTrip

MEASURES = [item.name for item in fields(Capacity)]


@dataclass(slots=True)
class Position:
    """Where a trip stands, and since when (Q5, Q7, Q8).

    Attributes
    ----------
    location : str
    since : datetime
    serving : str or None
        The demand that is being served there (Q7).
    """

    location: str
    since: datetime
    serving: str | None = None


@dataclass(slots=True)
class Taken:
    """What lies in a box to the end (Q8): measures by box key."""

    by_box: dict[str, Capacity] = field(default_factory=lambda: defaultdict(Capacity))

    def add(self, box: str, capacity: Capacity) -> None:
        """Note a cargo that stays."""
        self.by_box[box] = _measurewise(self.by_box[box], capacity, 1.0)


class Remainder:
    """Orders, positions and boxes after the facts.

    Parameters
    ----------
    task : ActualizeTask or ReplanTask
    trips : list of GivenTrip
    now : datetime

    Attributes
    ----------
    orders : dict of str to Order
        What is left to do; orders that facts change are copies.
    positions : dict of str to Position
        By trip key, of trips that facts say something of.
    taken : dict of str to Taken
        By trip key.
    aboard : dict of str to str
        Trip key by cargo key, of cargos that facts say are loaded and not yet dropped.
    """

    def __init__(self, task: ActualizeTask | ReplanTask, trips: list[GivenTrip], now: datetime) -> None:
        self.now = now
        self.orders = {order.key: order for order in task.orders}
        self.positions: dict[str, Position] = {}
        self.taken: dict[str, Taken] = defaultdict(Taken)
        self.aboard: dict[str, str] = {}
        self._trips = {given.trip.key: given for given in trips}
        self._order_of = {demand.key: order.key for order in task.orders for demand in order.demands}
        self._events = {demand.key: demand for order in task.orders for demand in order.demands}
        self._own: set[str] = set()

    def apply(self, fact: Fact) -> None:
        """Take one fact into account; they come in order of time."""
        if fact.type is FactType.ORDER_DONE:
            self.orders.pop(fact.order_key or "", None)
        elif fact.type is FactType.NEW_LOCATION:
            self.positions[fact.trip_key] = Position(fact.location_key or "", fact.time)
        else:
            self._at_demand(fact, fact.demand_key or "")

    def _at_demand(self, fact: Fact, key: str) -> None:
        place = self._event(fact.trip_key, key).location_key
        if fact.type is FactType.DEMAND_START:
            self.positions[fact.trip_key] = Position(place, fact.time, serving=key)
            return
        self.positions[fact.trip_key] = Position(place, fact.time)
        order = self._order_with(key)
        if order is not None:
            self._done(order, key, self._trips.get(fact.trip_key))

    def taken_in(self, transport: str) -> list[Taken]:
        """What lies in a transport's boxes to the end, from any of its trips."""
        owner = {key: given.trip.transport.transport_key for key, given in self._trips.items()}
        return [taken for key, taken in self.taken.items() if owner[key] == transport]

    def is_begun(self, order: Order) -> bool:
        """Whether something of an order is on board or being served: then it stays in its trip (Q10)."""
        served = {at.serving for at in self.positions.values()}
        return any(item.key in self.aboard for item in order.cargos) or any(
            item.key in served for item in order.demands
        )

    def settle(self) -> None:
        """Shorten the services that are going on once all facts are known (Q7)."""
        for trip, position in self.positions.items():
            if position.serving is None:
                continue
            order = self._order_with(position.serving)
            if order is None:
                position.serving = None
            else:
                event = self._event(trip, position.serving)
                self._shorten(order, position.serving, event, position.since)

    def _event(self, trip: str, demand: str) -> PossibleEvent:
        """The event the trip chose for a demand, its first one where the trip does not say."""
        given = self._trips.get(trip)
        chosen = given.event_of(demand) if given else None
        events = self._events[demand].possible_events
        return next((event for event in events if event.key == chosen), events[0])

    def _order_with(self, demand: str) -> Order | None:
        """The order that still has the demand, as a copy of our own."""
        order = self.orders.get(self._order_of[demand])
        if order is None or all(item.key != demand for item in order.demands):
            return None
        if order.key not in self._own:
            self._own.add(order.key)
            order = self.orders[order.key] = replace(
                order,
                demands=[replace(item, target_cargos=list(item.target_cargos)) for item in order.demands],
                cargos=[replace(item) for item in order.cargos],
            )
        return order

    def _shorten(self, order: Order, key: str, event: PossibleEvent, since: datetime) -> None:
        """Q7: what remains of a service that is going on; it stays at the event that was chosen."""
        served = int((self.now - since).total_seconds())
        left = replace(event, duration=max(0, event.duration - served))
        for demand in order.demands:
            if demand.key == key:
                demand.possible_events = [left]

    def _done(self, order: Order, key: str, given: GivenTrip | None) -> None:
        """Q8: the demand leaves, and what its type takes along."""
        demand = next(item for item in order.demands if item.key == key)
        order.demands.remove(demand)
        cargos = set(demand.target_cargos)
        if demand.demand_type is DemandType.PICKUP:
            self._on_board(order, cargos, given)
        elif demand.demand_type is not DemandType.WORK:
            if demand.demand_type is DemandType.PICKUP_TO_BOX and given is not None:
                self._stay(order, cargos, given)
            _cut_cargos(order, cargos)
        if not order.demands:
            del self.orders[order.key]

    def _on_board(self, order: Order, cargos: set[str], given: GivenTrip | None) -> None:
        for demand in order.demands:
            if demand.demand_type is DemandType.DROP and cargos & set(demand.target_cargos):
                demand.demand_type = DemandType.DROP_FROM_BOX
        for cargo in order.cargos:
            if cargo.key in cargos:
                cargo.target_box_key = given.boxes.get(cargo.key) if given else None
                if given is not None:
                    self.aboard[cargo.key] = given.trip.key

    def _stay(self, order: Order, cargos: set[str], given: GivenTrip) -> None:
        for cargo in order.cargos:
            if cargo.key in cargos and cargo.key in given.boxes:
                self.taken[given.trip.key].add(given.boxes[cargo.key], cargo.capacity)


def _cut_cargos(order: Order, cargos: set[str]) -> None:
    """Cargos leave, and with them the demands that only they had."""
    order.cargos = [item for item in order.cargos if item.key not in cargos]
    for demand in order.demands:
        demand.target_cargos = [key for key in demand.target_cargos if key not in cargos]
    order.demands = [item for item in order.demands if _has_something_to_do(item)]


def _has_something_to_do(demand: Demand) -> bool:
    return demand.demand_type is DemandType.WORK or bool(demand.target_cargos)


def shrunk(capacity: Capacity, taken: Capacity) -> Capacity:
    """Room that is left beside what is taken, never below nothing."""
    return _measurewise(capacity, taken, -1.0)


def _measurewise(one: Capacity, other: Capacity, sign: float) -> Capacity:
    return Capacity(**{name: max(0.0, getattr(one, name) + sign * getattr(other, name)) for name in MEASURES})
