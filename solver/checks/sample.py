"""A smallest valid task, which the examples of errors and warnings change in one place."""

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

DAY = {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T18:00:00Z"}

SAMPLE: dict[str, Any] = {
    "locations": [
        {"key": "depot", "geopoint": {"latitude": 49.4, "longitude": 8.67}},
        {"key": "client", "geopoint": {"latitude": 49.41, "longitude": 8.71}},
    ],
    "orders": [
        {
            "key": "order_1",
            "cargos": [{"key": "cargo_1", "capacity": {"mass": 5}}],
            "demands": [
                {
                    "key": "pickup_1",
                    "demand_type": "PICKUP",
                    "target_cargos": ["cargo_1"],
                    "possible_events": [
                        {"key": "event_1", "location_key": "depot", "hard_time_window": DAY},
                    ],
                },
                {
                    "key": "drop_1",
                    "demand_type": "DROP",
                    "target_cargos": ["cargo_1"],
                    "possible_events": [
                        {
                            "key": "event_1",
                            "location_key": "client",
                            "duration": "PT10M",
                            "hard_time_window": DAY,
                        },
                    ],
                },
            ],
        },
    ],
    "performers": [
        {
            "key": "performer_1",
            "shifts": [{"key": "performer_shift_1", "availability_time": DAY, "working_time": DAY}],
        },
    ],
    "transports": [
        {
            "key": "transport_1",
            "shifts": [{"key": "transport_shift_1", "availability_time": DAY}],
            "boxes": [{"key": "box_1", "capacity": {"mass": 10}}],
        },
    ],
}


def changed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The sample with values put in at their paths; the place behind a list's end is a new item."""
    task = json.loads(json.dumps(SAMPLE))
    for path, value in changes.items():
        steps = [int(step) if step.isdigit() else step for step in re.split(r"[.\[\]]+", path) if step]
        place = task
        for step in steps[:-1]:
            place = place[step] if isinstance(step, int) else place.setdefault(step, {})
        if isinstance(place, list) and steps[-1] == len(place):
            place.append(copy.deepcopy(value))
        else:
            place[steps[-1]] = copy.deepcopy(value)
    return dict(task)
