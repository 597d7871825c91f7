"""A benchmark instance as a planning task: what the service would get from a client.

One performer with one transport for each vehicle, both of one depot; an order for each client, picked up at a
depot and dropped at the client, or between two clients. A benchmark's window bounds the start of service,
ours the whole of it, so the hard window is longer by the service. Longest routes are stages of the tariff
(M1), allowed clients and depots are tags (C1), prizes are rewards (Z6), a return is a roundtrip (R1).
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from planning.bench.instance import Instance, Node, Number, Vehicle, number
from planning.bench.plane import Plane

Json = dict[str, Any]
ORIGIN = datetime(2025, 1, 1, tzinfo=UTC)
MAP_CORNER = (55.7, 37.6)  # where the plane is laid on the map: latitude, longitude
MAP_SIDE = 0.1  # degrees
SMALLEST_TARIFF = 0.001  # the contract's bound
LARGEST_COST_PER_SHIFT = 1e6
LARGEST_COST_PER_METRE = 1e4
LARGEST_REWARD = 2e9
MOST_EVENTS = 25


def task_of(
    plane: Plane, *, seconds: int = 60, configuration: str | None = None, as_published: bool = False
) -> Json:
    """Write an instance as a planning task with its own matrix.

    Parameters
    ----------
    seconds
        ``max_calculation_time`` of the task.
    configuration
        Another optimisation than the instance's own.
    as_published
        Forbid what our model allows beyond the published problem: that a vehicle comes back for more goods
        (they are given out only as the depot opens), and that a performer drives a vehicle of another kind.

    Returns
    -------
    Json
        A PlanTask. Its name tells how it was made; the attributes ``x`` and ``y`` of a location keep the
        published coordinates.
    """
    writer = _Writer.of(plane, as_published)
    locations = [writer.location(index) for index in range(len(plane.instance.nodes))]
    vehicles = plane.instance.vehicles
    settings = {
        "trips_settings": {"configuration": configuration or plane.instance.configuration},
        "geo_settings": {"traffic_jams": False},
        "calculation_settings": {"max_calculation_time": duration(seconds)},
    }
    return {
        "locations": locations,
        "orders": writer.orders(),
        "performers": [writer.performer(number, vehicle) for number, vehicle in enumerate(vehicles)],
        "transports": [writer.transport(number, vehicle) for number, vehicle in enumerate(vehicles)],
        "plan_settings": settings,
        "external_routing": [{"transport_type": "CAR", "matrix": _matrix(plane, locations)}],
        "dataset_name": (
            f"bench {plane.instance.name} kind={plane.instance.kind} scale={plane.scale} "
            f"round={plane.rounding} money={writer.money}"
        ),
    }


def duration(seconds: int) -> str:
    """Write seconds as an ISO 8601 duration: PT1H45M, PT0S."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if value]
    return "PT" + ("".join(parts) or "0S")


