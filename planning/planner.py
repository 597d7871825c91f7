"""A stored calculation as a task, and the solver's plan for it."""

from collections.abc import Callable
from datetime import datetime

import solver
from audit import blobs
from planning import clock, intake
from planning.models import Calculation
from solver.contract import PlanTask, read

TOLD_AT_ONCE = 2_000
"""Orders of a plan that can be told within the two seconds that a cancel may take."""


def task_of(calculation: Calculation) -> intake.Calculated:
    """Read the task of a calculation."""
    return read(intake.TASKS[calculation.kind], blobs.read(calculation.input))


def accepted_at(calculation: Calculation) -> datetime:
    """Return the moment its request came, which counts for facts (Q3)."""
    told = calculation.settings_used.get("now")
    return datetime.fromisoformat(told) if told else clock.now()


def plan(
    calculation: Calculation,
    task: intake.Calculated,
    on_progress: solver.OnProgress,
    should_stop: Callable[[], bool],
) -> solver.Plan:
    """Plan, or go on with trips, as the calculation's settings say.

    Raises
    ------
    solver.Halted
        It was stopped before there was a plan, or is so large that the stored plan is to stay.
    """
    used = calculation.settings_used
    effort = solver.Effort(seconds=used["seconds"], threads=used["threads"], seed=used["seed"])
    now = accepted_at(calculation)
    limits = intake.ceilings(now)
    if isinstance(task, PlanTask):
        return solver.plan(
            task, effort, on_progress=on_progress, should_stop=should_stop, limits=limits,
            language=used["language"], report_stopped=len(task.orders) <= TOLD_AT_ONCE,
        )  # fmt: skip
    return solver.replan(
        task, effort, now=now, on_progress=on_progress, should_stop=should_stop, limits=limits,
        language=used["language"],
    )  # fmt: skip
