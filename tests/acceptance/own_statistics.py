"""Statistics of given trips (Q12): a result's own are its own; of edited ones broken rules are told."""

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import solver
from solver.contract import StatisticsTask, read, write
from tests.acceptance.generated import Generated
from tests.acceptance.plans import Json, planned

MONTH_LATER = timedelta(days=30)
HEADER = ["seed", "orders", "features", "trips", "edits told", "violations"]


@dataclass(slots=True)
class Verdict:
    """What came of a task: edits whose violations were told, and what does not hold."""

    seed: int
    trips: int
    told: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Write the row of the table."""
        case = Generated(self.seed)
        return [
            str(case.seed), str(case.orders), case.features, str(self.trips), "; ".join(self.told),
            "; ".join(self.violations[:2]) or "none",
        ]  # fmt: skip


def judge(case: Generated, effort: solver.Effort) -> Verdict:
    """Plan a task, ask for the statistics of its trips, edit them, ask again."""
    task, _ = case.task()
    result = planned(task, effort)
    verdict = Verdict(case.seed, len(result["trips"]))
    figures, broken = appraised(task, result["trips"])
    if figures != result["statistics"]:
        verdict.violations.append(f"other statistics: {first_difference(figures, result['statistics'])}")
    verdict.violations += [f"of its own trips: {rule}" for rule in broken]
    for edit in EDITS:
        trips = copy.deepcopy(result["trips"])
        if edit(trips, random.Random(case.seed)):
            _, broken = appraised(task, trips)
            (verdict.told if broken else verdict.violations).append(
                f"{edit.__name__}: {broken[0].split()[0] if broken else 'nothing is told'}"
            )
    return verdict


def appraised(task: Json, trips: list[Json]) -> tuple[Json, list[str]]:
    """The statistics of trips from JSON to JSON, and the rules that are told to be broken."""
    typed = read(StatisticsTask, json.dumps({**task, "trips": trips}).encode())
    found = solver.appraise(typed)
    figures: Json = json.loads(write(found.statistics))
    late = figures["quality"]["hard_time_window_violations"]
    windows = [f"W2 {key}" for side in ("before", "after") for key in late[side]["demand_keys"]]
    return figures, [*(warning.info or "" for warning in found.warnings), *windows]


def first_difference(one: object, other: object, path: str = "") -> str:
    """Where two values of JSON differ first."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = ((f"{path}.{key}", one[key], other[key]) for key in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = ((f"{path}[{i}]", *both) for i, both in enumerate(zip(one, other, strict=True)))
    else:
        return f"{path.lstrip('.')}: {str(one)[:60]}, not {str(other)[:60]}"
    return next((first_difference(a, b, place) for place, a, b in pairs if a != b), "")


# --- edits: each answers whether it found something to edit ---


def a_month_later(trips: list[Json], _draw: random.Random) -> bool:
    """All trips, after every shift has ended."""
    for trip in trips:
        for state in trip["states"]:
            state["time"] = (datetime.fromisoformat(state["time"]) + MONTH_LATER).isoformat()
    return any(trip["states"] for trip in trips)


def half_an_order(trips: list[Json], draw: random.Random) -> bool:
    """One service of an order that has several is taken out."""
    served: dict[str, set[str]] = {}
    for trip in trips:
        for state in trip["states"]:
            if "ON_DEMAND" in state["flags"]:
                served.setdefault(state["order_key"], set()).add(state["demand_key"])
    several = sorted(key for key, demands in served.items() if len(demands) > 1)
    if not several:
        return False
    gone = draw.choice(sorted(served[draw.choice(several)]))
    for trip in trips:
        for state in trip["states"]:
            if state.get("demand_key") == gone and "ON_DEMAND" in state["flags"]:
                state["flags"] = [
                    "WAITING" if flag == "ON_DEMAND" else flag
                    for flag in state["flags"]
                    if not flag.startswith("INSIDE_EVENT")
                ]
                for name in ("order_key", "demand_key", "event_key"):
                    state.pop(name, None)
    return True


def one_driver_for_two(trips: list[Json], draw: random.Random) -> bool:
    """A trip is given the driver of another one."""
    busy = [trip for trip in trips if any("ON_DEMAND" in state["flags"] for state in trip["states"])]
    if len(busy) < 2:
        return False
    one, other = draw.sample(busy, 2)
    for name in ("performer_key", "shift_key"):
        one["performer"][name] = other["performer"][name]
    return True


EDITS: tuple[Callable[[list[Json], random.Random], bool], ...] = (
    a_month_later,
    half_an_order,
    one_driver_for_two,
)
