"""Tiny tasks in which one rule keeps an order out."""

from collections.abc import Callable
from typing import Any

import numpy as np

from solver.contract import PlanTask, UnplannedOrder, read_object
from solver.problem import Problem, build
from solver.reasons import Driven, Reasons
from tests.solver.report.tiny import EPOCH, Tiny, window

Document = dict[str, Any]
SCENES: dict[str, Callable[[], Tiny]] = {}


def scene(make: Callable[[], Tiny]) -> Callable[[], Tiny]:
    """Register a scene under the name of the obstacle it shows."""
    SCENES[make.__name__.upper()] = make
    return make


def problem_of(task: Tiny | Document) -> Problem:
    """A task's problem, without refining: what nothing can serve stays in."""
    document = task if isinstance(task, dict) else task.document()
    return build(read_object(PlanTask, document), EPOCH)


def why(
    task: Tiny | Document, order: str = "o", language: str = "en", trips: tuple[tuple[str, ...], ...] = ()
) -> UnplannedOrder:
    """The reasons for an order beside trips, each told by its demands, on the shifts in their order."""
    problem = problem_of(task)
    orders = [item.key for item in problem.catalog.orders]
    visits = {name.demand.key: number for number, name in reversed(list(enumerate(problem.catalog.visits)))}
    driven = [
        Driven(number, number, np.array([visits[key] for key in keys], dtype=np.int64))
        for number, keys in enumerate(trips)
    ]
    (found,) = Reasons(problem, driven, [], language)([orders.index(order)])
    return found


def delivery(**more: Any) -> Tiny:
    """One parcel from the depot to a, 10 km away, and everything it needs."""
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("o", "depot", "a", mass=5, **more)
    task.performer(start="depot", finish="depot", tariff={"constraints": [{"stage_length": "PT10H"}]})
    task.transport(start="depot", finish="depot")
    return task


@scene
def event_window() -> Tiny:
    return delivery(hard="7:00-8:08")


@scene
def location_window() -> Tiny:
    task = delivery()
    task.locations["a"]["timetable"] = [{"work_window": window("7:00-8:08")}]
    return task


@scene
def window_too_short() -> Tiny:
    task = delivery(minutes=10, hard="8:00-9:00")
    task.locations["a"]["timetable"] = [{"work_window": window("8:55-9:55")}]
    return task


@scene
def working_time() -> Tiny:
    task = delivery()
    task.performers[0]["shifts"][0]["working_time"] = window("8:00-8:08")
    return task


@scene
def performer_shift() -> Tiny:
    task = delivery()
    task.performers[0]["shifts"][0]["availability_time"] = window("8:00-8:18")
    return task


@scene
def transport_shift() -> Tiny:
    task = delivery()
    task.transports[0]["shifts"][0]["availability_time"] = window("8:00-8:18")
    return task


@scene
def trip_duration() -> Tiny:
    task = delivery()
    task.performers[0]["shifts"][0]["tariff"] = {"constraints": [{"stage_length": "PT18M"}]}
    return task


@scene
def trip_distance() -> Tiny:
    task = delivery()
    task.transports[0]["shifts"][0]["tariff"] = {"constraints": [{"stage_length": 18_000}]}
    return task


@scene
def max_stops() -> Tiny:
    task = delivery()
    task.performers[0]["shifts"][0]["max_stops"] = 2
    return task


@scene
def max_locations() -> Tiny:
    task = delivery()
    task.performers[0]["shifts"][0]["max_locations"] = 1
    return task


@scene
def capacity() -> Tiny:
    task = delivery()
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 3}
    return task


@scene
def max_capacity() -> Tiny:
    task = delivery()
    task.transports[0]["limits"] = {"max_capacity": {"mass": 3}}
    return task


@scene
def box_capacity() -> Tiny:
    task = delivery()
    task.transports[0]["boxes"] = [{"key": f"box-{i}", "capacity": {"mass": 3}} for i in range(2)]
    return task


@scene
def box_one_cargo() -> Tiny:
    task = delivery()
    task.transports[0]["boxes"][0]["limits"] = {"max_one_cargo_capacity": {"mass": 3}}
    return task


def two_cargos() -> Tiny:
    """The order has a second cargo, taken and brought with the first."""
    task = delivery()
    order = task.orders[0]
    order["cargos"].append({"key": "more", "capacity": {"mass": 5}})
    order["demands"][0]["target_cargos"].append("more")
    order["demands"].append({**order["demands"][1], "key": "more-down", "target_cargos": ["more"]})
    return task


@scene
def max_boxes() -> Tiny:
    task = two_cargos()
    task.transports[0]["boxes"] = [
        {"key": "box-0", "capacity": {"mass": 5}, "compatibilities": {"box_features": ["cold"]}},
        {"key": "box-1", "capacity": {"mass": 5}, "compatibilities": {"box_features": ["dry"]}},
    ]
    for cargo, feature in zip(task.orders[0]["cargos"], ("cold", "dry"), strict=True):
        cargo["compatibilities"] = {"box_restrictions": [feature]}
    task.transports[0]["limits"] = {"max_boxes": 1}
    return task


@scene
def cargo_size() -> Tiny:
    task = delivery()
    size = {"width": 2, "height": 1, "length": 1}
    task.orders[0]["cargos"][0]["compatibilities"] = size
    task.transports[0]["boxes"][0]["compatibilities"] = {**size, "width": 1}
    return task


@scene
def cargo_mix() -> Tiny:
    task = two_cargos()
    task.orders[0]["cargos"][0]["compatibilities"] = {"cargo_restrictions": ["food"]}
    task.orders[0]["demands"][0] |= {"precedence_in_order": 1}
    return task


@scene
def box_features() -> Tiny:
    task = delivery()
    task.orders[0]["cargos"][0]["compatibilities"] = {"box_restrictions": ["cold"]}
    return task


@scene
def performer_features() -> Tiny:
    task = delivery()
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["tall"]}
    return task


@scene
def performer_blacklist() -> Tiny:
    task = delivery()
    task.orders[0]["compatibilities"] = {"performer_blacklist": ["slow"]}
    task.performers[0]["compatibilities"] = {"performer_features": ["slow"]}
    return task


@scene
def transport_features() -> Tiny:
    task = delivery()
    task.locations["a"]["compatibilities"] = {"transport_restrictions": ["small"]}
    return task


@scene
def penalty() -> Tiny:
    task = performer_features()
    task.settings = {"trips_settings": {"penalties": {"compatibilities": [{"tag": "tall", "penalty": 5}]}}}
    task.performers[0]["shifts"][0]["tariff"] = {"max_penalty_cost": 3}
    return task


@scene
def precedence() -> Tiny:
    task = delivery()
    for demand, place in zip(task.orders[0]["demands"], (2, 1), strict=True):
        demand["precedence_in_order"] = place
    return task
