"""Addresses of the universal service, and those both services have."""

from django.urls import URLPattern, path

from planning.api.convert import Definition, JsonToThrift, JsonToXlsx, XlsxToJson
from planning.api.statistics import Statistics
from planning.api.system import Check, File, Version
from planning.api.validation import Refine, Validation
from planning.api.views import (
    Analytics,
    CalculationAsync,
    CalculationCancel,
    CalculationSync,
    Result,
    State,
)
from planning.intake import TASKS
from planning.models import Calculation
from solver.contract import Service


def calculation_urls(kind: Calculation.Kind) -> list[URLPattern]:
    """Return the operations on calculations of one kind, and on their tasks."""
    task = TASKS[kind]
    one = f"{kind}/%s/<str:process_code>"
    return [
        path(
            f"{kind}/calculation",
            CalculationSync.as_view(kind=kind, accepts=task, operations={"POST": f"run_{kind}_calculation"}),
        ),
        path(
            f"{kind}/calculation-async",
            CalculationAsync.as_view(
                kind=kind, accepts=task, operations={"POST": f"run_{kind}_calculation_async"}
            ),
        ),
        path(
            one % "calculation-async",
            CalculationCancel.as_view(kind=kind, operations={"DELETE": f"cancel_{kind}_calculation"}),
        ),
        path(
            f"{kind}/validation",
            Validation.as_view(kind=kind, accepts=task, operations={"POST": f"run_{kind}_validation"}),
        ),
        path(
            f"{kind}/refine",
            Refine.as_view(kind=kind, accepts=task, operations={"POST": f"run_{kind}_refine"}),
        ),
        path(one % "state", State.as_view(kind=kind, operations={"GET": f"read_{kind}_state"})),
        path(
            one % "result",
            Result.as_view(
                kind=kind,
                operations={"GET": f"read_{kind}_result", "DELETE": f"delete_{kind}_result"},
            ),
        ),
        path(
            one % "analytics",
            Analytics.as_view(kind=kind, operations={"GET": f"read_{kind}_analytics"}),
        ),
    ]


def common_urls(service: Service) -> list[URLPattern]:
    """Return the operations every service has."""
    return [
        path("system/check", Check.as_view(service=service)),
        path("system/version", Version.as_view(service=service)),
        path("file/<str:filename>", File.as_view(service=service)),
    ]


urlpatterns = [
    *(address for kind in Calculation.Kind for address in calculation_urls(kind)),
    path("plan/statistics", Statistics.as_view()),
    path("convert/json-to-xlsx", JsonToXlsx.as_view()),
    path("convert/xlsx-to-json", XlsxToJson.as_view()),
    path("convert/json-to-thrift", JsonToThrift.as_view()),
    path("file/universal.thrift", Definition.as_view()),
    *common_urls(Service.UNIVERSAL),
]
