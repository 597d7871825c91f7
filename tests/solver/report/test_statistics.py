"""Statistics: tiny plans with figures computed by hand, the documents' example, and edited trips."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.contract import (
    PlanStatistics,
    PlanTask,
    StatisticsTask,
    TransportType,
    Trip,
    TripStateFlag,
    read,
    write,
)
from solver.report import statistics
from solver.report.trips import TripWriter
from solver.schedule.timeline import Action
from tests.shared import ROOT
from tests.solver.report.horizons import horizon
from tests.solver.report.tiny import Route, Tiny, window

EXAMPLES = ROOT / "tests" / "data" / "contract" / "examples"
TARIFF = {"cost_per_shift": 10, "constraints": [{"cost_per_unit": 0.01}]}
NOTHING = {"mass": 0, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}


def mass(value: float) -> dict[str, float]:
    return {**NOTHING, "mass": value}


def load(count: int, kilograms: float) -> dict[str, Any]:
    return {"count": count, "capacity": mass(kilograms)}


def times(span: str, distance: int, **parts: str) -> dict[str, Any]:
    kinds = ("driving", "waiting", "working", "break", "rest", "arriving", "departure", "total")
    named = {f"{kind}_time": parts.get(kind, "PT0S") for kind in kinds}
    return {"time_window": clock(span), **named, "distance": distance}


def clock(span: str) -> dict[str, str]:
    return {side: text.replace("+00:00", "Z") for side, text in window(span).items()}


def delivery_day() -> tuple[Tiny, PlanTask, list[Trip]]:
    """Two parcels from the depot: one to a, then back for one to b."""
    task = Tiny({"depot": 0, "a": 10, "b": 25})
    task.locations["a"] |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.delivery("x", "depot", "a", mass=4, loading=5, minutes=10, hard="8:30-12:00", reward=100)
    task.delivery("y", "depot", "b", mass=6, reward=50.5, soft="9:00-9:10")
    task.performer(start="depot", finish="depot", tariff=TARIFF)
    task.transport(start="depot", finish="depot", tariff=TARIFF, boxes={"one": 5, "two": 15})
    catalog = task.catalog()
    route = Route(catalog, "8:05", "depot").serve("x-up", 5).drive("a", 10).act(Action.ARRIVAL, 2)
    route.act(Action.WAITING, 8).serve("x-down", 10).act(Action.DEPARTURE, 1).drive("depot", 10)
    route.act(Action.BREAK, 9).serve("y-up", box=1).drive("b", 25).serve("y-down").drive("depot", 25)
    return task, catalog.task, [TripWriter(catalog).trip(route.trip(), "some-key", "1-HVFB")]


def written(value: object) -> Any:
    return json.loads(write(value))


def test_X1_to_X10_all_statistics_of_a_small_plan() -> None:
    task, planned, trips = delivery_day()
    got = written(statistics(planned, trips, horizon(task.task())))
    # 8:05 to 9:50 are 6300 s at 0.01, 70,000 m at 0.01, twice 10 for the shifts
    general = {
        "cost": 783.0,
        "reward": 2150.7,
        "profit": 1367.7,
        "measurements": times(
            "8:05-9:50",
            70_000,
            driving="PT1H10M",
            waiting="PT8M",
            working="PT15M",
            arriving="PT2M",
            departure="PT1M",
            total="PT1H45M",
            **{"break": "PT9M"},
        ),
        "trips_count": 1,
        "performers_count": 1,
        "orders_count": 2,
        "plan_orders_count": 2,
        "waitlist_orders_count": 0,
        "stops_count": 5,
        "locations_count": 3,
        "cargo_capacity_sum": mass(10),
        "cargo_capacity_ratio": mass(0.5),
        "max_transport_load": mass(0.3),
        "average_speed": 60.0,
        "round_trips_count": 2,
        "average_roundtrip_distance": 35_000,
        "average_roundtrip_time": "PT52M30S",
        "attributes": [],
    }
    assert got["total_statistics"] == general
    trip = got["trips_statistics"][0]
    assert trip["trip_key"] == "some-key"
    assert trip["general_statistics"] == general
    assert trip["load_statistics"] == {
        "total_load": load(2, 10),
        "max_load": load(1, 6),
        "max_transfer_load": load(1, 6),
    }
    assert [round_["roundtrip_key"] for round_ in trip["roundtrip_statistics"]] == [
        "some-key-1",
        "some-key-2",
    ]
    first = trip["roundtrip_statistics"][0]["general_statistics"]
    assert first["cost"] == 20_000 * 0.01 + 46 * 60 * 0.01
    assert (first["reward"], first["plan_orders_count"], first["stops_count"]) == (1100.1, 1, 3)
    assert first["measurements"] == times(
        "8:05-8:51",
        20_000,
        driving="PT20M",
        waiting="PT8M",
        working="PT15M",
        arriving="PT2M",
        departure="PT1M",
        total="PT46M",
    )
    assert got["quality"]["soft_time_window_violations"] == {
        "before": {"demand_keys": [], "count": 0},
        "after": {"demand_keys": ["y-down"], "count": 1},
    }
    assert got["task_statistics"] == {"planning_horizon": clock("0:00-23:59")}
    assert got["locations_statistics"] == []


def test_X1_X6_stops_own_the_drive_that_led_to_them() -> None:
    task, planned, trips = delivery_day()
    stops = written(statistics(planned, trips, horizon(task.task())))["trips_statistics"][0][
        "stop_statistics"
    ]
    assert [stop["location_key"] for stop in stops] == ["depot", "a", "depot", "b", "depot"]
    assert stops[1] == {
        "location_key": "a",
        "stop_demands": [
            {"demand_key": "x-down", "event_key": "event", "demand_time_window": clock("8:30-8:40")}
        ],
        "stop_time_window": clock("8:20-8:41"),
        "measurements": times(
            "8:10-8:41",
            10_000,
            driving="PT10M",
            waiting="PT8M",
            working="PT10M",
            arriving="PT2M",
            departure="PT1M",
            total="PT31M",
        ),
        "upload": load(0, 0),
        "download": load(1, 4),
        "max_load": load(1, 4),
        "arrival_load": load(1, 4),
        "departure_load": load(0, 0),
        "attributes": [],
    }
    assert stops[2]["upload"] == load(1, 6)
    assert stops[2]["arrival_load"] == load(0, 0)
    assert stops[2]["measurements"] == times(
        "8:41-9:00", 10_000, driving="PT10M", total="PT19M", **{"break": "PT9M"}
    )


def test_X1_without_trips_the_plan_stands_at_the_left_border() -> None:
    task = Tiny({"a": 0})
    task.work("w", "a", hard="8:00-9:00")
    task.performer(hours="7:00-19:00")
    task.transport(hours="7:30-18:00")
    got = written(statistics(task.task(), [], horizon(task.task())))
    assert got["total_statistics"]["measurements"] == times("7:00-7:00", 0)
    assert got["trips_statistics"] == []
    assert got["task_statistics"] == {"planning_horizon": clock("7:00-19:00")}


def test_X2_X3_X10_totals_are_sums_over_trips_and_performers_are_counted_once() -> None:
    task = Tiny({"depot": 0, "a": 10, "b": 25})
    task.work("w", "a", minutes=10)
    task.work("v", "b", minutes=20)
    task.work("u", "b")
    performer = task.performer(start="depot", hours="8:00-9:00", tariff=TARIFF)
    second = {**performer["shifts"][0], "key": "late", "availability_time": window("10:00-12:00")}
    performer["shifts"].append({**second, "working_time": window("10:00-12:00")})
    transport = task.transport(start="depot", tariff=TARIFF, hours="8:00-9:00")
    transport["shifts"].append(
        {**transport["shifts"][0], "key": "van-late", "availability_time": window("10:00-12:00")}
    )
    catalog = task.catalog()
    routes = [
        Route(catalog, "8:00", "depot").drive("a", 10).serve("w", 10).trip(),
        Route(catalog, "10:00", "depot", 1, 1).drive("b", 25).serve("v", 20).trip(waitlist=("u",)),
    ]
    trips = [TripWriter(catalog).trip(route, f"key-{i}", f"{i}-AAAA") for i, route in enumerate(routes)]
    got = statistics(catalog.task, trips, horizon(task.task()))
    total = got.total_statistics
    assert (total.trips_count, total.performers_count) == (2, 1)
    assert (total.orders_count, total.plan_orders_count, total.waitlist_orders_count) == (3, 2, 1)
    assert (total.stops_count, total.locations_count) == (4, 4)
    assert total.cost == sum(trip.general_statistics.cost for trip in got.trips_statistics)
    assert total.measurements.distance == 35_000
    assert total.measurements.total_time == (20 + 45) * 60
    assert (total.measurements.time_window.start, total.measurements.time_window.end) == (
        trips[0].states[0].time,
        trips[1].states[-1].time,
    )


def test_X5_L6_ratios_are_of_multiplied_capacity_and_zero_without_any() -> None:
    multiplier = {"transport_type": "CAR", "capacity": {"mass": 0.5}}
    task = Tiny({"a": 0, "b": 10}, settings=assumed(transport_capacity_multipliers=[multiplier]))
    order = task.delivery("o", "a", "b", mass=30)
    order["cargos"][0]["capacity"]["volume"] = 2
    task.performer()
    task.transport(boxes={"one": 100})
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("o-up").drive("b", 10).serve("o-down").trip()
    got = statistics(catalog.task, [TripWriter(catalog).trip(route, "k", "n")], horizon(task.task()))
    general = written(got.total_statistics)
    assert general["cargo_capacity_sum"] == {**mass(30), "volume": 2}
    assert general["cargo_capacity_ratio"] == mass(0.6)
    assert general["max_transport_load"] == mass(0.6)


def test_X5_the_ratio_may_pass_1_but_the_largest_load_may_not() -> None:
    task = Tiny({"a": 0, "b": 10}, settings=assumed(disable_capacity=True))
    task.delivery("o", "a", "b", mass=300)
    task.performer()
    task.transport(boxes={"one": 100})
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("o-up").drive("b", 10).serve("o-down").trip()
    got = statistics(catalog.task, [TripWriter(catalog).trip(route, "k", "n")], horizon(task.task()))
    assert got.total_statistics.cargo_capacity_ratio.mass == 3
    assert got.total_statistics.max_transport_load.mass == 1


def assumed(**assumptions: Any) -> dict[str, Any]:
    return {"trips_settings": {"assumptions": assumptions}}


def limited() -> tuple[Tiny, PlanTask, list[Trip]]:
    """Two services at a, inside one limit window of an hour; nothing in the other."""
    task = Tiny({"a": 0, "b": 10}, settings=assumed(disable_location_limits=False))
    step = {"capacity": mass(5), "penalty": {**NOTHING, "mass": 2}}
    task.locations["a"]["timetable"] = [
        {
            "work_window": window("8:00-10:00"),
            "limits": [
                {
                    "key": "early",
                    "time_window": window("8:00-9:00"),
                    "max_cargos": [step, {"capacity": mass(8), "penalty": {**NOTHING, "mass": 10}}],
                    "max_transports": [{"count": 0.25, "penalty": 100}],
                },
                {"key": "late", "time_window": window("9:00-10:00"), "min_cargos": [step]},
            ],
        }
    ]
    task.delivery("x", "a", "b", mass=4, loading=20)
    task.delivery("y", "a", "b", mass=6, loading=10)
    task.performer()
    task.transport()
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("x-up", 20).serve("y-up", 10)
    route.drive("b", 10).serve("x-down").serve("y-down")
    return task, catalog.task, [TripWriter(catalog).trip(route.trip(), "k", "1-AAAA")]


def test_Y1_X8_X9_location_limits() -> None:
    task, planned, trips = limited()
    got = written(statistics(planned, trips, horizon(task.task())))
    # 10 kg: 5 over at 2, 2 over at 10; half a transport on average: 0.25 over at 100; then 5 missing at 2
    assert got["locations_statistics"] == [
        {
            "location_key": "a",
            "location_limits_penalty": 65.0,
            "total_cargos_statistics": {"capacity": mass(10), "penalty": mass(40)},
            "total_transports_statistics": {"count": 0.25, "penalty": 25.0},
            "limits_statistics": [
                {
                    "location_limit_key": "early",
                    "cargos_statistics": {"capacity": mass(10), "penalty": mass(30)},
                    "transports_statistics": {"count": 0.5, "penalty": 25.0},
                    "location_limit_penalty": 55.0,
                },
                {
                    "location_limit_key": "late",
                    "cargos_statistics": {"capacity": NOTHING, "penalty": mass(10)},
                    "transports_statistics": {"count": 0.0, "penalty": 0.0},
                    "location_limit_penalty": 10.0,
                },
            ],
        }
    ]
    assert got["quality"]["locations_limits_penalty"] == 65.0


def test_Y1_limits_that_do_not_count_are_not_told() -> None:
    task, planned, trips = limited()
    planned.plan_settings.trips_settings.assumptions.disable_location_limits = True
    got = statistics(planned, trips, horizon(task.task()))
    assert (got.locations_statistics, got.quality.locations_limits_penalty) == ([], 0)


def test_W5_X9_windows_missed_before_and_after() -> None:
    task = Tiny({"a": 0})
    task.work("early", "a", soft="8:05-9:00", minutes=5)
    task.work("late", "a", soft="8:00-8:09", minutes=5)
    task.work("both", "a", soft="8:11-8:14", hard="8:11-8:14", minutes=5)
    task.work("good", "a", soft="8:15-8:20", minutes=5)
    task.performer()
    task.transport()
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("early", 5).serve("late", 5).serve("both", 5).serve("good", 5)
    trip = TripWriter(catalog).trip(route.trip(), "k", "n")
    quality = statistics(catalog.task, [trip], horizon(task.task())).quality
    assert quality.soft_time_window_violations.before.demand_keys == ["early", "both"]
    assert quality.soft_time_window_violations.after.demand_keys == ["late", "both"]
    assert quality.hard_time_window_violations.after.demand_keys == ["both"]
    assert quality.hard_time_window_violations.before.count == 1


def example(name: str, kind: type[Any]) -> Any:
    return read(kind, (EXAMPLES / name).read_bytes())


PRINTED_METRES = {
    ("location_storage", "location_client_2"): 6164,
    ("location_client_2", "location_client_3"): 1185,
    ("location_client_3", "location_client_1"): 631,
}


def printed_metres(kind: TransportType, start: str, finish: str) -> int:
    return PRINTED_METRES.get((start, finish), 1_000)


def test_M4_the_documents_example_costs_5547_8() -> None:
    """Its states carry no distance, so the printed legs are given; the rest of the print is rebuilt."""
    task = example("plan.request.json", PlanTask)
    printed = json.loads((EXAMPLES / "plan.result.json").read_text())
    # the printed results lack figures that the contract requires of roundtrips
    trips = [read(Trip, json.dumps(trip).encode()) for trip in printed["trips"]]
    got = written(statistics(task, trips, horizon(task), printed_metres))
    general = got["trips_statistics"][0]["general_statistics"]
    assert general["cost"] == pytest.approx(5547.8)
    assert general["reward"] == 3000.3
    there = printed["statistics"]["trips_statistics"][0]
    assert general["measurements"] == there["general_statistics"]["measurements"]
    assert got["trips_statistics"][0]["load_statistics"] == there["load_statistics"]
    for mine, theirs in zip(
        got["trips_statistics"][0]["stop_statistics"], there["stop_statistics"], strict=True
    ):
        mine.pop("attributes")
        assert mine == theirs


def test_Q1_cargo_actions_listed_again_and_again_count_once() -> None:
    """The documents' statistics request lists in every state what is on board, and never a REMOVE."""
    given_ = example("statistics.request.json", StatisticsTask)
    task = example("plan.request.json", PlanTask)
    got = statistics(task, given_.trips, horizon(task), printed_metres)
    trip = got.trips_statistics[0]
    assert trip.load_statistics.total_load.count == 2
    assert [stop.download.count for stop in trip.stop_statistics] == [0, 1, 1, 0]
    assert [stop.departure_load.count for stop in trip.stop_statistics] == [2, 1, 0, 0]


