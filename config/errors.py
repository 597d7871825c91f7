"""Errors outside every view: JSON with tracedata under the APIs' addresses, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import defaults

from accounts.api import errors
from accounts.trace import Trace
from solver.contract import Service, write

SERVICES = {"/universal/": Service.UNIVERSAL, "/account/": Service.ACCOUNT}


def trace_of(request: HttpRequest) -> Trace | None:
    """Return the trace of a request to an API that no operation answered; None for any other address."""
    for prefix, service in SERVICES.items():
        if request.path.startswith(prefix):
            return Trace(service, "unknown")
    return None


def refused(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer to a request that is wrong as such, for example in the name of the host."""
    if trace := trace_of(request):
        body = write(errors.message(_("The request is not accepted."), trace))
        return HttpResponse(body, status=400, content_type="application/json")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer to an address that does not exist."""
    if trace := trace_of(request):
        body = write(errors.not_found(request.path, trace))
        return HttpResponse(body, status=404, content_type="application/json")
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """Answer to a failure outside the API's own handling; the log has the reason."""
    if trace := trace_of(request):
        body = write(errors.message(_("The service failed."), trace))
        return HttpResponse(body, status=500, content_type="application/json")
    return defaults.server_error(request)
