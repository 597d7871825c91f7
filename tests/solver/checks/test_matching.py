"""Samples settle most of a big task; what they say is what comparing everybody with every order says."""

from random import Random
from typing import Any

import pytest

from solver.checks import check, matching
from solver.contract import PlanTask, read_object
from tests.solver.checks.test_size import order, performer, transport

IMPOSSIBLE: dict[str, Any] = {"from": "2025-09-08T01:00:00Z", "to": "2025-09-08T01:30:00Z"}


def spoilt(seed: int) -> PlanTask:
    """Many orders nobody serves, and performers and transports of no use, each for one of several reasons."""
    random = Random(seed)
    orders = [order(random, number) for number in range(200)]
    performers = [performer(random, number) for number in range(60)]
    transports = [transport(random, number) for number in range(60)]
    for number, item in enumerate(orders[::6]):
        if number % 3 == 0:
            item["compatibilities"]["performer_restrictions"] = ["nobody"]
        elif number % 3 == 1:
            item["cargos"][0]["compatibilities"]["box_restrictions"] = ["b1", "b2", "b3", "b4", "b5"]
        else:
            for event in item["demands"][1]["possible_events"]:
                event["hard_time_window"] = IMPOSSIBLE
    for item in performers[::7]:
        item["compatibilities"]["performer_features"] = ["idle"]
    for item in transports[::7]:
        item["shifts"] = [{"key": f"{item['key']}_early", "availability_time": IMPOSSIBLE}]
    for item in transports[::11]:
        for box in item["boxes"]:
            box["capacity"]["mass"] = 0.5
    places = [{"key": key, "geopoint": {"latitude": 49, "longitude": 8}}
              for key in ("depot", *(f"l{number}" for number in range(15_000)))]  # fmt: skip
    used = {event["location_key"] for item in orders for demand in item["demands"]
            for event in demand["possible_events"]}  # fmt: skip
    return read_object(PlanTask, {
        "locations": [place for place in places if place["key"] in used],
        "orders": orders, "performers": performers, "transports": transports,
    })  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_V2_samples_change_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    task = spoilt(seed)
    monkeypatch.setattr(matching, "OWNER_SAMPLES", ())
    monkeypatch.setattr(matching, "ORDER_SAMPLES", ())
    everybody = check(task)
    monkeypatch.setattr(matching, "OWNER_SAMPLES", (2, 8))
    monkeypatch.setattr(matching, "ORDER_SAMPLES", (3, 20))
    assert check(task) == everybody
    assert everybody.errors == []
    assert len({warning.type for warning in everybody.warnings}) > 4
