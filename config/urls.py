"""Addresses: pages at the root, the two APIs, the admin."""

from django.contrib import admin
from django.urls import include, path

from planning.urls import common_urls
from solver.contract import Service

urlpatterns = [
    path("universal/", include("planning.urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("audit.urls")),
    path("account/", include(common_urls(Service.ACCOUNT))),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("planning.web.urls")),
]
handler400 = "config.errors.refused"
handler404 = "config.errors.not_found"
handler500 = "config.errors.failed"
