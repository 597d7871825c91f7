"""Operations that anybody may ask: health, version, documents."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.answers import HtmlAnswer, JsonAnswer, TextAnswer
from accounts.api.views import Open
from planning import documents, health
from solver.contract import CheckResult, VersionResult

MAJOR, MINOR = 7, 23
"""Version of the contract that is spoken."""


class Check(Open):
    """Tells how healthy the service is."""

    operations = {"GET": "check"}
    summaries = {"GET": gettext_lazy("How healthy the service is: 0 is down, 1 is all right.")}
    answers = CheckResult

    def get(self, request: Request) -> Response:
        """Answer with 0 (down) to 1 (everything works)."""
        return Response(CheckResult(health=health.measure()))


class Version(Open):
    """Tells the version."""

    operations = {"GET": "version"}
    summaries = {"GET": gettext_lazy("The version of the contract, and our own as the build.")}
    answers = VersionResult

    def get(self, request: Request) -> Response:
        """Answer with the contract's version and, as the build, ours."""
        return Response(VersionResult(major=MAJOR, minor=MINOR, build=settings.VERSION))


class File(Open):
    """Gives a document of the service."""

    operations = {"GET": "file"}
    summaries = {"GET": gettext_lazy("A document of the service, such as this one.")}
    answers = str
    renderer_classes = (HtmlAnswer, TextAnswer, JsonAnswer)

    def get(self, request: Request, filename: str) -> HttpResponse:
        """Answer with the document as HTML.

        Raises
        ------
        NotFound
        """
        page = documents.page(self.service, filename)
        if page is None:
            raise NotFound(filename)
        return HttpResponse(page)
