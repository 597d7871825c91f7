"""Random tasks with every kind of rule: the mixed ones, and now and then what else the contract offers."""

from random import Random
from typing import Any

from tests.solver.report.tiny import Tiny, window
from tests.solver.schedule.random_tasks import TAGS, chance, mixed_task

RARE = 0.2  # how often a task has a rule


def rich_task(random: Random) -> Tiny:
    """A small task; with numbers that shrink towards zero it loses one rule after the other."""
    task = mixed_task(random)
    for add in RULES:
        if chance(random, RARE):
            add(random, task)
    return task


def _shifts(task: Tiny) -> list[dict[str, Any]]:
    return [item["shifts"][0] for item in (*task.performers, *task.transports)]


def _demands(task: Tiny) -> list[dict[str, Any]]:
    return [demand for order in task.orders for demand in order["demands"]]


def _assumptions(task: Tiny) -> dict[str, Any]:
    assumptions: dict[str, Any] = task.settings["trips_settings"].setdefault("assumptions", {})
    return assumptions


def several_events(random: Random, task: Tiny) -> None:
    """Another place or time for some demands."""
    for demand in _demands(task):
        if chance(random, 0.4):
            hour = random.randint(6, 15)
            other = task.event(
                random.choice(list(task.places)),
                random.choice(["0:00-23:59", f"{hour}:00-{hour + 3}:00"]),
                key="other",
                minutes=random.randint(0, 10),
                reward=random.randint(0, 100),
            )
            demand["possible_events"].append(other)


def several_drops(random: Random, task: Tiny) -> None:
    """An order with one pickup and two drops, sometimes in a given order."""
    keys = ["heavy", "light"]
    cargos = [{"key": key, "capacity": {"mass": random.randint(1, 6)}} for key in keys]
    places = random.choices(list(task.places), k=3)
    demands: list[dict[str, Any]] = [
        {"key": "several-up", "demand_type": "PICKUP", "target_cargos": keys},
        *({"key": f"{key}-down", "demand_type": "DROP", "target_cargos": [key]} for key in keys),
    ]
    in_order = chance(random, 0.5)
    for number, (demand, place) in enumerate(zip(demands, places, strict=True)):
        demand["possible_events"] = [task.event(place, minutes=random.randint(0, 9))]
        if in_order:
            demand["precedence_in_order"] = number + 1
    task.orders.append({"key": "several", "demands": demands, "cargos": cargos})


def from_box(random: Random, task: Tiny) -> None:
    """An order whose cargo lies in a box from the start."""
    box = random.choice(task.transports)["boxes"][0]["key"]
    cargo = {"key": "aboard-cargo", "capacity": {"mass": random.randint(1, 4)}, "target_box_key": box}
    demand = {
        "key": "aboard",
        "demand_type": "DROP_FROM_BOX",
        "target_cargos": [cargo["key"]],
        "possible_events": [task.event(random.choice(list(task.places)))],
    }
    task.orders.append({"key": "aboard", "demands": [demand], "cargos": [cargo]})


def opening_hours(random: Random, task: Tiny) -> None:
    """Places that work in one or two windows."""
    for place in task.locations.values():
        if chance(random, 0.5):
            hour = random.randint(8, 13)
            hours = [f"7:00-{hour}:00", f"{hour + 1}:00-20:00"][: random.randint(1, 2)]
            place["timetable"] = [{"work_window": window(text)} for text in hours]


def location_limits(random: Random, task: Tiny) -> None:
    """Few transports at once, or little cargo, at one place (Y1, Y2)."""
    day = window("7:00-20:00")
    place = random.choice(list(task.locations.values()))
    price = random.choice([0, 3])
    limit = {"key": "limit", "time_window": day, "max_transports": [{"count": 0.01, "penalty": price}]}
    place["timetable"] = [{"work_window": day, "limits": [limit]}]
    _assumptions(task)["disable_location_limits"] = False
    if chance(random, 0.5):
        task.settings["trips_settings"].setdefault("penalties", {})["max_locations_limits_penalty"] = 2


def breaks(random: Random, task: Tiny) -> None:
    """Breaks, sometimes rests as well, and places where they do not count (B1-B4)."""
    for performer in task.performers:
        driving = random.choice([30, 60, 120])
        first = {"relocating_duration_sum": f"PT{driving}M", "duration": f"PT{random.randint(5, 30)}M"}
        if chance(random, 0.5):
            first["operating_duration_sum"] = f"PT{2 * driving}M"
        kind = random.choice(["TOTAL", "CONTINUOUS"])
        rules: dict[str, Any] = {"break_rules": {"first": first, "relocating_duration_type": kind}}
        if chance(random, 0.3):
            rules["break_rules"]["consecutive"] = {**first, "duration": "PT3M"}
        if chance(random, 0.3):
            rules["rest_rules"] = {"consecutive": {"relocating_duration_sum": "PT3H", "duration": "PT1H"}}
        for name in ("reset_location_keys", "ignore_location_keys"):
            if chance(random, 0.3):
                rules[name] = [random.choice(list(task.places))]
        performer["shifts"][0]["work_and_rest_rules"] = rules


