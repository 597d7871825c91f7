"""What one thread does in a round: warm up, plan more orders on fewer trips, improve."""

import math
import time

from solver.problem.arrays import U_LIMITS
from solver.search.anneal import FEWER, IMPROVE, REDUCE, SERVE
from solver.search.budget import Share
from solver.search.engine import Engine, Kin, Priced, Route
from solver.search.fleets import has_choice, race
from solver.search.objective import W_LIMIT, W_MONEY, W_ORDER, W_STOP, W_TRIP

CHUNK_SECONDS = 0.05  # between looks at the clock and at the stop signal
FIRST_CHUNK = 50
TIGHT = 0.8  # share of the possible trips from which a fleet is tight
LOOSE = 0.5  # of an annealing in a tight fleet, with a moderate price for absent orders
LACK = 8.0  # that price, in prices of an average leg
FLEET_LACK = 20.0  # the same at first where trips count first
SERVE_SHARE = 0.15  # of such an annealing at most, to plan what is absent after that
STEPS = 50  # chunks of a counted phase, about: the temperature falls from one to the next
FEWEST_COUNTED, MOST_COUNTED = 10, 500  # iterations of such a chunk
COLD = 0.01  # last temperature as a share of the first
REHEAT = 0.3  # first temperature of later rounds as a share of the first round's, in large tasks
SMALL = 300  # orders up to which every round starts as hot as the first
WARM_SHARE = 0.15  # of the first round, before the reduction
FIRST_REDUCE_SHARE = 0.35  # of the first round, for more orders and fewer trips
REDUCE_SHARE = 0.3  # of every later round
FADING = 0.7  # of that share after each round in which it gave nothing
COLDEST, WARMEST_END = 0.0075, 0.06  # prices of an average leg: bounds of later rounds' last temperatures
FREEZING = 0.5  # of the temperature at which a round gained for the last time, the next one ends
NOTABLE = 0.05  # prices of an average leg: the least such gain
CALM = 0.4  # prices of an average leg: temperature below which the trips are good enough to be remembered
UNSEEN = 500  # iterations between looks at the trips, at least
LONGEST_TRIPS = 30.0  # orders on a trip, in the mean: longer ones hardly ever fit together
FEWER_SHARE = 0.5  # of a round of a large task for one trip less, where the reduction was in vain
CLOSE, CLOSE_SHARE = 2, 0.8  # orders absent at its end up to which the next round takes more of it
DISTANT = 5  # orders absent at its end from which the next round takes less, by FADING
FEWER_HOT, FEWER_COLD = 3.0, 1.0  # temperatures of that, in prices of an average leg
FEWER_LACK = 30.0  # what an absent order costs in it, in the same
MONEY_HOT = 1.0  # first temperature in large tasks for money: hotter, and trips that pay are given up
HOT = 2.5  # first temperature, in prices of an average leg: 1 gets stuck where trips are few and long


