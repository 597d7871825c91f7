"""A large city's day, drawn from a seed: deliveries to the houses of its streets, and parcels between them.

Streets lie around a few centres, warehouses at the edge. Of ten orders nine are delivered from a warehouse,
the others go from house to house. Vans have a dry box, and most a cold one; some goods need the cold, some
houses a small van, some customers a driver who may identify them.
"""

import math
from random import Random
from typing import Any

from planning.samples.city import hours

Json = dict[str, Any]

ORDERS_A_VAN = 50
HOUSES_A_STREET = 40
CENTRES, WAREHOUSES = 9, 6
MIDDLE = (55.75, 37.62)  # latitude, longitude
METRE_NORTH = 1 / 111_320  # degrees
METRE_EAST = METRE_NORTH / math.cos(math.radians(MIDDLE[0]))
MOST_PLACES = 15_001  # the contract's bound
RADIUS = 10_000.0  # metres from the middle to the warehouses; centres are nearer
OPENS, CLOSES = 7, 21
WINDOWS = ((8, 12), (12, 16), (16, 20), (8, 14), (14, 20), (8, 20))
DIRECT_SHARE, COLD_SHARE, NARROW_SHARE, SIGNED_SHARE = 0.1, 0.15, 0.04, 0.08

Point = tuple[float, float]  # metres east and north of the middle


def city_task(orders: int = 15_001, seed: int = 1, vans: int | None = None) -> Json:
    """Draw the task: a van for every fifty orders, 300 for 15,001, unless told otherwise."""
    random = Random(seed)
    houses = _houses(random, min(orders, MOST_PLACES - WAREHOUSES))
    fleet = vans or max(WAREHOUSES, orders // ORDERS_A_VAN)
    homes = [_warehouse_for(houses[number * len(houses) // fleet]) for number in range(fleet)]
    places = [
        _place(f"warehouse-{number}", _around(number, WAREHOUSES, RADIUS)) for number in range(WAREHOUSES)
    ]
    places += [_place(f"house-{number}", point, 60, 30) for number, point in enumerate(houses)]
    for place in places[WAREHOUSES:]:
        if random.random() < NARROW_SHARE:
            place["compatibilities"] = {"transport_restrictions": ["small"]}
    return {
        "locations": places,
        "orders": [_order(random, number, houses) for number in range(orders)],
        "performers": [_performer(number, home) for number, home in enumerate(homes)],
        "transports": [_transport(number, home) for number, home in enumerate(homes)],
        "plan_settings": {
            "trips_settings": {"configuration": "optimize_distance"},
            "geo_settings": {"flight_distance": True, "traffic_jams": False},
        },
        "dataset_name": f"city of {orders} orders and {fleet} vans, seed {seed}",
    }


def _houses(random: Random, count: int) -> list[Point]:
    """Draw houses along streets around centres, a third of the streets around the middle."""
    centres = [(0.0, 0.0)]
    for number in range(CENTRES - 1):
        centres.append(_around(number + 0.5, CENTRES - 1, random.uniform(0.35, 0.9) * RADIUS))
    found: list[Point] = []
    while len(found) < count:
        east, north = random.choices(centres, [3.0] + [1.0] * (CENTRES - 1))[0]
        east, north = random.gauss(east, 0.12 * RADIUS), random.gauss(north, 0.12 * RADIUS)
        angle, length = random.uniform(0, math.pi), random.uniform(200, 1500)
        for _house in range(HOUSES_A_STREET):
            along = random.uniform(0, length)
            found.append((east + along * math.cos(angle), north + along * math.sin(angle)))
    return found[:count]


def _around(number: float, count: int, distance: float) -> Point:
    angle = 2 * math.pi * number / count
    return distance * math.cos(angle), distance * math.sin(angle)


def _place(key: str, point: Point, arrival: int = 300, departure: int = 120) -> Json:
    east, north = point
    return {
        "key": key,
        "geopoint": {
            "latitude": round(MIDDLE[0] + north * METRE_NORTH, 6),
            "longitude": round(MIDDLE[1] + east * METRE_EAST, 6),
        },
        "arrival_duration": f"PT{arrival}S",
        "departure_duration": f"PT{departure}S",
    }


def _order(random: Random, number: int, houses: list[Point]) -> Json:
    start, end = random.choice(WINDOWS)
    direct = random.random() < DIRECT_SHARE
    house = number % len(houses)
    origin = _near_house(random, house, houses) if direct else _warehouse_for(houses[house])
    ready = hours(OPENS, end - 1)
    key = f"order-{number}"
    cargo: Json = {
        "key": f"{key}-goods",
        "capacity": {"mass": random.randint(1, 15), "volume": round(random.uniform(0.01, 0.07), 2)},
    }
    if random.random() < COLD_SHARE:
        cargo["compatibilities"] = {"box_restrictions": ["cold"]}
    order: Json = {
        "key": key,
        "demands": [
            _demand(key, "PICKUP", origin, 120 if direct else 10, ready),
            _demand(key, "DROP", f"house-{house}", random.choice((60, 120, 180)), hours(start, end)),
        ],
        "cargos": [cargo],
    }
    if random.random() < SIGNED_SHARE:
        order["compatibilities"] = {"performer_restrictions": ["identifies"]}
    return order


def _near_house(random: Random, number: int, houses: list[Point]) -> str:
    """Choose the nearest of a dozen other houses: parcels are rarely sent across the whole city."""
    drawn = [random.randrange(len(houses)) for _ in range(12)]
    others = [one for one in drawn if one != number] or [(number + 1) % len(houses)]
    return f"house-{min(others, key=lambda one: math.dist(houses[one], houses[number]))}"


def _warehouse_for(house: Point) -> str:
    far = [math.dist(house, _around(number, WAREHOUSES, RADIUS)) for number in range(WAREHOUSES)]
    return f"warehouse-{far.index(min(far))}"


def _demand(order: str, kind: str, place: str, seconds: int, window: Json) -> Json:
    key = f"{order}-{kind.lower()}"
    event = {
        "key": f"{key}-event",
        "location_key": place,
        "duration": f"PT{seconds}S",
        "hard_time_window": window,
    }
    return {
        "key": key,
        "demand_type": kind,
        "target_cargos": [f"{order}-goods"],
        "possible_events": [event],
    }


def _shift(key: str, home: str) -> Json:
    return {
        "key": key,
        "availability_time": hours(OPENS, CLOSES),
        "start_location_key": home,
        "finish_location_key": home,
    }


def _performer(number: int, home: str) -> Json:
    features = ["identifies"] if number % 8 else []
    shift = _shift(f"driver-{number}-shift", home) | {"working_time": hours(OPENS, CLOSES)}
    return {
        "key": f"driver-{number}",
        "shifts": [shift],
        "compatibilities": {"performer_features": features},
    }


def _transport(number: int, home: str) -> Json:
    small = number % 3 > 0
    boxes = [("dry", 600 if small else 900, 3.0 if small else 6.0)]
    if number % 10:
        boxes.append(("cold", 250, 1.5))
    return {
        "key": f"van-{number}",
        "transport_type": "CAR",
        "compatibilities": {"transport_features": ["small"] if small else []},
        "boxes": [
            {
                "key": f"van-{number}-{kind}",
                "capacity": {"mass": mass, "volume": volume},
                "compatibilities": {"box_features": [kind]},
            }
            for kind, mass, volume in boxes
        ],
        "shifts": [_shift(f"van-{number}-shift", home)],
    }
