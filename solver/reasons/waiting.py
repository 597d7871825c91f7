"""Room that cargos of waiting orders take in the boxes of their trips (rule L5)."""

from collections.abc import Sequence
from dataclasses import replace

from solver.contract import Trip
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Problem
from solver.trim import Rooms


class Fleet:
    """Vehicles by the shifts that make them.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        rows = enumerate(problem.tables.vehicle)
        self._rows = {(int(row[F_PERFORMER]), int(row[F_TRANSPORT])): number for number, row in rows}
        self._performers = {s: kind for kind, shifts in enumerate(problem.performer_shifts) for s in shifts}
        self._transports = {s: kind for kind, shifts in enumerate(problem.transport_shifts) for s in shifts}

    def vehicle(self, performer_shift: int, transport_shift: int) -> int:
        """The vehicle of two shifts, by their catalog indices."""
        return self._rows[self._performers[performer_shift], self._transports[transport_shift]]


def beside_waiting(problem: Problem, trips: Sequence[Trip]) -> Problem:
    """The problem with less room where cargos of orders lie that wait in a trip."""
    catalog = problem.catalog
    laden = {
        order.key: order for order in catalog.orders if any(cargo.target_box_key for cargo in order.cargos)
    }
    performers = {shift.key: number for number, (_, shift) in enumerate(catalog.performer_shifts)}
    transports = {shift.key: number for number, (_, shift) in enumerate(catalog.transport_shifts)}
    fleet = Fleet(problem)
    for trip in trips:
        waiting = [laden[key] for key in trip.waitlist if key in laden]
        pair = trip.performer.shift_key, trip.transport.shift_key
        if waiting and pair[0] in performers and pair[1] in transports:
            vehicle = fleet.vehicle(performers[pair[0]], transports[pair[1]])
            problem = replace(problem, tables=Rooms(problem).beside(vehicle, waiting))
    return problem
