"""Plans that are executed partway with delays: what goes on from there is verified rule by rule."""

import json
import random
import time
from dataclasses import dataclass, field

import solver
from planning.management.commands.solve import result
from solver.contract import ActualizeTask, ReplanTask, read
from tests.acceptance.generated import CONFIGURATIONS, STRATEGIES
from tests.acceptance.plans import Json, planned
from tests.acceptance.tools import tool

FEATURES = (
    "pickup_drop", "work", "boxes", "multi_measure", "compat", "tariff_stages", "max_stops", "to_box",
    "from_box", "teleport", "extra_duration", "rewards", "own_transport", "precedence", "missing_legs",
    "multi_event", "hardlinks", "soft",
)  # fmt: skip
FEWEST = 20
GOALS = CONFIGURATIONS[:6]  # by distance, trips, time and money
MATRICES = ("external", "none")
MOMENTS = (0.25, 0.5, 0.75)
LONGEST_DELAY = 2400  # seconds a trip runs late, at most
HEADER = [
    "seed", "orders", "configuration", "strategy", "planned", "actualized", "replanned", "seconds",
    "violations",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """One task, its execution up to three moments; everything follows from the seed."""

    seed: int

    @property
    def orders(self) -> int:
        """Between 20 and 40."""
        return FEWEST + self.seed * 7 % 21

    @property
    def configuration(self) -> str:
        """The configurations in turn."""
        return GOALS[self.seed % len(GOALS)]

    @property
    def freedom(self) -> tuple[bool, bool, bool]:
        """Reorder, new orders, new trips: the rows of Q10's table in turn."""
        return bool(self.seed & 1), bool(self.seed & 2), bool(self.seed & 4)

    def task(self) -> Json:
        """Make the task."""
        draw = random.Random(self.seed)
        features = [one for one in FEATURES if self.seed % 3 or draw.random() < 0.5]
        task, _ = tool("make_task").make(
            self.seed, self.orders, features or ["pickup_drop"], matrix=MATRICES[self.seed // 2 % 2],
            strategy=STRATEGIES[self.seed // 4 % 2], extra=0.1,
        )  # fmt: skip
        task["plan_settings"]["trips_settings"]["configuration"] = self.configuration
        return task

    def executed(self, task: Json, plan: Json, moment: float, kind: str) -> tuple[Json, Json]:
        """Make what a dispatcher would send at a moment, and what the execution says is left."""
        reorder, new_orders, new_trips = self.freedom
        sent, left = tool("make_replan").make(
            task, plan, moment, LONGEST_DELAY, self.seed, kind, reorder, new_orders, new_trips
        )
        for number, fact in enumerate(sent["facts"]):  # their keys may repeat, which is an error (K1)
            fact["key"] = f"fact_{number}"
        return sent, left


@dataclass(slots=True)
class Verdict:
    """What came of a round trip."""

    seed: int
    planned: int
    actualized: list[int] = field(default_factory=list)
    replanned: list[int] = field(default_factory=list)
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Write the row of the table."""
        case = RoundTrip(self.seed)
        strategy = "".join("x" if free else "-" for free in case.freedom)
        return [
            str(case.seed), str(case.orders), case.configuration, strategy, str(self.planned),
            "/".join(map(str, self.actualized)), "/".join(map(str, self.replanned)), f"{self.seconds:.1f}",
            "; ".join(self.violations[:2]) or "none",
        ]  # fmt: skip


def judge(case: RoundTrip, effort: solver.Effort) -> Verdict:
    """Plan, execute up to each moment, actualize and replan there, and verify all of it."""
    task = case.task()
    plan = planned(task, effort)
    verdict = Verdict(case.seed, plan["statistics"]["total_statistics"]["plan_orders_count"])
    began = time.perf_counter()
    for moment in MOMENTS if plan["trips"] else ():
        for kind, counts in (("actualize", verdict.actualized), ("replan", verdict.replanned)):
            sent, left = case.executed(task, plan, moment, kind)
            went_on = gone_on(sent, kind, effort)
            counts.append(went_on["statistics"]["total_statistics"]["plan_orders_count"])
            report = tool("verify").verify(sent, went_on)
            place = f"{kind} at {moment:g}: "
            verdict.violations += [
                f"{place}{one['rule']} {one['where']}: {one['message']}" for one in report.violations
            ]
            verdict.violations += [place + wrong for wrong in misread(left, went_on)]
    verdict.seconds = time.perf_counter() - began
    return verdict


def gone_on(task: Json, kind: str, effort: solver.Effort) -> Json:
    """Actualize or replan a task from its JSON to the JSON of its result."""
    wanted = ActualizeTask if kind == "actualize" else ReplanTask
    plan = solver.replan(read(wanted, json.dumps(task).encode()), effort)
    written: Json = json.loads(result(plan))
    return written


def misread(left: Json, went_on: Json) -> list[str]:
    """What is planned although it is done, and cargo that is unloaded from where it does not lie."""
    done = {demand for trip in left["trips"].values() for demand in trip["done"]}
    aboard = {cargo: box for trip in left["trips"].values() for cargo, box in trip["on_board"].items()}
    wrong = []
    for trip in went_on["trips"]:
        for state in trip["states"]:
            if state.get("demand_key") in done:
                wrong.append(f"{state['demand_key']} is done and planned again")
            for action in state.get("cargo_actions") or []:
                lies = aboard.get(action["cargo_key"], action["box_key"])
                if action["cargo_action_type"] == "REMOVE" and lies != action["box_key"]:
                    wrong.append(f"{action['cargo_key']} lies in {lies}, not in {action['box_key']}")
    return wrong
