"""U2: on random tasks every trip that is told takes the order once its obstacles are out of the way."""

import numpy as np
import pytest

import solver
from solver.contract import PlacementKind, PlanTask, Trip, TripStateFlag, read_object
from solver.problem import Problem
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Ints
from solver.reasons.trials import Trials
from tests.solver.reasons.clearing import cleared
from tests.solver.reasons.scenes import problem_of
from tests.solver.schedule.random_tasks import random_task

UNCLEARABLE = {"BOXES", "NO_ROUTE", "OTHER", "TARGET_BOX"}


def route_of(problem: Problem, trip: Trip) -> Ints:
    """The visits of a trip."""
    number = {(name.demand.key, name.event.key): i for i, name in enumerate(problem.catalog.visits)}
    served = [s for s in trip.states if TripStateFlag.ON_DEMAND in s.flags]
    found = dict.fromkeys(number[s.demand_key or "", s.event_key or ""] for s in served)
    return np.array(list(found), dtype=np.int64)


def vehicle_of(problem: Problem, performer_shift: str, transport_shift: str) -> int:
    """The vehicle of two shifts."""
    for vehicle, row in enumerate(problem.tables.vehicle):
        performers = problem.performer_shifts[row[F_PERFORMER]]
        transports = problem.transport_shifts[row[F_TRANSPORT]]
        if any(problem.catalog.performer_shifts[s][1].key == performer_shift for s in performers) and any(
            problem.catalog.transport_shifts[s][1].key == transport_shift for s in transports
        ):
            return vehicle
    raise KeyError(performer_shift, transport_shift)


POINTLESS = {8}  # one performer and transport are too few for any order


@pytest.mark.parametrize("seed", sorted(set(range(40)) - POINTLESS))
def test_U2_without_its_obstacles_the_order_fits(seed: int) -> None:
    task = random_task(seed, linked=False)
    task.transports, task.performers = task.transports[:1], task.performers[:1]
    document = task.document()
    plan = solver.plan(read_object(PlanTask, document), solver.Effort(iterations=60))
    trips = {trip.key: trip for trip in plan.trips}
    for reason in plan.reasons:
        for place in [*reason.trips, *filter(None, [reason.vehicle])]:
            if UNCLEARABLE & {item.type.value for item in place.obstacles}:
                continue
            problem = problem_of(cleared(document, reason.order_key, place))
            vehicle = vehicle_of(problem, place.performer_shift_key, place.transport_shift_key)
            is_trip = place.kind is PlacementKind.TRIP
            route = route_of(problem, trips[place.trip_key or ""]) if is_trip else np.zeros(0, dtype=np.int64)
            trials = Trials(problem)
            order = [item.key for item in problem.catalog.orders].index(reason.order_key)
            found = (
                trials.in_trip(vehicle, route, trials.figures(vehicle, route), order)
                if is_trip
                else trials.alone(vehicle, order)
            )
            assert len(found.obstacles) == 0, (reason.info, place, found)
