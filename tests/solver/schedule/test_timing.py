"""The timing of a fixed sequence against trying every moment (W1-W7, Z12)."""

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import NamedTuple

import numpy as np
import pytest

from solver.problem import Problem
from solver.problem.fines import fines
from solver.schedule import evaluate
from solver.schedule.scratch import R_END, R_START, scratch
from solver.schedule.soft import fines_of
from tests.solver.report.tiny import Tiny, seconds, window
from tests.solver.search.town import problem_of

STEP = 10  # minutes; everything in these tasks happens on this grid
FIRST, LAST = "8:00", "11:00"


class Timing(NamedTuple):
    """A way to time the sequence."""

    fine: float
    begin: int
    finish: int


def hours(random: Random, first: str = FIRST, last: str = LAST, least: int = 1) -> str:
    """A random window on the grid."""
    low, high = seconds(first) // 600, seconds(last) // 600
    start = random.randint(low, high - least)
    end = random.randint(start + least, high)
    return "-".join(f"{slot // 6}:{slot % 6 * 10:02d}" for slot in (start, end))


def two(random: Random) -> list[str]:
    """Two windows that lie apart."""
    return [hours(random, FIRST, "9:20"), hours(random, "9:30", LAST)]


def windows(texts: list[str]) -> list[dict[str, str]]:
    return [window(text) for text in texts]


def random_task(seed: int) -> Tiny:
    """Up to four services on the way from one end to the other, in a given order."""
    random = Random(seed)
    count = random.randint(2, 4)
    places = {"home": 0, **{f"p{i}": 10 * random.randint(0, 3) for i in range(count)}, "garage": 10}
    task = Tiny(places)
    softness = random.choice([0.0, 0.8])
    for i in range(count):
        more = {"soft": hours(random)} if random.random() < softness else {}
        order = task.work(f"o{i}", f"p{i}", minutes=STEP * random.randint(0, 2), reward=1000, **more)
        order["demands"][0]["precedence_in_trip"] = i + 1
        if random.random() < 0.35:
            task.locations[f"p{i}"]["timetable"] = [{"work_window": one} for one in windows(two(random))]
        if random.random() < 0.3:
            order["compatibilities"] = {"performer_restrictions": ["tag"]}
    stages = [{"stage_length": "PT1H", "cost_per_unit": 0.5}, {"stage_length": "PT2H", "cost_per_unit": 0.01}]
    feature = {"feature": "tag", "time_windows": windows(two(random))}
    more = {"start": "home"} if random.random() < 0.5 else {}
    task.performer(
        hours=f"{FIRST}-{LAST}",
        tariff={"cost_per_shift": 1, "constraints": stages},
        compatibilities={"performer_features": ["tag"], "performer_features_lifetimes": [feature]},
        **more,
    )
    needs = {"performer_restrictions": ["tag"]} if random.random() < 0.2 else {}
    task.transport(start="garage", compatibilities=needs)
    configuration = random.choice(["optimize_distance", "optimize_time", "optimize_money"])
    strategy = random.choice(["EARLIEST_FINISH", "LOWEST_COST"])
    expectations = {"trip_start_time_strategy": strategy}
    task.settings = {"trips_settings": {"configuration": configuration, "expectations": expectations}}
    return task


