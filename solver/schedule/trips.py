"""The rich form of an evaluated route: every step of the trip, for the report."""

import numpy as np

from solver.problem.arrays import (
    D_C0,
    D_C1,
    D_TYPE,
    DROP,
    F_BOX0,
    F_END,
    F_OWN_END,
    F_OWN_START,
    F_POST_M,
    F_POST_SECS,
    F_PRE_M,
    F_PRE_SECS,
    F_PROFILE,
    F_START,
    FROM_BOX,
    U_BOXES,
    V_DEMAND,
    V_LOC,
    WORK,
    Ints,
    Problem,
)
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.breaks import BREAK
from solver.schedule.evaluate import evaluate
from solver.schedule.faults import Fault
from solver.schedule.scratch import N_PAUSES, R_PENALTY, R_START, Scratch, scratch
from solver.schedule.timeline import Action, Handling, Step, TripSchedule
from solver.schedule.timing import service_seconds


class InvalidRouteError(Exception):
    """A route that the evaluator refuses was to become a trip."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"the evaluator refuses the route: {fault.name}")
        self.fault = fault


class TripTimer:
    """Turns routes into timed trips.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.work: Scratch = scratch(problem.tables)

    def trip(self, vehicle: int, route: Ints, performer_shift: int, transport_shift: int) -> TripSchedule:
        """Time one route.

        Parameters
        ----------
        vehicle : int
        route : int64 array
            All visits, loading included.
        performer_shift, transport_shift : int
            Catalog indices of the shifts that make the trip.

        Raises
        ------
        InvalidRouteError
            If the evaluator refuses the route.
        """
        tables, work = self.problem.tables, self.work
        route = np.ascontiguousarray(route, dtype=np.int64)
        fault = evaluate(tables, work, vehicle, route, len(route), self.problem.lowest_cost)
        if fault:
            raise InvalidRouteError(Fault(fault))
        steps = _Steps(self.problem, work, vehicle, route).build()
        return TripSchedule(performer_shift, transport_shift, steps, penalty=float(work.result[R_PENALTY]))


class _Steps:
    """Writes the steps of one evaluated route."""

    def __init__(self, problem: Problem, work: Scratch, vehicle: int, route: Ints) -> None:
        self.tables, self.work = problem.tables, work
        self.vehicle, self.row, self.route = vehicle, problem.tables.vehicle[vehicle], route
        self.steps: list[Step] = []
        self.now = int(work.result[R_START])
        self.number = 0  # of the leg or service that comes next
        self.pauses: dict[int, list[tuple[Action, int, int]]] = {}
        for number, kind, seconds, driven in work.pause[: work.now[N_PAUSES]].tolist():
            action = Action.BREAK if kind == BREAK else Action.REST
            self.pauses.setdefault(number, []).append((action, seconds, driven))

    def build(self) -> list[Step]:
        """All steps of the trip."""
        places = [int(self.row[F_OWN_START]), int(self.row[F_START])]
        visits = [int(self.tables.visit[x, V_LOC]) for x in self.route]
        place = next(p for p in [*places, *visits] if p >= 0)
        self._stand(place)
        if places[0] >= 0:
            self._own_leg(places[0], places[1], int(self.row[F_PRE_SECS]), int(self.row[F_PRE_M]))
            place = places[1]
        for position, visit in enumerate(self.route):
            place = self._go(place, visits[position])
            self._serve(position, int(visit), place)
        if self.row[F_END] >= 0:
            place = self._go(place, int(self.row[F_END]))
        if self.row[F_OWN_END] >= 0:
            end = int(self.row[F_OWN_END])
            self._own_leg(place, end, int(self.row[F_POST_SECS]), int(self.row[F_POST_M]))
            place = end
        self._stand(place)
        return self.steps

    def _add(self, action: Action, seconds: int, location: int, visit: int = -1) -> None:
        if seconds > 0 or action is Action.SERVICE:
            handlings = self._handlings(visit) if action is Action.SERVICE else ()
            step = Step(action, self.now, self.now + seconds, location, visit, handlings=handlings)
            self.steps.append(step)
            self.now += seconds

    def _stand(self, location: int) -> None:
        self.steps.append(Step(Action.STAND, self.now, self.now, location))

    def _go(self, start: int, finish: int) -> int:
        """Drive in the transport, if there is a way to go; returns the place."""
        if start != finish:
            profile = self.row[F_PROFILE]
            seconds = int(leg_seconds(self.tables, profile, start, finish))
            self._leg(start, finish, seconds, int(leg_metres(self.tables, profile, start, finish)), own=False)
        return finish

    def _own_leg(self, start: int, finish: int, seconds: int, metres: int) -> None:
        self._leg(start, finish, seconds, metres, own=True)

    def _leg(self, start: int, finish: int, seconds: int, metres: int, *, own: bool) -> None:
        """Leave, drive, park (W3); the drive is a step even when it takes no time."""
        leaving, parking = int(self.tables.place[start, 1]), int(self.tables.place[finish, 0])
        pauses = self._pause_here(start)
        self._add(Action.DEPARTURE, leaving, start)
        length, done, told = seconds - leaving - parking, 0, 0
        for action, pause, driven in pauses:  # B2: the leg is split
            if driven > done:
                self._drive(driven - done, metres * driven // length - told, own)
                done, told = driven, metres * driven // length
            self._add(action, pause, -1)
        if done < length or not pauses:
            self._drive(length - done, metres - told, own)
        self._add(Action.ARRIVAL, parking, finish)

    def _drive(self, seconds: int, metres: int, own: bool) -> None:
        self.steps.append(Step(Action.DRIVE, self.now, self.now + seconds, -1, metres=metres, own=own))
        self.now += seconds

    def _pause_here(self, place: int) -> list[tuple[Action, int, int]]:
        """Take the pauses at the stop before the next leg or service; returns those on its way."""
        pauses = self.pauses.get(self.number, [])
        self.number += 1
        for action, seconds, driven in pauses:
            if driven < 0:
                self._add(action, seconds, place)
        return [pause for pause in pauses if pause[2] >= 0]

    def _serve(self, position: int, visit: int, place: int) -> None:
        self._pause_here(place)
        begin = int(self.work.at[position])
        self._add(Action.WAITING, begin - self.now, place, visit)
        self._add(Action.SERVICE, int(service_seconds(self.tables, self.vehicle, visit)), place, visit)

    def _handlings(self, visit: int) -> tuple[Handling, ...]:
        """Cargos that the service loads or unloads, in which boxes (L5)."""
        demand = self.tables.demand[self.tables.visit[visit, V_DEMAND]]
        if demand[D_TYPE] == WORK:
            return ()
        cargos = self.tables.demand_cargo[demand[D_C0] : demand[D_C1]]
        loads = demand[D_TYPE] not in (DROP, FROM_BOX)
        first = int(self.row[F_BOX0])
        if not self.tables.uses[U_BOXES]:
            return tuple(Handling(int(c), 0, loads) for c in cargos)
        return tuple(Handling(int(c), int(self.work.box_of[c]) - first, loads) for c in cargos)
