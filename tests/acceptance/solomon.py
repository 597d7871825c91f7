"""Six Solomon instances, converted and scored by independent tools, against their best-known solutions."""

import json
import time
from dataclasses import dataclass
from typing import Any

import solver
from tests.acceptance.plans import planned
from tests.acceptance.tools import tool
from tests.shared import SHARED

INSTANCES = ("C104", "C202", "R103", "R204", "RC103", "RC204")
MOST_EXTRA_VEHICLES = 1
LARGEST_GAP = 3.0  # % of distance, where the vehicles are equal
HEADER = [
    "instance",
    "served",
    "vehicles",
    "best",
    "distance",
    "best",
    "gap %",
    "seconds",
    "finish",
    "verdict",
]


@dataclass(slots=True)
class Score:
    """A plan of an instance beside the best known.

    Attributes
    ----------
    distance, best_distance
        Straight lines in double precision, in the instance's units.
    """

    instance: str
    served: int
    customers: int
    vehicles: int
    best_vehicles: int
    distance: float
    best_distance: float
    seconds: float
    finish: str

    @property
    def gap(self) -> float:
        """How much longer than the best known, %."""
        return 100 * (self.distance / self.best_distance - 1)

    @property
    def shortcomings(self) -> list[str]:
        """What the plan lacks: every customer, a fleet within one of the best, a distance within 3 %."""
        extra = self.vehicles - self.best_vehicles
        wanting = []
        if self.served < self.customers:
            wanting.append(f"{self.customers - self.served} not served")
        if extra > MOST_EXTRA_VEHICLES:
            wanting.append(f"{extra} vehicles more")
        if extra == 0 and self.gap > LARGEST_GAP:
            wanting.append(f"{self.gap:.2f} % longer")
        return wanting

    def cells(self) -> list[str]:
        """Write the row of the table."""
        return [
            self.instance, f"{self.served} of {self.customers}", str(self.vehicles), str(self.best_vehicles),
            f"{self.distance:.2f}", f"{self.best_distance:.2f}", f"{self.gap:.2f}", f"{self.seconds:.1f}",
            self.finish, "; ".join(self.shortcomings) or "holds",
        ]  # fmt: skip


def best_known(instance: str) -> dict[str, Any]:
    """Look the instance up among the best-known values."""
    values: dict[str, dict[str, Any]] = json.loads((SHARED / "bench" / "bks.json").read_text())
    return values[f"solomon100/{instance}.txt"]


def score(instance: str, effort: solver.Effort) -> Score:
    """Convert, plan and score an instance."""
    task = tool("bench_task").convert(instance, seconds=f"PT{effort.seconds:.0f}S")
    started = time.perf_counter()
    result = planned(task, effort)
    seconds = time.perf_counter() - started
    told, best = tool("bench_score").score(task, result), best_known(instance)
    return Score(
        instance=instance,
        served=told["planned"],
        customers=told["orders"],
        vehicles=told["vehicles"],
        best_vehicles=best["vehicles"],
        distance=told["exact"],
        best_distance=best["distance"],
        seconds=seconds,
        finish=result["calculation_info"]["status"],
    )
