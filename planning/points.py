"""What a task asks of a quota: its demands, and the places they are at (AC3)."""

from collections.abc import Iterable
from typing import Any

from accounts.trace import Points
from audit.places import place
from planning.intake import Calculated
from solver.contract import StatisticsTask


def of_task(task: Calculated | StatisticsTask) -> Points:
    """Return the points of a task; a demand with several possible events is at the place of the first."""
    places = {
        location.key: place(location.geopoint.latitude, location.geopoint.longitude)
        for location in task.locations
    }
    named = [demand.possible_events[0].location_key for order in task.orders for demand in order.demands]
    return _points(named, places)


def of_data(data: dict[str, Any]) -> Points:
    """Return the points of any part of the model, given as JSON that keeps the contract."""
    places = {
        location["key"]: place(location["geopoint"]["latitude"], location["geopoint"]["longitude"])
        for location in data.get("locations") or []
    }
    named = [
        demand["possible_events"][0]["location_key"]
        for order in data.get("orders") or []
        for demand in order["demands"]
    ]
    return _points(named, places)


def _points(named: Iterable[str], places: dict[str, int]) -> Points:
    keys = list(named)
    return Points(len(keys), frozenset(places[key] for key in set(keys) if key in places))
