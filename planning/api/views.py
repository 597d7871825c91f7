"""Operations on calculations: start, wait for, ask about, read, stop and remove one."""

import re
import time
import zlib
from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import Operation, body
from accounts.trace import Trace
from audit import blobs
from planning import calculations, results
from planning.models import Calculation
from solver.contract import (
    CalculationAsyncResult,
    CalculationState,
    PlanAnalytics,
    PlanResult,
    PlanTask,
    ProcessType,
)

Status = Calculation.Status
NO_PLAN_OF_ITS_OWN_WILL = 299
ACCEPTS_GZIP = re.compile(r"\bgzip\b")

waiting_rooms = BoundedSemaphore(settings.ENVIRONMENT.sync_at_once)
"""Requests that wait for a calculation hold a thread each; the others are for everything else."""


def http_status(calculation: Calculation) -> int:
    """Return the code of a state or result (table H)."""
    if calculation.is_active:
        return status.HTTP_202_ACCEPTED
    return status.HTTP_200_OK if calculation.is_finished else NO_PLAN_OF_ITS_OWN_WILL


class NotCalculated(APIException):
    """A synchronous calculation that ended without a result."""

    CODES: ClassVar[dict[str, int]] = {
        Status.FAILED: status.HTTP_500_INTERNAL_SERVER_ERROR,
        Status.CANCELED_BY_TIMEOUT: status.HTTP_503_SERVICE_UNAVAILABLE,
        Status.CANCELED_BY_QUOTA: status.HTTP_402_PAYMENT_REQUIRED,
    }

    def __init__(self, calculation: Calculation) -> None:
        super().__init__(calculation.message)
        self.status_code = self.CODES[calculation.status]


Stream = Callable[[Calculation, Trace], Iterator[bytes]]
"""Opens something stored of a calculation as an answer to a request."""


class OfCalculation(Operation):
    """An operation on calculations of one kind."""

    kind: ClassVar[Calculation.Kind] = Calculation.Kind.PLAN
    process_type = ProcessType.PLAN

    def found(self, process_code: str) -> Calculation:
        """Return the user's calculation, and join the request to its process.

        Raises
        ------
        NotFound
            It is unknown, of another kind, has expired, or is somebody else's.
        """
        try:
            calculation = calculations.of_api(self.user, UUID(process_code), self.kind)
        except ValueError:
            calculation = None
        if calculation is None:
            raise NotFound(process_code)
        self.trace.joins(calculation.pk)
        return calculation

    def result(self, request: Request, calculation: Calculation, code: int) -> StreamingHttpResponse:
        """Stream the result of this moment, zipped where the client takes it."""
        return self.streamed(request, calculation, code, results.stream)

    def streamed(
        self, request: Request, calculation: Calculation, code: int, stream: Stream
    ) -> StreamingHttpResponse:
        """Stream what is stored of a calculation at this moment, zipped where the client takes it."""
        try:
            pieces = stream(calculation, self.trace)
        except Calculation.DoesNotExist:
            raise NotFound(str(calculation.pk)) from None
        zipped = ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = StreamingHttpResponse(
            gzipped(pieces) if zipped else pieces, status=code, content_type="application/json"
        )
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Zip a stream as fast as zlib can."""
    zipper = zlib.compressobj(blobs.LEVEL, wbits=31)
    for piece in pieces:
        if ready := zipper.compress(piece):
            yield ready
    yield zipper.flush()


class CalculationAsync(OfCalculation):
    """Starts a calculation."""

    summaries = {"POST": gettext_lazy("Start a calculation; the answer names its process code.")}
    accepts, answers = PlanTask, CalculationAsyncResult

    def post(self, request: Request) -> Response:
        """Answer with the process code once the task is checked and stored (E1)."""
        calculation = calculations.submit(self.user, body(request), kind=self.kind, trace=self.trace)
        return Response(CalculationAsyncResult(tracedata=self.trace.tracedata, process_code=calculation.pk))


class CalculationSync(OfCalculation):
    """Starts a calculation and waits for it (E1)."""

    summaries = {"POST": gettext_lazy("Start a calculation and wait for its result; for small tasks.")}
    accepts, answers = PlanTask, PlanResult

    PAUSES = (0.05, 1.0)

    def post(self, request: Request) -> StreamingHttpResponse:
        """Answer with the plan.

        Raises
        ------
        Throttled
            Too many requests wait already.
        NotCalculated
        """
        if not waiting_rooms.acquire(blocking=False):
            raise Throttled(wait=5)
        try:
            calculation = calculations.submit(
                self.user, body(request), kind=self.kind, trace=self.trace, sync=True
            )
            self._wait(calculation)
        finally:
            waiting_rooms.release()
        if calculation.status in NotCalculated.CODES:
            raise NotCalculated(calculation)
        return self.result(request, calculation, status.HTTP_200_OK)

    def _wait(self, calculation: Calculation) -> None:
        """Look until it is done; sweeps see to it that no calculation stays undone."""
        pause, longest = self.PAUSES
        while calculation.is_active:
            time.sleep(pause)
            pause = min(2 * pause, longest)
            try:
                calculation.refresh_from_db()
            except Calculation.DoesNotExist:
                raise NotFound(str(calculation.pk)) from None


class CalculationCancel(OfCalculation):
    """Stops a calculation."""

    summaries = {"DELETE": gettext_lazy("Stop a calculation and keep the best result found.")}

    def delete(self, request: Request, process_code: str) -> Response:
        """Answer with nothing; a calculation that is done stays as it is."""
        calculations.cancel(self.found(process_code), self.trace)
        return Response(status=status.HTTP_204_NO_CONTENT)


class State(OfCalculation):
    """Tells where a calculation stands."""

    summaries = {"GET": gettext_lazy("Progress and status of a calculation.")}
    answers = CalculationState
    codes = {"GET": (200, 202, NO_PLAN_OF_ITS_OWN_WILL)}

    def get(self, request: Request, process_code: str) -> Response:
        """Answer with progress and status."""
        calculation = self.found(process_code)
        state = CalculationState(
            tracedata=self.trace.tracedata,
            calculation_progress=calculation.progress,
            calculation_info=calculations.info(calculation),
        )
        return Response(state, status=http_status(calculation))


class Result(OfCalculation):
    """Gives or removes the result of a calculation."""

    summaries = {
        "GET": gettext_lazy("The result; while the calculation runs, the best one so far."),
        "DELETE": gettext_lazy("Remove the result; a calculation that still runs is stopped first."),
    }
    answers = PlanResult
    codes = {"GET": (200, 202, NO_PLAN_OF_ITS_OWN_WILL)}

    def get(self, request: Request, process_code: str) -> StreamingHttpResponse:
        """Answer with the plan, while it runs with the best one so far."""
        calculation = self.found(process_code)
        return self.result(request, calculation, http_status(calculation))

    def delete(self, request: Request, process_code: str) -> Response:
        """Answer with nothing; the result is gone, and what still ran is stopped."""
        calculations.withdraw(self.found(process_code), self.trace)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Analytics(OfCalculation):
    """Tells why orders are not planned, in full (U2)."""

    summaries = {"GET": gettext_lazy("Why orders are not planned: what is in their way, trip by trip.")}
    answers = PlanAnalytics
    codes = {"GET": (200, 202, NO_PLAN_OF_ITS_OWN_WILL)}

    def get(self, request: Request, process_code: str) -> StreamingHttpResponse:
        """Answer with the reasons, while it runs with those of the best plan so far."""
        calculation = self.found(process_code)
        return self.streamed(request, calculation, http_status(calculation), results.stream_reasons)