class Worker:
    """One thread's way through the rounds.

    Parameters
    ----------
    engine : Engine
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._chunk = FIRST_CHUNK
        self._in_vain = 0
        self.fewer_share = FEWER_SHARE
        self.short: list[Route] = []  # of a trip less than the best plan, where some orders had no place
        self.lacking = 0  # how many those are
        self.fleet_lack = FLEET_LACK
        self.seen: dict[Kin, Priced] = {}
        self.coldest = COLDEST

    def round(self, share: Share, number: int) -> None:
        """Spend a share of the budget on the engine's plan; rounds are numbered from 0."""
        small = len(self.engine.setup.hopeful) <= SMALL
        if self._wants_reduction():
            if number == 0:
                self._improve(share.part(WARM_SHARE), HOT)
            before = self.engine.absent(), self.engine.trips()
            self._reduce(share.part(self._reduce_share(number)))
            after = self.engine.absent(), self.engine.trips()
            self._in_vain = 0 if after < before else self._in_vain + 1
            if self._in_vain and after[0] == 0 and not small:
                self._do_without(share.part(self.fewer_share))
        if share.progress() < 1.0:
            self._improve(share.part(1.0 - share.progress()), self._heat(number))

    def may_race(self) -> bool:
        """Whether it is worth while to look for the shifts to begin with."""
        return len(self.engine.setup.hopeful) <= SMALL and has_choice(self.engine)

    def race(self, share: Share) -> None:
        """Choose the shifts of a plan that was constructed, within a part of the share."""
        race(self.engine, share)

    def afresh(self, share: Share, known: list[Route]) -> None:
        """Spend a share of the budget on a plan from nothing, or on the known one if that stays far ahead."""
        engine = self.engine
        engine.load(known)
        goal = engine.absent(), engine.trips()
        engine.load([])
        engine.construct()
        if self.may_race():
            self.race(share)
        if self._wants_reduction():
            self._improve(share.part(WARM_SHARE), HOT)
            self._reduce(share.part(FIRST_REDUCE_SHARE), goal[1])
            engine.back_to_best()
            if (engine.absent(), engine.trips()) > goal:
                engine.load(known)
        self._improve(share.part(1.0 - share.progress()), HOT)

    def _heat(self, number: int) -> float:
        """First temperature of a round's improvement, in prices of an average leg."""
        if len(self.engine.setup.hopeful) <= SMALL:
            return HOT
        first = MONEY_HOT if self.engine.setup.weights[W_MONEY] > 0 else HOT
        return first if number == 0 else first * REHEAT

    def _reduce_share(self, number: int) -> float:
        """How much of a round goes to planning more orders on fewer trips."""
        if number == 0:
            return FIRST_REDUCE_SHARE
        return float(REDUCE_SHARE * FADING**self._in_vain)

    def _wants_reduction(self) -> bool:
        """Whether orders are absent that must not be, or the number of trips counts."""
        absent, _ = self.engine.best_value()
        goal = self.engine.setup.weights
        strict = goal[W_LIMIT] > goal[W_ORDER]  # orders are absent for the limits' sake
        return bool(goal[W_ORDER] > 0 and not strict and (absent > 0 or goal[W_TRIP] > 0))

    def _run(
        self, share: Share, hot: float, cold: float, way: int, target: int = 0, lack: float = math.inf
    ) -> int:
        """One chunk, its size adapted to the clock."""
        size = self._chunk
        if share.iterations is not None:
            steps = min(MOST_COUNTED, max(FEWEST_COUNTED, share.iterations // STEPS))
            size = min(max(1, share.iterations - share.done), steps)
        began = time.monotonic()
        done = self.engine.run(size, hot, cold, way, target, lack)
        share.spend(done)
        spent = time.monotonic() - began
        if done == size:
            self._chunk = max(10, min(50_000, int(size * CHUNK_SECONDS / max(spent, 1e-4))))
        return done

    def _improve(self, share: Share, heat: float) -> None:
        """Anneal from warm to cold, starting at the best plan."""
        self.engine.back_to_best()
        leg = self.engine.mean_leg()
        hot, calm = leg * heat, leg * CALM if self._recombines() else 0.0
        if self._is_tight():
            self._loosen(share, hot)
        best, gained, unseen = self.engine.total(), 0.0, 0
        cooling = COLD if heat >= HOT else self.coldest / heat
        while (progress := share.progress()) < 1.0:
            temperature = hot * cooling**progress
            unseen += self._run(share, temperature, temperature, IMPROVE)
            if temperature < calm and unseen >= UNSEEN:
                self.engine.notice(self.seen)
                unseen = 0
            if self.engine.total() < best - NOTABLE * leg:
                best, gained = self.engine.total(), temperature / leg
        if gained > 0.0:
            self.coldest = min(WARMEST_END, max(COLDEST, FREEZING * gained))

    def _recombines(self) -> bool:
        """Whether trips are short enough to make a better plan of those of several."""
        return len(self.engine.setup.hopeful) <= LONGEST_TRIPS * self.engine.trips()

    def _is_tight(self) -> bool:
        """Whether another trip hardly has a shift, is worse than anything, or is kept by rewards."""
        goal, engine = self.engine.setup.weights, self.engine
        if goal[W_MONEY] > 0:
            return len(engine.setup.hopeful) <= SMALL
        if goal[W_LIMIT] > goal[W_ORDER] or len(engine.setup.hopeful) > SMALL:
            return False
        if goal[W_TRIP] > 0:
            return not (engine.tables.uses[U_LIMITS] or goal[W_STOP] > 0 or engine.best_value()[0] > 0)
        return bool(engine.trips() >= TIGHT * len(engine.state.cost))

    def _loosen(self, share: Share, hot: float) -> None:
        """Anneal with a moderate price for absent orders; then plan them, or go back to the best plan."""
        engine, fleet_first = self.engine, self.engine.setup.weights[W_TRIP] > 0
        lack = engine.mean_leg() * (self.fleet_lack if fleet_first else LACK)
        target, _ = engine.best_value()
        while (progress := share.progress()) < LOOSE:
            temperature = hot * COLD**progress
            self._run(share, temperature, temperature, IMPROVE, 0, lack)
        if engine.setup.weights[W_MONEY] > 0:  # fewer orders may make more money
            return
        serving, heat = share.part(SERVE_SHARE), hot * COLD**LOOSE
        way = REDUCE if fleet_first else SERVE
        while engine.absent() > target and serving.progress() < 1.0:
            self._run(serving, heat, heat, way, target)
        if engine.absent() > target:
            engine.back_to_best()
            self.fleet_lack *= 2.0  # too little for orders far off all others

    def _do_without(self, share: Share) -> None:
        """Anneal with one trip less and a moderate price for absent orders, which may come down to none.

        The next attempt goes on with what this one comes to, as long as that gains something.
        """
        engine = self.engine
        engine.back_to_best()
        if engine.setup.weights[W_TRIP] == 0 or engine.trips() <= engine.fewest_trips():
            return
        leg, before = engine.mean_leg(), math.inf
        if engine.is_whole() and len(self.short) == engine.trips() - 1:
            engine.change_to(self.short)
            before = engine.absent()
        else:
            engine.drop_trip()
        while engine.absent() > 0 and (progress := share.progress()) < 1.0:
            temperature = leg * FEWER_HOT * (FEWER_COLD / FEWER_HOT) ** progress
            self._run(share, temperature, temperature, FEWER, 0, leg * FEWER_LACK)
        self.short, self.lacking = (engine.present() if engine.absent() < before else []), engine.absent()
        if engine.absent() <= CLOSE:
            self.fewer_share = CLOSE_SHARE
        elif engine.absent() > DISTANT:
            self.fewer_share *= FADING

    def _reduce(self, share: Share, least: int = 1) -> None:
        """Try to plan absent orders; with none absent, to do without a trip."""
        engine = self.engine
        while share.progress() < 1.0:
            engine.back_to_best()
            absent, _ = engine.best_value()
            if absent == 0:
                if engine.setup.weights[W_TRIP] == 0 or engine.trips() <= least:
                    return
                engine.drop_trip()
                way, target = REDUCE, 0
            else:
                way, target = SERVE, absent - 1
            heat = engine.mean_leg()
            while engine.absent() > target and share.progress() < 1.0:
                self._run(share, heat, heat, way, target)
        engine.back_to_best()
