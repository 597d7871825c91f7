"""Taking a named obstacle out of a task's way, by no more than it says."""

from copy import deepcopy
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from solver.contract import EntityPath, Obstacle, ObstacleType, Placement
from solver.contract.duration import format_duration, parse_duration

Document = dict[str, Any]
Kind = ObstacleType


def cleared(task: Document, order: str, place: Placement) -> Document:
    """The task without the obstacles of a trip or vehicle for an order."""
    task = deepcopy(task)
    for obstacle in place.obstacles:
        Clearing(task, order, place).clear(obstacle)
    return task


def keys(path: EntityPath | None) -> list[str]:
    """Keys along a path."""
    found = []
    while path is not None:
        found.append(path.entity_key or "")
        path = path.child_entity
    return found


def later(window: Document, seconds: float) -> None:
    """Let a window end later."""
    end = datetime.fromisoformat(window["to"]) + timedelta(seconds=seconds)
    window["to"] = end.isoformat()


class Clearing:
    """Changes one task for one order in one place."""

    def __init__(self, task: Document, order: str, place: Placement) -> None:
        self.task, self.place = task, place
        self.order = self._of("orders", order)
        self.performer = self._of("performers", place.performer_key)
        self.transport = self._of("transports", place.transport_key)
        self.performer_shift = self._named(self.performer["shifts"], place.performer_shift_key)
        self.transport_shift = self._named(self.transport["shifts"], place.transport_shift_key)

    def _of(self, kind: str, key: str) -> Document:
        return self._named(self.task[kind], key)

    @staticmethod
    def _named(items: list[Document], key: str) -> Document:
        return next(item for item in items if item["key"] == key)

    def _cargo(self, key: str) -> Document:
        return self._named([cargo for order in self.task["orders"] for cargo in order.get("cargos", [])], key)

    def clear(self, found: Obstacle) -> None:
        """Take one obstacle away."""
        getattr(self, f"_{found.type.value.lower()}")(found, keys(found.entity), found.amount or 0)

    def _event_window(self, found: Obstacle, path: list[str], amount: float) -> None:
        demand = self._named(self._of("orders", path[0])["demands"], path[1])
        for event in demand["possible_events"]:
            later(event["hard_time_window"], amount)

    def _window_too_short(self, found: Obstacle, path: list[str], amount: float) -> None:
        self._event_window(found, path, 3600)

    def _location_window(self, found: Obstacle, path: list[str], amount: float) -> None:
        for table in self._of("locations", path[0])["timetable"]:
            later(table["work_window"], amount)

    def _working_time(self, found: Obstacle, path: list[str], amount: float) -> None:
        later(self.performer_shift["working_time"], amount)
        self._at_least_as_long(self.performer_shift)

    @staticmethod
    def _at_least_as_long(shift: Document) -> None:
        if shift["availability_time"]["to"] < shift["working_time"]["to"]:
            shift["availability_time"]["to"] = shift["working_time"]["to"]

    def _performer_shift(self, found: Obstacle, path: list[str], amount: float) -> None:
        later(self.performer_shift["availability_time"], amount)

    def _transport_shift(self, found: Obstacle, path: list[str], amount: float) -> None:
        later(self.transport_shift["availability_time"], amount)

    def _trip_duration(self, found: Obstacle, path: list[str], amount: float) -> None:
        stage = self.performer_shift["tariff"]["constraints"][-1]
        stage["stage_length"] = format_duration(parse_duration(stage["stage_length"]) + ceil(amount))

    def _trip_distance(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.transport_shift["tariff"]["constraints"][-1]["stage_length"] += ceil(amount)

    def _max_stops(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.performer_shift["max_stops"] += int(amount)

    def _max_locations(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.performer_shift["max_locations"] += int(amount)

    def _capacity(self, found: Obstacle, path: list[str], amount: float) -> None:
        for box in self.transport["boxes"]:
            self._more(box["capacity"], found.unit or "", amount)

    def _max_capacity(self, found: Obstacle, path: list[str], amount: float) -> None:
        self._more(self.transport["limits"]["max_capacity"], found.unit or "", amount)

    def _box_capacity(self, found: Obstacle, path: list[str], amount: float) -> None:
        self._more(self._named(self.transport["boxes"], path[1])["capacity"], found.unit or "", amount)

    def _box_one_cargo(self, found: Obstacle, path: list[str], amount: float) -> None:
        box = self._named(self.transport["boxes"], path[1])
        self._more(box["limits"]["max_one_cargo_capacity"], found.unit or "", amount)

    @staticmethod
    def _more(capacity: Document, measure: str, amount: float) -> None:
        capacity[measure] = capacity.get(measure, 0) + amount + 1e-6

    def _max_boxes(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.transport["limits"]["max_boxes"] += 1

    def _cargo_size(self, found: Obstacle, path: list[str], amount: float) -> None:
        cargo = self._cargo(path[0])
        cargo["compatibilities"] |= {"width": 0, "height": 0, "length": 0}

    def _cargo_mix(self, found: Obstacle, path: list[str], amount: float) -> None:
        for order in self.task["orders"]:
            for cargo in order.get("cargos", []):
                cargo.setdefault("compatibilities", {})["cargo_restrictions"] = []

    def _box_features(self, found: Obstacle, path: list[str], amount: float) -> None:
        box = self._named(self.transport["boxes"], path[1])
        box.setdefault("compatibilities", {}).setdefault("box_features", []).extend(found.tags)

    def _boxes(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.task["plan_settings"].setdefault("trips_settings", {})["assumptions"] = {
            "disable_capacity": True,
            "disable_compatibility": True,
        }

    def _performer_features(self, found: Obstacle, path: list[str], amount: float) -> None:
        features = self.performer.setdefault("compatibilities", {}).setdefault("performer_features", [])
        features.extend(found.tags)

    def _performer_blacklist(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.order["compatibilities"]["performer_blacklist"] = []

    def _transport_features(self, found: Obstacle, path: list[str], amount: float) -> None:
        features = self.transport.setdefault("compatibilities", {}).setdefault("transport_features", [])
        features.extend(found.tags)

    def _order_mix(self, found: Obstacle, path: list[str], amount: float) -> None:
        for order in (self.order, self._of("orders", path[0])):
            tags = order.setdefault("compatibilities", {})
            tags.setdefault("order_features", []).extend(found.tags)

    def _penalty(self, found: Obstacle, path: list[str], amount: float) -> None:
        tariff = self.performer_shift.setdefault("tariff", {})
        tariff["max_penalty_cost"] = tariff.get("max_penalty_cost", 0) + amount

    def _precedence(self, found: Obstacle, path: list[str], amount: float) -> None:
        for order in self.task["orders"]:
            for demand in order["demands"]:
                demand.pop("precedence_in_trip", None)
                demand.pop("precedence_in_order", None)

    def _hardlink(self, found: Obstacle, path: list[str], amount: float) -> None:
        self.task["hardlinks"] = []
