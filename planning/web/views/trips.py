"""The views of a result: map, timetable, trip, route sheets, unplanned orders. All read the one PlanView."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from planning.web import gantt as axis
from planning.web import maps, shelf, why, words
from planning.web.results import PlanView, TripView, UnplannedOrder
from planning.web.views.access import SignedIn, search_text, signed_in
from planning.web.views.page import PlanPage, open_page

A_PAGE = 50
"""Orders left out on one page."""


@require_safe
@signed_in
def map_page(request: SignedIn, key: UUID) -> HttpResponse:
    """The map with the list of trips; what is ticked, the view and the open stop live in the address."""
    page = open_page(request, key)
    return render(request, "web/map.html", page.context("map")) if page.view else redirect("web:plan", key)


@require_safe
@signed_in
def map_json(request: SignedIn, key: UUID) -> JsonResponse:
    """Trips, stops and unplanned places as GeoJSON."""
    return JsonResponse(maps.features(_view(request, key)), content_type="application/geo+json")


@require_safe
@signed_in
def stop_panel(request: SignedIn, key: UUID, number: int, stop: int) -> HttpResponse:
    """Everything about one stop, for the panel on the map."""
    trip = _trip(_view(request, key), number)
    if stop >= len(trip.stops):
        raise Http404
    context = {"plan": {"pk": key}, "trip": trip, "stop": trip.stops[stop]}
    return render(request, "web/_stop_panel.html", context)


@require_safe
@signed_in
def trip_stops(request: SignedIn, key: UUID, number: int) -> HttpResponse:
    """The stops of a trip, for the list beside the map."""
    return render(request, "web/_trip_stops.html", {"trip": _trip(_view(request, key), number)})


@require_safe
@signed_in
def gantt(request: SignedIn, key: UUID) -> HttpResponse:
    """All trips on one time axis."""
    page = open_page(request, key)
    if page.view is None:
        return redirect("web:plan", key)
    context = page.context("gantt", gantt=axis.draw(page.view), zooms=axis.ZOOMS)
    return render(request, "web/gantt.html", context)


@require_safe
@signed_in
def trip(request: SignedIn, key: UUID, number: int) -> HttpResponse:
    """One trip, stop by stop."""
    page = open_page(request, key)
    found = _trip(page.view, number)
    count = len(page.view.trips) if page.view else 0
    around = {"previous": number - 1 or None, "next": number + 1 if number < count else None}
    return render(request, "web/trip.html", page.context("trip", trip=found, **around))


@require_safe
@signed_in
def route_sheets(request: SignedIn, key: UUID) -> HttpResponse:
    """Trips to print, one a page: those the address names, else all."""
    page = open_page(request, key)
    if page.view is None:
        return redirect("web:plan", key)
    return render(request, "web/print.html", page.context("print", trips=_wanted(request, page)))


@require_safe
@signed_in
def unplanned(request: SignedIn, key: UUID) -> HttpResponse:
    """Orders left out, each with its reason."""
    page = open_page(request, key)
    if page.view is None:
        return redirect("web:plan", key)
    query, kind = search_text(request), request.GET.get("kind", "")
    left_out = page.view.unplanned
    found = [order for order in left_out if _is_of(order, kind) and _matches(order, query.casefold())]
    found_page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = page.context(
        "unplanned",
        rows=why.rows(page.view, found_page.object_list),
        found=found_page,
        kinds=_kinds(left_out),
        kind=kind,
        total=len(left_out),
        query=query,
    )
    return render(request, "web/unplanned.html", context)


def _view(request: SignedIn, key: UUID) -> PlanView:
    view = shelf.view_of(shelf.row_or_404(request.user, key).calculation)
    if view is None:
        raise Http404
    return view


def _trip(view: PlanView | None, number: int) -> TripView:
    found = view.trip(number) if view else None
    if found is None:
        raise Http404
    return found


def _wanted(request: SignedIn, page: PlanPage) -> list[TripView]:
    trips = page.view.trips if page.view else ()
    if "trips" not in request.GET:
        return list(trips)
    return [trip for trip in trips if trip.number in set(page.ticked)]


def _kinds(orders: Iterable[UnplannedOrder]) -> list[tuple[str, str, int]]:
    """Kinds of reasons there are, in words, with their number of orders."""
    counts = Counter(reason.type.value for order in orders for reason in order.reasons)
    return [(value, words.of("warning", value), count) for value, count in counts.most_common()]


def _is_of(order: UnplannedOrder, kind: str) -> bool:
    return not kind or any(reason.type.value == kind for reason in order.reasons)


def _matches(order: UnplannedOrder, query: str) -> bool:
    if not query:
        return True
    texts = [order.key, order.name, *(place.name for place in order.places)]
    texts += [reason.info or words.of("warning", reason.type.value) for reason in order.reasons]
    return any(query in text.casefold() for text in texts)
