"""Why orders are not planned, place by place, for the page that tells it (U2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import solver
from accounts.language import language
from planning.web.results import PlanView, TripView, UnplannedOrder
from solver.contract import Added, Placement, PlacementKind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A trip or vehicle that an order was tried on.

    Attributes
    ----------
    trip
        None for a vehicle.
    driver, vehicle
        Names.
    unused
        Whether the vehicle has no trip.
    told
        What is in the way there, or that it fits.
    fits
        Nothing is in the way.
    added
        What the order would add there.
    """

    trip: TripView | None
    driver: str
    vehicle: str
    unused: bool
    told: str
    fits: bool
    added: Added | None


@dataclass(frozen=True, slots=True)
class WhyRow:
    """An order left out, and the places where it would fit best; none where its reasons were not kept."""

    order: UnplannedOrder
    places: tuple[PlaceRow, ...]


def rows(view: PlanView, orders: Iterable[UnplannedOrder]) -> list[WhyRow]:
    """Return what is told of orders, in the reader's language."""
    trips = {trip.key: trip for trip in view.trips}
    return [WhyRow(order, tuple(_places(view, trips, order))) for order in orders]


def _places(view: PlanView, trips: dict[str, TripView], order: UnplannedOrder) -> Iterable[PlaceRow]:
    kept = view.why.get(order.key)
    if kept is None:
        return
    why = solver.retold(kept, language())
    for place in [*why.trips, *filter(None, [why.vehicle])]:
        yield _row(view, trips.get(place.trip_key or ""), place)


def _row(view: PlanView, trip: TripView | None, place: Placement) -> PlaceRow:
    catalog = view.catalog
    return PlaceRow(
        trip=trip,
        driver=catalog.performer_name(place.performer_key),
        vehicle=catalog.transport_name(place.transport_key),
        unused=place.kind is PlacementKind.UNUSED_VEHICLE,
        told=place.info,
        fits=not place.obstacles,
        added=place.added,
    )
