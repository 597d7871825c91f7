"""Compiled code, made and loaded before it is needed."""

import solver
from planning.samples.heidelberg import heidelberg_json

EFFORT = solver.Effort(seconds=600, iterations=200)
"""By iterations: the clock would have run out before everything was compiled once."""


def warm() -> None:
    """Plan the sample for a moment, so that everything is compiled, in NUMBA_CACHE_DIR, and in this process.

    The first time on a machine it takes up to a minute, later a second or two.
    """
    solver.plan(solver.read_task(heidelberg_json()), EFFORT)
