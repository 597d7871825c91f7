"""The operation that tells the figures of given trips."""

from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

import solver
from accounts.api.views import Operation, body
from audit import journal
from planning import intake, points, results
from solver.contract import CalculationInfo, CalculationStatus, PlanResult, ProcessType, StatisticsTask


class Statistics(Operation):
    """Works out figures of trips as they are (Q12)."""

    operations = {"POST": "generate_plan_statistics"}
    process_type = ProcessType.VALIDATE
    summaries = {"POST": gettext_lazy("Figures of given trips, and the rules they break; nothing is moved.")}
    accepts, answers = StatisticsTask, PlanResult

    def post(self, request: Request) -> Response:
        """Answer with the trips as they came, their statistics, and broken rules as warnings."""
        task, _found = intake.read_checked(StatisticsTask, body(request))
        appraisal = solver.appraise(task)
        planned = results.planned_demands(appraisal.statistics)
        journal.accept(self.trace, points.of_task(task), planned)
        return Response(
            PlanResult(
                tracedata=self.trace.tracedata,
                trips=task.trips,
                statistics=appraisal.statistics,
                warnings=appraisal.warnings,
                unplanned_items=appraisal.unplanned,
                calculation_progress=100,
                calculation_info=CalculationInfo(
                    status=CalculationStatus.FINISHED_IN_TIME,
                    result_version=1,
                    preparing_time=0,
                    business_validation_time=0,
                    math_validation_time=0,
                    waiting_time=0,
                    calculation_time=0,
                ),
            )
        )