def test_X10_trips_of_unknown_shifts_demands_and_cargos_are_still_counted() -> None:
    task, planned, trips = delivery_day()
    trip = trips[0]
    trip.performer = replace(trip.performer, shift_key="gone", performer_key="gone")
    for state in trip.states:
        if state.demand_key == "x-down":
            state.demand_key = "gone"
        for action in state.cargo_actions:
            action.cargo_key = action.cargo_key.replace("y-", "gone-")
    got = statistics(planned, trips, horizon(task.task()))
    general = got.trips_statistics[0].general_statistics
    assert general.cost == 0  # no tariff is known
    assert general.measurements.distance == 70_000
    assert general.plan_orders_count == 2
    assert general.cargo_capacity_sum.mass == 4


EDITS = ("drop", "flags", "place", "time", "distance", "keys", "swap", "cargo")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_Q12_edited_trips_are_read_as_far_as_they_go(data: st.DataObject) -> None:
    """Whatever is done to the states, the statistics keep the contract and X1."""
    task, planned, trips = delivery_day()
    states = trips[0].states
    for _ in range(data.draw(st.integers(1, 6))):
        if not states:
            break
        number = data.draw(st.integers(0, len(states) - 1))
        state = states[number]
        edit = data.draw(
            st.sampled_from(["drop", "flags", "place", "time", "distance", "keys", "swap", "cargo"])
        )
        if edit == "drop":
            states.pop(number)
        elif edit == "flags":
            state.flags = data.draw(st.lists(st.sampled_from(list(TripStateFlag)), max_size=9))
        elif edit == "place":
            state.location_key = data.draw(st.sampled_from([None, "a", "b", "elsewhere"]))
        elif edit == "time":
            state.time = data.draw(st.sampled_from(states)).time
        elif edit == "distance":
            state.distance = data.draw(st.integers(0, 4_000_000_000))
        elif edit == "keys":
            state.demand_key, state.event_key = data.draw(
                st.sampled_from([(None, None), ("x-up", "gone"), ("y-up", "event")])
            )
        elif edit == "swap":
            other = data.draw(st.integers(0, len(states) - 1))
            states[number], states[other] = states[other], states[number]
        else:
            state.cargo_actions = data.draw(st.sampled_from(states)).cargo_actions * 2
    got = statistics(planned, trips, horizon(task.task()))
    assert read(PlanStatistics, write(got)) == got
    measured = got.total_statistics.measurements
    parts = ("driving", "waiting", "working", "break", "rest", "arriving", "departure")
    assert measured.total_time == sum(getattr(measured, f"{part}_time") for part in parts)
