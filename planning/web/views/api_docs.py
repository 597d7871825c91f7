"""The API's documentation: pages for people, OpenAPI documents for programs. Open to anybody."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from planning import documents, openapi
from solver.contract import Service

SERVICES = {"universal": Service.UNIVERSAL, "account": Service.ACCOUNT}


@require_safe
def api_docs(request: HttpRequest, name: str = "universal") -> HttpResponse:
    """Show the documentation of a service."""
    tabs = [(other, other.title()) for other in SERVICES]
    context = documents.contents(named(name), get_language() or "en")
    return render(request, "api/docs.html", {**context, "name": name, "services": tabs})


@require_safe
def api_docs_json(request: HttpRequest, name: str) -> HttpResponse:
    """Give the OpenAPI document of a service."""
    return JsonResponse(openapi.document(named(name), get_language() or "en"))


def named(name: str) -> Service:
    """Return a service by its name in the address.

    Raises
    ------
    Http404
    """
    if name not in SERVICES:
        raise Http404(name)
    return SERVICES[name]
