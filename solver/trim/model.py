"""The choice of orders as a constraint model, where trying one by one would take too long."""

import numpy as np
from ortools.sat.python import cp_model

from solver.problem.arrays import (
    F_DUE,
    F_END,
    F_MAX_M,
    F_MAX_SECS,
    F_POST_SECS,
    F_PRE_SECS,
    F_PROFILE,
    F_READY,
    F_START,
    F_WORK_FROM,
    F_WORK_TO,
    NO_LEG,
    V_LOC,
    V_ORDER,
    V_WIN0,
    V_WIN1,
)
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.timing import service_seconds
from solver.trim.judge import SequenceJudge

SECONDS = 5.0  # of the solver's deterministic time for one trip


class SequenceModel:
    """Legs, windows, length and distance of a sequence of which any order may be left out.

    It knows less than the evaluator, so what it proposes is checked, and refused sets are cut off.

    Parameters
    ----------
    judge : SequenceJudge
    """

    def __init__(self, judge: SequenceJudge) -> None:
        self.judge = judge
        self.tables, self.vehicle = judge.problem.tables, judge.vehicle
        self.row = self.tables.vehicle[judge.vehicle]
        self.visits = [int(visit) for visit in judge.visits]
        self.model = cp_model.CpModel()
        self.kept = {order: self.model.new_bool_var(f"order {order}") for order in judge.orders}
        self.begin = self.model.new_int_var(int(self.row[F_READY]), int(self.row[F_DUE]), "begin")
        self.end = self.model.new_int_var(int(self.row[F_READY]), int(self.row[F_DUE]), "end")
        self.starts = [self._start(visit) for visit in self.visits]
        self._legs()
        own = int(self.row[F_PRE_SECS] + self.row[F_POST_SECS])
        self.model.add(self.end - self.begin <= int(self.row[F_MAX_SECS]) - own)
        self.model.maximize(sum(self.kept.values()))

    def solve(self) -> frozenset[int]:
        """Orders to leave out; all of them if none can stay."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = SECONDS
        while solver.solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            out = frozenset(order for order, kept in self.kept.items() if not solver.value(kept))
            conflict = self.judge.conflict(out)
            if not conflict:
                return out
            self._refuse(out, conflict)
        return frozenset(self.judge.orders)

    def _start(self, visit: int) -> cp_model.IntVar | None:
        """When a service may start (W1, W2); None if never."""
        seconds = int(service_seconds(self.tables, self.vehicle, visit))
        intervals = []
        for row in range(self.tables.visit[visit, V_WIN0], self.tables.visit[visit, V_WIN1]):
            first = max(int(self.tables.windows[row, 0]), int(self.row[F_WORK_FROM]), int(self.row[F_READY]))
            last = min(int(self.tables.windows[row, 1]), int(self.row[F_WORK_TO])) - seconds
            if first <= last:
                intervals.append((first, last))
        if not intervals:
            self.model.add(self.kept[int(self.tables.visit[visit, V_ORDER])] == 0)
            return None
        return self.model.new_int_var_from_domain(cp_model.Domain.from_intervals(intervals), f"{visit}")

    def _legs(self) -> None:
        """One way through the visits that are kept, in their order."""
        depot, arcs = len(self.visits), []
        metres: list[tuple[int, cp_model.IntVar]] = []
        for i, visit in enumerate(self.visits):
            kept = self.kept[int(self.tables.visit[visit, V_ORDER])]
            arcs.append((i, i, ~kept))
            arcs += [self._leg(depot, i, metres), self._leg(i, depot, metres)]
            arcs += [self._leg(i, j, metres) for j in range(i + 1, len(self.visits))]
        nothing = self.model.new_bool_var("nothing")
        self.model.add_bool_or([*self.kept.values(), nothing])
        arcs.append((depot, depot, nothing))
        self.model.add_circuit(arcs)
        self.model.add(sum(length * used for length, used in metres) <= int(self.row[F_MAX_M]))

    def _leg(
        self, i: int, j: int, metres: list[tuple[int, cp_model.IntVar]]
    ) -> tuple[int, int, cp_model.IntVar]:
        """The leg from one visit to a later one, or from and to where the transport is taken and left."""
        used = self.model.new_bool_var(f"{i} {j}")
        depot, profile = len(self.visits), self.row[F_PROFILE]
        a = int(self.row[F_START]) if i == depot else int(self.tables.visit[self.visits[i], V_LOC])
        b = int(self.row[F_END]) if j == depot else int(self.tables.visit[self.visits[j], V_LOC])
        seconds = length = 0
        if a >= 0 and b >= 0 and a != b:
            seconds, length = (
                int(leg_seconds(self.tables, profile, a, b)),
                int(leg_metres(self.tables, profile, a, b)),
            )
        before = self.begin if i == depot else self.starts[i]
        after = self.end if j == depot else self.starts[j]
        if before is None or after is None or length >= NO_LEG:
            self.model.add(used == 0)
            return i, j, used
        service = 0 if i == depot else int(service_seconds(self.tables, self.vehicle, self.visits[i]))
        self.model.add(after >= before + service + seconds).only_enforce_if(used)
        metres.append((length, used))
        return i, j, used

    def _refuse(self, out: frozenset[int], conflict: set[int]) -> None:
        """Cut off a set: an order of the conflict goes, or one left out before it comes back."""
        visits = np.array(self.visits)
        orders = self.tables.visit[visits, V_ORDER]
        last = max(np.nonzero(np.isin(orders, list(conflict)))[0].tolist())
        back = {int(order) for order in orders[: last + 1]} & out
        self.model.add_bool_or(
            [*(~self.kept[order] for order in conflict), *(self.kept[order] for order in back)]
        )
