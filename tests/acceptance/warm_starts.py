"""Replans with everything allowed against planning from scratch: what a warm start is worth."""

import json
import time
from dataclasses import dataclass, replace
from statistics import median

import solver
from solver.contract import ReplanTask, read, write
from solver.refine import horizon
from tests.acceptance.plans import Json
from tests.acceptance.tools import tool

ALL = dict.fromkeys(("reorder", "plan_new_orders", "create_new_trips"), True)
FEATURES = ["pickup_drop", "work", "boxes", "compat", "max_stops", "tariff_stages"]
GIVEN_ITERATIONS = 50  # of the search that made the trips one starts from
LARGEST_MEDIAN_GAP = 0.01
ITERATIONS = 4_000  # of each thread: the same budget for both, however busy the machine is
HEADER = ["seed", "orders", "given", "replanned", "from scratch", "gap", "seconds", "holds"]


@dataclass(slots=True)
class Verdict:
    """Objective tuples of the given trips, of their replan, and of a plan from scratch."""

    seed: int
    orders: int
    given: tuple[float, ...]
    replanned: tuple[float, ...]
    scratch: tuple[float, ...]
    seconds: float

    @property
    def gap(self) -> float:
        """How much worse the replan is than a plan from scratch, as a share of its main level."""
        if self.replanned[:-2] != self.scratch[:-2]:
            return 1.0 if self.replanned > self.scratch else -1.0
        return (self.replanned[-2] - self.scratch[-2]) / max(1.0, abs(self.scratch[-2]))

    @property
    def violations(self) -> list[str]:
        """What does not hold."""
        return ["worse than the given trips"] if self.replanned > self.given else []

    def cells(self) -> list[str]:
        """Write the row of the table."""
        told = [", ".join(f"{x:g}" for x in level) for level in (self.given, self.replanned, self.scratch)]
        return [
            str(self.seed), str(self.orders), *told, f"{self.gap:+.2%}", f"{self.seconds:.1f}",
            self.violations[0] if self.violations else "yes",
        ]  # fmt: skip


def judge(seed: int, effort: solver.Effort) -> Verdict:
    """Make trips with little effort, then go on with them, and plan from scratch, with the same effort."""
    task: Json
    effort = replace(effort, iterations=ITERATIONS)
    task, _ = tool("make_task").make(seed, 40 + seed, FEATURES)
    typed = solver.read_task(json.dumps(task).encode())
    poor = solver.plan(typed, solver.Effort(seconds=600, iterations=GIVEN_ITERATIONS, seed=seed))
    first = horizon(typed)[0].isoformat()
    sent = {
        **task,
        "trips": json.loads(write(poor.trips)),
        "actualize_settings": {"current_time": first, "max_delay_duration": "PT0S"},
        "replan_settings": {"replan_strategy": ALL},
    }
    began = time.perf_counter()
    warm = solver.replan(read(ReplanTask, json.dumps(sent).encode()), effort)
    spent = time.perf_counter() - began
    cold = solver.plan(typed, effort)
    return Verdict(seed, len(typed.orders), poor.objective, warm.objective, cold.objective, spent)


def summary(verdicts: list[Verdict]) -> str:
    """Write the median of the gaps."""
    gap = median(verdict.gap for verdict in verdicts)
    return f"{ITERATIONS} iterations a thread: median gap {gap:+.2%}, at most {LARGEST_MEDIAN_GAP:+.0%}"


def holds(verdicts: list[Verdict]) -> bool:
    """Whether no replan is worse than its trips, and they are as good as plans from scratch in the middle."""
    sound = not any(verdict.violations for verdict in verdicts)
    return sound and median(verdict.gap for verdict in verdicts) <= LARGEST_MEDIAN_GAP
