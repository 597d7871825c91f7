"""Generated tasks: random, rich, built around a valid plan; every plan of ours is verified rule by rule.

The full list has 300 of them: a fifth with all features together, a fifth with each feature alone, the rest
with pairs of features. A task follows from its seed; so CI's share is some of the seeds.
"""

import random
import time
from dataclasses import dataclass, field
from itertools import combinations

import solver
from tests.acceptance.plans import Json, planned
from tests.acceptance.tools import tool

FULL_LIST = range(1, 301)
SHARE_OF_CI = range(7, 281, 7)

FEATURES = (
    "pickup_drop", "work", "multi_event", "boxes", "dims_rotation", "multi_measure", "compat", "penalties",
    "lifetimes", "soft", "precedence", "hardlinks", "own_transport", "breaks", "rests", "tariff_stages",
    "limits", "max_stops", "to_box", "from_box", "teleport", "extra_duration", "roundtrips", "assumptions",
    "rewards", "missing_legs", "disable_capacity", "disable_compatibility",
)  # fmt: skip
APART = ({"soft", "limits"}, {"roundtrips", "own_transport"})  # no task may have both
PAIRS = [pair for pair in combinations(FEATURES, 2) if set(pair) not in APART]
random.Random(1).shuffle(PAIRS)
CONFIGURATIONS = (
    "optimize_distance",  # Z1
    "optimize_transports",  # Z2
    "optimize_cars_then_distance",  # Z3
    "optimize_time",  # Z4
    "optimize_cars_then_time",  # Z5
    "optimize_money",  # Z6
    "optimize_locality_grouping",  # Z7
    "visual_grouping",  # Z8
    "optimize_visual_grouping",  # Z9
    "optimize_cars_then_locality_grouping",  # Z10
    "optimize_cars_then_single_location_grouping_sequenced",  # Z11
)
STRATEGIES = ("EARLIEST_FINISH", "LOWEST_COST")
FEWEST, MOST = 10, 80
FIFTHS = 5
SMALL, SHORT, LONG = 40, 5.0, 10.0  # orders of a small task; seconds for one, and for others
ENOUGH, IN_SUM = 0.95, 0.97  # of the tasks plan all the witness plans; orders planned in sum
WORTHLESS = 0.001  # share of the witness's money that does not matter
HEADER = [
    "seed", "orders", "features", "configuration", "start", "planned", "witness", "trips", "seconds",
    "finish", "violations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generated:
    """One generated task: everything follows from the seed."""

    seed: int

    @property
    def orders(self) -> int:
        """Between 10 and 80, spread evenly and without a pattern."""
        return FEWEST + self.seed * 17 % (MOST - FEWEST + 1)

    @property
    def configuration(self) -> str:
        """The eleven configurations in turn."""
        return CONFIGURATIONS[self.seed % len(CONFIGURATIONS)]

    @property
    def strategy(self) -> str:
        """Each strategy with every configuration."""
        return STRATEGIES[self.seed // len(CONFIGURATIONS) % len(STRATEGIES)]

    @property
    def features(self) -> str:
        """All features, or one, or two, comma-separated."""
        turn, kind = divmod(self.seed, FIFTHS)
        if kind == 0:
            return "all"
        if kind == 1:
            return FEATURES[turn % len(FEATURES)]
        return ",".join(PAIRS[((FIFTHS - 2) * turn + kind - 2) % len(PAIRS)])

    @property
    def seconds(self) -> float:
        """How long the search may take."""
        return SHORT if self.orders <= SMALL else LONG

    def task(self) -> tuple[Json, Json]:
        """Make the task and its witness."""
        task, witness = tool("make_task").make(self.seed, self.orders, self.features, strategy=self.strategy)
        task["plan_settings"]["trips_settings"]["configuration"] = self.configuration
        return task, witness


@dataclass(slots=True)
class Verdict:
    """What came of a generated task.

    ``short`` says that fewer orders are planned than the witness plans, or less money is made.
    """

    seed: int
    planned: int
    witness: int
    short: bool
    trips: int
    seconds: float
    finish: str
    violations: list[str] = field(default_factory=list)

    @property
    def for_money(self) -> bool:
        """Whether fewer orders may be better."""
        return Generated(self.seed).configuration == "optimize_money"

    def cells(self) -> list[str]:
        """Write the row of the table."""
        case = Generated(self.seed)
        return [
            str(case.seed), str(case.orders), case.features, case.configuration, case.strategy,
            f"{self.planned}{' short' if self.short else ''}", str(self.witness), str(self.trips),
            f"{self.seconds:.1f}", self.finish, "; ".join(self.violations[:2]) or "none",
        ]  # fmt: skip


def is_short(ours: float, witness: float) -> bool:
    """Whether the first level of the objective is worse; of orders, not one less is allowed."""
    return ours > witness + WORTHLESS * abs(witness) and ours > witness + 0.5


def judge(case: Generated, effort: solver.Effort) -> Verdict:
    """Plan a generated task and verify the result by every rule of the specification."""
    task, witness = case.task()
    started = time.perf_counter()
    result = planned(task, effort)
    seconds = time.perf_counter() - started
    report = tool("verify").verify(task, result)
    total = result["statistics"]["total_statistics"]
    score = tool("objective").score
    return Verdict(
        seed=case.seed,
        planned=total["plan_orders_count"],
        witness=witness["statistics"]["total_statistics"]["plan_orders_count"],
        short=is_short(score(task, result)[0], score(task, witness)[0]),
        trips=total["trips_count"],
        seconds=seconds,
        finish=result["calculation_info"]["status"],
        violations=[f"{one['rule']} {one['where']}: {one['message']}" for one in report.violations],
    )


def share(verdicts: list[Verdict]) -> float:
    """Share of the tasks that reach their witness."""
    return sum(not one.short for one in verdicts) / len(verdicts)


def in_sum(verdicts: list[Verdict]) -> float:
    """Orders planned for each order of the witnesses, where orders count."""
    counted = [one for one in verdicts if not one.for_money]
    return sum(one.planned for one in counted) / max(1, sum(one.witness for one in counted))


def summary(verdicts: list[Verdict]) -> str:
    """Write what the list is held to."""
    broken = sum(len(one.violations) for one in verdicts)
    return (
        f"{broken} violations; {share(verdicts):.1%} of {len(verdicts)} tasks reach their witness (at least "
        f"{ENOUGH:.0%}), {in_sum(verdicts):.1%} of its orders in sum (at least {IN_SUM:.0%})"
    )


def holds(verdicts: list[Verdict]) -> bool:
    """Whether the list does what it must."""
    sound = not any(one.violations for one in verdicts)
    return sound and share(verdicts) >= ENOUGH and in_sum(verdicts) >= IN_SUM
