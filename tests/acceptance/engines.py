"""Both engines on the same small tasks: every plan is verified, and told loudly where one is far behind."""

import json
import random
from dataclasses import dataclass, field, replace

import solver
from planning.management.commands.solve import result
from solver.checks.engines import RUIN
from tests.acceptance.generated import STRATEGIES
from tests.acceptance.plans import Json
from tests.acceptance.tools import tool

SMALLEST, LARGEST = 15, 40
MATRICES = ("external", "none")
CONFIGURATIONS = (
    "optimize_distance",
    "optimize_transports",
    "optimize_cars_then_distance",
    "optimize_time",
    "optimize_cars_then_time",
    "optimize_money",
)
FEATURES = (  # which the routing model carries
    "pickup_drop", "work", "boxes", "multi_measure", "compat", "tariff_stages", "max_stops", "to_box",
    "from_box", "teleport", "extra_duration", "rewards", "own_transport", "precedence", "missing_legs",
    "multi_event", "hardlinks", "soft", "penalties",
)  # fmt: skip
LARGEST_GAP = 10.0  # %
HEADER = [
    "seed", "orders", "features", "goal", "ruin and recreate", "routing model", "ahead", "by %", "violations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairing:
    """One task for both engines; everything follows from the seed."""

    seed: int

    @property
    def orders(self) -> int:
        """Between 15 and 40."""
        return SMALLEST + self.seed * 11 % (LARGEST - SMALLEST + 1)

    @property
    def configuration(self) -> str:
        """The configurations in turn."""
        return CONFIGURATIONS[self.seed % len(CONFIGURATIONS)]

    @property
    def features(self) -> list[str]:
        """About half of them; no stages where profit counts, because the routing model cannot carry them."""
        draw = random.Random(self.seed)
        drawn = [one for one in FEATURES if draw.random() < 0.5] or ["pickup_drop"]
        return [one for one in drawn if one != "tariff_stages" or self.configuration != "optimize_money"]

    def task(self) -> Json:
        """Make the task."""
        matrix, strategy = MATRICES[self.seed // 2 % 2], STRATEGIES[self.seed // 4 % 2]
        task: Json = tool("make_task").make(
            self.seed, self.orders, self.features, matrix=matrix, strategy=strategy
        )[0]
        task["plan_settings"]["trips_settings"]["configuration"] = self.configuration
        return task


@dataclass(slots=True)
class Comparison:
    """What the engines made of a task.

    Attributes
    ----------
    ruin, routing : list of float
        Levels of the objective, best first; smaller is better.
    """

    seed: int
    names: list[str]
    ruin: list[float]
    routing: list[float]
    violations: list[str] = field(default_factory=list)

    @property
    def ahead(self) -> str:
        """The engine with the better plan."""
        if self.ruin == self.routing:
            return "-"
        return "ruin" if self.ruin < self.routing else "routing"

    @property
    def level(self) -> str:
        """The first level on which the plans differ."""
        pairs = zip(self.names, self.ruin, self.routing, strict=True)
        return next((name for name, one, other in pairs if one != other), "")

    @property
    def gap(self) -> float:
        """How far the worse plan is behind on that level, %."""
        pairs = zip(self.ruin, self.routing, strict=True)
        one, other = next(((a, b) for a, b in pairs if a != b), (0.0, 0.0))
        return 100 * abs(one - other) / max(1e-9, min(abs(one), abs(other)))

    @property
    def is_loud(self) -> bool:
        """Whether one engine plans an order more, or is ahead by more than 10 %."""
        return self.level == "planned" or (self.gap > LARGEST_GAP and self.level != "penalties")

    def cells(self) -> list[str]:
        """Write the row of the table."""
        case = Pairing(self.seed)
        ahead = f"!!! {self.ahead}, {self.level}" if self.is_loud else self.ahead
        return [
            str(case.seed), str(case.orders), str(len(case.features)), case.configuration,
            _told(self.ruin), _told(self.routing), ahead, f"{self.gap:.1f}",
            "; ".join(self.violations[:2]) or "none",
        ]  # fmt: skip


def _told(levels: list[float]) -> str:
    return " ".join(f"{level:.10g}" for level in levels)


def judge(case: Pairing, effort: solver.Effort) -> Comparison:
    """Plan a task with both engines on one thread each, and verify both plans."""
    document = case.task()
    data, plans, violations = json.dumps(document).encode(), [], []
    for engine in (RUIN, "routing"):
        plan = solver.plan(solver.read_task(data), replace(effort, threads=1, engine=engine))
        report = tool("verify").verify(document, json.loads(result(plan)))
        violations += [
            f"{engine}: {one['rule']} {one['where']}: {one['message']}" for one in report.violations
        ]
        plans.append(plan)
    ruin, routing = plans
    return Comparison(case.seed, list(ruin.names), list(ruin.objective), list(routing.objective), violations)


def summary(verdicts: list[Comparison]) -> str:
    """Tell every case in which one engine is far behind, and who was ahead how often."""
    lines = [
        f"!!! seed {one.seed}: {one.ahead} is ahead by {one.gap:.1f} % of {one.level}"
        for one in verdicts
        if one.is_loud
    ]
    ahead = [one.ahead for one in verdicts]
    lines.append(
        f"ruin and recreate ahead in {ahead.count('ruin')}, the routing model in {ahead.count('routing')}"
    )
    return "\n".join(lines)
