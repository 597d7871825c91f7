"""A task's bytes become a checked task, or a refusal with every reason."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

import solver
from accounts.refusal import Refused
from solver.contract import (
    CalculationSettings,
    EntityPath,
    EntityType,
    EntityWarning,
    EntityWarningType,
    PlanTask,
    SchemaErrors,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a task asks of the service, cut to the service's ceilings; all in seconds."""

    calculation: int
    waiting: int
    ttl: int


def check_task(data: bytes) -> tuple[PlanTask, list[EntityWarning]]:
    """Read and check a task.

    Returns
    -------
    The task, and the warnings that tell what would be cut out of it or told about it.

    Raises
    ------
    Refused
        With all errors of the schema; or with all logical errors; or, when the task wants warnings treated as
        errors, with all warnings.
    """
    try:
        task = solver.read_task(data)
    except SchemaErrors as errors:
        raise Refused.of_schema(errors, _("The task does not keep the contract.")) from None
    found = solver.check(task)
    wishes = task.plan_settings.calculation_settings
    warnings = [*found.warnings, *ceiling_warnings(wishes)]
    if found.errors:
        raise Refused(_("The task has logical errors."), logical_errors=found.errors, warnings=warnings)
    if warnings and wishes.treat_warnings_as_errors:
        raise Refused(_("The task has warnings, which it wants treated as errors."), warnings=warnings)
    return task, warnings


def limits(wishes: CalculationSettings) -> Limits:
    """Return the task's wishes within the service's ceilings."""
    ceiling = settings.ENVIRONMENT
    return Limits(
        calculation=min(wishes.max_calculation_time, ceiling.max_calculation_seconds),
        waiting=min(wishes.max_waiting_time, ceiling.max_waiting_seconds),
        ttl=min(wishes.result_ttl, ceiling.max_ttl_seconds),
    )


def ceiling_warnings(wishes: CalculationSettings) -> list[EntityWarning]:
    """Tell which wishes were cut to the service's ceilings."""
    allowed = limits(wishes)
    found = []
    if wishes.max_calculation_time > allowed.calculation:
        kind = EntityWarningType.MAX_CALCULATION_TIME_VIOLATION
        found.append(_cut(kind, wishes.max_calculation_time, allowed.calculation))
    if wishes.max_waiting_time > allowed.waiting:
        kind = EntityWarningType.MAX_WAITING_TIME_VIOLATION
        found.append(_cut(kind, wishes.max_waiting_time, allowed.waiting))
    return found


def _cut(kind: EntityWarningType, wanted: int, allowed: int) -> EntityWarning:
    info = _("Wanted %(wanted)d s, cut to %(allowed)d s.") % {"wanted": wanted, "allowed": allowed}
    return EntityWarning(
        type=kind, info=info, entities=[EntityPath(entity_key="", entity_type=EntityType.SETTINGS)]
    )
