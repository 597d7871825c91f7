"""Tags that are required and offered, and the price of a missing one (C1, C3, C4)."""

from collections.abc import Iterable
from math import inf

from solver.checks.measures import EPSILON
from solver.contract import Performer, PlanSettings

Tags = frozenset[str]


class Prices:
    """Whether missing tags can be paid for.

    Parameters
    ----------
    settings : PlanSettings
        Where the prices are, and whether compatibility counts at all.
    performers : iterable of Performer
        Those whose shifts may pay for what a transport lacks.
    """

    def __init__(self, settings: PlanSettings, performers: Iterable[Performer]) -> None:
        trips = settings.trips_settings
        self._lifted = trips.assumptions.disable_compatibility
        self._prices = {item.tag: item.penalty for item in trips.penalties.compatibilities}
        self._budget = max((budget(performer) for performer in performers), default=-1.0)

    def meets(self, required: Tags, offered: Tags, budget: float | None = None) -> bool:
        """Whether what is required is offered or can be paid for, by a budget or the largest there is."""
        if self._lifted:
            return True
        missing = required - offered
        if not missing:
            return True
        price = sum(self._prices.get(tag, inf) for tag in missing)
        return price <= (self._budget if budget is None else budget) + EPSILON

    def avoids(self, refused: Tags, offered: Tags) -> bool:
        """Whether nothing that is refused is offered; no price helps (C3)."""
        return self._lifted or not refused & offered


def budget(performer: Performer) -> float:
    """The most a shift of the performer may pay for missing tags; below 0 if nothing may be missing (C3)."""
    limits = (shift.tariff.max_penalty_cost for shift in performer.shifts)
    return max((limit for limit in limits if limit is not None), default=-1.0)