def lifetimes(random: Random, task: Tiny) -> None:
    """Features that exist for a part of the day (W7)."""
    for items, name in ((task.performers, "performer_features"), (task.transports, "transport_features")):
        for item in items:
            if chance(random, 0.5):
                hour = random.randint(8, 14)
                windows = [window(f"{hour}:00-{hour + 4}:00")]
                entry = {"feature": random.choice(TAGS), "time_windows": windows}
                item["compatibilities"][f"{name}_lifetimes"] = [entry]


def own_transport(random: Random, task: Tiny) -> None:
    """Ends of performers and transports at different places (T6)."""
    for shift in _shifts(task):
        for side in ("start", "finish"):
            shift[f"{side}_location_key"] = random.choice(list(task.places))
    task.types = ("CAR", "PEDESTRIAN")
    random.choice(task.performers)["own_transport_type"] = "PEDESTRIAN"


def second_shifts(random: Random, task: Tiny) -> None:
    """A shift more for everybody; some may work in one of them only (O4)."""
    for item in (*task.performers, *task.transports):
        first = item["shifts"][0]
        later = {**first, "key": f"{first['key']}-late", "availability_time": window("20:10-23:50")}
        if "working_time" in first:
            later["working_time"] = later["availability_time"]
        first["availability_time"] = {**first["availability_time"], "to": window("0:00-20:00")["to"]}
        item["shifts"].append(later)
    random.choice(task.performers)["limits"] = {"max_work_shifts": 1}


def sizes(random: Random, task: Tiny) -> None:
    """Cargos that fit boxes in some orientations only (L3)."""
    for order in task.orders:
        for cargo in order.get("cargos", []):
            turns = [kind for kind in ("YAW", "PITCH", "ROLL") if chance(random, 0.3)]
            size = {side: random.randint(1, 3) for side in ("width", "height", "length")}
            cargo.setdefault("compatibilities", {}).update({**size, "rotation": turns})
    for transport in task.transports:
        for box in transport["boxes"]:
            size = {side: random.randint(2, 3) for side in ("width", "height", "length")}
            box.setdefault("compatibilities", {}).update(size)


def limits_of_boxes(random: Random, task: Tiny) -> None:
    """Light cargos only, few boxes, few places (L2, O4)."""
    for transport in task.transports:
        for box in transport["boxes"]:
            box["limits"] = {"max_one_cargo_capacity": {"mass": random.randint(3, 9)}}
        if len(transport["boxes"]) > 1:
            transport.setdefault("limits", {})["max_boxes"] = 1
    random.choice(task.performers)["shifts"][0]["max_locations"] = random.randint(2, 5)


def extra_durations(random: Random, task: Tiny) -> None:
    """Slow performers (W4)."""
    for performer in task.performers:
        slow = [demand["key"] for demand in _demands(task) if chance(random, 0.3)]
        extra = [{"demand_key": key, "additional_duration": "PT7M"} for key in slow]
        performer.setdefault("limits", {})["demand_extra_durations"] = extra


def prices(random: Random, task: Tiny) -> None:
    """Stages of metres, and a price of carrying (M2)."""
    for transport in task.transports:
        stages = [{"stage_length": 20_000, "cost_per_unit": price} for price in (0.01, 0.03, 0.02)]
        tariff: dict[str, Any] = {"cost_per_shift": random.randint(1, 30), "constraints": stages}
        if chance(random, 0.5):
            measures = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")
            tariff["transportation_cost"] = dict.fromkeys(measures, 0.0001)
        transport["shifts"][0]["tariff"] = tariff


def who_drives_what(random: Random, task: Tiny) -> None:
    """Transports for some performers only, and the other way round (C1)."""
    random.choice(task.transports)["compatibilities"]["performer_restrictions"] = [random.choice(TAGS)]
    random.choice(task.performers)["compatibilities"]["transport_restrictions"] = [random.choice(TAGS)]


def assumptions(random: Random, task: Tiny) -> None:
    """Rules lifted or changed (A1, A2, C4, L6, T4)."""
    changes: list[dict[str, Any]] = [
        {"same_order_time_window": True},
        {"expand_shift_time_window": True},
        {"disable_compatibility": True},
        {"disable_capacity": True},
        {"transport_speed_multipliers": [{"transport_type": "CAR", "speed": 0.7}]},
        {"transport_capacity_multipliers": [{"transport_type": "CAR", "capacity": {"mass": 0.8}}]},
    ]
    _assumptions(task).update(random.choice(changes))


RULES = (
    several_events,
    several_drops,
    from_box,
    opening_hours,
    location_limits,
    breaks,
    lifetimes,
    own_transport,
    second_shifts,
    sizes,
    limits_of_boxes,
    extra_durations,
    prices,
    who_drives_what,
    assumptions,
)
