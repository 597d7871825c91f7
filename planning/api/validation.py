"""Operations that look at a task and keep nothing: what is wrong with it, and what of it would be planned."""

from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import Operation, body
from accounts.refusal import Refused
from planning import clock, intake
from planning.models import Calculation
from solver.contract import PlanTask, ProcessType, RefineResult, SchemaError, ValidateResult

YES_OR_NO = {"true": True, "false": False, "1": True, "0": False}


class OfTask(Operation):
    """An operation on tasks of one kind; ``accepts`` says which."""

    kind: ClassVar[Calculation.Kind] = Calculation.Kind.PLAN
    process_type = ProcessType.VALIDATE


class Validation(OfTask):
    """Checks a task (V3)."""

    summaries = {"POST": gettext_lazy("What is wrong with a task, without planning it.")}
    accepts, answers = PlanTask, ValidateResult

    def post(self, request: Request) -> Response:
        """Answer with the warnings a calculation of the same body would begin with."""
        _task, found = intake.read_checked(intake.TASKS[self.kind], body(request))
        return Response(ValidateResult(tracedata=self.trace.tracedata, warnings=found.warnings))


class Refine(OfTask):
    """Cuts what cannot be planned (V1, V2); trips that go on become hardlinks of a plan task (Q11)."""

    summaries = {"POST": gettext_lazy("The task that would be planned, and what is cut from it.")}
    accepts, answers = PlanTask, RefineResult

    def post(self, request: Request) -> Response:
        """Answer with the refined task.

        Raises
        ------
        Refused
            Nothing would be left to plan; the warnings say why.
        """
        remove_locations = yes_or_no(request, "remove_locations")
        task, found = intake.read_checked(intake.TASKS[self.kind], body(request))
        refined = intake.refined(task, found, remove_locations=remove_locations, now=clock.now())
        if refined.is_empty:
            raise Refused(_("Nothing is left to plan."), warnings=refined.warnings)
        return Response(
            RefineResult(
                tracedata=self.trace.tracedata,
                plan_task=refined.task,
                warnings=refined.warnings,
                removed_items=refined.removed,
            )
        )


def yes_or_no(request: Request, name: str) -> bool:
    """Return a switch of the address; off where it is not given.

    Raises
    ------
    Refused
    """
    given = request.query_params.get(name, "false")
    found = YES_OR_NO.get(given.lower())
    if found is None:
        wrong = SchemaError(entity=name, message=f"wanted true or false, came {given[:60]!r}")
        raise Refused(_("The address does not keep the contract."), schema_errors=[wrong])
    return found
