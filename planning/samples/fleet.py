"""Depots, drivers and vehicles of the sample."""

from typing import Any

from planning.samples.rhine_neckar import DRIVERS

DATE, TIMEZONE = "2026-06-17", 2

DEPOTS = {
    "depot-heidelberg": ("Depot Heidelberg-Wieblingen", 49.4268, 8.6421),
    "depot-mannheim": ("Depot Mannheim-Industriehafen", 49.5075, 8.4640),
}

EARLY, DAY, LATE = ("05:30", "13:30"), ("07:00", "16:00"), ("13:30", "21:30")

# key, name, contract type, chilled share of the box, kilograms, cubic metres, cost of a shift and of a metre
VEHICLES = (
    ("van-1", "VW Crafter 1", "TRUCK_1500", 0.3, 1100.0, 10.0, 45.0, 0.0012),
    ("van-2", "VW Crafter 2", "TRUCK_1500", 0.3, 1100.0, 10.0, 45.0, 0.0012),
    ("van-3", "Ford Transit 1", "TRUCK_1500", 0.0, 1200.0, 11.0, 42.0, 0.0011),
    ("van-4", "Ford Transit 2", "TRUCK_1500", 0.0, 1200.0, 11.0, 42.0, 0.0011),
    ("truck-1", "MAN TGL 1", "TRUCK_5000", 0.4, 3400.0, 28.0, 80.0, 0.0018),
    ("truck-2", "MAN TGL 2", "TRUCK_5000", 0.4, 3400.0, 28.0, 80.0, 0.0018),
    ("truck-3", "Iveco Eurocargo", "TRUCK_5000", 0.5, 3200.0, 26.0, 78.0, 0.0018),
    ("car-1", "Caddy Service 1", "CAR", 0.0, 450.0, 2.5, 25.0, 0.001),
    ("car-2", "Caddy Service 2", "CAR", 0.0, 450.0, 2.5, 25.0, 0.001),
    ("car-3", "Caddy Express", "CAR", 0.25, 450.0, 2.5, 25.0, 0.001),
)
TWO_SHIFTS = frozenset({"van-1", "truck-1"})
"""Vehicles that one driver has in the morning and another one in the evening."""


def window(start: str, end: str) -> dict[str, str]:
    """Time window of the sample's day from local hours like "07:30"."""
    zone = f"{TIMEZONE:+03d}:00"
    return {"from": f"{DATE}T{start}:00{zone}", "to": f"{DATE}T{end}:00{zone}"}


def depot_locations() -> list[dict[str, Any]]:
    """The depots with their opening hours and parking times."""
    return [
        {
            "key": key,
            "geopoint": {"latitude": latitude, "longitude": longitude},
            "arrival_duration": "PT5M",
            "departure_duration": "PT5M",
            "timetable": [{"work_window": window("05:30", "22:00")}],
            "name": name,
        }
        for key, (name, latitude, longitude) in DEPOTS.items()
    ]


def performers() -> list[dict[str, Any]]:
    """Twelve drivers: two early, two late, two technicians who drive the service cars, six of the day."""
    drivers = []
    for number, name in enumerate(DRIVERS):
        hours = EARLY if number < 2 else LATE if number < 4 else DAY
        technician = number in (10, 11)
        features = (
            ["technician", "installer", "car"]
            if technician
            else ["truck", "van"]
            if number % 2
            else ["truck", "van", "car"]
        )
        depot = tuple(DEPOTS)[number % 2]
        key = f"driver-{number + 1:02d}"
        drivers.append(
            {
                "key": key,
                "name": name,
                "own_transport_type": "CAR",
                "compatibilities": {"performer_features": features},
                "shifts": [_performer_shift(f"{key}-shift", depot, hours, 24.0 if technician else 19.0)],
            }
        )
    return drivers


def _performer_shift(key: str, depot: str, hours: tuple[str, str], hourly: float) -> dict[str, Any]:
    return {
        "key": key,
        "availability_time": window(*hours),
        "working_time": window(*hours),
        "start_location_key": depot,
        "finish_location_key": depot,
        "max_stops": 40,
        "tariff": {
            "cost_per_shift": 20.0,
            "constraints": [
                {"stage_length": "PT8H", "cost_per_unit": round(hourly / 3600, 5)},
                {"stage_length": "PT1H", "cost_per_unit": round(hourly * 1.25 / 3600, 5)},
            ],
        },
    }


def transports() -> list[dict[str, Any]]:
    """Ten vehicles; the first of each pair stands in Heidelberg, the second in Mannheim."""
    return [_transport(number, *vehicle) for number, vehicle in enumerate(VEHICLES)]


def _transport(
    number: int,
    key: str,
    name: str,
    kind: str,
    chilled: float,
    mass: float,
    volume: float,
    cost: float,
    per_metre: float,
) -> dict[str, Any]:
    depot = tuple(DEPOTS)[number % 2]
    parts = {"ambient": 1 - chilled, "chilled": chilled}
    hours = (("05:30", "13:30"), ("13:31", "22:00")) if key in TWO_SHIFTS else (("05:30", "22:00"),)
    return {
        "key": key,
        "name": name,
        "transport_type": kind,
        "boxes": [
            _box(f"{key}-{tag}", tag, mass * part, volume * part) for tag, part in parts.items() if part
        ],
        "compatibilities": {"performer_restrictions": [key.split("-")[0]]},
        "shifts": [
            {
                "key": f"{key}-shift-{index}",
                "availability_time": window(*span),
                "start_location_key": depot,
                "finish_location_key": depot,
                "tariff": {
                    "cost_per_shift": cost,
                    "constraints": [{"stage_length": 400000, "cost_per_unit": per_metre}],
                },
            }
            for index, span in enumerate(hours, 1)
        ],
    }


def _box(key: str, tag: str, mass: float, volume: float) -> dict[str, Any]:
    return {
        "key": key,
        "capacity": {"mass": round(mass, 1), "volume": round(volume, 2)},
        "compatibilities": {"box_features": [tag]},
    }
