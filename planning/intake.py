"""A task's bytes become a checked task, or a refusal with every reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

import solver
from accounts.language import language
from accounts.refusal import Refused
from planning import clock
from planning.models import Calculation
from solver.contract import (
    ActualizeTask,
    CalculationSettings,
    EntityWarning,
    PlanTask,
    ReplanTask,
    SchemaErrors,
    StatisticsTask,
    read,
)

Calculated = PlanTask | ActualizeTask | ReplanTask
T = TypeVar("T", bound=PlanTask | ActualizeTask | ReplanTask | StatisticsTask)

TASKS: dict[str, type[PlanTask] | type[ActualizeTask] | type[ReplanTask]] = {
    Calculation.Kind.PLAN: PlanTask,
    Calculation.Kind.ACTUALIZE: ActualizeTask,
    Calculation.Kind.REPLAN: ReplanTask,
}
"""What calculations of each kind are made from."""


@dataclass(frozen=True, slots=True)
class Times:
    """What a task asks of the service, cut to the service's ceilings; all in seconds."""

    calculation: int
    waiting: int
    ttl: int


def check_task(data: bytes) -> tuple[PlanTask, list[EntityWarning]]:
    """Read and check a plan task; as `read_checked`, with the warnings alone."""
    task, found = read_checked(PlanTask, data)
    return task, found.warnings


def read_checked(kind: type[T], data: bytes) -> tuple[T, solver.Findings]:
    """Read and check a task of any kind.

    Returns
    -------
    The task, and the findings whose warnings tell what would be cut out of it or told about it.

    Raises
    ------
    Refused
        With all errors of the schema; or with all logical errors; or, when the task wants warnings treated as
        errors, with all warnings.
    """
    try:
        task = read(kind, data, language())
    except SchemaErrors as errors:
        raise Refused.of_schema(errors, _("The task does not keep the contract.")) from None
    found = findings(task, clock.now(), language())
    if found.errors:
        raise Refused(_("The task has logical errors."), logical_errors=found.errors, warnings=found.warnings)
    if found.warnings and task.plan_settings.calculation_settings.treat_warnings_as_errors:
        raise Refused(_("The task has warnings, which it wants treated as errors."), warnings=found.warnings)
    return task, found


def findings(
    task: Calculated | StatisticsTask, now: datetime, words: str
) -> solver.Findings:  # fmt: skip
    """Return what is wrong with a task at a moment; with trips to go on with, what is wrong with the rest."""
    if isinstance(task, ActualizeTask | ReplanTask):
        return solver.examine(task, now=now, limits=ceilings(now), language=words)
    return solver.check(task, limits=ceilings(now), language=words)


def refined(
    task: Calculated, found: solver.Findings, *, remove_locations: bool, now: datetime
) -> solver.Refined:  # fmt: skip
    """Return the plan task that would be planned (V2, Q11)."""
    words, limits = language(), ceilings(now)
    if isinstance(task, PlanTask):
        return solver.refine(
            task, remove_locations=remove_locations, limits=limits, language=words, findings=found
        )
    return solver.refine_rest(
        task, now=now, remove_locations=remove_locations, limits=limits, language=words
    )  # fmt: skip


def ceilings(now: datetime) -> solver.Limits:
    """Return what the service allows a task at a moment."""
    allowed = settings.ENVIRONMENT
    return solver.Limits(
        max_calculation_seconds=allowed.max_calculation_seconds,
        max_waiting_seconds=allowed.max_waiting_seconds,
        geo_providers=frozenset(allowed.geo_providers),
        now=now,
    )


def times(wishes: CalculationSettings) -> Times:
    """Return the task's wishes within the service's ceilings."""
    allowed = settings.ENVIRONMENT
    return Times(
        calculation=min(wishes.max_calculation_time, allowed.max_calculation_seconds),
        waiting=min(wishes.max_waiting_time, allowed.max_waiting_seconds),
        ttl=min(wishes.result_ttl, allowed.max_ttl_seconds),
    )
