"""Where a calculation stands, in the contract's words."""

from datetime import datetime, timedelta

from django.utils import timezone

from planning.models import Calculation
from solver.contract import CalculationInfo, CalculationStatus


def info(calculation: Calculation, now: datetime | None = None) -> CalculationInfo:
    """Return status, message (in the reader's language), version and times of a calculation at a moment."""
    now = now or timezone.now()
    started, ended = calculation.started_at, calculation.finished_at
    waited = (started or ended or now) - calculation.created_at
    ran = (ended or now) - started if started else timedelta()
    spent = calculation.timings
    return CalculationInfo(
        status=CalculationStatus(calculation.status),
        message=calculation.reason or None,
        result_version=calculation.result_version,
        preparing_time=round(spent.get("preparing", 0)),
        business_validation_time=round(spent.get("business_validation", 0)),
        math_validation_time=round(spent.get("math_validation", 0)),
        waiting_time=round(waited.total_seconds()),
        calculation_time=round(spent.get("calculation", ran.total_seconds())),
    )
