"""The largest tasks are checked in the time and memory the service promises."""

import time
from random import Random
from typing import Any

import pytest

from solver.checks import check
from solver.contract import PlanTask, read_object
from solver.refine import refine
from tests.memory import forget_peak, kilobytes

ORDERS, PERFORMERS, TRANSPORTS = 15_001, 500, 500
SECONDS, BYTES = 10, 2 * 2**30


def window(random: Random, day: int) -> dict[str, str]:
    start = random.randrange(6 * 60, 12 * 60)
    end = min(start + random.randrange(60, 600), 24 * 60 - 1)
    return {
        name: f"2025-09-{day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
        for name, minute in (("from", start), ("to", end))
    }


def some(random: Random, letter: str, count: int, share: float) -> list[str]:
    return [f"{letter}{number}" for number in range(count) if random.random() < share]


def order(random: Random, number: int) -> dict[str, Any]:
    """One cargo, one pickup, one drop at one of two places; hardly two orders are alike."""
    day = random.choice((8, 9))
    long_day = {"from": f"2025-09-{day:02}T00:00:00Z", "to": f"2025-09-{day:02}T23:59:00Z"}
    key = f"cargo_{number}"
    size = {name: random.random() for name in ("width", "height", "length")}
    restrictions = some(random, "b", 20, 0.02)
    return {
        "key": f"order_{number}",
        "cargos": [{"key": key, "capacity": {"mass": random.uniform(1, 60), "volume": random.random()},
                    "compatibilities": size | {"rotation": ["YAW"], "box_restrictions": restrictions}}],
        "compatibilities": {"performer_restrictions": some(random, "p", 50, 0.02),
                            "performer_blacklist": [f"q{number}"]},
        "demands": [
            {"key": f"pickup_{number}", "demand_type": "PICKUP", "target_cargos": [key],
             "possible_events": [{"key": "e", "location_key": "depot", "hard_time_window": long_day}]},
            {"key": f"drop_{number}", "demand_type": "DROP", "target_cargos": [key],
             "possible_events": [{"key": f"e{i}", "location_key": f"l{random.randrange(15_000)}",
                                  "hard_time_window": window(random, day)} for i in range(2)]},
        ],
    }  # fmt: skip


def performer(random: Random, number: int) -> dict[str, Any]:
    windows = [window(random, day) for day in (8, 9)]
    return {
        "key": f"performer_{number}",
        "shifts": [{"key": f"performer_{number}_{i}", "availability_time": item, "working_time": item}
                   for i, item in enumerate(windows)],
        "compatibilities": {"performer_features": [*some(random, "p", 50, 0.5), f"q{number}"]},
    }  # fmt: skip


def transport(random: Random, number: int) -> dict[str, Any]:
    return {
        "key": f"transport_{number}",
        "shifts": [{"key": f"transport_{number}_{day}", "availability_time": window(random, day)}
                   for day in (8, 9)],
        "boxes": [{"key": f"box_{i}", "capacity": {"mass": random.uniform(20, 100), "volume": 3},
                   "compatibilities": {"width": random.uniform(0.5, 2), "height": 2, "length": 3,
                                       "box_features": some(random, "b", 20, 0.5)}} for i in range(3)],
        "compatibilities": {"transport_features": some(random, "z", 40, 0.5)},
    }  # fmt: skip


@pytest.mark.slow
def test_all_entity_checks_of_the_largest_task() -> None:
    random = Random(1)
    places = [{"key": "depot", "geopoint": {"latitude": 49, "longitude": 8}}]
    places += [
        {"key": f"l{i}", "geopoint": {"latitude": 49 + i / 1e5, "longitude": 8},
         "compatibilities": {"transport_restrictions": some(random, "z", 40, 0.02)}}
        for i in range(15_000)
    ]  # fmt: skip
    task = read_object(PlanTask, {
        "locations": places,
        "orders": [order(random, i) for i in range(ORDERS)],
        "performers": [performer(random, i) for i in range(PERFORMERS)],
        "transports": [transport(random, i) for i in range(TRANSPORTS)],
    })  # fmt: skip
    forget_peak()
    before = kilobytes("VmRSS")
    began = time.process_time()
    findings = check(task)
    result = refine(task, findings=findings)
    assert time.process_time() - began < SECONDS
    assert (kilobytes() - before) * 1024 < BYTES
    assert findings.errors == []
    assert len(result.task.orders) + result.removed.order_keys_count == ORDERS
