"""From timed trips to the contract's trips (rules C3, S6)."""

from solver.contract import AssignedPerformer, AssignedTransport, Attribute, Trip, TripState
from solver.problem.catalog import Catalog
from solver.report.clock import span
from solver.report.route import Terms
from solver.report.states import StateWriter
from solver.schedule.timeline import TripSchedule

PENALTY_ATTRIBUTE = "compatibility_penalty"  # rule C3


class TripWriter:
    """Tells schedules as contract trips.

    Parameters
    ----------
    catalog : Catalog
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.terms = Terms(catalog)

    def trip(self, schedule: TripSchedule, key: str, name: str) -> Trip:
        """One trip with its states.

        Parameters
        ----------
        schedule : TripSchedule
            Its steps may be empty: a trip with nothing but a waitlist (O5).
        key, name : str
            See `solver.report.names`.
        """
        performer, performer_shift = self.catalog.performer_shifts[schedule.performer_shift]
        transport, transport_shift = self.catalog.transport_shifts[schedule.transport_shift]
        states: list[TripState] = []
        if schedule.steps:
            route = self.terms.route(schedule)
            states = StateWriter(self.terms, route).states()
            whole = (route.stops[0].arrival, route.stops[-1].departure)
            used = (route.taken, route.left)
        else:
            whole = (span(performer_shift.availability_time)[0],) * 2
            used = (span(transport_shift.availability_time)[0],) * 2
        return Trip(
            key=key,
            name=name,
            performer=AssignedPerformer(
                performer_key=performer.key,
                shift_key=performer_shift.key,
                shift_time=self.terms.clock.window(*whole),
            ),
            transport=AssignedTransport(
                transport_key=transport.key,
                shift_key=transport_shift.key,
                shift_time=self.terms.clock.window(*used),
            ),
            states=states,
            waitlist=[self.catalog.orders[order].key for order in schedule.waitlist],
            attributes=self._attributes(schedule),
        )

    def _attributes(self, schedule: TripSchedule) -> list[Attribute]:
        """What the trip pays for missing tags (C3)."""
        if schedule.penalty <= 0:
            return []
        value = f"{round(schedule.penalty, 6):.6f}".rstrip("0").rstrip(".")
        return [Attribute(key=PENALTY_ATTRIBUTE, value=value)]
