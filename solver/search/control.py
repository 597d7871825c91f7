"""The search as a whole: threads in rounds from the best plan, routes recombined between rounds."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

import numpy as np

from solver.problem.arrays import U_LIMITS, Problem
from solver.search.assignment import reassign
from solver.search.budget import Budget, Halted, Share
from solver.search.engine import Engine, Part, Route, Setup, prepare, set_up
from solver.search.objective import W_LIMIT, W_ORDER
from solver.search.pace import first_iterations
from solver.search.phases import SMALL, Worker
from solver.search.pool import Pool
from solver.search.sectors import MOST_ORDERS, cut, how_many

TICK = 0.1  # seconds between looks at the stop signal
QUIET_ROUNDS = 3  # rounds without gain that end a search
LAST_ROUND = 1.5  # what is left of the budget goes to the round if it is less than this
EXACT_SHARE, MOST_EXACT = 0.12, 6.0  # of a round's seconds, and seconds at most, for exact models after it
RESERVE = 0.05  # of the last round, for what comes after it
GROWTH = 2.0  # each round is so much longer than the one before
FIRST_ROUND = 0.3  # seconds, and as much again for every 300 orders
FIRST_ROUND_SHARE = 0.12  # of the budget, at most
EASY = 20  # orders; in a larger task each of them counts the more in the next two
ITERATIONS_PER_ORDER = 3_000  # of one thread, or seconds, before a search may end by itself
PATIENCE = 10.0  # seconds, and a tenth of a second for every order
AFRESH_ITERATIONS = 100  # for every order, before a plan is begun anew beside the best
ROUNDS_BY_ITERATIONS = 5
LENIENT_SHARE = 0.3  # of the budget, while orders come before location limits
STRICT = 20.0  # prices of all orders: what broken location limits cost after that


class Ending(StrEnum):
    """Why a search ended."""

    CONVERGED = "CONVERGED"
    OUT_OF_TIME = "OUT_OF_TIME"
    STOPPED = "STOPPED"


@dataclass(slots=True)
class Account:
    """Where the improvement of a search came from, in prices of its weighted goal.

    Attributes
    ----------
    constructed : float or None
        Price of the plan that was constructed; None until there is one.
    partitioned, reassigned : float
        What recombination of pooled routes (SCIP) and reassignment of shifts (CP-SAT) took off.
    total : float
        Price of the best plan.
    """

    constructed: float | None = None
    partitioned: float = 0.0
    reassigned: float = 0.0
    total: float = float("inf")

    def shares(self) -> tuple[float, float]:
        """Shares of set partitioning and of reassignment in the whole improvement."""
        gain = 0.0 if self.constructed is None else self.constructed - self.total
        return (self.partitioned / gain, self.reassigned / gain) if gain > 0.0 else (0.0, 0.0)


@dataclass(slots=True)
class News:
    """How a search stands.

    Attributes
    ----------
    fraction : float
        Share of the budget used, or 1 when the search has ended.
    routes : list of Route
        The best plan so far.
    phase : str
        What is being done.
    account : Account
        Where the improvement came from.
    """

    fraction: float
    routes: list[Route]
    phase: str
    account: Account = field(default_factory=Account)


Listener = Callable[[News], None]


class Search:
    """Improve a plan until the budget is spent, nothing is gained any more, or somebody stops it.

    Parameters
    ----------
    problem : Problem
    budget : Budget
    threads : int
    seed : int
        One thread, one seed, a budget of iterations: one plan.
    should_stop : callable
        Polled about ten times a second.
    listener : callable
        Told about twice a second how the search stands.
    """

    def __init__(
        self,
        problem: Problem,
        budget: Budget,
        threads: int,
        seed: int,
        should_stop: Callable[[], bool],
        listener: Listener,
    ) -> None:
        self.budget, self.should_stop, self.listener = budget, should_stop, listener
        self.setup: Setup = set_up(problem, should_stop)
        prepare(self.setup)
        budget.restart()
        self.workers = [Worker(Engine(self.setup, seed * 1000 + i + 1)) for i in range(max(1, threads))]
        self.pool = Pool(self.setup)
        self.random = np.random.default_rng(seed)
        self.best: list[Route] = []
        self.total = float("inf")
        self.account = Account()
        self.lenient: list[Route] | None = None  # what was best before the limits counted more
        self.first: int | None = None  # iterations of the first round, where rounds are counted
        self.quiet = 0  # rounds without gain
        self.stopped = False

    def run(self, start: list[Route] | None = None) -> tuple[list[Route], Ending]:
        """Search, from given routes if there are any.

        Raises
        ------
        Halted
            If somebody stopped it before there was a plan.
        """
        self._construct(start or [])
        if not start:
            self._race()
        number, length = 0, self._first_length()
        self.first = self._first_iterations(length)
        while not self._over():
            before = self.total
            length = self._round(number, length)
            gained = before - self.total > 1e-9 * max(1.0, abs(before))
            self.quiet = 0 if gained else self.quiet + 1
            number += 1
            length *= GROWTH
            if (self.quiet >= QUIET_ROUNDS or self._spent() > LENIENT_SHARE) and self._tighten():
                self.quiet = 0
            if self.quiet >= QUIET_ROUNDS and self._worked_enough():
                return self._final(), Ending.CONVERGED
        if self.stopped:
            return self._final(), Ending.STOPPED
        spent = self.budget.iterations is not None and self.budget.left() > 0
        return self._final(), Ending.CONVERGED if spent or self._trivial() else Ending.OUT_OF_TIME

    def _tighten(self) -> bool:
        """Let location limits count more than orders where the best plan so far breaks them (Y2)."""
        engine, weights = self.workers[0].engine, self.setup.weights
        if self.lenient is not None or engine.excess(self.best) == 0.0 or weights[W_ORDER] == 0.0:
            return False
        self.lenient = self.best
        weights[W_LIMIT] = STRICT * weights[W_ORDER] * (len(self.setup.hopeful) + 1)
        engine.load(self.best)
        before, self.total = self.total, engine.total()
        if self.account.constructed is not None:
            self.account.constructed += self.total - before  # the same plan, priced anew
        return True

    def _final(self) -> list[Route]:
        """The best plan; orders are left out only if that keeps the location limits (Y2)."""
        if self.lenient is not None and self.workers[0].engine.excess(self.best) > 0.0:
            return self.lenient
        return self.best

    def _trivial(self) -> bool:
        """Whether there is nothing to search for."""
        return len(self.setup.hopeful) == 0

    def _over(self) -> bool:
        if self.stopped or self._trivial() or self.budget.left() <= 0:
            return True
        limit = self.budget.iterations
        return limit is not None and self.workers[0].engine.iterations() >= limit

    def _worked_enough(self) -> bool:
        if self.budget.iterations is not None:
            return False
        size = len(self.setup.hopeful)
        orders = size * max(1.0, size / EASY)
        wanted = ITERATIONS_PER_ORDER * orders
        patient = self.budget.elapsed() > PATIENCE + 0.1 * orders
        return patient or self.workers[0].engine.iterations() >= wanted

    def _first_length(self) -> float:
        size = 1.0 + len(self.setup.hopeful) / 300.0
        return min(FIRST_ROUND * size, FIRST_ROUND_SHARE * self.budget.seconds)

    def _first_iterations(self, length: float) -> int | None:
        """Iterations of the first round; None where the clock or the budget ends the rounds.

        Threads would wait for the slowest of them if they counted.
        """
        counted = len(self.workers) == 1 and how_many(len(self.setup.hopeful), 1) == 1
        if self.budget.iterations is not None or not counted or self._over():
            return None
        return first_iterations(self.setup, self.best, length)

    def _construct(self, start: list[Route]) -> None:
        """Begin with the given routes; every other thread afresh, lest all are trapped in their shape."""
        afresh = self.workers[1::2]
        self._each(lambda worker: self._start(worker.engine, [] if worker in afresh else start), "construct")
        if self.stopped and not start:
            raise Halted
        self._collect()
        self.account.constructed = self.total
        self._tell("construct")

    def _start(self, engine: Engine, start: list[Route]) -> None:
        engine.load(start)
        engine.construct(self._interrupted)

    def _race(self) -> None:
        """Let small plans begin with the shifts that suit them best."""
        if self.workers[0].may_race():
            share = partial(Share, self.budget.seconds, self.budget.iterations, self._halted)
            self._each(lambda worker: worker.race(share()), "improve")
            self._collect()

    def _round(self, number: int, length: float) -> float:
        """One round of all threads from the best plan, then recombination.

        Parameters
        ----------
        number : int
            Rounds before.
        length : float
            Seconds that the round is to take, or probably takes if it is counted.

        Returns
        -------
        float
            Seconds that it took.
        """
        began, iterations = self.budget.elapsed(), None
        if self.budget.iterations is not None:
            remaining = self.budget.iterations - self.workers[0].engine.iterations()
            iterations = min(remaining, max(1, self.budget.iterations // ROUNDS_BY_ITERATIONS))
        left = self.budget.left()
        last = left < LAST_ROUND * length
        seconds = left * (1.0 - RESERVE) if last else length
        if self.first is not None and not last:
            iterations = round(self.first * GROWTH**number)
        parts = self._cut(number)
        if len(parts) > 1:
            self._by_parts(parts, seconds, iterations, number)
        else:
            self._whole(seconds, iterations, number)
        if not self.stopped:
            self._attend([partial(self._recombine, seconds)], "improve")
        self._tell("improve")
        return self.budget.elapsed() - began if self.first is not None else length

    def _whole(self, seconds: float, iterations: int | None, number: int) -> None:
        """Each thread works on the whole plan; the best of them stays."""
        afresh = self._afresh()

        def work(worker: Worker) -> None:
            share = Share(seconds, iterations, self._halted)
            if worker in afresh:
                worker.afresh(share, self.best)
                return
            if number > 0:
                worker.engine.load(self.best)
            worker.round(share, number)

        self._each(work, "improve")
        self._collect()

    def _afresh(self) -> list[Worker]:
        """Threads that begin a round from nothing: after one in vain, in tasks that are planned quickly.

        They take turns; a single thread does it every other time.
        """
        orders = len(self.setup.hopeful)
        quick = self.workers[0].engine.iterations() >= AFRESH_ITERATIONS * orders
        if self.budget.iterations is not None or self.quiet == 0 or orders > SMALL or not quick:
            return []
        return [worker for i, worker in enumerate(self.workers) if (i + self.quiet) % 2]

    def _cut(self, number: int) -> list[Part]:
        """The plan in sectors, if it is large enough; of a smaller one in every other round only.

        Location limits bind all trips together (Y2), so such a plan stays whole.
        """
        tables = self.setup.problem.tables
        orders = len(self.setup.hopeful)
        count = how_many(orders, len(self.workers))
        whole = orders <= MOST_ORDERS * len(self.workers) and (number < 2 or number % 2)
        if count == 1 or whole or tables.uses[U_LIMITS]:
            return []
        return cut(tables, self.best, self.setup.hopeful, count, self.random)

    def _by_parts(self, parts: list[Part], seconds: float, iterations: int | None, number: int) -> None:
        """Each thread works on its sectors, one after the other; all of them together are the plan."""
        threads, found = len(self.workers), [part.routes for part in parts]
        turns = -(-len(parts) // threads)
        each = None if iterations is None else max(1, iterations // turns)

        def work(worker: Worker) -> None:
            for index in range(self.workers.index(worker), len(parts), threads):
                worker.engine.load_part(parts[index])
                worker.round(Share(seconds / turns, each, self._halted), number)
                found[index] = worker.engine.best()

        self._each(work, "improve")
        routes = [route for one in found for route in one]
        self.pool.add(self.workers[0].engine, routes)
        self._take(self._completed(routes))

    def _completed(self, routes: list[Route]) -> list[Route]:
        """The routes with orders that had no place in their sector, but elsewhere or on a new trip."""
        engine = self.workers[0].engine
        engine.load(routes)
        if engine.absent() == 0 or self.setup.weights[W_ORDER] == 0.0 or self.stopped:
            return routes
        engine.construct(self._interrupted)
        return engine.best()

    def _recombine(self, seconds: float) -> None:
        """Put the best routes of all threads together anew (SCIP), and their shifts (CP-SAT)."""
        limit = max(0.1, min(EXACT_SHARE * seconds, self.budget.left(), MOST_EXACT))
        deterministic = self.budget.iterations is not None
        before = self.total
        engine = self.workers[0].engine
        routes = self.pool.recombine(engine, self.best, limit, deterministic, self._interrupted)
        if routes is not None:
            self._take(routes)
        between = self.total
        routes = reassign(engine, self.best, limit, self._interrupted)
        if routes is not None:
            self._take(routes)
        self.account.partitioned += before - between
        self.account.reassigned += between - self.total

    def _take(self, routes: list[Route]) -> None:
        """Keep a recombined plan if an engine confirms that it is better."""
        engine = self.workers[0].engine
        engine.load(routes)
        if engine.total() < self.total - 1e-9:
            self.total, self.best = engine.total(), engine.best()

    def _interrupted(self) -> bool:
        return self.stopped

    def _halted(self) -> bool:
        return self.stopped or self.budget.left() <= 0

    def _each(self, work: Callable[[Worker], None], phase: str) -> None:
        """Run something on all threads."""
        self._attend([partial(work, worker) for worker in self.workers], phase)

    def _attend(self, jobs: list[Callable[[], None]], phase: str) -> None:
        """Run jobs side by side, watching the stop signal and telling how the search stands."""
        with ThreadPoolExecutor(len(jobs)) as executor:
            running: set[Future[None]] = {executor.submit(job) for job in jobs}
            ticks = 0
            try:
                while running:
                    done, running = wait(running, timeout=TICK)
                    for future in done:
                        future.result()
                    self.stopped = self.stopped or self.should_stop()
                    ticks += 1
                    if running and ticks % 5 == 0:
                        self._tell(phase)
            except BaseException:
                self.stopped = True  # the jobs that still run see it
                raise

    def _collect(self) -> None:
        """Take over the best plan of all threads."""
        for worker in self.workers:
            engine = worker.engine
            routes = engine.best()
            self.pool.add(engine, routes)
            self.pool.merge(worker.seen)
            worker.seen.clear()
            if engine.total() < self.total - 1e-9:
                self.total, self.best = engine.total(), routes
        self._share_short()

    def _share_short(self) -> None:
        """Let all threads try to do without a trip from where fewest orders had no place."""
        closest = min((one for one in self.workers if one.short), key=lambda one: one.lacking, default=None)
        for worker in self.workers:
            if closest is not None and (not worker.short or worker.lacking > closest.lacking):
                worker.short, worker.lacking = closest.short, closest.lacking
                worker.fewer_share = closest.fewer_share

    def _tell(self, phase: str) -> None:
        account = replace(self.account, total=self.total)
        self.listener(News(min(1.0, self._spent()), self.best, phase, account))

    def _spent(self) -> float:
        """Share of the budget that is used."""
        if self.budget.iterations is not None:
            return self.workers[0].engine.iterations() / max(1, self.budget.iterations)
        return self.budget.elapsed() / max(1e-6, self.budget.seconds)
