"""Plans to show: the documents' example with names, a late stop, an unplanned order, any number of trips."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from audit import blobs
from planning import datasets
from planning.models import Calculation, Dataset
from planning.results import reasons_stem
from solver import retold
from solver.contract import (
    Added,
    EntityPath,
    EntityType,
    EntityWarningType,
    Obstacle,
    ObstacleType,
    Placement,
    PlacementKind,
    PlanTask,
    TimeWindow,
    Trip,
    UnplannedOrder,
    read_object,
    write,
)
from solver.report import statistics
from tests.shared import ROOT

EXAMPLES = ROOT / "tests" / "data" / "contract" / "examples"
METRES = {"05:00:00": 6164, "05:10:00": 6164, "05:13:23": 7349, "05:28:23": 7349, "05:30:11": 7980}
"""The document's distances by time of day; its printed states carry none."""

HORIZON = read_object(TimeWindow, {"from": "2025-09-07T21:00:00Z", "to": "2025-09-08T20:59:59Z"})
REASON = "Every trip that could carry this order is full."


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_bytes())


def task_of(copies: int = 1, name: str = "Tokyo morning") -> dict[str, Any]:
    """The example's task, its orders, driver and vehicle as often as wanted, and one order nobody takes."""
    task: dict[str, Any] = example("plan.request")
    for kind in ("orders", "performers", "transports"):
        task[kind] = [renamed(item, copy) for copy in range(copies) for item in task[kind]]
    left_out = renamed(task["orders"][2], 999)
    left_out["name"] = "Fragile & <large>"
    task["orders"].append(left_out)
    task["performers"][0]["name"] = "Мария"
    task["locations"][3]["name"] = "Storage"
    event = task["orders"][1]["demands"][0]["possible_events"][0]
    event["soft_time_window"] = {"from": "2025-09-08T05:00:00Z", "to": "2025-09-08T05:05:00Z"}
    task["plan_settings"]["calculation_settings"] = {"result_timezone": 9, "max_calculation_time": "PT1M"}
    task["dataset_name"] = name
    return task


def renamed(item: Any, copy: int) -> Any:
    """The same object with keys of its own, places apart."""
    if copy == 0:
        return item
    text = json.dumps(item)
    for stem in ("order_", "demand_", "performer_", "transport_", "box_"):
        text = text.replace(f'"{stem}', f'"c{copy}_{stem}')
    for word in (
        "demand_type",
        "transport_type",
        "order_key",
        "demand_key",
        "performer_key",
        "transport_key",
    ):
        text = text.replace(f'"c{copy}_{word}"', f'"{word}"')
    return json.loads(text.replace(f'"c{copy}_box_key"', '"box_key"'))


def result_of(task: dict[str, Any], copies: int = 1) -> dict[str, Any]:
    """The example's trip as often, with figures by the product's own statistics."""
    trip = example("plan.result")["trips"][0]
    for state in trip["states"]:
        state["distance"] = METRES.get(state["time"][11:19], 0 if state["time"] < "2025-09-08T05" else 7980)
    trips = []
    for copy in range(copies):
        other = renamed(trip, copy)
        other |= {"key": f"{uuid.UUID(int=copy)}-{copy}", "name": f"{copy + 1}-HVFB"}
        trips.append(other)
    typed = read_object(PlanTask, task)
    figures = statistics(typed, [read_object(Trip, item) for item in trips], HORIZON)
    left_out = [task["orders"][-1]["key"]]
    path = {"entity_key": left_out[0], "entity_type": "ORDER"}
    return {
        "trips": trips,
        "statistics": json.loads(write(figures)),
        "warnings": [{"type": "NO_AVAILABLE_PERFORMER", "info": REASON, "entities": [path]}],
        "unplanned_items": {"order_keys": left_out, "order_keys_count": 1},
    }


def reasons_of(result: dict[str, Any]) -> list[UnplannedOrder]:
    """What is in the way of the order nobody takes: the trip is full, another driver is too late."""
    trip, order = result["trips"][0], result["unplanned_items"]["order_keys"][0]
    demand = EntityPath(entity_key="demand_3", entity_type=EntityType.DEMAND)
    named = {
        "performer_key": trip["performer"]["performer_key"],
        "performer_shift_key": trip["performer"]["shift_key"],
        "transport_key": trip["transport"]["transport_key"],
        "transport_shift_key": trip["transport"]["shift_key"],
        "info": "",
    }
    full = Obstacle(type=ObstacleType.CAPACITY, amount=120.0, unit="mass", info="")
    late = Obstacle(type=ObstacleType.EVENT_WINDOW, amount=720.0, unit="s", entity=demand, info="")
    added = Added(distance=4200, duration=1080, cost=31.5, reward=100.0)
    there = Placement(
        kind=PlacementKind.TRIP, trip_key=trip["key"], trip_name=trip["name"], obstacles=[full], added=added,
        **named,
    )  # fmt: skip
    alone = Placement(kind=PlacementKind.UNUSED_VEHICLE, obstacles=[late], added=added, **named)
    kind = EntityWarningType.NO_AVAILABLE_PERFORMER
    found = UnplannedOrder(order_key=order, type=kind, info="", trips=[there], vehicle=alone)
    return [retold(found, "en")]


def kept_with_reasons(name: str, result: dict[str, Any]) -> str:
    """Store a result and its reasons as a calculation does."""
    stored = blobs.save(name, json.dumps(result).encode())
    body = b'{"unplanned_orders":%s}' % write(reasons_of(result))
    blobs.save(reasons_stem(stored), body)
    return stored


def make_plan(user: User, copies: int = 1, name: str = "Tokyo morning", **columns: Any) -> Calculation:
    """A plan of a user with a finished calculation."""
    task = task_of(copies, name)
    result = result_of(task, copies)
    plan = datasets.keep(user, json.dumps(task).encode(), Dataset.Source.JSON)
    code, now, total = uuid.uuid4(), timezone.now(), result["statistics"]["total_statistics"]
    known = {
        "status": Calculation.Status.FINISHED_IN_TIME,
        "progress": 100,
        "started_at": now - timedelta(seconds=20),
        "finished_at": now,
        "created_at": now - timedelta(seconds=25),
        "figures": {
            "planned": total["plan_orders_count"],
            "unplanned": 1,
            "trips": copies,
            "distance": total["measurements"]["distance"],
            "total_time": 3468 * copies,
            "cost": total["cost"],
            "objective": [-3.0, 7980.0, 0.0],
            "names": ["planned", "metres", "penalties"],
        },
        "curve": [[0.5, 2, -2, 4000, 0], [1.0, 3, -3, 9000, 0], [4.0, 3, -3, 7980, 0]],
    }
    return Calculation.objects.create(
        process_code=code,
        user=user,
        company=user.company,
        dataset=plan,
        name=name,
        counts=plan.counts,
        settings_used={"configuration": "optimize_distance", "geo_provider": "VRT"},
        input=blobs.save(f"calculations/{code}/input.json", json.dumps(task).encode()),
        result=kept_with_reasons(f"calculations/{code}/result-1.json", result),
        result_version=1,
        max_calculation=60,
        max_waiting=60,
        result_ttl=600,
        **(known | columns),
    )
