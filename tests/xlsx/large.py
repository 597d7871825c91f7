"""A plan of 15,001 orders, to measure with: run as a program, it prints seconds and kilobytes as JSON."""

import json
import sys
import time
from typing import Any

from planning.samples.heidelberg import heidelberg
from tests.memory import kilobytes
from tests.xlsx.same import EXAMPLES, example

ORDERS, ORDERS_IN_TRIP = 15_001, 75


def large_task() -> dict[str, Any]:
    """The sample's day, its orders and customers repeated under other keys."""
    data = heidelberg()
    orders, places = data["orders"], data["locations"]
    data["orders"] = [renamed(orders[n % len(orders)], f"-{n}") for n in range(ORDERS)]
    data["locations"] = places + [
        renamed(places[n % len(places)], f"-{n}") for n in range(ORDERS - len(places))
    ]
    return data


def renamed(item: dict[str, Any], suffix: str) -> dict[str, Any]:
    """A copy whose own key and parts have keys of their own."""
    text = json.dumps(item)
    renamed: dict[str, Any] = json.loads(text.replace(item["key"], item["key"] + suffix))
    return renamed


def large_result() -> dict[str, Any]:
    """The task with a trip for every 75 orders: states, stops and statistics of each."""
    data = large_task()
    printed = example(EXAMPLES / "plan.result.json")
    trip, figures = printed["trips"][0], printed["statistics"]["trips_statistics"][0]
    keys = [f"trip-{number}" for number in range(ORDERS // ORDERS_IN_TRIP)]
    stop = figures["stop_statistics"][1]
    states = [state for _ in range(ORDERS_IN_TRIP) for state in trip["states"][:6]]
    data["trips"] = [{**trip, "key": key, "states": states} for key in keys]
    stops = [stop] * ORDERS_IN_TRIP
    data["statistics"] = printed["statistics"] | {
        "trips_statistics": [{**figures, "trip_key": key, "stop_statistics": stops} for key in keys]
    }
    return data


def measure(data: dict[str, Any]) -> dict[str, float]:
    """Seconds of writing and reading, the greatest memory in kilobytes, findings."""
    from planning.xlsx import read_workbook, write_workbook

    begin = time.monotonic()
    book = write_workbook(data, 2)
    written = time.monotonic()
    data.clear()
    reading = read_workbook(book)
    read = time.monotonic()
    return {
        "export": written - begin,
        "import": read - written,
        "kilobytes": kilobytes(),
        "findings": len(reading.findings),
        "orders": len(reading.data["orders"]),
        "states": sum(len(trip["states"]) for trip in reading.data.get("trips", ())),
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure(large_result() if sys.argv[1:] == ["result"] else large_task())))