def _moment(seconds: int) -> str:
    return (ORIGIN + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _window(start: int, end: int) -> Json:
    return {"from": _moment(start), "to": _moment(end)}


def _matrix(plane: Plane, locations: list[Json]) -> Json:
    values = plane.metres.tolist()
    waypoints = [{"geopoint": place["geopoint"], "name": place["key"]} for place in locations]
    return {"waypoints": waypoints, "distances": values, "durations": values}


def _money_scale(instance: Instance, scale: Number) -> Number:
    """Give our coins in one of the instance's: the more, the less the smallest tariff of time matters."""
    vehicles = instance.vehicles
    if any(vehicle.fixed is not None or vehicle.unit is not None for vehicle in vehicles):
        fixed = max(vehicle.fixed or 0 for vehicle in vehicles)
        unit = max(_unit(vehicle) for vehicle in vehicles)
        most = min(1000.0, LARGEST_COST_PER_SHIFT / max(fixed, 1e-9), LARGEST_COST_PER_METRE * scale / unit)
        return number(f"1e{math.floor(math.log10(most))}")
    return 1000 if instance.priced else 1


def _unit(vehicle: Vehicle) -> Number:
    return 1 if vehicle.unit is None else vehicle.unit


@dataclass(frozen=True, slots=True)
class _Writer:
    """What the parts of a task have in common."""

    plane: Plane
    keys: list[str]
    money: Number
    reward: float
    tagged: frozenset[int]
    one_load: bool
    kinds: dict[Vehicle, str]

    @classmethod
    def of(cls, plane: Plane, as_published: bool) -> "_Writer":
        instance = plane.instance
        money = _money_scale(instance, plane.scale)
        far = float(plane.exact.max())
        dearest = max((vehicle.fixed or 0) + 2 * far * _unit(vehicle) for vehicle in instance.vehicles)
        allowed = [vehicle.allowed for vehicle in instance.vehicles if vehicle.allowed is not None]
        return cls(
            plane=plane,
            keys=[_key(instance, index) for index in range(len(instance.nodes))],
            money=money,
            reward=round(min(LARGEST_REWARD, dearest * 1.5 * money), 3),
            tagged=frozenset(one for one in instance.clients if any(one not in some for some in allowed)),
            one_load=as_published and _one_load(instance),
            kinds=_kinds(instance) if as_published and allowed else {},
        )

    @property
    def instance(self) -> Instance:
        return self.plane.instance

    @property
    def several_depots(self) -> bool:
        return len(self.instance.depots) > 1

    def location(self, index: int) -> Json:
        nodes = self.instance.nodes
        node = nodes[index]
        low_x, low_y = min(one.x for one in nodes), min(one.y for one in nodes)
        side = max(np.ptp([one.x for one in nodes]), np.ptp([one.y for one in nodes]), 1)
        place: Json = {
            "key": self.keys[index],
            "geopoint": {
                "latitude": float(round(MAP_CORNER[0] + MAP_SIDE * (node.y - low_y) / side, 6)),
                "longitude": float(round(MAP_CORNER[1] + MAP_SIDE * (node.x - low_x) / side, 6)),
            },
            "attributes": [{"key": "x", "value": repr(node.x)}, {"key": "y", "value": repr(node.y)}],
        }
        if self.several_depots and index in self.instance.depots:
            place["compatibilities"] = {"transport_restrictions": [self._depot_tag(index)]}
        return place

    def _depot_tag(self, index: int) -> str:
        return "at_" + self.keys[index]

    def orders(self) -> list[Json]:
        nodes = self.instance.nodes
        if self.instance.kind == "pdptw":
            dropped_at = {node.pickup: index for index, node in enumerate(nodes) if node.pickup is not None}
            return [
                self._order(nodes[a], [self._service_event(a, "p")], b) for a, b in sorted(dropped_at.items())
            ]
        return [
            self._order(nodes[index], self._loading_events(nodes[index]), index)
            for index in self.instance.clients
        ]

    def _order(self, named: Node, pickups: list[Json], client: int) -> Json:
        key = f"o{named.name}"
        drop = self._service_event(client, "d", key)
        node = self.instance.nodes[client]
        if node.prize is not None:
            drop["reward"] = node.prize * self.money
        elif self.instance.priced:
            drop["reward"] = self.reward
        order: Json = {
            "key": key,
            "cargos": [{"key": f"{key}_c", "capacity": {"mass": named.demand}}],
            "demands": [
                {
                    "key": f"{key}_p",
                    "demand_type": "PICKUP",
                    "target_cargos": [f"{key}_c"],
                    "possible_events": pickups,
                },
                {
                    "key": f"{key}_d",
                    "demand_type": "DROP",
                    "target_cargos": [f"{key}_c"],
                    "possible_events": [drop],
                },
            ],
        }
        if client in self.tagged:
            order["compatibilities"] = {"performer_restrictions": [f"c{client}"]}
        return order

    def _service_event(self, index: int, demand: str, order: str = "") -> Json:
        start, latest = self.plane.start_window(index)
        service = self.plane.service(index) if self.instance.timed else 0
        event: Json = {
            "key": f"{order or f'o{self.instance.nodes[index].name}'}_{demand}_e",
            "location_key": self.keys[index],
            "duration": duration(self.plane.service(index)),
            "hard_time_window": _window(start, latest + service),
        }
        return event | {"reward": 0} if demand == "p" else event

    def _loading_events(self, node: Node) -> list[Json]:
        """Loading at any depot, from the moment the goods are there (the contract allows 25 places)."""
        start = self.plane.seconds(node.release)
        end = start if self.one_load else self.plane.horizon
        return [
            {
                "key": f"o{node.name}_p_e{depot}" if self.several_depots else f"o{node.name}_p_e",
                "location_key": self.keys[depot],
                "duration": duration(0),
                "reward": 0,
                "hard_time_window": _window(start, end),
            }
            for depot in self.instance.depots[:MOST_EVENTS]
        ]

    def _shift(self, key: str, vehicle: Vehicle) -> Json:
        return {
            "key": key,
            "availability_time": _window(*self.plane.start_window(vehicle.depot)),
            "start_location_key": self.keys[vehicle.depot],
            "finish_location_key": self.keys[vehicle.depot],
        }

    def performer(self, number: int, vehicle: Vehicle) -> Json:
        shift = self._shift(f"p{number}_s", vehicle)
        shift["working_time"] = shift["availability_time"]
        if vehicle.max_duration is not None:
            longest = duration(self.plane.seconds(vehicle.max_duration))
            shift["tariff"] = {"constraints": [{"stage_length": longest, "cost_per_unit": SMALLEST_TARIFF}]}
        performer: Json = {"key": f"p{number}", "shifts": [shift]}
        if vehicle.allowed is not None and self.tagged:
            features = [f"c{index}" for index in sorted(vehicle.allowed & self.tagged)]
            kind = [self.kinds[vehicle]] if self.kinds else []
            performer["compatibilities"] = {"performer_features": features + kind}
        return performer

    def transport(self, number: int, vehicle: Vehicle) -> Json:
        shift = self._shift(f"t{number}_s", vehicle)
        if self.instance.priced:
            per_metre = round(_unit(vehicle) * self.money / self.plane.scale, 6)
            shift["tariff"] = {
                "cost_per_shift": max(SMALLEST_TARIFF, round((vehicle.fixed or 0) * self.money, 3)),
                "constraints": [{"cost_per_unit": max(SMALLEST_TARIFF, per_metre)}],
            }
        transport: Json = {
            "key": f"t{number}",
            "transport_type": "CAR",
            "boxes": [{"key": f"b{number}", "capacity": {"mass": vehicle.capacity}}],
            "shifts": [shift],
        }
        if self.several_depots:
            transport["compatibilities"] = {"transport_features": [self._depot_tag(vehicle.depot)]}
        if self.kinds:
            tags = transport.setdefault("compatibilities", {})
            tags["performer_restrictions"] = [self.kinds[vehicle]]
        return transport


def _key(instance: Instance, index: int) -> str:
    if index not in instance.depots:
        return f"c{instance.nodes[index].name}"
    return "depot" if len(instance.depots) == 1 else f"depot_{index}"


def _one_load(instance: Instance) -> bool:
    """Whether vehicles must not come back for more, and it can be told by the hours of the depot.

    A longest duration would count from the opening; but where there is one, a return saves no vehicle's cost.
    """
    return not instance.reloads and all(vehicle.max_duration is None for vehicle in instance.vehicles)


def _kinds(instance: Instance) -> dict[Vehicle, str]:
    """Tag equal vehicles."""
    return {vehicle: f"kind{number}" for number, vehicle in enumerate(dict.fromkeys(instance.vehicles))}
