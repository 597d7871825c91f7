"""Operations on what the audit holds: processes, kept bodies, statistics, the report."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.account import OfAccount
from accounts.api.answers import BinaryAnswer, JsonAnswer
from accounts.models import User
from accounts.refusal import Refused
from audit import actions, blobs, report, statistics
from audit.usage import today
from solver.contract import (
    AccountAuditResult,
    CalculationStatus,
    FlowStage,
    FlowType,
    ProcessType,
    SchemaError,
    Service,
    UserStatistics,
    write,
)
from solver.contract.collector import collector_paused
from solver.contract.entity import Entity
from solver.contract.scalars import Day, Moment, Text, Whole


@dataclass(slots=True, kw_only=True)
class AuditParameters(Entity):
    """Period, filters, order and page of the audit."""

    offset: Annotated[int, Whole(0, 10_000_000)] = 0
    limit: Annotated[int, Whole(1, 2_001)] = 100
    start: Annotated[Moment | None, Field(alias="from")] = None
    end: Annotated[Moment | None, Field(alias="to")] = None
    service: Service | None = None
    operation: Annotated[str, Text(3, 256)] | None = None
    process_type: ProcessType | None = None
    status: CalculationStatus | None = None
    sort_field: Annotated[str, Text(1, 64)] = "time"
    sort_direction: Literal["ASC", "DESC"] = "ASC"


@dataclass(slots=True, kw_only=True)
class DataParameters(Entity):
    """Which kept body is wanted."""

    data_flow_type: FlowType = FlowType.INPUT
    data_flow_stage: FlowStage = FlowStage.RAW


@dataclass(slots=True, kw_only=True)
class DaysParameters(Entity):
    """Days and filters of statistics and of the report."""

    start: Annotated[Day | None, Field(alias="from")] = None
    end: Annotated[Day | None, Field(alias="to")] = None
    service: Service | None = None
    process_type: ProcessType | None = None


class Audit(OfAccount):
    """Lists processes with their requests (AC5)."""

    operations = {"GET": "read_audit"}
    summaries = {"GET": gettext_lazy("Processes of a period with their requests; by default of today.")}
    answers, parameters = AccountAuditResult, AuditParameters

    def get(self, request: Request) -> HttpResponse:
        """Answer with one page, and the numbers of all.

        Raises
        ------
        Refused
            Also for a field nothing can be sorted by.
        """
        asked = self.read_parameters(AuditParameters, request)
        if asked.sort_field not in actions.SORTED_BY:
            told = _("It can be sorted by %(fields)s.") % {"fields": ", ".join(actions.SORTED_BY)}
            wrong = SchemaError(entity="sort_field", message=told)
            raise Refused(_("The address does not keep the contract."), schema_errors=[wrong])
        wanted = actions.Wanted(
            start=asked.start or midnight(self.user, self.trace.time),
            end=asked.end or datetime.now(UTC),
            service=asked.service,
            operation=asked.operation,
            process_type=asked.process_type,
            status=asked.status,
            sort_field=asked.sort_field,
            descending=asked.sort_direction == "DESC",
            offset=asked.offset,
            limit=asked.limit,
        )
        with collector_paused():  # until the objects of a long page are gone again
            return HttpResponse(write(actions.listed(self.user, wanted)), content_type=JsonAnswer.media_type)


class Data(OfAccount):
    """Gives kept inputs and outputs (AC5)."""

    operations = {"GET": "read_data"}
    summaries = {"GET": gettext_lazy("The kept input or output of a process, as it came or went.")}
    answers, parameters = str, DataParameters
    renderer_classes = (BinaryAnswer, JsonAnswer)

    def get(self, request: Request, process_code: str) -> StreamingHttpResponse:
        """Answer with the bytes.

        Raises
        ------
        NotFound
            There is no such process, it is somebody else's, or nothing is kept of it any more.
        """
        asked = self.read_parameters(DataParameters, request)
        try:
            process = actions.seen(self.user, UUID(process_code))
            kept = process and (
                process.input_file if asked.data_flow_type == FlowType.INPUT else process.output_file
            )
            pieces = blobs.pieces(kept) if kept else None
        except (ValueError, FileNotFoundError):
            pieces = None
        if pieces is None:
            raise NotFound(process_code)
        return StreamingHttpResponse(pieces, content_type=BinaryAnswer.media_type)


class Statistics(OfAccount):
    """Tells what the user spent by day (AC6)."""

    operations = {"GET": "generate_statistics"}
    summaries = {"GET": gettext_lazy("What the user spent, by day; by default this month up to yesterday.")}
    answers, parameters = UserStatistics, DaysParameters

    def get(self, request: Request) -> Response:
        """Answer with every day of the period."""
        asked = self.read_parameters(DaysParameters, request)
        period = statistics.Period.asked(self.user, self.trace.time, asked.start, asked.end)
        return Response(statistics.of_user(self.user, period, asked.service, asked.process_type))


class Report(OfAccount):
    """Writes the same as a workbook, by their roles also of others (AC6)."""

    operations = {"GET": "generate_report"}
    summaries = {"GET": gettext_lazy("What was spent, by day, as an XLSX workbook.")}
    answers, parameters = str, DaysParameters
    renderer_classes = (BinaryAnswer, JsonAnswer)

    def get(self, request: Request) -> HttpResponse:
        """Answer with the file."""
        asked = self.read_parameters(DaysParameters, request)
        period = statistics.Period.asked(self.user, self.trace.time, asked.start, asked.end)
        rows = statistics.seen(self.user, statistics.counters(period, asked.service, asked.process_type))
        return HttpResponse(report.workbook(period, rows), content_type=BinaryAnswer.media_type)


def midnight(user: User, now: datetime) -> datetime:
    """Return the beginning of a moment's day in the user's time zone."""
    return datetime.combine(today(user, now), time(), timezone(timedelta(hours=user.timezone)))
