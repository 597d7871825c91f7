"""How many iterations the first round of one thread has: a power of four that takes about so many seconds.

Rounds that the clock ends never hold the same iterations twice, so a long search and a short one of the same
task were two different searches, and the short one was luckier now and then. Counted rounds are the same ones
whatever the budget is: the long search finds what the short one has found, and goes on.
"""

import math
import time

from solver.search.anneal import IMPROVE
from solver.search.engine import Engine, Route, Setup

TRIAL = 0.05  # seconds of computing that the estimate takes
FIRST_TRIAL = 8  # iterations; every further trial has twice as many
QUANTUM = 4.0  # coarse, because no two estimates are the same
FEWEST = 16


def first_iterations(setup: Setup, routes: list[Route], seconds: float) -> int:
    """Iterations that take about so many seconds of computing, tried on a plan that is thrown away.

    Parameters
    ----------
    setup : Setup
    routes : list of Route
        A plan like the one that is to be improved.
    seconds : float
    """
    engine = Engine(setup, 0)
    engine.load(routes)
    heat = engine.mean_leg()
    began = time.thread_time()
    done, size, spent = 0, FIRST_TRIAL, 0.0
    while spent < min(TRIAL, 0.1 * seconds):
        done += engine.run(size, heat, heat, IMPROVE)
        size *= 2
        spent = time.thread_time() - began
    return quantum_of(done / spent * seconds)


def quantum_of(iterations: float) -> int:
    """The power of four that is nearest, by ratio."""
    return max(FEWEST, round(QUANTUM ** round(math.log(max(1.0, iterations), QUANTUM))))
