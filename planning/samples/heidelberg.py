"""A working day of a delivery company around Heidelberg and Mannheim, as JSON and as a workbook.

Two depots, 12 drivers, 12 shifts of 10 vehicles, 150 orders: deliveries from the depots (ambient and
chilled), returns, customer-to-customer transfers and technicians' visits. The day is drawn with a fixed
seed, so that it is the same everywhere. A few orders cannot be done, each for another reason: two are due
in a far town sooner than anyone can be there, and three long installations want the same two technicians
at the same time.

    python -m planning.samples.heidelberg [FOLDER]
"""

import json
import os
import sys
from pathlib import Path
from random import Random
from typing import Any

import django

from planning.samples.fleet import DEPOTS, TIMEZONE, depot_locations, performers, transports, window
from planning.samples.rhine_neckar import FAMILIES, FAR_TOWN, FIRMS, FOOD_FIRMS, TOWNS, Town
from planning.xlsx import write_workbook

SEED = 2026
DELIVERIES, RETURNS, TRANSFERS, VISITS = 112, 14, 10, 9

HALF_DAYS = (("06:30", "12:00"), ("08:00", "13:00"), ("12:00", "18:00"), ("09:00", "17:00"))
TIGHT = (("07:30", "09:30"), ("09:00", "11:00"), ("11:00", "13:00"), ("14:00", "16:00"), ("16:00", "18:00"))


