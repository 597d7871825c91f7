"""Why orders are not planned: the trips and the vehicle where least stands in their way (rule U2).

An order is tried in the trips that pass nearest to it and on vehicles that stand idle, or, where none does,
on any empty one. What is said of a trip or vehicle is true: with the named obstacles out of the way the
order fits there. That no smaller obstacle exists elsewhere is only as sure as the sample: see ``MOST_TRIPS``
and ``MOST_VEHICLES``, and `solver.reasons.insertion` for the places within a trip.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.contract import Trip, UnplannedOrder
from solver.problem.arrays import (
    D_V0,
    F_OWNER,
    F_PCLASS,
    F_PERFORMER,
    F_PROFILE,
    F_START,
    F_TRANSPORT,
    NO_LEG,
    O_CLASS,
    O_D0,
    O_D1,
    O_GROUP,
    O_TRANSPORT,
    V_LOC,
    Floats,
    Ints,
    Problem,
)
from solver.problem.legs import between
from solver.reasons.codes import LIMITS
from solver.reasons.crowd import Crowd
from solver.reasons.insertion import UNSUITED, nearness, time_roughly
from solver.reasons.telling import Place, Teller
from solver.reasons.trials import Attempt, Trials
from solver.reasons.waiting import Fleet, beside_waiting
from solver.schedule.timeline import Action, TripSchedule

MOST_TRIPS = 8  # that are tried for an order
TOLD_TRIPS = 5
MOST_VEHICLES = 12


class Driven(NamedTuple):
    """A trip of the plan: catalog indices of its shifts, and its visits in order."""

    performer_shift: int
    transport_shift: int
    visits: Ints

    @classmethod
    def of(cls, schedule: TripSchedule) -> "Driven":
        """A timed trip."""
        visits = [step.visit for step in schedule.steps if step.action is Action.SERVICE]
        return cls(schedule.performer_shift, schedule.transport_shift, np.array(visits, dtype=np.int64))


def free_vehicles(problem: Problem, driven: Sequence[Driven]) -> npt.NDArray[np.bool_]:
    """Which kinds of vehicles still have a performer shift and a transport shift without a trip (O4, O6)."""
    performers, transports = free_shifts(problem, driven)
    idle = [bool(performers & set(shifts)) for shifts in problem.performer_shifts]
    parked = [bool(transports & set(shifts)) for shifts in problem.transport_shifts]
    rows = problem.tables.vehicle
    return np.array([idle[row[F_PERFORMER]] and parked[row[F_TRANSPORT]] for row in rows], dtype=np.bool_)


def free_shifts(problem: Problem, driven: Sequence[Driven]) -> tuple[set[int], set[int]]:
    """Performer shifts and transport shifts that may still make a trip."""
    performers = {trip.performer_shift for trip in driven}
    owners = [performer for performer, _ in problem.catalog.performer_shifts]
    worked = Counter(owners[shift].key for shift in performers)
    able = {s for s, owner in enumerate(owners) if worked[owner.key] < owner.limits.max_work_shifts}
    transports = set(range(len(problem.catalog.transport_shifts))) - {t.transport_shift for t in driven}
    return able - performers, transports


class Reasons:
    """Says why orders are not planned.

    Parameters
    ----------
    problem : Problem
    driven : sequence of Driven
        The trips of the plan.
    trips : sequence of Trip
        The same as they are told, in any order, perhaps with others: they give names, and who waits.
    language : str
        Of the sentences; see `solver.report.texts`.
    """

    def __init__(
        self, problem: Problem, driven: Sequence[Driven], trips: Sequence[Trip], language: str = "en"
    ) -> None:
        self.problem = problem = beside_waiting(problem, trips)
        self.tables = problem.tables
        self.driven = [trip for trip in driven if len(trip.visits)]
        self.teller = Teller(problem, trips, language)
        self.trials = Trials(problem)
        self.free = free_vehicles(problem, driven)
        self.shifts = free_shifts(problem, driven)
        self._pack()

    def __call__(self, orders: Sequence[int]) -> list[UnplannedOrder]:
        """The reasons of orders by their indices, in their sequence."""
        self.trials = Trials(self.problem, len(orders))
        return [self._why(order) for order in orders]

    def _pack(self) -> None:
        """The trips as flat arrays."""
        fleet = Fleet(self.problem)
        vehicles = [fleet.vehicle(trip.performer_shift, trip.transport_shift) for trip in self.driven]
        self.vehicles = np.array(vehicles, dtype=np.int64)
        lengths = [len(trip.visits) for trip in self.driven]
        self.first = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        self.visits = np.concatenate([np.zeros(0, dtype=np.int64), *(trip.visits for trip in self.driven)])
        self.at = np.zeros(len(self.visits), dtype=np.int64)
        for trip, vehicle in enumerate(vehicles):
            part = slice(self.first[trip], self.first[trip + 1])
            time_roughly(self.tables, vehicle, self.visits[part], lengths[trip], self.at[part])
        self.before: dict[int, Floats] = {}
        trips = [(vehicle, trip.visits) for vehicle, trip in zip(vehicles, self.driven, strict=True)]
        self.crowd = Crowd(self.problem, trips)

    def _why(self, order: int) -> UnplannedOrder:
        found = [(self._in_trip(trip, order), trip) for trip in self._near(order)]
        found.sort(key=lambda item: item[0].score)
        trips = [
            Place(attempt, self.driven[trip].performer_shift, self.driven[trip].transport_shift, trip=True)
            for attempt, trip in found[:TOLD_TRIPS]
        ]
        return self.teller.order(order, trips, self._on_vehicle(order))

    # --- trips ---

    def _near(self, order: int) -> list[int]:
        """Trips worth trying."""
        may = self._allowed(order)[self.vehicles] if len(self.vehicles) else np.zeros(0, dtype=np.bool_)
        if not may.any():
            return []
        price = np.zeros(len(self.driven))
        last = int(self.tables.order[order, O_D1]) - 1
        nearness(self.tables, self.vehicles, self.first, self.visits, self.at, order, last, price)
        price[~may] = np.inf
        chosen = np.argsort(price, kind="stable")[: min(MOST_TRIPS, int(may.sum()))]
        return [int(trip) for trip in chosen]

    def _in_trip(self, trip: int, order: int) -> Attempt:
        vehicle, visits = int(self.vehicles[trip]), self.driven[trip].visits
        if trip not in self.before:
            self.before[trip] = self.trials.figures(vehicle, visits)
        attempt = self.trials.in_trip(vehicle, visits, self.before[trip], order)
        return self._with_limits(attempt, trip)

    def _with_limits(self, attempt: Attempt, trip: int | None) -> Attempt:
        """The attempt, with location limits as its obstacle if only they are in its way (Y2)."""
        over = self.crowd.over(attempt, trip)
        if over <= 0:
            return attempt
        obstacles = np.array([[LIMITS, -1.0, -1.0, over]])
        return attempt._replace(obstacles=obstacles, score=attempt.score + 1.5)

    # --- vehicles ---

    def _on_vehicle(self, order: int) -> Place | None:
        """The best empty vehicle: one that stands idle, or, where none does, one that is empty in thought."""
        for free in (True, False):
            found = [self._alone(int(vehicle), order, free) for vehicle in self._vehicles(order, free)]
            if found:
                best = min(found, key=lambda attempt: attempt.score)
                return self._place(best, free)
        return None

    def _alone(self, vehicle: int, order: int, free: bool) -> Attempt:
        attempt = self.trials.alone(vehicle, order)
        return self._with_limits(attempt, None) if free else attempt

    def _allowed(self, order: int) -> npt.NDArray[np.bool_]:
        """Vehicles that a hardlink or a target box leaves an order; all, where they leave it none."""
        row, tables = self.tables.order[order], self.tables
        mine = np.ones(len(tables.vehicle), dtype=np.bool_)
        if row[O_TRANSPORT] >= 0:
            mine &= tables.vehicle[:, F_OWNER] == row[O_TRANSPORT]
        if row[O_GROUP] >= 0:
            mine &= tables.group_vehicle[row[O_GROUP], : len(mine)]
        return mine if mine.any() else np.ones(len(mine), dtype=np.bool_)

    def _vehicles(self, order: int, free: bool) -> Ints:
        """Vehicles worth trying: those whose performer suits, then those that start nearest."""
        may = self._allowed(order)
        chosen = np.nonzero(may & self.free if free else may)[0]
        row, rows = self.tables.order[order], self.tables.vehicle
        there = self.tables.visit[self.tables.demand[row[O_D0], D_V0], V_LOC]
        starts = rows[chosen, F_START]
        seconds = between(self.tables, rows[chosen, F_PROFILE], starts, there, metres=False)
        way = np.minimum(seconds.astype(np.float64), NO_LEG)
        price = np.where(starts < 0, 0.0, way)
        price += np.where(
            np.isinf(self.tables.order_performer[row[O_CLASS], rows[chosen, F_PCLASS]]), UNSUITED, 0
        )
        return chosen[np.argsort(price, kind="stable")[:MOST_VEHICLES]]

    def _place(self, attempt: Attempt, free: bool) -> Place:
        """Shifts of a vehicle's kind, idle ones if they are to be."""
        row = self.tables.vehicle[attempt.vehicle]
        performers = self.problem.performer_shifts[row[F_PERFORMER]]
        transports = self.problem.transport_shifts[row[F_TRANSPORT]]
        performer = next((s for s in performers if s in self.shifts[0]), performers[0])
        transport = next((s for s in transports if s in self.shifts[1]), transports[0])
        return Place(attempt, performer, transport, unused=free)
