"""Addresses of the account service about what the audit holds."""

from django.urls import path

from audit.api.views import Audit, Data, Report, Statistics

urlpatterns = [
    path("audit", Audit.as_view()),
    path("data/<str:process_code>", Data.as_view()),
    path("statistics", Statistics.as_view()),
    path("report", Report.as_view()),
]
