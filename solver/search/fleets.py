"""Beginnings with different shifts, run against each other.

Which shifts a small plan uses decides more about it than what they do: a trip that starts at the wrong place
is never emptied order by order, because every step of that way is uphill. So plans are constructed with
few shifts drawn at random and improved a little, and the best of them go on.
"""

from dataclasses import dataclass, replace

import numpy as np

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, U_LIMITS, Ints
from solver.search.anneal import IMPROVE
from solver.search.budget import Share
from solver.search.engine import Engine, Part

MOST_SHARE = 0.5  # of the time there is
FLEETS, FIRST_ITERATIONS = 80, 24
FIRST_SHARE = 0.6  # of the race at most, for the first turn
LATER = ((12, 64), (4, 160))  # turns after the first: how many of the best go on, iterations of each
CHUNKS = 8  # of a plan's iterations in a turn: the temperature falls from one to the next
HOT, COLD = 1.0, 0.02  # first temperature of a turn, in prices of an average leg; last, as a share of it
CHANGED_SHARE = 0.2  # of the fleets are the best one so far with a shift less, or another one
MOST_DRAWS = 5  # for a fleet that was not there before


@dataclass(frozen=True, slots=True, eq=False)
class Runner:
    """A plan in the race, and what it costs."""

    part: Part
    price: float


def has_choice(engine: Engine) -> bool:
    """Whether shifts differ, and trips do not depend on each other (Y2)."""
    tables = engine.tables
    kinds = max(len(tables.transport_count), len(tables.performer_count))
    return kinds > 1 and not tables.uses[U_LIMITS]


def race(engine: Engine, share: Share) -> None:
    """Leave the best plan of a race in an engine that has constructed one; it takes a part of the share."""
    share = share.part(MOST_SHARE)
    fleets, first = Fleets(engine), share.part(FIRST_SHARE)
    runners = [_run(engine, fleets.whole, FIRST_ITERATIONS, first)]
    while len(runners) < FLEETS and first.progress() < 1.0:
        best = min(runners, key=_price)
        runners.append(_run(engine, fleets.draw(best.part), FIRST_ITERATIONS, first))
    for count, iterations in LATER:
        runners.sort(key=_price)
        for k in range(min(count, len(runners))):
            if share.progress() < 1.0:
                runners[k] = _run(engine, runners[k].part, iterations, share)
    engine.load(min(runners, key=_price).part.routes)


def _price(runner: Runner) -> float:
    return runner.price


def _run(engine: Engine, part: Part, iterations: int, share: Share) -> Runner:
    """Improve a plan on its fleet; one with no routes yet is constructed before."""
    engine.load_part(part)
    if not part.routes:
        engine.construct()
    hot = HOT * engine.mean_leg()
    for chunk in range(CHUNKS):
        if share.progress() >= 1.0:
            break
        heat = hot * COLD ** (chunk / CHUNKS)
        share.spend(engine.run(iterations // CHUNKS, heat, heat, IMPROVE))
    return Runner(replace(part, routes=engine.best()), engine.total())


class Fleets:
    """Draws fleets for plans: of transports, or of performers where these differ more.

    Parameters
    ----------
    engine : Engine
        Its plan has every shift to use.
    """

    def __init__(self, engine: Engine) -> None:
        self.whole = engine.whole(engine.best())
        self._tables, self._random = engine.tables, engine.random
        transports, performers = engine.tables.transport_count, engine.tables.performer_count
        self._by_transport = len(transports) >= len(performers)
        self._count = transports if self._by_transport else performers
        self._seen: set[bytes] = set()

    def draw(self, best: Part) -> Part:
        """A part of the whole with no routes yet, on fewer shifts."""
        for _ in range(MOST_DRAWS):
            changed = len(best.routes) > 0 and self._random.random() < CHANGED_SHARE
            chosen = self._changed(best) if changed else self._any()
            taken = self._count - self._numbers(chosen)
            if taken.tobytes() not in self._seen:
                break
        self._seen.add(taken.tobytes())
        part = replace(self.whole, routes=[])
        return replace(part, transports=taken) if self._by_transport else replace(part, performers=taken)

    def _any(self) -> Ints:
        """From half as many shifts as the first plan has trips to one more, by kind."""
        trips = max(1, len(self.whole.routes))
        size = int(self._random.integers(-(-trips // 2), trips + 2))
        shifts = np.repeat(np.arange(len(self._count)), self._count)
        return self._random.choice(shifts, min(size, len(shifts)), replace=False)

    def _changed(self, best: Part) -> Ints:
        """The shifts of a plan less one, and perhaps another one instead."""
        column = F_TRANSPORT if self._by_transport else F_PERFORMER
        used = self._tables.vehicle[[route.vehicle for route in best.routes], column]
        spare = np.repeat(np.arange(len(self._count)), self._count - self._numbers(used))
        size = int(self._random.integers(2)) if len(spare) else 0
        return np.concatenate((self._random.permutation(used)[1:], self._random.choice(spare, size)))

    def _numbers(self, kinds: Ints) -> Ints:
        """How many there are of each kind."""
        return np.bincount(kinds, minlength=len(self._count)).astype(np.int64)
