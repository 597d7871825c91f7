"""Trips of any sequence, also of one the evaluator refuses: early, one thing after the other."""

from itertools import islice, product

from solver.problem import Problem
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Ints
from solver.schedule.timeline import Action, TripSchedule
from tests.solver.report.tiny import EPOCH, Route, Tiny

MOST_PACKINGS = 12


class ByHand:
    """Drives and serves as early as possible, whatever the rules say.

    Parameters
    ----------
    task : Tiny
    problem : Problem
        Of this task.
    """

    def __init__(self, task: Tiny, problem: Problem) -> None:
        self.task, self.problem, self.catalog = task, problem, problem.catalog

    def shifts(self, vehicle: int) -> tuple[int, int]:
        """A performer shift and a transport shift of the vehicle."""
        row = self.problem.tables.vehicle[vehicle]
        return (
            self.problem.performer_shifts[row[F_PERFORMER]][0],
            self.problem.transport_shifts[row[F_TRANSPORT]][0],
        )

    def trips(self, vehicle: int, visits: Ints) -> list[TripSchedule]:
        """The trip, once for each way to choose the boxes of its cargos (of many ways, for some)."""
        _, transport = self.shifts(vehicle)
        boxes = range(len(self.catalog.transport_shifts[transport][0].boxes))
        cargos = {key for x in visits for key in self.catalog.visits[x].demand.target_cargos}
        packings = islice(product(boxes, repeat=len(cargos)), MOST_PACKINGS)
        return [
            self.trip(vehicle, visits, dict(zip(sorted(cargos), packing, strict=True)))
            for packing in packings
        ]

    def trip(self, vehicle: int, visits: Ints, packing: dict[str, int]) -> TripSchedule:
        """The trip with its cargos in the given boxes."""
        performer, transport = self.shifts(vehicle)
        person = self.catalog.performer_shifts[performer][1]
        van = self.catalog.transport_shifts[transport][1]
        first = self.catalog.visits[visits[0]].event.location_key
        begins = [person.start_location_key, van.start_location_key, first]
        ends = [van.finish_location_key, person.finish_location_key]
        route = Route(self.catalog, "0:00", next(p for p in begins if p), performer, transport)
        route.steps.clear()
        route.now = int(person.availability_time.start.timestamp()) - EPOCH
        route._stand()
        if begins[0] and begins[1]:
            self._go(route, begins[1], own=True)
        for x in visits:
            self._serve(route, int(x), packing)
        if ends[0] or ends[1]:
            self._go(route, next(p for p in ends if p))
        if ends[0] and ends[1]:
            self._go(route, ends[1], own=True)
        return route.trip()

    def _go(self, route: Route, place: str, *, own: bool = False) -> None:
        if place == route.place:
            return
        self._park(route, Action.DEPARTURE, "departure_duration")
        route.drive(place, abs(self.task.places[place] - self.task.places[route.place]), own=own)
        self._park(route, Action.ARRIVAL, "arrival_duration")

    def _park(self, route: Route, action: Action, name: str) -> None:
        place = self.catalog.locations[route.places.index(route.place)]
        if seconds := getattr(place, name):
            route.act(action, seconds // 60)

    def _serve(self, route: Route, visit: int, packing: dict[str, int]) -> None:
        demand, event = self.catalog.visits[visit].demand, self.catalog.visits[visit].event
        self._go(route, event.location_key)
        opens = int(event.hard_time_window.start.timestamp()) - EPOCH
        self._wait(route, opens)
        box = packing[demand.target_cargos[0]] if demand.target_cargos else 0
        route.serve(demand.key, event.duration // 60, event.key, box)

    def _wait(self, route: Route, opens: int) -> None:
        if opens > route.now:
            route.act(Action.WAITING, (opens - route.now) // 60)
