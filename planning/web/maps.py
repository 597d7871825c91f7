"""The plan as one GeoJSON collection: a line for each trip, a point for each stop and each place left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext, ngettext

from planning.web.formats import clock
from planning.web.results import PlanView, StopView, TripView, UnplannedOrder

Feature = dict[str, Any]


def features(plan: PlanView) -> dict[str, Any]:
    """A FeatureCollection; coordinates in degrees, longitude first, rounded to about 10 cm.

    Every feature has a `kind`: `trip`, `stop`, `base` (a start or finish without a service) or `unplanned`.
    """
    found: list[Feature] = []
    for trip in plan.trips:
        found.append(_line(trip))
        found.extend(_stop(trip, stop) for stop in trip.stops)
    found.extend(_unplanned(plan))
    return {"type": "FeatureCollection", "features": found}


def _line(trip: TripView) -> Feature:
    points = [_point(stop.place.longitude, stop.place.latitude) for stop in trip.stops]
    return _feature("LineString", points, kind="trip", trip=trip.number, colour=trip.colour, dash=trip.dash)


def _stop(trip: TripView, stop: StopView) -> Feature:
    point = _point(stop.place.longitude, stop.place.latitude)
    title = f"{stop.place.name}, {clock(stop.arrival)}–{clock(stop.departure)}"
    if stop.number is None:
        return _feature("Point", point, kind="base", trip=trip.number, colour=trip.colour, title=title)
    return _feature(
        "Point",
        point,
        kind="stop",
        trip=trip.number,
        stop=stop.index,
        label=str(stop.number),
        colour=trip.colour,
        violated=stop.violated,
        title=f"{trip.number}.{stop.number} {title}",
    )


def _unplanned(plan: PlanView) -> Iterator[Feature]:
    orders: dict[tuple[float, float], list[UnplannedOrder]] = {}
    served = {stop.place.key for trip in plan.trips for stop in trip.stops}
    for order in plan.unplanned:
        # Where an order is only loaded at a depot that trips serve, its other places show it.
        places = [place for place in order.places if place.key not in served] or list(order.places)
        for place in places:
            orders.setdefault((place.longitude, place.latitude), []).append(order)
    for (longitude, latitude), here in orders.items():
        point = _point(longitude, latitude)
        title = _unplanned_title([order.name for order in here])
        yield _feature("Point", point, kind="unplanned", title=title, orders=[order.key for order in here])


def _unplanned_title(names: list[str]) -> str:
    if len(names) == 1:
        return gettext("Unplanned: %(order)s") % {"order": names[0]}
    return ngettext("%(count)d unplanned order", "%(count)d unplanned orders", len(names)) % {
        "count": len(names)
    }


def _point(longitude: float, latitude: float) -> list[float]:
    return [round(longitude, 6), round(latitude, 6)]


def _feature(geometry: str, coordinates: list[Any], **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "geometry": {"type": geometry, "coordinates": coordinates},
        "properties": properties,
    }
