"""Orders of a continuation: windows, chosen events, precedence (rules Q2, Q3, Q7, Q10)."""

from dataclasses import replace
from datetime import datetime, timedelta

from solver.contract import Demand, Order, PossibleEvent, TimeWindow
from solver.replan.freedom import Freedom
from solver.replan.remainder import Remainder
from solver.replan.trips import GivenTrip
from solver.replan.windows import later


class Orders:
    """Makes the orders of a continuation.

    Parameters
    ----------
    freedom : Freedom
    trips : list of GivenTrip
        With what is left of them.
    left : Remainder
    now : datetime
    delay : int
        Seconds by which right borders move.
    extras : dict of str to int
        Seconds a performer adds to the demand he is serving (W4).
    """

    def __init__(
        self,
        freedom: Freedom,
        trips: list[GivenTrip],
        left: Remainder,
        now: datetime,
        delay: int,
        extras: dict[str, int],
    ) -> None:
        self.freedom, self.now, self.delay, self.extras = freedom, now, delay, extras
        self.bound = {key for given in trips for key in given.orders}
        self.place = {
            demand: number for given in trips for number, (demand, _) in enumerate(given.visits, start=1)
        }
        self.chosen = {demand: event for given in trips for demand, event in given.visits}
        self.served = {at.serving for at in left.positions.values() if at.serving}

    def narrowed(self, orders: list[Order]) -> list[Order]:
        """Orders as they are planned; what no trip names stays only where new orders are taken in."""
        return [
            self._bound(order) if order.key in self.bound else order
            for order in orders
            if order.key in self.bound or self.freedom.new_orders
        ]

    def _bound(self, order: Order) -> Order:
        return replace(order, demands=[self._demand(demand) for demand in order.demands])

    def _late(self, demand: Demand) -> Demand:
        events = [self._moved(event) for event in demand.possible_events]
        return replace(demand, possible_events=events)

    def _moved(self, event: PossibleEvent) -> PossibleEvent:
        return replace(event, hard_time_window=later(event.hard_time_window, self.delay))

    def _demand(self, demand: Demand) -> Demand:
        """A demand of a trip: at its place in the sequence, with the event that was chosen."""
        late = self._late(demand)
        chosen = self.chosen.get(demand.key)
        if self.freedom.is_fixed and any(event.key == chosen for event in late.possible_events):
            late.possible_events = [event for event in late.possible_events if event.key == chosen]
        if not self.freedom.reorder:
            late.precedence_in_trip = self.place.get(demand.key, 0)
        if demand.key in self.served:
            late.possible_events = [
                self._being_served(event, self.extras.get(demand.key, 0)) for event in late.possible_events
            ]
        return late

    def _being_served(self, event: PossibleEvent, extra: int) -> PossibleEvent:
        """Q7: the service goes on now, so it ends when what remains of it has passed."""
        hard, soft = event.hard_time_window, event.soft_time_window
        start = min(hard.start, self.now)
        end = min(hard.end, self.now + timedelta(seconds=event.duration + extra))
        if end < start:
            return event
        if soft is not None:
            soft = TimeWindow(start=soft.start, end=min(soft.end, end)) if soft.start <= end else None
        return replace(event, hard_time_window=TimeWindow(start=start, end=end), soft_time_window=soft)
