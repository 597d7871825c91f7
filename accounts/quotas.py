"""What a user may spend: his own quota, else his company's, else the installation's (AC3)."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import COUNTED, CompanyQuota, Quota, User, UserQuota
from solver.contract import ProcessQuota, ProcessType, QuotaBase, QuotasResult, Service, ServiceQuota


@dataclass(frozen=True, slots=True)
class Limits:
    """What a user may spend on one service and process type.

    Attributes
    ----------
    points_per_request, points_per_day
        Points, which are demands.
    max_concurrent_execution
        Calculations that run at the same time; more of them wait in line (E6).
    """

    points_per_request: int
    points_per_day: int
    max_concurrent_execution: int

    def allow(self, points: int) -> bool:
        """Whether a request of so many points could be accepted on a day without any other."""
        return self.max_concurrent_execution > 0 and points <= min(
            self.points_per_request, self.points_per_day
        )


def limits(user: User, service: Service, process_type: ProcessType) -> Limits:
    """Return what a user may spend on processes of one type."""
    found: Quota | None = UserQuota.objects.filter(
        user=user, service=service, process_type=process_type
    ).first()
    if found is None:
        found = CompanyQuota.objects.filter(
            company=user.company_id, service=service, process_type=process_type
        ).first()
    return _of_row(found) if found else default()


def default() -> Limits:
    """Return what applies where neither a user nor his company has a quota."""
    allowed = settings.ENVIRONMENT
    return Limits(
        allowed.quota_points_per_request, allowed.quota_points_per_day, allowed.quota_concurrent_execution
    )


def described(user: User) -> QuotasResult:
    """Return all quotas of a user as the contract's object."""
    processes = []
    for process_type in COUNTED:
        allowed = limits(user, Service.UNIVERSAL, process_type)
        processes.append(
            ProcessQuota(
                process_type=process_type,
                points_per_request=allowed.points_per_request,
                points_per_day=allowed.points_per_day,
                max_concurrent_execution=allowed.max_concurrent_execution,
            )
        )
    return QuotasResult(
        base=QuotaBase(services=[ServiceQuota(service=Service.UNIVERSAL, processes=processes)])
    )


def _of_row(row: Quota) -> Limits:
    return Limits(row.points_per_request, row.points_per_day, row.max_concurrent_execution)
