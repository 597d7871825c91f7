"""The oracle: a second, slow reading of the rules.

It judges a finished plan from nothing but the task and the result as the contract writes them, and shares no
code with what made the plan: import-linter holds it to `solver.contract`. One file a rule family.
"""

from collections.abc import Callable

from solver.contract import PlanTask
from solver.contract.collector import collector_paused
from solver.oracle.breaks import Breaks
from solver.oracle.compatibility import Compatibility
from solver.oracle.journey import Journey
from solver.oracle.judged import Judged
from solver.oracle.keys import check_keys, check_targets
from solver.oracle.limits import Limits
from solver.oracle.loads import Loads
from solver.oracle.money import Money
from solver.oracle.orders import Orders
from solver.oracle.plan import Plan
from solver.oracle.states import States
from solver.oracle.statistics import Statistics
from solver.oracle.times import Times
from solver.oracle.timing import Timing
from solver.oracle.travel import Travel
from solver.oracle.violation import Verdict, Violation
from solver.oracle.world import World

TRIP_RULES = (States, Times, Timing, Loads, Orders, Compatibility, Money, Breaks)


def verify(task: PlanTask, result: Judged, on_trip: Callable[[int], None] | None = None) -> list[Violation]:
    """Every rule of the planning model that a result breaks.

    Parameters
    ----------
    task : PlanTask
        As it was sent, before refining and before its assumptions are applied.
    result : Judged
        A or the parts of one.
    on_trip : callable or None
        Told the number of trips judged, after each.

    Returns
    -------
    list of Violation
        Empty for a valid plan. A task whose keys are not unique (K1) is judged no further.
    """
    verdict = Verdict()
    check_keys(task, verdict)
    if not verdict.found:
        with collector_paused():
            _judge(task, result, verdict, on_trip)
    return list(verdict.found)


def _judge(task: PlanTask, result: Judged, verdict: Verdict, on_trip: Callable[[int], None] | None) -> None:
    world = World(task)
    journeys = [Journey(world, trip) for trip in result.trips]
    travel = Travel(world, verdict)
    for number, journey in enumerate(journeys, start=1):
        travel.check(journey)
        for rules in TRIP_RULES:
            rules(journey, verdict).check()
        if on_trip is not None:
            on_trip(number)
    check_targets(journeys, task, verdict)
    Plan(world, journeys, result, verdict).check()
    Limits(world, journeys, verdict).check(result)
    Statistics(world, journeys, verdict).check(result.statistics)


__all__ = ["Judged", "Violation", "verify"]
