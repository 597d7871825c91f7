"""A task's bytes become a checked task, or a refusal with every reason."""

from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import solver
from accounts.refusal import Refused
from planning import clock
from solver.contract import (
    ActualizeTask,
    CalculationSettings,
    EntityWarning,
    EntityWarningType,
    PlanTask,
    ReplanTask,
    SchemaErrors,
    StatisticsTask,
    read,
)

T = TypeVar("T", PlanTask, ActualizeTask, ReplanTask, StatisticsTask)

CEILINGS = {
    EntityWarningType.MAX_CALCULATION_TIME_VIOLATION,
    EntityWarningType.MAX_WAITING_TIME_VIOLATION,
}


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
        task = read(kind, data)
    except SchemaErrors as errors:
        raise Refused.of_schema(errors, _("The task does not keep the contract.")) from None
    found = solver.check(task, limits=ceilings(), language=language())
    if found.errors:
        raise Refused(_("The task has logical errors."), logical_errors=found.errors, warnings=found.warnings)
    if found.warnings and task.plan_settings.calculation_settings.treat_warnings_as_errors:
        raise Refused(_("The task has warnings, which it wants treated as errors."), warnings=found.warnings)
    return task, found


def ceilings() -> solver.Limits:
    """Return what the service allows a task."""
    allowed = settings.ENVIRONMENT
    return solver.Limits(
        max_calculation_seconds=allowed.max_calculation_seconds,
        max_waiting_seconds=allowed.max_waiting_seconds,
        now=clock.now(),
    )


def language() -> str:
    """Return the language of who asks, as far as texts of warnings exist in it."""
    return "ru" if (get_language() or "").startswith("ru") else "en"


def times(wishes: CalculationSettings) -> Times:
    """Return the task's wishes within the service's ceilings."""
    allowed = settings.ENVIRONMENT
    return Times(
        calculation=min(wishes.max_calculation_time, allowed.max_calculation_seconds),
        waiting=min(wishes.max_waiting_time, allowed.max_waiting_seconds),
        ttl=min(wishes.result_ttl, allowed.max_ttl_seconds),
    )


def ceiling_warnings(task: PlanTask, words: str) -> list[EntityWarning]:
    """Return the warnings about wishes that were cut to ceilings, which the solver alone does not know."""
    wishes = task.plan_settings.calculation_settings
    allowed = times(wishes)
    if (wishes.max_calculation_time, wishes.max_waiting_time) == (allowed.calculation, allowed.waiting):
        return []
    found = solver.check(task, limits=ceilings(), language=words)
    return [warning for warning in found.warnings if warning.type in CEILINGS]
