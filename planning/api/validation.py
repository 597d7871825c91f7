"""Operations that look at a task and keep nothing: what is wrong with it, and what of it would be planned."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import Operation, body
from accounts.language import language
from accounts.refusal import Refused
from audit import journal, usage
from planning import clock, intake, points
from planning.line import PROCESS, SERVICE
from planning.models import Calculation
from solver.checks.examine import quota_warning
from solver.contract import EntityWarning, PlanTask, ProcessType, RefineResult, ValidateResult
from solver.contract.entity import Entity


@dataclass(slots=True, kw_only=True)
class RefineParameters(Entity):
    """Whether places that nothing needs any more are left out too."""

    remove_locations: bool = False


class OfTask(Operation):
    """An operation on tasks of one kind; ``accepts`` says which."""

    kind: ClassVar[Calculation.Kind] = Calculation.Kind.PLAN
    process_type = ProcessType.VALIDATE

    def accepted(self, task: intake.Calculated) -> list[EntityWarning]:
        """Count the task's points; return the warning that a calculation of it would pass a quota, if so.

        Raises
        ------
        OverQuota
            The quota of validations itself is passed.
        """
        asked = points.of_task(task)
        journal.accept(self.trace, asked)
        if usage.exceeds(self.user, SERVICE, PROCESS, asked.count, self.trace.time):
            return [quota_warning(language())]
        return []


class Validation(OfTask):
    """Checks a task (V3)."""

    summaries = {"POST": gettext_lazy("What is wrong with a task, without planning it.")}
    accepts, answers = PlanTask, ValidateResult

    def post(self, request: Request) -> Response:
        """Answer with the warnings a calculation of the same body would begin with."""
        task, found = intake.read_checked(intake.TASKS[self.kind], body(request))
        told = self.accepted(task)
        warnings = [*found.warnings, *told]
        return Response(ValidateResult(tracedata=self.trace.tracedata, warnings=warnings))


class Refine(OfTask):
    """Cuts what cannot be planned (V1, V2); trips that go on become hardlinks of a plan task (Q11)."""

    summaries = {"POST": gettext_lazy("The task that would be planned, and what is cut from it.")}
    accepts, answers = PlanTask, RefineResult
    parameters = RefineParameters

    def post(self, request: Request) -> Response:
        """Answer with the refined task.

        Raises
        ------
        Refused
            Nothing would be left to plan; the warnings say why.
        """
        asked = self.read_parameters(RefineParameters, request)
        task, found = intake.read_checked(intake.TASKS[self.kind], body(request))
        told = self.accepted(task)
        refined = intake.refined(task, found, remove_locations=asked.remove_locations, now=clock.now())
        if refined.is_empty:
            raise Refused(_("Nothing is left to plan."), warnings=refined.warnings)
        return Response(
            RefineResult(
                tracedata=self.trace.tracedata,
                plan_task=refined.task,
                warnings=[*refined.warnings, *told],
                removed_items=refined.removed,
            )
        )
