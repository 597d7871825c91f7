"""Whether patience pays: the same task with much time and with little, compared level by level."""

import json
from dataclasses import dataclass, replace

import solver
from tests.acceptance.generated import CONFIGURATIONS
from tests.acceptance.tools import tool

HASTE = 6.0  # how many times shorter the other search is
ENOUGH = 0.95
FEATURES = ["pickup_drop", "work", "boxes", "compat", "max_stops", "tariff_stages", "rewards"]
HEADER = ["seed", "orders", "configuration", "in short", "at length", "holds"]


@dataclass(slots=True)
class Verdict:
    """Objective tuples of a short search and of a long one."""

    seed: int
    orders: int
    configuration: str
    short: tuple[float, ...]
    long: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether the long search is not worse."""
        return self.long <= self.short

    def cells(self) -> list[str]:
        """Write the row of the table."""
        levels = [", ".join(f"{x:g}" for x in level) for level in (self.short, self.long)]
        return [
            str(self.seed), str(self.orders), self.configuration, *levels, "yes" if self.holds else "worse",
        ]  # fmt: skip


def judge(seed: int, effort: solver.Effort) -> Verdict:
    """Plan a task with a sixth of the time, and with all of it."""
    orders, configuration = 30 + 7 * seed, CONFIGURATIONS[seed % len(CONFIGURATIONS)]
    task, _ = tool("make_task").make(seed, orders, FEATURES)
    task["plan_settings"]["trips_settings"]["configuration"] = configuration
    typed = solver.read_task(json.dumps(task).encode())
    little = replace(effort, seconds=effort.seconds / HASTE)
    if effort.iterations is not None:
        little = replace(effort, iterations=round(effort.iterations / HASTE))
    short, long = (solver.plan(typed, given).objective for given in (little, effort))
    return Verdict(seed, orders, configuration, short, long)


def summary(verdicts: list[Verdict]) -> str:
    """Write the share of tasks for which patience did no harm."""
    good = sum(verdict.holds for verdict in verdicts)
    return f"not worse on {good} of {len(verdicts)} (at least {ENOUGH:.0%})"


def holds(verdicts: list[Verdict]) -> bool:
    """Whether that are enough of them."""
    return sum(verdict.holds for verdict in verdicts) >= ENOUGH * len(verdicts)
