"""The task that will be planned: what fails is cut, needless limits dropped, assumptions applied."""

from solver.refine.assume import assume, horizon
from solver.refine.refine import LogicalErrors, Refined, refine

__all__ = ["LogicalErrors", "Refined", "assume", "horizon", "refine"]
