"""Random rules for breaks and rests, and trips that pause wherever they are told to."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product
from random import Random
from typing import Any

from solver.problem import Problem
from solver.problem.arrays import F_END, F_START, V_LOC, Ints
from solver.schedule.timeline import Action, TripSchedule
from tests.solver.report.tiny import Route, Tiny
from tests.solver.schedule.by_hand import ByHand

LONGEST_LEG = 30  # minutes, in `short_trip`


def random_rules(random: Random, places: Iterable[str], shortest: int = 20) -> dict[str, Any]:
    """Breaks, rests or both.

    Parameters
    ----------
    places : iterable of str
        Some of them may reset the counters or are not counted.
    shortest : int
        Least driving between two pauses, in minutes.
    """

    def rule(least: int, pauses: list[int]) -> dict[str, str]:
        driving = random.randint(least, 2 * least)
        found = {
            "relocating_duration_sum": f"PT{driving}M",
            "duration": f"PT{random.choice(pauses)}M",
        }
        if random.random() < 0.6:
            found["operating_duration_sum"] = f"PT{driving + random.randint(6, 25)}M"
        return found

    rules: dict[str, Any] = {}
    kind = random.choice(["breaks", "rests", "both", "both"])
    if kind != "rests":
        ways = ["TOTAL", "TOTAL", "CONTINUOUS"]
        rules["break_rules"] = {
            "first": rule(shortest, [5, 15, 30]),
            "relocating_duration_type": random.choice(ways),
        }
        if random.random() < 0.5:
            rules["break_rules"]["consecutive"] = rule(shortest, [5, 15, 30])
    if kind != "breaks":
        rules["rest_rules"] = {"consecutive": rule(shortest + 10, [40, 60])}
    names = sorted(places)
    for name in ("reset_location_keys", "ignore_location_keys"):
        if random.random() < 0.2:
            rules[name] = [random.choice(names)]
    return rules


def short_trip(random: Random) -> Tiny:
    """One performer with rules, one transport, and two or three services; no leg is too long for them."""
    rules = random_rules(random, ["depot", "p0"], LONGEST_LEG + 1)
    services = 2 if len(rules) > 1 else 3
    sides = [random.choice([12, 13, 14, 15]) * (-1) ** number for number in range(services)]
    task = Tiny({"depot": 0, **{f"p{number}": side for number, side in enumerate(sides)}})
    for place in task.locations.values():
        if random.random() < 0.3:
            place |= {"arrival_duration": "PT3M", "departure_duration": "PT2M"}
    for number in range(services):
        opens = random.randint(490, 590)
        closes = opens + random.randint(40, 120)
        hours = f"{opens // 60}:{opens % 60:02}-{closes // 60}:{closes % 60:02}"
        hard = random.choice(["0:00-23:59", hours])
        task.work(f"o{number}", f"p{number}", hard, minutes=random.randint(0, 15))
    ends = {side: "depot" for side in ("start", "finish") if random.random() < 0.9}
    task.performer("anna", f"8:00-{random.randint(11, 16)}:00", work_and_rest_rules=rules, **ends)
    task.transport()
    return task


Pause = tuple[Action, int] | None  # what is done before a leg or a service, and its minutes


class Rested(ByHand):
    """Drives and serves as early as possible, with pauses at stops where it is told to."""

    def __init__(self, task: Tiny, problem: Problem) -> None:
        super().__init__(task, problem)
        self._choices: Iterator[Pause] = iter(())

    def pauses(self) -> list[Pause]:
        """What may be done before a leg or a service; which length a break must have is left open."""
        rules = self.catalog.performer_shifts[0][1].work_and_rest_rules
        found: list[Pause] = [None]
        if rules.break_rules:
            lengths = {rules.break_rules.first.duration}
            lengths |= {rules.break_rules.consecutive.duration} if rules.break_rules.consecutive else set()
            found += [(Action.BREAK, seconds // 60) for seconds in sorted(lengths)]
        if rules.rest_rules:
            found.append((Action.REST, rules.rest_rules.consecutive.duration // 60))
        return found

    def every_trip(self, visits: Ints) -> Iterator[TripSchedule]:
        """The trip with every choice of pauses before its legs and services."""
        visit, vehicle = self.problem.tables.visit, self.problem.tables.vehicle[0]
        ends = [int(vehicle[F_START]), *(int(visit[x, V_LOC]) for x in visits), int(vehicle[F_END])]
        stops = [place for place in ends if place >= 0]
        legs = sum(a != b for a, b in pairwise(stops))
        for choices in product(self.pauses(), repeat=legs + len(visits)):
            self._choices = iter(choices)
            yield self.trip(0, visits, {})

    def _go(self, route: Route, place: str, *, own: bool = False) -> None:
        if place != route.place:
            self._pause(route)
        super()._go(route, place, own=own)

    def _wait(self, route: Route, opens: int) -> None:
        self._pause(route)
        super()._wait(route, opens)

    def _pause(self, route: Route) -> None:
        chosen = next(self._choices)
        if chosen:
            route.act(*chosen)
