"""A first plain reason for every unplanned order (rule U2).

Each order is tried alone on an empty vehicle of every kind, in every sequence of its services that its
precedences allow, by the one evaluator. If nothing takes it, the reason is the rule that stopped the attempt
that came furthest. If something does, the trips are full, or the search did not get there: a kind of vehicle
that stands idle tells the two apart. What is claimed of "any" vehicle was tried with all of them; an order
with more sequences than `MOST_ROUTES`, or one that comes after `MOST_TRIALS`, gets the reason
`Text.NOT_FOUND` instead of a claim that was not proved.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, permutations, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.contract import EntityPath, EntityType, EntityWarning, EntityWarningType
from solver.problem.arrays import (
    D_C0,
    D_C1,
    D_TYPE,
    D_V0,
    D_V1,
    DROP,
    F_OWNER,
    F_PERFORMER,
    F_TRANSPORT,
    MULTI,
    O_D0,
    O_D1,
    O_GROUP,
    O_SHAPE,
    O_TRANSPORT,
    PICKUP,
    Ints,
    Problem,
    Tables,
)
from solver.problem.compiled import compiled
from solver.report.texts import Text, tell
from solver.schedule.evaluate import evaluate
from solver.schedule.faults import Fault
from solver.schedule.scratch import FAULT_AMOUNT, FAULT_WHERE, Scratch, scratch
from solver.schedule.timeline import TripSchedule

MOST_ROUTES = 720  # sequences of one order that are tried
MOST_TRIALS = 3_000_000  # routes times vehicles, all orders together: a few seconds

Kind = EntityWarningType

WHY: dict[Fault, tuple[Text, Kind]] = {
    Fault.OWNER: (Text.OTHER_TRANSPORT, Kind.NO_COMPATIBLE_TRANSPORT),
    Fault.GROUP: (Text.HARDLINK, Kind.NO_AVAILABLE_PERFORMER),
    Fault.PERFORMER_TAGS: (Text.PERFORMER_TAGS, Kind.NO_COMPATIBLE_PERFORMER),
    Fault.PLACE_TAGS: (Text.PLACE_TAGS, Kind.NO_COMPATIBLE_TRANSPORT),
    Fault.PENALTY: (Text.PENALTY, Kind.NO_COMPATIBLE_PERFORMER),
    Fault.PRECEDENCE: (Text.PRECEDENCE, Kind.NO_AVAILABLE_PERFORMER),
    Fault.STOPS: (Text.STOPS, Kind.NO_AVAILABLE_PERFORMER),
    Fault.PLACES: (Text.STOPS, Kind.NO_AVAILABLE_PERFORMER),
    Fault.CAPACITY: (Text.CAPACITY, Kind.NO_COMPATIBLE_TRANSPORT),
    Fault.BOX: (Text.BOX, Kind.NO_COMPATIBLE_TRANSPORT),
    Fault.NO_LEG: (Text.NO_LEG, Kind.NO_AVAILABLE_TRANSPORT),
    Fault.LIFETIME: (Text.LIFETIME, Kind.NO_COMPATIBLE_PERFORMER),
    Fault.WINDOW: (Text.WINDOW, Kind.NO_AVAILABLE_PERFORMER),
    Fault.SHIFT: (Text.SHIFT, Kind.NO_AVAILABLE_PERFORMER),
    Fault.BREAKS: (Text.BREAKS, Kind.NO_AVAILABLE_PERFORMER),
    Fault.DURATION: (Text.DURATION, Kind.NO_AVAILABLE_PERFORMER),
    Fault.DISTANCE: (Text.DISTANCE, Kind.NO_AVAILABLE_TRANSPORT),
}

RANK = np.full(max(Fault) + 1, -1, dtype=np.int64)
for number, fault in enumerate(WHY):  # how far an attempt came, by the rule that stopped it
    RANK[fault] = number


class Attempt(NamedTuple):
    """The attempt that came furthest: its fault, what it names, how much is missing, on an idle vehicle."""

    fault: Fault
    where: int
    amount: float
    free: bool


@compiled
def furthest(
    tables: Tables, work: Scratch, rank: Ints, vehicles: Ints, route: Ints, lowest_cost: bool
) -> tuple[int, float, float, int]:
    """Fault, place, amount and number of the vehicle on which a route comes furthest; fault 0: taken."""
    best, best_where, best_amount, best_vehicle = -1, -1.0, 0.0, -1
    for vehicle in vehicles:
        found = evaluate(tables, work, vehicle, route, len(route), lowest_cost)
        if found == 0:
            return 0, -1.0, 0.0, vehicle
        amount = work.fault[FAULT_AMOUNT]
        if best < 0 or rank[found] > rank[best] or (found == best and amount < best_amount):
            best, best_where, best_amount = found, work.fault[FAULT_WHERE], amount
            best_vehicle = vehicle
    return best, best_where, best_amount, best_vehicle


def free_vehicles(problem: Problem, trips: Sequence[TripSchedule]) -> npt.NDArray[np.bool_]:
    """Which kinds of vehicles still have a performer shift and a transport shift without a trip (O4, O6)."""
    performers = {trip.performer_shift for trip in trips}
    transports = {trip.transport_shift for trip in trips}
    owners = [performer for performer, _ in problem.catalog.performer_shifts]
    worked = Counter(owners[shift].key for shift in performers)
    rested = {s for s, owner in enumerate(owners) if worked[owner.key] < owner.limits.max_work_shifts}
    ready = rested - performers
    idle = [any(s in ready for s in shifts) for shifts in problem.performer_shifts]
    parked = [any(s not in transports for s in shifts) for shifts in problem.transport_shifts]
    rows = problem.tables.vehicle
    return np.array([idle[row[F_PERFORMER]] and parked[row[F_TRANSPORT]] for row in rows], dtype=np.bool_)


class Reasons:
    """Says why orders are not planned.

    Parameters
    ----------
    problem : Problem
    language : str
        Of the sentences; see `solver.report.texts`.
    """

    def __init__(self, problem: Problem, language: str = "en") -> None:
        self.problem = problem
        self.tables = problem.tables
        self.language = language
        self.work = scratch(problem.tables)
        self.trials = 0
        self.free = free_vehicles(problem, ())

    def __call__(self, orders: Sequence[int], trips: Sequence[TripSchedule]) -> list[EntityWarning]:
        """One warning for each order, in their sequence.

        Parameters
        ----------
        orders : sequence of int
            Order indices.
        trips : sequence of TripSchedule
            The plan without them.
        """
        self.free = free_vehicles(self.problem, trips)
        return [self._warning(order) for order in orders]

    def _warning(self, order: int) -> EntityWarning:
        kind, info = self._why(order)
        key = self.problem.catalog.orders[order].key
        path = EntityPath(entity_key=key, entity_type=EntityType.ORDER)
        return EntityWarning(type=kind, info=info, entities=[path])

    def _why(self, order: int) -> tuple[Kind, str]:
        vehicles, fault = self._vehicles(order)
        if fault is not None:
            text, kind = WHY[fault]
            return kind, tell(text, self.language)
        if not len(vehicles):
            return Kind.NO_AVAILABLE_TRANSPORT, tell(Text.NO_PAIR, self.language)
        best = self._best(order, vehicles)
        if best is None:
            return Kind.NO_AVAILABLE_TRANSPORT, tell(Text.NOT_FOUND, self.language)
        if best.fault is Fault.NONE:
            paid = self.problem.configuration == "optimize_money"
            told = Text.UNPROFITABLE if paid else Text.NOT_FOUND if best.free else Text.FULL
            return Kind.NO_AVAILABLE_TRANSPORT, tell(told, self.language)
        return WHY[best.fault][1], self._sentence(best)

    def _vehicles(self, order: int) -> tuple[Ints, Fault | None]:
        """Vehicles that may carry the order at all (L5, O5), or why there is none."""
        row, tables = self.tables.order[order], self.tables
        everyone = np.arange(len(tables.vehicle), dtype=np.int64)
        mine = everyone
        if row[O_TRANSPORT] >= 0:
            mine = mine[tables.vehicle[mine, F_OWNER] == row[O_TRANSPORT]]
            if not len(mine) and len(everyone):
                return mine, Fault.OWNER
        if row[O_GROUP] >= 0:
            linked = mine[tables.group_vehicle[row[O_GROUP], mine]]
            if not len(linked) and len(mine):
                return linked, Fault.GROUP
            mine = linked
        return mine, None

    def _best(self, order: int, vehicles: Ints) -> Attempt | None:
        """The attempt that came furthest; None where not every sequence could be tried."""
        best: Attempt | None = None
        free = self.free[vehicles]
        vehicles = np.concatenate([vehicles[free], vehicles[~free]])  # one that stands idle is tried first
        routes = list(islice(self._routes(order), MOST_ROUTES + 1))
        complete = len(routes) <= MOST_ROUTES
        for route in routes[:MOST_ROUTES]:
            if self.trials > MOST_TRIALS:
                return None
            self.trials += len(vehicles)
            code, where, amount, vehicle = furthest(
                self.tables, self.work, RANK, vehicles, route, self.problem.lowest_cost
            )
            attempt = Attempt(Fault(code), int(where), float(amount), bool(self.free[vehicle]))
            if attempt.fault is Fault.NONE:
                return attempt
            if best is None or RANK[attempt.fault] > RANK[best.fault]:
                best = attempt
        return best if complete else None

    def _routes(self, order: int) -> Iterator[Ints]:
        """Sequences of the order's services, each demand by one of its possible events."""
        row, tables = self.tables.order[order], self.tables
        demands = range(row[O_D0], row[O_D1])
        orders: Iterator[Sequence[int]] = iter([self._loading_first(demands)])
        if row[O_SHAPE] == MULTI:
            orders = permutations(self._loading_first(demands))
        for sequence in orders:
            if not self._loads_before_drops(sequence):
                continue
            choices = [range(tables.demand[d, D_V0], tables.demand[d, D_V1]) for d in sequence]
            for visits in product(*choices):
                yield np.array(visits, dtype=np.int64)

    def _loading_first(self, demands: Sequence[int]) -> list[int]:
        return sorted(demands, key=lambda demand: self.tables.demand[demand, D_TYPE] == DROP)

    def _loads_before_drops(self, sequence: Sequence[int]) -> bool:
        """O2; precedences are left to the evaluator, so that they can be the reason."""
        table, cargos = self.tables.demand, self.tables.demand_cargo
        dropped: set[int] = set()
        for demand in sequence:
            moved = set(cargos[table[demand, D_C0] : table[demand, D_C1]].tolist())
            if table[demand, D_TYPE] == PICKUP and moved & dropped:
                return False
            if table[demand, D_TYPE] == DROP:
                dropped |= moved
        return True

    def _sentence(self, attempt: Attempt) -> str:
        catalog, where = self.problem.catalog, attempt.where
        values: dict[str, object] = {}
        if attempt.fault is Fault.PLACE_TAGS:
            values["place"] = catalog.locations[where].key
        elif attempt.fault is Fault.BOX:
            values["cargo"] = catalog.cargos[where].key
        elif attempt.fault is Fault.WINDOW:
            values["demand"] = catalog.visits[where].demand.key
        told = tell(WHY[attempt.fault][0], self.language, **values)
        if attempt.amount > 0 and attempt.fault in (Fault.WINDOW, Fault.SHIFT, Fault.DURATION):
            minutes = -(-int(attempt.amount) // 60)
            told += " " + tell(Text.LATE, self.language, minutes=minutes)
        if attempt.amount > 0 and attempt.fault is Fault.DISTANCE:
            told += " " + tell(Text.FAR, self.language, metres=int(attempt.amount))
        return told
