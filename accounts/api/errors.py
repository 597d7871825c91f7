"""Every error of the API as the contract's body for its code, with tracedata and no internals."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from accounts.refusal import OverQuota, Refused
from accounts.trace import Trace
from solver.contract import (
    Custom400WithErrorsAndWarnings,
    General400,
    General404,
    General404Detail,
    General500,
    Service,
)

logger = logging.getLogger(__name__)


def answer_error(error: Exception, context: Mapping[str, Any]) -> Response:
    """Return the answer to whatever a view raised; JSON, also where a result would be something else."""
    trace: Trace = context["view"].trace
    body, code, headers = described(error, trace)
    return Response(body, status=code, headers=headers, content_type="application/json")


def described(error: Exception, trace: Trace) -> tuple[Any, int, dict[str, str]]:
    """Return body, code and headers of the answer to an error."""
    if isinstance(error, OverQuota):
        return message(error.message, trace), status.HTTP_402_PAYMENT_REQUIRED, {}
    if isinstance(error, Refused):
        return refusal(error, trace), status.HTTP_400_BAD_REQUEST, {}
    if isinstance(error, Http404 | exceptions.NotFound):
        return not_found(str(error), trace), status.HTTP_404_NOT_FOUND, {}
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return message(str(error.detail), trace), error.status_code, headers_of(error)
    logger.error("%s failed, process %s", trace.operation, trace.process_code, exc_info=error)
    return message(_("The service failed."), trace), status.HTTP_500_INTERNAL_SERVER_ERROR, {}


def refusal(error: Refused, trace: Trace) -> General400 | Custom400WithErrorsAndWarnings:
    """Return the body that lists everything that is wrong with an input."""
    if trace.service == Service.ACCOUNT:
        return General400(tracedata=trace.tracedata, message=error.message, schema_errors=error.schema_errors)
    return Custom400WithErrorsAndWarnings(
        tracedata=trace.tracedata,
        message=error.message,
        schema_errors=error.schema_errors,
        logical_errors=error.logical_errors,
        warnings=error.warnings,
    )


def not_found(resource_key: str, trace: Trace) -> General404:
    """Return the body for what is unknown, has expired or is somebody else's."""
    return General404(resource_key=resource_key, detail=General404Detail(tracedata=trace.tracedata))


def message(text: str, trace: Trace) -> General500:
    """Return the body of tracedata and a sentence; the contract has one shape for all of these codes."""
    return General500(tracedata=trace.tracedata, message=text)


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    """Return what a client is told beside the body: how to authenticate, when to come again."""
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers
