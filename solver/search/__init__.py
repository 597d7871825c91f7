"""The search for a good plan; it knows nothing of the contract."""

from solver.search.budget import Budget
from solver.search.control import Ending, News, Search
from solver.search.engine import Route
from solver.search.objective import CONFIGURATIONS, levels, names

__all__ = ["CONFIGURATIONS", "Budget", "Ending", "News", "Route", "Search", "levels", "names"]
