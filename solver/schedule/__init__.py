"""When everything happens and what it costs: the one evaluator and its rich form."""

from solver.schedule.evaluate import evaluate
from solver.schedule.faults import Fault
from solver.schedule.timeline import Action, Handling, Step, TripSchedule
from solver.schedule.trips import InvalidRouteError, TripTimer

__all__ = [
    "Action",
    "Fault",
    "Handling",
    "InvalidRouteError",
    "Step",
    "TripSchedule",
    "TripTimer",
    "evaluate",
]
