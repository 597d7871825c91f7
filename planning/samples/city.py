"""A city's pickups and deliveries, drawn from a seed: once plain, once with every rule the model has.

Both tasks have the same places, orders, hours and goal. In the plain one a vehicle is one box, and nothing
but hours and mass binds; `enrich` adds boxes, sizes, tags, lifetimes, soft windows, tariffs, breaks and the
rest.
"""

from random import Random
from typing import Any

Json = dict[str, Any]

DAY, ZONE = "2026-06-17", "+02:00"
CENTRE = (49.46, 8.52)  # latitude, longitude
SPREAD = 0.05  # degrees, standard deviation of the places
ORDERS_A_VEHICLE = 20
OPENS, CLOSES = 6, 20  # hours of all shifts
# share of the vehicle, metres of height
BOXES = {"dry": (0.4, 2.0), "cold": (0.3, 1.6), "tall": (0.3, 2.4), "side": (0.1, 1.5)}


def hours(start: float, end: float) -> Json:
    """Write a window of the day from hours like 7.5."""
    return {"from": _moment(start), "to": _moment(end)}


def _moment(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{DAY}T{minutes // 60:02d}:{minutes % 60:02d}:00{ZONE}"


def plain_city(orders: int, seed: int = 1, depots: int = 4) -> Json:
    """Make a task of orders that go from one place to another, of which each third starts at a depot."""
    random = Random(seed)
    fleet = range(max(depots, -(-orders // ORDERS_A_VEHICLE)))
    stands = [f"depot-{number}" for number in range(depots)]
    places = [_place(random, key) for key in stands]
    places += [_place(random, f"place-{number}") for number in range(orders)]
    return {
        "locations": places,
        "orders": [_order(random, number, orders, stands) for number in range(orders)],
        "performers": [_performer(number, stands[number % depots]) for number in fleet],
        "transports": [_transport(number, stands[number % depots]) for number in fleet],
        "plan_settings": {
            "trips_settings": {"configuration": "optimize_money"},
            "geo_settings": {"flight_distance": True, "traffic_jams": False},
        },
        "dataset_name": f"city of {orders} orders, seed {seed}",
    }


def rich_city(orders: int, seed: int = 1, depots: int = 4) -> Json:
    """Make the task of `plain_city` with every rule of the model."""
    task = plain_city(orders, seed, depots)
    enrich(task, Random(seed + 1))
    return task


def _place(random: Random, key: str) -> Json:
    point = [round(random.gauss(middle, SPREAD), 5) for middle in CENTRE]
    return {
        "key": key,
        "geopoint": {"latitude": point[0], "longitude": point[1]},
        "arrival_duration": "PT2M",
        "departure_duration": "PT1M",
    }


def _order(random: Random, number: int, orders: int, stands: list[str]) -> Json:
    start = random.choice((7, 8, 9, 10, 12, 13))
    origin = random.choice(stands) if number % 3 == 0 else f"place-{random.randrange(orders)}"
    demands = [
        _demand(f"order-{number}-up", "PICKUP", number, origin, hours(OPENS, start + 4)),
        _demand(f"order-{number}-down", "DROP", number, f"place-{number}", hours(start, start + 6)),
    ]
    cargo = {"key": f"cargo-{number}", "capacity": {"mass": random.randint(5, 60)}}
    return {"key": f"order-{number}", "demands": demands, "cargos": [cargo]}


def _demand(key: str, kind: str, number: int, place: str, window: Json) -> Json:
    event = {"key": f"{key}-e", "location_key": place, "duration": "PT3M", "hard_time_window": window}
    return {
        "key": key,
        "demand_type": kind,
        "target_cargos": [f"cargo-{number}"],
        "possible_events": [event],
    }


def _performer(number: int, stand: str) -> Json:
    shift = {
        "key": f"driver-{number}-shift",
        "availability_time": hours(OPENS, CLOSES),
        "working_time": hours(OPENS, CLOSES),
        "start_location_key": stand,
        "finish_location_key": stand,
    }
    return {"key": f"driver-{number}", "shifts": [shift]}


def _transport(number: int, stand: str) -> Json:
    shift = {
        "key": f"van-{number}-shift",
        "availability_time": hours(OPENS, CLOSES),
        "start_location_key": stand,
        "finish_location_key": stand,
    }
    box = {"key": f"van-{number}-box", "capacity": {"mass": 500}}
    return {"key": f"van-{number}", "transport_type": "CAR", "boxes": [box], "shifts": [shift]}


def enrich(task: Json, random: Random) -> None:
    """Put every rule of the model into a plain task."""
    for place in task["locations"]:
        if place["key"].startswith("place") and random.random() < 0.1:
            place["compatibilities"] = {"transport_restrictions": ["tail-lift"]}
    for number, order in enumerate(task["orders"]):
        _enrich_order(random, order, number, len(task["orders"]))
    for number, performer in enumerate(task["performers"]):
        _enrich_performer(random, performer, number, task)
    for number, transport in enumerate(task["transports"]):
        _enrich_transport(transport, number)
    task["plan_settings"]["trips_settings"]["penalties"] = {
        "compatibilities": [{"tag": "uniform", "penalty": 5}, {"tag": "cab", "penalty": 3}]
    }
    free = [one["key"] for one in task["orders"] if not one["compatibilities"]["performer_restrictions"]]
    pairs = [free[at : at + 2] for at in range(0, len(free) - 1, 50)]
    task["hardlinks"] = [_link(number, pair) for number, pair in enumerate(pairs)]


def _enrich_order(random: Random, order: Json, number: int, orders: int) -> None:
    up, down = order["demands"]
    for demand in (up, down):
        event = demand["possible_events"][0]
        event["reward"] = 40.0
        if random.random() < 0.3:
            window = event["hard_time_window"]
            event["soft_time_window"] = {"from": window["from"], "to": _earlier(window["to"])}
    if random.random() < 0.3:
        event = down["possible_events"][0]
        other = f"place-{random.randrange(orders)}"
        down["possible_events"].append(event | {"key": f"{event['key']}2", "location_key": other})
    if random.random() < 0.3:
        up["precedence_in_order"], down["precedence_in_order"] = 1, 2
    if random.random() < 0.03:
        up["precedence_in_trip"], down["precedence_in_trip"] = 1, 2
    wanted = [tag for tag, share in (("adr", 0.08), ("uniform", 0.15)) if random.random() < share]
    order["compatibilities"] = {
        "order_features": ["clean"] if random.random() < 0.95 else [],
        "order_restrictions": [],
        "performer_restrictions": wanted,
        "performer_blacklist": ["trainee"] if random.random() < 0.1 else [],
    }
    if number % 10 == 0 and order["compatibilities"]["order_features"]:
        order["compatibilities"]["order_restrictions"] = ["clean"]
    _enrich_cargo(random, order["cargos"][0])


def _earlier(moment: str) -> str:
    """Give the moment an hour before."""
    hour = int(moment[11:13]) - 1
    return f"{moment[:11]}{hour:02d}{moment[13:]}"


def _enrich_cargo(random: Random, cargo: Json) -> None:
    cargo["capacity"]["volume"] = round(random.uniform(0.02, 0.3), 2)
    cargo["compatibilities"] = {
        "width": round(random.uniform(0.2, 1.2), 2),
        "height": round(random.uniform(0.2, 1.5), 2),
        "length": round(random.uniform(0.2, 1.8), 2),
        "rotation": random.choice((["YAW"], ["ALL"], ["YAW", "PITCH"])),
        "box_restrictions": ["cold"] if random.random() < 0.15 else [],
        "cargo_features": ["odourless"],
        "cargo_restrictions": ["odourless"] if random.random() < 0.1 else [],
    }


def _enrich_performer(random: Random, performer: Json, number: int, task: Json) -> None:
    features = ["adr", *(["uniform"] if number % 2 else []), *(["trainee"] if number % 5 == 0 else [])]
    lifetime = {"feature": "adr", "time_windows": [hours(OPENS, 13), hours(13.5, CLOSES)]}
    performer["compatibilities"] = {
        "performer_features": features,
        "performer_features_lifetimes": [lifetime],
        "transport_restrictions": ["cab"] if number % 4 == 1 else [],
    }
    demands = [order["demands"][1]["key"] for order in random.sample(task["orders"], 3)]
    performer["limits"] = {
        "demand_extra_durations": [
            {"demand_key": demand, "additional_duration": "PT4M"} for demand in dict.fromkeys(demands)
        ]
    }
    shift = performer["shifts"][0]
    if number % 4 == 0:  # comes by a car of his own from another depot
        stands = [place["key"] for place in task["locations"] if place["key"].startswith("depot")]
        home = stands[(number // 4 + 1) % len(stands)]
        shift["start_location_key"] = shift["finish_location_key"] = home
    shift["max_stops"], shift["max_locations"] = 90, 80
    stages = [
        {"stage_length": "PT8H", "cost_per_unit": 0.005},
        {"stage_length": "PT5H", "cost_per_unit": 0.0075},
    ]
    shift["tariff"] = {"cost_per_shift": 20, "constraints": stages, "max_penalty_cost": 60}
    rest = {"relocating_duration_sum": "PT6H", "operating_duration_sum": "PT10H", "duration": "PT1H"}
    pause = {"relocating_duration_sum": "PT2H30M", "operating_duration_sum": "PT5H", "duration": "PT20M"}
    shift["work_and_rest_rules"] = {
        "break_rules": {"first": pause, "relocating_duration_type": "TOTAL"},
        "rest_rules": {"consecutive": rest},
    }


def _enrich_transport(transport: Json, number: int) -> None:
    transport["transport_type"] = "TRUCK_1500" if number % 3 == 0 else "CAR"
    transport["boxes"] = [_box(f"van-{number}-{tag}", tag, *measures) for tag, measures in BOXES.items()]
    transport["limits"] = {"max_boxes": 3, "max_capacity": {"mass": 500}}
    transport["compatibilities"] = {
        "transport_features": ["tail-lift", *(["cab"] if number % 2 else [])],
        "transport_features_lifetimes": [
            {"feature": "tail-lift", "time_windows": [hours(OPENS, 18), hours(18.25, CLOSES)]}
        ],
        "performer_restrictions": ["uniform"] if number % 6 == 1 else [],
    }
    transport["shifts"][0]["tariff"] = {
        "cost_per_shift": 30,
        "constraints": [
            {"stage_length": 150_000, "cost_per_unit": 0.002},
            {"stage_length": 300_000, "cost_per_unit": 0.003},
        ],
        "transportation_cost": {
            "mass": 0.000001, "volume": 0.0001, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0,
        },
    }  # fmt: skip


def _box(key: str, tag: str, share: float, height: float) -> Json:
    return {
        "key": key,
        "capacity": {"mass": round(500 * share), "volume": round(8 * share, 2)},
        "compatibilities": {"width": 1.9, "height": height, "length": 2.5, "box_features": [tag]},
        "limits": {"max_one_cargo_capacity": {"mass": 100, "volume": 1}},
    }


def _link(number: int, orders: list[str]) -> Json:
    return {
        "key": f"link-{number}",
        "links": [{"type": "ORDER", "entity_key": key} for key in orders],
    }
