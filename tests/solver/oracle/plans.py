"""Small valid plans that between them use every rule, as documents to be spoilt."""

from typing import Any

from pydantic_core import from_json

from solver.contract import PlanResult, PlanTask, TimeWindow, read_object, write
from solver.problem.build import build
from solver.problem.catalog import Catalog
from solver.refine import assume
from solver.report import Report, report
from solver.schedule.timeline import Action, TripSchedule
from tests.solver.report.horizons import horizon
from tests.solver.report.tiny import EPOCH, Route, Tiny, moment, window

Document = dict[str, Any]
CODE = "11111111-2222-3333-4444-555555555555"


def wrapped(found: Report) -> Document:
    """A result around a report; the trace and the times of the calculation are nobody's business here."""
    trace = {
        "process_code": CODE,
        "request_code": CODE,
        "username": "tester",
        "company": "company",
        "service": "UNIVERSAL",
        "operation": "run_plan_calculation",
        "env": "test",
        "pod": "test",
        "time": moment("0:00"),
    }
    stages = ("preparing", "business_validation", "math_validation", "waiting", "calculation")
    info = {"status": "FINISHED_IN_TIME", "result_version": 1, **{f"{name}_time": "PT0S" for name in stages}}
    return {
        "tracedata": trace,
        "trips": [document(trip) for trip in found.trips],
        "statistics": document(found.statistics),
        "warnings": [document(warning) for warning in found.warnings],
        "unplanned_items": document(found.unplanned),
        "calculation_progress": 100,
        "calculation_info": info,
    }


def document(value: Any) -> Any:
    """A contract object as JSON objects."""
    return from_json(write(value))


def told(task: Tiny, catalog: Catalog, routes: list[TripSchedule]) -> tuple[Document, Document]:
    """The task and the result of routes, as documents."""
    whole: TimeWindow = horizon(task.task())
    return task.document(), wrapped(report(catalog, routes, horizon=whole, seed=1))


def typed(task: Document, result: Document) -> tuple[PlanTask, PlanResult]:
    """Documents as contract objects."""
    return read_object(PlanTask, task), read_object(PlanResult, result)


def rich() -> tuple[Document, Document]:
    """A van with a driver of his own car, and a second, plain trip.

    ====== ======================================================================================
    7:40   anna leaves home in her own car (CAR, a kilometre a minute)
    7:50   garage: parking 2 min, leaving 1 min; from here a truck twice as fast as its matrix (T4)
    7:58   shop: loads x (5 min) and y (3 min) into box one
    8:11   a: opens 8:15; unloads f (2 min) from box two, then x (5 min), then works w (10 + 2 min)
    8:41   b: a break of 30 min, unloads y (5 min), loads k (1 min) to stay in box two
    9:35   garage; parking, leaving
    9:48   home
    ====== ======================================================================================
    """
    task = Tiny({"home": 0, "garage": 10, "shop": 20, "a": 30, "b": 45}, types=("CAR", "TRUCK_3000"))
    _settings(task)
    _locations(task)
    _orders(task)
    _people(task)
    catalog = task.catalog()
    long = Route(catalog, "7:40", "home").drive("garage", 10, own=True)
    long.pace = 30
    long.act(Action.ARRIVAL, 2).act(Action.DEPARTURE, 1).drive("shop", 10).serve("x-up", 5).serve("y-up", 3)
    long.drive("a", 10).act(Action.WAITING, 4).serve("f-down", 2, box=1).serve("x-down", 5).serve("w", 12)
    long.drive("b", 15).act(Action.BREAK, 30).serve("y-down", 5).serve("k-up", 1, box=1).drive("garage", 35)
    long.act(Action.ARRIVAL, 2).act(Action.DEPARTURE, 1).drive("home", 10, own=True)
    plain = Route(catalog, "7:49", "garage", 2, 1).act(Action.DEPARTURE, 1).drive("shop", 10)
    plain.serve("z", 10, event="second").drive("garage", 10).act(Action.ARRIVAL, 2)
    return told(task, catalog, [long.trip(waitlist=("v",), penalty=5), plain.trip()])


def _settings(task: Tiny) -> None:
    multiplied = {"transport_type": "TRUCK_3000", "capacity": {"mass": 2}}
    task.settings = {
        "trips_settings": {
            "assumptions": {
                "transport_speed_multipliers": [{"transport_type": "TRUCK_3000", "speed": 2}],
                "transport_capacity_multipliers": [multiplied],
            },
            "penalties": {"compatibilities": [{"tag": "rare", "penalty": 5}]},
        },
        "calculation_settings": {"result_timezone": 3},
    }