class Day:
    """Draws the customers and orders of one day; every order gets its own customer locations."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.locations: list[dict[str, Any]] = depot_locations()
        self.orders: list[dict[str, Any]] = []

    def customer(self, town: Town | None = None, firms: tuple[str, ...] = FIRMS) -> tuple[str, str]:
        """A new customer; returns its location key and its name."""
        town = town or self.random.choices(TOWNS, [t.weight for t in TOWNS])[0]
        name = f"{self.random.choice(firms)} {self.random.choice(FAMILIES)}, {town.name}"
        key = f"loc-{len(self.locations) + 1 - len(DEPOTS):03d}"
        point = {
            "latitude": round(town.latitude + self.random.gauss(0, 0.004), 5),
            "longitude": round(town.longitude + self.random.gauss(0, 0.006), 5),
        }
        parking = self.random.choice((2, 3, 3, 4, 5))
        self.locations.append(
            {
                "key": key,
                "geopoint": point,
                "arrival_duration": f"PT{parking}M",
                "departure_duration": "PT1M",
                "name": name,
            }
        )
        return key, name

    def carried(
        self, kind: str, source: str, target: str, name: str, *, chilled: bool = False
    ) -> dict[str, Any]:
        """A new order that brings one cargo from one location to another."""
        order = self._order(kind, name)
        key = order["key"]
        mass = round(self.random.lognormvariate(3.2, 0.8), 1)
        compatibilities: dict[str, Any] = {"box_restrictions": ["chilled"]} if chilled else {}
        order["cargos"] = [
            {
                "key": f"{key}-cargo",
                "capacity": {"mass": min(mass, 240.0), "volume": round(min(mass, 240.0) * 0.006, 3)},
                **({"compatibilities": compatibilities} if compatibilities else {}),
            }
        ]
        pickup_hours = ("05:30", "15:00") if source in DEPOTS else self._hours()
        drop_hours = ("06:00", "21:00") if target in DEPOTS else self._hours()
        if source not in DEPOTS and target not in DEPOTS:
            pickup_hours, drop_hours = ("08:00", "13:00"), ("10:00", "18:00")
        order["demands"] = [
            self._demand(order, "PICKUP", source, 2 if source in DEPOTS else 5, pickup_hours, 0.0),
            self._demand(
                order, "DROP", target, self.random.choice((4, 5, 6, 8, 10)), drop_hours, self._reward(mass)
            ),
        ]
        return order

    def visit(
        self, name: str, location: str, minutes: int, hours: tuple[str, str], skill: str
    ) -> dict[str, Any]:
        """A new order of work on the spot, for a performer with the skill."""
        order = self._order("visit", name)
        order["demands"] = [self._demand(order, "WORK", location, minutes, hours, 90.0 + minutes)]
        order["compatibilities"] = {"performer_restrictions": [skill]}
        return order

    def _order(self, kind: str, name: str) -> dict[str, Any]:
        order = {"key": f"{kind}-{len(self.orders) + 1:03d}", "demands": [], "cargos": [], "name": name}
        self.orders.append(order)
        return order

    def _demand(
        self,
        order: dict[str, Any],
        kind: str,
        location: str,
        minutes: int,
        hours: tuple[str, str],
        reward: float,
    ) -> dict[str, Any]:
        key = f"{order['key']}-{kind.lower()}"
        event = {
            "key": f"{key}-event",
            "location_key": location,
            "duration": f"PT{minutes}M" if minutes < 60 or minutes % 60 else f"PT{minutes // 60}H",
            "reward": reward,
            "hard_time_window": window(*hours),
        }
        if hours == ("09:00", "17:00") and kind == "DROP":
            event["soft_time_window"] = window("10:00", "15:00")
        cargos = [cargo["key"] for cargo in order["cargos"]]
        demand = {"key": key, "demand_type": kind, "target_cargos": cargos, "possible_events": [event]}
        return demand if cargos else {k: v for k, v in demand.items() if k != "target_cargos"}

    def _hours(self) -> tuple[str, str]:
        return self.random.choice(TIGHT if self.random.random() < 0.3 else HALF_DAYS)

    def _reward(self, mass: float) -> float:
        return round(8 + mass * 0.15, 2)


def _fill(day: Day) -> None:
    random = day.random
    for number in range(DELIVERIES):
        chilled = number % 4 == 0
        location, name = day.customer(firms=tuple(sorted(FOOD_FIRMS)) if chilled else FIRMS)
        day.carried("delivery", _depot_near(day, location, random), location, name, chilled=chilled)
    for _ in range(RETURNS):
        location, name = day.customer()
        day.carried("return", location, _depot_near(day, location, random), f"Return: {name}")
    for _ in range(TRANSFERS):
        (source, sender), (target, receiver) = day.customer(), day.customer()
        day.carried("transfer", source, target, f"{sender} → {receiver}")
    for number in range(VISITS):
        location, name = day.customer()
        day.visit(
            f"Maintenance: {name}", location, random.choice((30, 45, 60)), HALF_DAYS[number % 4], "technician"
        )


def _fill_impossible(day: Day) -> None:
    for _ in range(2):
        location, name = day.customer(FAR_TOWN)
        order = day.carried("delivery", "depot-mannheim", location, f"{name} (by 6:15)")
        order["demands"][0]["possible_events"][0]["hard_time_window"] = window("05:45", "08:00")
        event = order["demands"][1]["possible_events"][0]
        event["hard_time_window"] = window("05:50", "06:15")
        event.pop("soft_time_window", None)
    for _ in range(3):
        location, name = day.customer()
        day.visit(f"Installation: {name}", location, 180, ("08:00", "12:00"), "installer")


def _depot_near(day: Day, location: str, random: Random) -> str:
    """Key of the depot on the customer's side of the region; one order in ten comes from the other one."""
    point = next(x["geopoint"] for x in day.locations if x["key"] == location)
    near, far = (
        ("depot-heidelberg", "depot-mannheim")
        if point["longitude"] > 8.58
        else ("depot-mannheim", "depot-heidelberg")
    )
    return far if random.random() < 0.1 else near


def heidelberg() -> dict[str, Any]:
    """The sample's plan task with the contract's names."""
    day = Day(Random(SEED))
    _fill(day)
    _fill_impossible(day)
    return {
        "locations": day.locations,
        "orders": day.orders,
        "performers": performers(),
        "transports": transports(),
        "plan_settings": {
            "trips_settings": {"configuration": "optimize_distance"},
            "calculation_settings": {"max_calculation_time": "PT2M", "result_timezone": TIMEZONE},
        },
        "dataset_name": "Rhine-Neckar, 17 June 2026",
    }


def heidelberg_json() -> bytes:
    """The sample as the body of a plan request."""
    return json.dumps(heidelberg(), ensure_ascii=False, indent=1).encode()


def heidelberg_xlsx() -> bytes:
    """The sample as a workbook with the company's local times."""
    return write_workbook(heidelberg(), TIMEZONE)


def main(folder: Path) -> None:
    """Write heidelberg.json and heidelberg.xlsx into a folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "heidelberg.json").write_bytes(heidelberg_json())
    (folder / "heidelberg.xlsx").write_bytes(heidelberg_xlsx())


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
