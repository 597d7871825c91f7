"""The search for a good plan; it knows nothing of the contract."""

from solver.search.budget import Budget, Halted, never
from solver.search.choice import Searching, searching
from solver.search.control import Ending, News, Search
from solver.search.engine import Route
from solver.search.figures import objective
from solver.search.objective import CONFIGURATIONS, names

__all__ = [
    "CONFIGURATIONS",
    "Budget",
    "Ending",
    "Halted",
    "News",
    "Route",
    "Search",
    "Searching",
    "names",
    "never",
    "objective",
    "searching",
]
