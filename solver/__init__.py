"""Planning of delivery and service trips, as a library: no framework, no network, no settings.

>>> task = solver.read_task(data)
>>> found = solver.plan(task, solver.Effort(seconds=10))
>>> found.trips
"""

from solver.appraisal import Appraisal, appraise
from solver.checks import Findings, Limits, check
from solver.contract import PlanTask, read
from solver.outcome import Effort, Finish, OnProgress, Plan, Progress, Timings
from solver.pipeline import plan
from solver.reasons import retold
from solver.refine import LogicalErrors, Refined, refine
from solver.replanning import examine, refine_rest, replan
from solver.search import Halted
from solver.second_reading import broken_rules

__all__ = [
    "Appraisal",
    "Effort",
    "Findings",
    "Finish",
    "Halted",
    "Limits",
    "LogicalErrors",
    "OnProgress",
    "Plan",
    "Progress",
    "Refined",
    "Timings",
    "appraise",
    "broken_rules",
    "check",
    "examine",
    "plan",
    "read_task",
    "refine",
    "refine_rest",
    "replan",
    "retold",
]


def read_task(data: bytes) -> PlanTask:
    """Read a plan task.

    Raises
    ------
    SchemaErrors
        With every error at once.
    """
    return read(PlanTask, data)
