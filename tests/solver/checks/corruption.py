"""A rich valid task, and seeded ways to spoil it."""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

DAYS = [{"from": f"2025-09-{day:02}T08:00:00Z", "to": f"2025-09-{day:02}T18:00:00Z"} for day in (8, 9)]
MORNING = {"from": "2025-09-08T08:00:00Z", "to": "2025-09-08T12:00:00Z"}
AFTERNOON = {"from": "2025-09-08T12:00:01Z", "to": "2025-09-08T18:00:00Z"}
WASTE: list[Any] = [
    None, True, False, -1, 0, 1, 1e-9, 1e300, 10**30, 5.5, "", "x", "x" * 2000, [], {}, [[]],
    "PT0S", "P31D", "P9999Y", "\u0000", "ё",
    "2025-09-08T10:00:00Z", "1999-01-01T00:00:00+14:00", "9999-12-23T00:00:00Z",
]  # fmt: skip

Path = tuple[str | int, ...]


def event(location: str, window: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "key": f"at_{location}",
        "location_key": location,
        "duration": "PT10M",
        "hard_time_window": window,
    } | more


def demand(key: str, kind: str, cargos: list[str], *events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "demand_type": kind, "target_cargos": cargos, "possible_events": list(events)} | more


def rich() -> dict[str, Any]:
    """A valid task with most of what a task may have; no two places share a part."""
    task: dict[str, Any] = json.loads(json.dumps(_rich()))
    return task


def _rich() -> dict[str, Any]:
    return {
        "locations": [*_locations()],
        "orders": [*_orders()],
        "performers": [*_performers()],
        "transports": [*_transports()],
        "hardlinks": [
            {"key": "link_1", "links": [
                {"type": "ORDER", "entity_key": "order_2"},
                {"type": "PERFORMER_SHIFT", "entity_key": "performer_1_shift_0"},
                {"type": "TRANSPORT_SHIFT", "entity_key": "transport_1_shift_0"},
            ]},
        ],
        "plan_settings": {
            "trips_settings": {
                "configuration": "optimize_money",
                "penalties": {"compatibilities": [{"tag": "lift", "penalty": 3}]},
                "assumptions": {"transport_speed_multipliers": [{"transport_type": "CAR", "speed": 1.1}]},
            },
            "calculation_settings": {"max_calculation_time": "PT10M", "precision": 2},
        },
        "dataset_name": "rich",
    }  # fmt: skip


def _locations() -> Iterator[dict[str, Any]]:
    for number, key in enumerate(("depot", "north", "south", "west")):
        yield {
            "key": key,
            "geopoint": {"latitude": 49.4 + number / 100, "longitude": 8.6 + number / 50},
            "arrival_duration": "PT2M",
            "timetable": [{"work_window": window} for window in (MORNING, AFTERNOON, DAYS[1])],
            "compatibilities": {"transport_restrictions": ["lift"] if key == "west" else []},
        }


def _orders() -> Iterator[dict[str, Any]]:
    for number, place in enumerate(("north", "south", "west")):
        key = f"order_{number}"
        yield {
            "key": key,
            "cargos": [{"key": f"{key}_cargo", "capacity": {"mass": 4, "volume": 0.5},
                        "compatibilities": {"width": 1, "height": 1, "length": 2, "rotation": ["YAW"]}}],
            "demands": [
                demand(f"{key}_pickup", "PICKUP", [f"{key}_cargo"], event("depot", DAYS[0]),
                       event("depot", DAYS[1], key="later"), precedence_in_order=1),
                demand(f"{key}_drop", "DROP", [f"{key}_cargo"],
                       event(place, DAYS[0], soft_time_window=MORNING, reward=50),
                       event("north", DAYS[1], key="later"), precedence_in_order=2),
            ],
            "compatibilities": {"performer_restrictions": ["licence"], "performer_blacklist": ["trainee"]},
        }  # fmt: skip
    yield {"key": "work", "demands": [demand("work_demand", "WORK", [], event("south", DAYS[0]))]}
    yield {
        "key": "collect",
        "cargos": [{"key": "collect_cargo", "capacity": {"mass": 1}}],
        "demands": [demand("collect_demand", "PICKUP_TO_BOX", ["collect_cargo"], event("north", DAYS[1]))],
    }
    yield {
        "key": "deliver",
        "cargos": [{"key": "deliver_cargo", "capacity": {"mass": 2}, "target_box_key": "box_0_0"}],
        "demands": [demand("deliver_demand", "DROP_FROM_BOX", ["deliver_cargo"], event("south", DAYS[0]))],
    }