class Everything:
    """All timings of the task's services in the order of their numbers, on the grid."""

    def __init__(self, task: Tiny) -> None:
        self.task, self.document = task, task.document()
        self.person = self.document["performers"][0]
        self.events = [order["demands"][0]["possible_events"][0] for order in task.orders]
        self.needing = ["compatibilities" in order for order in task.orders]
        lifetimes = self.person["compatibilities"]["performer_features_lifetimes"][0]["time_windows"]
        self.lives = [self._window(one) for one in lifetimes]
        self.fine = float(fines(self._setting("configuration"), np.array([1000.0]))[0])
        own = "start_location_key" in self.person["shifts"][0]
        self.own = 600 if own else 0  # from home to the garage
        self.whole = bool(task.transports[0]["compatibilities"])

    def _setting(self, name: str) -> str:
        return str(self.task.settings["trips_settings"][name])

    @staticmethod
    def _second(text: str) -> int:
        return seconds(text.split("T")[1][:8])

    def _window(self, one: dict[str, str]) -> tuple[int, int]:
        return self._second(one["from"]), self._second(one["to"])

    def _leg(self, start: str, finish: str) -> int:
        return abs(self.task.places[start] - self.task.places[finish]) * 60

    def __iter__(self) -> Iterator[Timing]:
        low, high = seconds(FIRST), seconds(LAST)
        keys = ["garage", *(event["location_key"] for event in self.events)]
        legs = [self._leg(a, b) for a, b in pairwise(keys)]
        for begin in range(low + self.own, high + 1, STEP * 60):
            for fine, finish in self._served(0, begin, legs):
                timing = Timing(fine, begin - self.own, finish)
                span = (timing.begin, timing.finish)
                alive = any(a <= span[0] and span[1] <= b for a, b in self.lives)
                if finish <= high and finish - timing.begin <= 3 * 3600 and (alive or not self.whole):
                    yield timing

    def _served(self, i: int, moment: int, legs: list[int]) -> Iterator[tuple[float, int]]:
        """Fines and finish of every way to serve from the i-th on."""
        if i == len(self.events):
            yield 0.0, moment
            return
        length = int(self.events[i]["duration"][2:-1]) * 60
        for start in range(moment + legs[i], seconds(LAST) - length + 1, STEP * 60):
            if self._possible(i, start, start + length):
                for fine, finish in self._served(i + 1, start + length, legs):
                    yield fine + self._fine(i, start, start + length), finish

    def _possible(self, i: int, start: int, end: int) -> bool:
        place = self.task.locations[self.events[i]["location_key"]]
        opening = [self._window(part["work_window"]) for part in place.get("timetable", [])]
        inside = not opening or any(a <= start and end <= b for a, b in opening)
        alive = not self.needing[i] or any(a <= start and end <= b for a, b in self.lives)
        return inside and alive

    def _fine(self, i: int, start: int, end: int) -> float:
        if "soft_time_window" not in self.events[i]:
            return 0.0
        opens, closes = self._window(self.events[i]["soft_time_window"])
        return self.fine * ((start < opens) + (end > closes))

    def cost(self, timing: Timing) -> float:
        """What a timing is worth (W6, Z12)."""
        length = timing.finish - timing.begin
        if self._setting("configuration") == "optimize_time":
            return timing.fine + length
        if self._setting("configuration") == "optimize_money":
            return timing.fine + min(length, 3600) * 0.5 + max(0, length - 3600) * 0.01
        lowest = (
            self.task.settings["trips_settings"]["expectations"]["trip_start_time_strategy"] == "LOWEST_COST"
        )
        return 1e5 * timing.fine + (length if lowest else 0)

    def best(self, lowest_cost: bool) -> Timing | None:
        """The timing that the strategy and the configuration want."""
        timings = set(self)
        if lowest_cost:
            return min(timings, key=self.cost, default=None)
        chosen = []
        for most in {timing.fine for timing in timings}:
            among = [timing for timing in timings if timing.fine <= most]
            chosen.append(min(among, key=lambda timing: (timing.finish, -timing.begin, timing.fine)))
        return min(chosen, key=lambda timing: (round(self.cost(timing), 6), timing.finish), default=None)


def timed(problem: Problem, orders: int) -> Timing | None:
    """What the evaluator makes of the sequence."""
    work, tables = scratch(problem.tables), problem.tables
    route = np.arange(len(tables.visit), dtype=np.int64)
    if len(tables.visit) < orders or not len(tables.vehicle):
        return None
    if evaluate(tables, work, 0, route, len(route), problem.lowest_cost):
        return None
    fine = fines_of(tables, 0, route, len(route), work.at)
    return Timing(fine, int(work.result[R_START]), int(work.result[R_END]))


@pytest.mark.parametrize("seed", range(80))
def test_W6_Z12_no_timing_of_the_sequence_is_better(seed: int) -> None:
    task = random_task(seed)
    everything, problem = Everything(task), problem_of(task)
    best, found = everything.best(problem.lowest_cost), timed(problem, len(task.orders))
    if best is None or found is None:
        assert best == found
    elif problem.lowest_cost:
        assert everything.cost(found) == pytest.approx(everything.cost(best))
        assert found in set(everything)
    else:
        assert found == best


def test_W6_Z12_the_random_tasks_are_of_every_kind() -> None:
    kinds: dict[str, int] = {}
    for seed in range(80):
        task = random_task(seed)
        best = Everything(task).best(lowest_cost=False)
        kind = "none" if best is None else "kept" if best.fine == 0 else "broken"
        kinds[kind] = kinds.get(kind, 0) + 1
    assert min(kinds.values()) >= 8
    assert len(kinds) == 3
