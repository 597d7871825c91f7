"""Generated tasks: random, rich, built around a valid plan; every plan of ours is verified rule by rule."""

import random
import time
from dataclasses import dataclass, field
from itertools import product

import solver
from tests.acceptance.plans import Json, planned
from tests.acceptance.tools import tool

# What rules W1-W6, L1, L2, L4, L5, O1-O4, O6, C1, M1-M4 and Z1-Z6 speak of.
FEATURES = (
    "pickup_drop", "work", "boxes", "multi_measure", "compat", "tariff_stages", "max_stops", "to_box",
    "from_box", "teleport", "extra_duration", "rewards", "own_transport", "precedence", "missing_legs",
)  # fmt: skip
CONFIGURATIONS = (
    "optimize_distance",  # Z1
    "optimize_transports",  # Z2
    "optimize_cars_then_distance",  # Z3
    "optimize_time",  # Z4
    "optimize_cars_then_time",  # Z5
    "optimize_money",  # Z6
)
MATRICES = ("external", "none")
STRATEGIES = ("EARLIEST_FINISH", "LOWEST_COST")
SMALLEST, LARGEST = 20, 60
HEADER = [
    "seed", "orders", "features", "configuration", "matrix", "start", "planned", "witness", "trips",
    "seconds", "finish", "violations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generated:
    """One generated task: everything follows from the seed."""

    seed: int

    @property
    def orders(self) -> int:
        """Between 20 and 60, spread evenly and without a pattern."""
        return SMALLEST + self.seed * 17 % (LARGEST - SMALLEST + 1)

    @property
    def configuration(self) -> str:
        """The six configurations in turn."""
        return CONFIGURATIONS[self.seed % len(CONFIGURATIONS)]

    @property
    def variety(self) -> tuple[str, str]:
        """Matrix and strategy of the trip's start, every pair with every configuration."""
        pairs = list(product(MATRICES, STRATEGIES))
        return pairs[self.seed // len(CONFIGURATIONS) % len(pairs)]

    @property
    def features(self) -> list[str]:
        """All features together; for every third seed about half of them, so that each is also met alone."""
        if self.seed % 3:
            return list(FEATURES)
        draw = random.Random(self.seed)
        return [feature for feature in FEATURES if draw.random() < 0.5] or ["pickup_drop"]

    def task(self) -> tuple[Json, Json]:
        """Make the task and its witness."""
        matrix, strategy = self.variety
        make = tool("make_task").make
        task, witness = make(self.seed, self.orders, self.features, matrix=matrix, strategy=strategy)
        task["plan_settings"]["trips_settings"]["configuration"] = self.configuration
        return task, witness


@dataclass(slots=True)
class Verdict:
    """What came of a generated task."""

    case: Generated
    planned: int
    witness: int
    trips: int
    seconds: float
    finish: str
    violations: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Write the row of the table."""
        case = self.case
        return [
            str(case.seed), str(case.orders), f"{len(case.features)} of {len(FEATURES)}", case.configuration,
            *case.variety, str(self.planned), str(self.witness), str(self.trips), f"{self.seconds:.1f}",
            self.finish, "; ".join(self.violations[:2]) or "none",
        ]  # fmt: skip


def judge(case: Generated, effort: solver.Effort) -> Verdict:
    """Plan a generated task and verify the result by every rule of the specification."""
    task, witness = case.task()
    started = time.perf_counter()
    result = planned(task, effort)
    seconds = time.perf_counter() - started
    report = tool("verify").verify(task, result)
    total = result["statistics"]["total_statistics"]
    return Verdict(
        case=case,
        planned=total["plan_orders_count"],
        witness=witness["statistics"]["total_statistics"]["plan_orders_count"],
        trips=total["trips_count"],
        seconds=seconds,
        finish=result["calculation_info"]["status"],
        violations=[f"{one['rule']} {one['where']}: {one['message']}" for one in report.violations],
    )