def _performers() -> Iterator[dict[str, Any]]:
    for number in range(2):
        key = f"performer_{number}"
        yield {
            "key": key,
            "shifts": [
                {"key": f"{key}_shift_{day}", "availability_time": window, "working_time": window,
                 "start_location_key": "depot", "tariff": {"cost_per_shift": 10, "max_penalty_cost": 9}}
                for day, window in enumerate(DAYS)
            ],
            "compatibilities": {
                "performer_features": ["licence"],
                "performer_features_lifetimes": [{"feature": "licence", "time_windows": [
                    {"from": "2025-09-01T00:00:00Z", "to": "2025-09-30T00:00:00Z"}]}],
            },
            "limits": {
                "demand_extra_durations": [{"demand_key": "work_demand", "additional_duration": "PT5M"}],
            },
        }  # fmt: skip


def _transports() -> Iterator[dict[str, Any]]:
    for number in range(2):
        key = f"transport_{number}"
        yield {
            "key": key,
            "shifts": [
                {"key": f"{key}_shift_{day}", "availability_time": window, "start_location_key": "depot"}
                for day, window in enumerate(DAYS)
            ],
            "boxes": [
                {"key": f"box_{number}_{box}", "capacity": {"mass": 10, "volume": 3}} for box in range(2)
            ],
            "limits": {"max_boxes": 1, "max_capacity": {"mass": 15}},
        }


def corrupt(task: dict[str, Any], random: Random) -> dict[str, Any]:
    """A copy with one to four things dropped, retyped, swapped, blown up, shuffled or doubled."""
    spoilt = copy.deepcopy(task)
    for _ in range(random.randint(1, 4)):
        random.choice((_drop, _replace, _swap, _scale, _shuffle_window, _double))(spoilt, random)
    return spoilt


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a task."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*path, key))


def _owner(task: Any, path: Path) -> Any:
    for step in path[:-1]:
        task = task[step]
    return task


def _drop(task: dict[str, Any], random: Random) -> None:
    path = random.choice(list(paths(task)))
    del _owner(task, path)[path[-1]]


def _replace(task: dict[str, Any], random: Random) -> None:
    path = random.choice(list(paths(task)))
    _owner(task, path)[path[-1]] = copy.deepcopy(random.choice(WASTE))


def _swap(task: dict[str, Any], random: Random) -> None:
    """Two values of fields with the same name change places."""
    everywhere = list(paths(task))
    path = random.choice(everywhere)
    other = random.choice([item for item in everywhere if item[-1] == path[-1]])
    if path[: len(other)] == other or other[: len(path)] == path:
        return
    one, two = _owner(task, path), _owner(task, other)
    one[path[-1]], two[other[-1]] = two[other[-1]], one[path[-1]]


def _scale(task: dict[str, Any], random: Random) -> None:
    numbers = [path for path in paths(task) if isinstance(_owner(task, path)[path[-1]], int | float)]
    if numbers:
        path = random.choice(numbers)
        _owner(task, path)[path[-1]] *= random.choice((0, -1, 1e-6, 1e3, 1e9))


def _shuffle_window(task: dict[str, Any], random: Random) -> None:
    windows = [path for path in paths(task) if path[-1] == "from"]
    if windows:
        window = _owner(task, random.choice(windows))
        if isinstance(window, dict) and "to" in window:
            window["from"], window["to"] = window["to"], window["from"]


def _double(task: dict[str, Any], random: Random) -> None:
    lists = [path for path in paths(task) if _is_list(_owner(task, path)[path[-1]])]
    if lists:
        path = random.choice(lists)
        items = _owner(task, path)[path[-1]]
        items.append(json.loads(json.dumps(random.choice(items))))


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)
