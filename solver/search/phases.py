"""What one thread does in a round: warm up, plan more orders on fewer trips, improve."""

import time

from solver.search.anneal import IMPROVE, REDUCE, SERVE
from solver.search.budget import Share
from solver.search.engine import Engine
from solver.search.objective import W_LIMIT, W_ORDER, W_TRIP

CHUNK_SECONDS = 0.05  # between looks at the clock and at the stop signal
FIRST_CHUNK = 50
COLD = 0.01  # last temperature as a share of the first
REHEAT = 0.3  # first temperature of later rounds as a share of the first round's, in large tasks
SMALL = 300  # orders up to which every round starts as hot as the first
WARM_SHARE = 0.15  # of the first round, before the reduction
FIRST_REDUCE_SHARE = 0.35  # of the first round, for more orders and fewer trips
REDUCE_SHARE = 0.3  # of every later round
FADING = 0.7  # of that share after each round in which it gave nothing
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

    def round(self, share: Share, number: int) -> None:
        """Spend a share of the budget on the engine's plan; rounds are numbered from 0."""
        small = len(self.engine.setup.hopeful) <= SMALL
        if self._wants_reduction():
            if number == 0:
                self._improve(share.part(WARM_SHARE), HOT)
            before = self.engine.absent(), self.engine.trips()
            self._reduce(share.part(self._reduce_share(number)))
            gained = (self.engine.absent(), self.engine.trips()) < before
            self._in_vain = 0 if gained else self._in_vain + 1
        if share.progress() < 1.0:
            heat = HOT if number == 0 or small else HOT * REHEAT
            self._improve(share.part(1.0 - share.progress()), heat)

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

    def _run(self, share: Share, hot: float, cold: float, way: int, target: int = 0) -> int:
        """One chunk, its size adapted to the clock."""
        size = self._chunk
        if share.iterations is not None:
            size = min(max(1, share.iterations - share.done), 500)
        began = time.monotonic()
        done = self.engine.run(size, hot, cold, way, target)
        share.spend(done)
        spent = time.monotonic() - began
        if done == size:
            self._chunk = max(10, min(50_000, int(size * CHUNK_SECONDS / max(spent, 1e-4))))
        return done

    def _improve(self, share: Share, heat: float) -> None:
        """Anneal from warm to cold, starting at the best plan."""
        self.engine.back_to_best()
        hot = self.engine.mean_leg() * heat
        while (progress := share.progress()) < 1.0:
            temperature = hot * COLD**progress
            self._run(share, temperature, temperature, IMPROVE)

    def _reduce(self, share: Share) -> None:
        """Try to plan absent orders; with none absent, to do without a trip."""
        engine = self.engine
        while share.progress() < 1.0:
            engine.back_to_best()
            absent, _ = engine.best_value()
            if absent == 0:
                if engine.setup.weights[W_TRIP] == 0 or engine.trips() <= 1:
                    return
                engine.drop_trip()
                way, target = REDUCE, 0
            else:
                way, target = SERVE, absent - 1
            heat = engine.mean_leg()
            while engine.absent() > target and share.progress() < 1.0:
                self._run(share, heat, heat, way, target)
        engine.back_to_best()