def _locations(task: Tiny) -> None:
    task.locations["garage"] |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.locations["shop"]["timetable"] = [{"work_window": window("7:30-18:00")}]
    task.locations["a"]["timetable"] = [{"work_window": window("8:15-17:00")}]
    task.locations["a"]["compatibilities"] = {"transport_restrictions": ["lift"]}


def _orders(task: Tiny) -> None:
    x = task.delivery("x", "shop", "a", mass=4, loading=5, minutes=5, soft="8:00-8:20", reward=100)
    y = task.delivery("y", "shop", "b", mass=6, loading=3, minutes=5)
    w = task.work("w", "a", minutes=10, hard="8:00-9:00")
    f = task.delivery("f", "shop", "a", mass=3, minutes=2)
    f["demands"] = [{**f["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    f["cargos"][0]["target_box_key"] = "two"
    k = task.delivery("k", "b", "a", mass=2, loading=1)
    k["demands"] = [{**k["demands"][0], "demand_type": "PICKUP_TO_BOX"}]
    z = task.work("z", "a")
    second = task.event("shop", "8:00-9:00", key="second", minutes=10)
    z["demands"][0]["possible_events"].append(second)
    task.work("v", "b")
    task.work("u", "b", hard="1:00-2:00")
    for order in (x, y, w, f, k):
        order["compatibilities"] = {"order_features": ["food"]}
    x["compatibilities"]["order_restrictions"] = ["food"]
    y["compatibilities"]["performer_restrictions"] = ["cold", "rare"]
    w["compatibilities"]["performer_blacklist"] = ["banned"]
    about = {"box_restrictions": ["clean"], "cargo_restrictions": ["cool"]}
    size = {"width": 0.9, "height": 0.4, "length": 0.5, "rotation": ["YAW"]}
    x["cargos"][0]["compatibilities"] = {**about, **size}
    y["cargos"][0]["compatibilities"] = {"cargo_features": ["cool"]}
    for number, demand in enumerate(x["demands"], start=1):
        demand["precedence_in_order"] = number
    w["demands"][0]["precedence_in_trip"] = 1
    y["demands"][1]["precedence_in_trip"] = 2


def _people(task: Tiny) -> None:
    rules = {
        "first": {"relocating_duration_sum": "PT40M", "operating_duration_sum": "PT1H", "duration": "PT30M"}
    }
    anna = task.performer(
        "anna",
        hours="6:00-20:00",
        working="7:00-19:00",
        start="home",
        finish="home",
        max_stops=7,
        max_locations=5,
        work_and_rest_rules={"break_rules": rules},
        tariff={
            "cost_per_shift": 20,
            "constraints": [
                {"stage_length": "PT2H", "cost_per_unit": 0.01},
                {"stage_length": "PT10H", "cost_per_unit": 0.02},
            ],
            "max_penalty_cost": 10,
        },
        compatibilities={
            "performer_features": ["cold", "adr"],
            "performer_features_lifetimes": [{"feature": "cold", "time_windows": [window("6:00-20:00")]}],
            "transport_restrictions": ["lift"],
        },
        limits={
            "max_work_shifts": 1,
            "demand_extra_durations": [{"demand_key": "w", "additional_duration": "PT2M"}],
        },
    )
    late = {**anna["shifts"][0], "key": "anna-late", "availability_time": window("20:30-23:00")}
    anna["shifts"].append({**late, "working_time": window("20:30-23:00")})
    task.performer("boris", hours="7:00-18:00", start="garage", finish="garage")
    task.performer("carl")
    _vehicles(task)
    links = [
        ("tied", [("ORDER", "y"), ("ORDER", "v"), ("PERFORMER_SHIFT", "anna-shift")]),
        ("loose", [("ORDER", "u"), ("PERFORMER_SHIFT", "carl-shift")]),
    ]
    task.hardlinks = [
        {"key": key, "links": [{"type": kind, "entity_key": entity} for kind, entity in items]}
        for key, items in links
    ]


def _vehicles(task: Tiny) -> None:
    road = [
        {"stage_length": 50_000, "cost_per_unit": 0.001},
        {"stage_length": 100_000, "cost_per_unit": 0.002},
    ]
    carriage = {"mass": 0.0001, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}
    van = task.transport(
        "van",
        hours="7:00-19:00",
        start="garage",
        finish="garage",
        boxes={"one": 10, "two": 6},
        transport_type="TRUCK_3000",
        tariff={"cost_per_shift": 30, "constraints": road, "transportation_cost": carriage},
        limits={"max_boxes": 2, "max_capacity": {"mass": 9}},
        compatibilities={
            "transport_features": ["lift"],
            "transport_features_lifetimes": [{"feature": "lift", "time_windows": [window("5:00-22:00")]}],
            "performer_restrictions": ["adr"],
        },
    )
    one = van["boxes"][0]
    one["compatibilities"] = {"box_features": ["clean"], "width": 0.6, "height": 0.5, "length": 1}
    one["limits"] = {"max_one_cargo_capacity": {"mass": 8}}
    task.transport("car", start="garage", finish="garage")
    task.transport("spare")


def limited() -> tuple[Document, Document]:
    """Location limits that count and cost 65, which is allowed; they separate roundtrips (R1)."""
    nothing = {"mass": 0, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}
    task = Tiny({"a": 0, "b": 10})
    task.settings = {
        "trips_settings": {
            "assumptions": {"disable_location_limits": False},
            "penalties": {"max_locations_limits_penalty": 65},
        }
    }
    step = {"capacity": {**nothing, "mass": 5}, "penalty": {**nothing, "mass": 2}}
    higher = {"capacity": {**nothing, "mass": 8}, "penalty": {**nothing, "mass": 10}}
    early = {
        "key": "early",
        "time_window": window("8:00-9:00"),
        "max_cargos": [step, higher],
        "max_transports": [{"count": 0.25, "penalty": 100}],
    }
    late = {"key": "late", "time_window": window("9:00-10:00"), "min_cargos": [step]}
    task.locations["a"]["timetable"] = [{"work_window": window("8:00-10:00"), "limits": [early, late]}]
    task.delivery("x", "a", "b", mass=4, loading=20)
    task.delivery("y", "a", "b", mass=6, loading=10)
    task.performer()
    task.transport()
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("x-up", 20).serve("y-up", 10)
    return told(task, catalog, [route.drive("b", 10).serve("x-down").serve("y-down").trip()])


def rested() -> tuple[Document, Document]:
    """A rest on the way of a leg too long for its rule, and a wait that counts as a rest (B3, B5)."""
    task = Tiny({"a": 0, "b": 100, "c": 110})
    task.work("one", "b", minutes=10)
    task.work("two", "c", minutes=10, hard="13:00-14:00")
    rule = {"relocating_duration_sum": "PT1H", "operating_duration_sum": "PT2H", "duration": "PT45M"}
    task.performer(start="a", work_and_rest_rules={"rest_rules": {"consecutive": rule}})
    task.transport(start="a")
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").drive("b", 60).pause_on_the_way(Action.REST, 45).drive("b", 40)
    route.serve("one", 10).drive("c", 10).act(Action.WAITING, 135).serve("two", 10)
    return told(task, catalog, [route.trip()])


def roundtrips(strategy: str = "EARLIEST_FINISH") -> tuple[Document, Document]:
    """Two roundtrips from the only depot; the second waits for its window, by strategy out of the trip."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.settings = {"trips_settings": {"expectations": {"trip_start_time_strategy": strategy}}}
    task.delivery("x", "depot", "a", mass=60, hard="8:00-12:00")
    task.delivery("y", "depot", "b", mass=60, hard="10:00-12:00")
    task.performer(start="depot", finish="depot", hours="7:00-18:00")
    task.transport(start="depot", finish="depot")
    catalog = task.catalog()
    route = Route(catalog, "9:20", "depot").serve("x-up").drive("a", 10).serve("x-down").drive("depot", 10)
    route.serve("y-up").drive("b", 20).serve("y-down").drive("depot", 20)
    return told(task, catalog, [route.trip()])


def teleported() -> tuple[Document, Document]:
    """TELEPORT from place to place (T3), windows widened by A1 and A2."""
    task = Tiny({"a": 0, "b": 10})
    task.settings = {
        "trips_settings": {"assumptions": {"same_order_time_window": True, "expand_shift_time_window": True}}
    }
    task.work("one", "a", minutes=10, hard="12:00-13:00", soft="12:00-13:00")
    task.work("two", "b", minutes=10, hard="8:00-9:00")
    task.performer(hours="11:00-12:00", start="a")
    task.transport(hours="11:00-12:00", start="a", transport_type="TELEPORT")
    catalog = build(assume(task.task()), EPOCH).catalog
    route = Route(catalog, "8:00", "a").serve("one", 10).drive("b", 0).serve("two", 10)
    return told(task, catalog, [route.trip()])


PLANS = {
    "rich": rich,
    "limited": limited,
    "rested": rested,
    "roundtrips": roundtrips,
    "shortest": lambda: roundtrips("LOWEST_COST"),
    "teleported": teleported,
}
