"""The one reading of a result that every page shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string

from planning.web.reading import read_plan
from planning.web.results import PlanView
from solver.contract import PlanResult, PlanTask, read_object
from tests.web.scene import REASON, example, result_of, task_of


def view_of(task: dict[str, Any], result: dict[str, Any]) -> PlanView:
    head = example("plan.result")
    body = {name: head[name] for name in ("tracedata", "calculation_progress", "calculation_info")}
    return read_plan(read_object(PlanTask, task), read_object(PlanResult, body | result))


@pytest.fixture
def plan() -> PlanView:
    task = task_of()
    return view_of(task, result_of(task))


def test_stops_with_a_service_are_numbered_in_order_of_time(plan: PlanView) -> None:
    stops = plan.trips[0].stops
    assert [stop.number for stop in stops] == [1, 2, 3, 4]
    assert [stop.place.key for stop in stops] == [
        "location_storage", "location_client_2", "location_client_3", "location_client_1",
    ]  # fmt: skip
    assert [stop.arrival for stop in stops] == sorted(stop.arrival for stop in stops)


def test_times_stand_on_the_plans_clock(plan: PlanView) -> None:
    """`result_timezone` is 9: 04:42:23 UTC is 13:42:23 there."""
    start = plan.trips[0].start
    assert start.utcoffset() == timedelta(hours=9)
    assert f"{start:%H:%M:%S}" == "13:42:23"


def test_names_are_taken_where_the_task_has_them(plan: PlanView) -> None:
    trip = plan.trips[0]
    assert (trip.performer, trip.transport) == ("Мария", "transport_1")
    assert [stop.place.name for stop in trip.stops][:2] == ["Storage", "location_client_2"]


def test_W5_a_service_after_its_soft_window_is_late_by_the_difference(plan: PlanView) -> None:
    late = [service for service in plan.trips[0].services if service.late]
    assert [(service.order_key, service.late) for service in late] == [("order_2", 300)]
    assert plan.soft_violations == 1
    assert plan.trips[0].violations == 1


def test_slack_is_what_the_tightest_later_window_leaves(plan: PlanView) -> None:
    """All windows close at 07:00 UTC, nothing waits: the last service, over at 05:40:11, binds every stop."""
    assert {stop.slack for stop in plan.trips[0].stops} == {79 * 60 + 49}


def test_slack_grows_by_the_waiting_that_would_absorb_a_delay() -> None:
    task = task_of()
    result = result_of(task)
    stops = result["statistics"]["trips_statistics"][0]["stop_statistics"]
    stops[2]["measurements"]["waiting_time"] = "PT10M"
    slacks = [stop.slack for stop in view_of(task, result).trips[0].stops]
    assert slacks == [5389, 5389, 4789, 4789]


def test_B2_breaks_and_rests_are_told_at_the_stop_they_lead_to() -> None:
    task = task_of()
    result = result_of(task)
    stops = result["statistics"]["trips_statistics"][0]["stop_statistics"]
    stops[2]["measurements"] |= {"break_time": "PT30M", "rest_time": "PT1H"}
    trip = view_of(task, result).trips[0]
    assert [stop.pause_seconds for stop in trip.stops] == [0, 0, 5400, 0]
    for name in ("_stop_table", "_trip_stops"):
        assert render_to_string(f"web/{name}.html", {"trip": trip}).count("pauses 1 h 30 min") == 1


def test_W1_slack_ends_with_the_shift() -> None:
    task = task_of()
    task["performers"][0]["shifts"][0]["availability_time"]["to"] = "2025-09-08T05:45:11Z"
    slacks = [stop.slack for stop in view_of(task, result_of(task)).trips[0].stops]
    assert slacks == [300, 300, 300, 300]


def test_W2_slack_ends_with_the_opening_hours() -> None:
    task = task_of()
    window = {"from": "2025-09-08T00:00:00Z", "to": "2025-09-08T05:42:11Z"}
    task["locations"][0]["timetable"] = [{"work_window": window}]
    slacks = [stop.slack for stop in view_of(task, result_of(task)).trips[0].stops]
    assert slacks == [120, 120, 120, 120]


def test_S2_segments_follow_the_flags_of_the_states(plan: PlanView) -> None:
    kinds = [segment.kind for segment in plan.trips[0].segments]
    assert kinds == ["drive", "work", "drive", "work", "drive", "work"]
    lengths = [int((segment.end - segment.start).total_seconds()) for segment in plan.trips[0].segments]
    assert lengths == [1057, 600, 203, 900, 108, 600]


def test_U2_an_unplanned_order_has_its_reason(plan: PlanView) -> None:
    order = plan.unplanned[0]
    assert (order.name, order.cut) == ("Fragile & <large>", False)
    assert [reason.info for reason in order.reasons] == [REASON]
    assert [place.key for place in order.places] == ["location_client_3"]


def test_V1_an_order_cut_out_before_planning_is_told_apart() -> None:
    task = task_of()
    result = result_of(task)
    keys = result.pop("unplanned_items")["order_keys"]
    result["removed_items"] = {"order_keys": keys, "order_keys_count": 1}
    plan = view_of(task, result)
    assert [(order.key, order.cut) for order in plan.unplanned] == [(keys[0], True)]


def test_trips_share_twelve_colours_then_repeat_with_a_dash() -> None:
    task = task_of(26)
    trips = view_of(task, result_of(task, 26)).trips
    assert [trip.number for trip in trips] == list(range(1, 27))
    assert [(trip.colour, trip.dash) for trip in trips[10:14]] == [(11, 0), (12, 0), (1, 1), (2, 1)]
    assert (trips[24].colour, trips[24].dash) == (1, 2)
    assert trips[0].name.startswith("1-")
    assert trips[10].name.startswith("11-")


def test_an_empty_plan_has_no_span() -> None:
    task = task_of()
    result = result_of(task, 0)
    plan = view_of(task, result)
    assert plan.trips == ()
    assert plan.span is None
    assert not plan.several_days
