"""Addresses of the pages."""

from django.urls import path

from planning.web.views import account, api_docs, compare, data, downloads, plan, start, trips

app_name = "web"
urlpatterns = [
    path("", start.home, name="home"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("me/", account.me, name="me"),
    path("theme/", account.theme, name="theme"),
    path("api/docs/", api_docs.api_docs, name="api-docs"),
    path("api/docs/<str:name>/", api_docs.api_docs, name="api-docs-of"),
    path("api/docs/<str:name>.json", api_docs.api_docs_json, name="api-docs-json"),
    path("health/", start.health, name="health"),
    path("compare/", compare.compare, name="compare"),
    path("samples/<str:name>", start.sample_file, name="sample-file"),
    path("processes/<uuid:code>/keep/", start.keep, name="keep"),
    path("plans/", start.plans, name="plans"),
    path("plans/new/", start.new, name="new"),
    path("plans/sample/", start.sample, name="sample"),
    path("plans/<uuid:key>/", plan.plan, name="plan"),
    path("plans/<uuid:key>/row/", start.row, name="row"),
    path("plans/<uuid:key>/progress/", plan.progress, name="progress"),
    path("plans/<uuid:key>/run/", plan.run, name="run"),
    path("plans/<uuid:key>/stop/", plan.stop, name="stop"),
    path("plans/<uuid:key>/rename/", plan.rename, name="rename"),
    path("plans/<uuid:key>/duplicate/", plan.duplicate, name="duplicate"),
    path("plans/<uuid:key>/delete/", plan.delete, name="delete"),
    path("plans/<uuid:key>/settings/", plan.settings, name="settings"),
    path("plans/<uuid:key>/result.json", downloads.result_json, name="result-json"),
    path("plans/<uuid:key>/task.json", downloads.task_json, name="task-json"),
    path("plans/<uuid:key>/refined.json", downloads.refined_json, name="refined-json"),
    path("plans/<uuid:key>/plan.xlsx", downloads.workbook, name="workbook"),
    path("plans/<uuid:key>/map/", trips.map_page, name="map"),
    path("plans/<uuid:key>/map.json", trips.map_json, name="map-json"),
    path("plans/<uuid:key>/gantt/", trips.gantt, name="gantt"),
    path("plans/<uuid:key>/unplanned/", trips.unplanned, name="unplanned"),
    path("plans/<uuid:key>/print/", trips.route_sheets, name="print"),
    path("plans/<uuid:key>/trips/<int:number>/", trips.trip, name="trip"),
    path("plans/<uuid:key>/trips/<int:number>/stops/", trips.trip_stops, name="trip-stops"),
    path("plans/<uuid:key>/trips/<int:number>/<int:stop>/", trips.stop_panel, name="stop-panel"),
    path("plans/<uuid:key>/data/", data.table, name="data"),
    path("plans/<uuid:key>/data/<str:entity>/", data.table, name="data-table"),
]
