"""Going on with trips: what facts leave of a task, and what binds the rest (rules Q1-Q11)."""

from solver.replan.continuation import Continuation, continuation
from solver.replan.freedom import Freedom
from solver.replan.trips import GivenTrip

__all__ = ["Continuation", "Freedom", "GivenTrip", "continuation"]
