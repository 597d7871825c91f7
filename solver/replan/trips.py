"""Trips as they are sent back: their demands in order, chosen events and boxes (rule Q1)."""

from dataclasses import dataclass

from solver.contract import ActualizeTask, CargoActionType, ReplanTask, Trip, TripStateFlag

Visit = tuple[str, str | None]  # of a demand and its chosen event


@dataclass(slots=True)
class GivenTrip:
    """What an input trip says.

    Attributes
    ----------
    trip : Trip
    visits : list of Visit
        Demands in the order of service, each with the event that was chosen for it.
    boxes : dict of str to str
        Box key by cargo key, of every cargo that the trip loads.
    orders : list of str
        Orders served, then orders that only wait.
    waiting : set of str
        Orders on the trip's waitlist.
    """

    trip: Trip
    visits: list[Visit]
    boxes: dict[str, str]
    orders: list[str]
    waiting: set[str]

    @property
    def performer_shift(self) -> str:
        """Key of the performer shift."""
        return self.trip.performer.shift_key

    @property
    def transport_shift(self) -> str:
        """Key of the transport shift."""
        return self.trip.transport.shift_key

    def event_of(self, demand: str) -> str | None:
        """Key of the event that was chosen for a demand, None for a demand that is not served here."""
        return next((event for key, event in self.visits if key == demand), None)


def given_trips(task: ActualizeTask | ReplanTask) -> list[GivenTrip]:
    """Read the trips of a task; loadings that are listed again in later states are ignored (Q1)."""
    order_of = {demand.key: order.key for order in task.orders for demand in order.demands}
    return [_given_trip(trip, order_of) for trip in task.trips]


def _given_trip(trip: Trip, order_of: dict[str, str]) -> GivenTrip:
    visits: dict[str, str | None] = {}
    boxes: dict[str, str] = {}
    for state in trip.states:
        if state.demand_key in order_of and TripStateFlag.ON_DEMAND in state.flags:
            visits.setdefault(state.demand_key, state.event_key)
        for action in state.cargo_actions:
            if action.cargo_action_type is CargoActionType.ADD:
                boxes.setdefault(action.cargo_key, action.box_key)
    waiting = list(dict.fromkeys(trip.waitlist))
    orders = list(dict.fromkeys([*(order_of[demand] for demand in visits), *waiting]))
    return GivenTrip(trip, list(visits.items()), boxes, orders, set(waiting))
