"""What facts leave of a trip (Q1-Q8), one by one and mixed."""

import pytest

from tests.solver.replan.execution import Execution
from tests.solver.report.tiny import Tiny


def tour(**performer: str) -> Tiny:
    """Two deliveries and a visit on one road; the whole tour is an hour."""
    task = Tiny({"depot": 0, "a": 10, "b": 20, "c": 30, "lost": 15})
    task.delivery("x", "depot", "a", minutes=5)
    task.delivery("y", "depot", "b", minutes=5)
    task.work("w", "c", minutes=10)
    task.performer(**{"start": "depot", **performer})
    task.transport(start="depot")
    return task


@pytest.fixture
def executed() -> Execution:
    return Execution(tour()).trip("x-up", "y-up", "x-down", "y-down", "w")


REST_OF_TOUR = "8:10 x-down, 8:25 y-down, 8:40 w, 8:50 c"


def test_Q1_trips_are_read_from_their_states(executed: Execution) -> None:
    told = executed.actualized("8:00")
    assert told.trips == [f"anna van: 8:00 depot, 8:00 x-up, 8:00 y-up, {REST_OF_TOUR}"]
    assert told.boxes == {"x-cargo": "van-box", "y-cargo": "van-box"}


def test_Q1_cargos_listed_again_in_later_states_are_ignored(executed: Execution) -> None:
    board = []
    for state in executed.trips[0]["states"]:
        board += [a for a in state.get("cargo_actions", []) if a["cargo_action_type"] == "ADD"]
        state["cargo_actions"] = list(board)
    executed.fact("DEMAND_DONE", "8:00", "x-up").fact("DEMAND_DONE", "8:00", "y-up")
    told = executed.actualized("8:05")
    assert told.trips == [f"anna van: 8:00 depot, {REST_OF_TOUR}"]
    assert told.boxes == {"x-cargo": "van-box", "y-cargo": "van-box"}


def test_Q3_nothing_starts_before_current_time(executed: Execution) -> None:
    told = executed.actualized("9:30")
    assert told.trips == [
        "anna van: 9:30 depot, 9:30 x-up, 9:30 y-up, 9:40 x-down, 9:55 y-down, 10:10 w, 10:20 c"
    ]


def test_Q3_right_borders_move_by_the_delay_and_lateness_is_told() -> None:
    task = tour()
    task.orders[2]["demands"][0]["possible_events"][0]["hard_time_window"]["to"] = "2026-03-02T09:00:00Z"
    executed = Execution(task).trip("x-up", "y-up", "x-down", "y-down", "w")
    late = executed.actualized("9:30", delay="PT2H")
    assert late.waiting == {}
    assert late.plan.statistics.quality.hard_time_window_violations.after.demand_keys == ["w"]
    assert executed.actualized("9:30", delay="PT1H").waiting == {"anna-trip": ["w"]}


def test_Q3_working_time_and_availability_end_later() -> None:
    executed = Execution(tour(hours="8:00-8:30")).trip("x-up", "y-up", "x-down", "y-down", "w")
    assert executed.actualized("8:00", delay="PT0S").waiting == {"anna-trip": ["w"]}
    assert executed.actualized("8:00", delay="PT20M").waiting == {}


def test_Q4_facts_later_than_now_are_dropped(executed: Execution) -> None:
    told = executed.fact("DEMAND_DONE", "8:20", "x-up").actualized("8:10")
    assert told.plan.removed_items.fact_keys == ["fact-0"]
    assert "x-up" in told.trips[0]


def test_Q4_the_latest_fact_about_an_entity_counts(executed: Execution) -> None:
    executed.fact("DEMAND_DONE", "8:00", "x-up").fact("DEMAND_DONE", "8:00", "y-up")
    executed.fact("DEMAND_DONE", "8:15", "x-down").fact("DEMAND_START", "8:10", "x-down")
    told = executed.actualized("8:20")
    assert told.plan.removed_items.fact_keys == ["fact-3"]
    assert told.trips == ["anna van: 8:15 a, 8:25 y-down, 8:40 w, 8:50 c"]


def test_Q4_at_equal_times_the_last_listed_counts(executed: Execution) -> None:
    executed.fact("NEW_LOCATION", "8:00", "a").fact("NEW_LOCATION", "8:00", "lost")
    told = executed.actualized("8:00")
    assert told.plan.removed_items.fact_keys == ["fact-0"]
    assert told.trips[0].startswith("anna van: 8:00 lost, ")


def test_Q5_a_new_location_is_where_the_trip_goes_on_from(executed: Execution) -> None:
    told = executed.fact("NEW_LOCATION", "8:00", "lost").actualized("8:02")
    assert told.trips == [
        "anna van: 8:00 lost, 8:15 x-up, 8:15 y-up, 8:25 x-down, 8:40 y-down, 8:55 w, 9:05 c"
    ]


def test_Q6_a_done_order_leaves(executed: Execution) -> None:
    told = executed.fact("ORDER_DONE", "8:00", "x").actualized("8:00")
    assert told.trips == ["anna van: 8:00 depot, 8:00 y-up, 8:20 y-down, 8:35 w, 8:45 c"]
    assert (told.unplanned, told.removed) == ([], [])


def test_Q7_an_open_service_goes_on_for_the_rest_of_its_time(executed: Execution) -> None:
    executed.fact("ORDER_DONE", "8:00", "x").fact("ORDER_DONE", "8:00", "y").fact("DEMAND_START", "8:40", "w")
    assert executed.actualized("8:44").trips == ["anna van: 8:44 c, 8:44 w, 8:50 c"]
    assert executed.actualized("9:44").trips == ["anna van: 9:44 c, 9:44 w, 9:44 c"], "nothing is left of it"


def test_Q8_a_done_work_leaves_and_the_trip_stands_there(executed: Execution) -> None:
    executed.trips.clear()
    executed.trip("w", "x-up", "x-down", "y-up", "y-down").fact("DEMAND_DONE", "8:40", "w")
    told = executed.actualized("8:45")
    assert told.trips == ["anna van: 8:40 c, 9:10 x-up, 9:20 x-down, 9:35 y-up, 9:55 y-down, 10:00 b"]


def test_Q8_a_done_pickup_leaves_its_cargo_in_the_box_it_was_loaded_into() -> None:
    task = tour()
    task.transports[0]["boxes"].append({"key": "cold", "capacity": {"mass": 100}})
    executed = Execution(task).trip("x-up", "y-up", "x-down", "y-down", "w", boxes={"x-cargo": "cold"})
    told = executed.fact("DEMAND_DONE", "8:00", "x-up").actualized("8:05")
    assert told.trips == ["anna van: 8:05 depot, 8:05 y-up, 8:15 x-down, 8:30 y-down, 8:45 w, 8:55 c"]
    assert told.boxes["x-cargo"] == "cold"


def test_Q8_a_done_drop_takes_its_order_along(executed: Execution) -> None:
    executed.fact("DEMAND_DONE", "8:00", "x-up").fact("DEMAND_DONE", "8:15", "x-down")
    told = executed.actualized("8:15")
    assert told.trips == ["anna van: 8:15 a, 8:25 y-up, 8:45 y-down, 9:00 w, 9:10 c"]


def test_Q8_a_done_drop_takes_its_part_of_the_pickup_along() -> None:
    task = tour()
    order = task.orders[0]
    order["cargos"].append({"key": "second", "capacity": {"mass": 1}})
    order["demands"][0]["target_cargos"].append("second")
    order["demands"].append({**order["demands"][1], "key": "second-down", "target_cargos": ["second"]})
    executed = Execution(task).trip("x-up", "x-down", "second-down", "y-up", "y-down", "w")
    told = executed.fact("DEMAND_DONE", "8:15", "x-down").actualized("8:15")
    assert "x-up" in told.trips[0], "the pickup still has the second cargo"
    executed.fact("DEMAND_DONE", "8:20", "second-down")
    assert "x-up" not in executed.actualized("8:20").trips[0]


def test_Q8_what_is_picked_up_to_stay_makes_the_box_smaller() -> None:
    task = tour()
    order = task.delivery("keep", "depot", "a", mass=60)
    order["demands"] = [{**order["demands"][0], "demand_type": "PICKUP_TO_BOX"}]
    task.orders[0]["cargos"][0]["capacity"]["mass"] = 50
    executed = Execution(task).trip("keep-up", "x-up", "x-down", "y-up", "y-down", "w")
    told = executed.fact("DEMAND_DONE", "8:00", "keep-up").actualized("8:00")
    assert told.waiting == {"anna-trip": ["x"]}


def test_Q8_what_was_dropped_from_a_box_leaves() -> None:
    task = tour()
    order = task.orders[0]
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0]["target_box_key"] = "van-box"
    executed = Execution(task).trip("x-down", "y-up", "y-down", "w")
    told = executed.fact("DEMAND_DONE", "8:15", "x-down").actualized("8:15")
    assert told.trips == ["anna van: 8:15 a, 8:25 y-up, 8:45 y-down, 9:00 w, 9:10 c"]


def test_Q4_Q8_mixed_facts_apply_in_order_of_time(executed: Execution) -> None:
    executed.fact("DEMAND_START", "8:33", "y-down").fact("ORDER_DONE", "8:20", "x")
    executed.fact("NEW_LOCATION", "8:25", "lost").fact("DEMAND_DONE", "8:00", "y-up")
    told = executed.actualized("8:35")
    assert told.trips == ["anna van: 8:35 b, 8:35 y-down, 8:48 w, 8:58 c"]
    assert told.plan.removed_items.fact_keys == []


def test_L5_cargo_of_who_waits_takes_room() -> None:
    task = tour()
    for number in (0, 1):
        task.orders[number]["cargos"][0]["capacity"]["mass"] = 60
    task.orders[0]["demands"][1]["possible_events"][0]["hard_time_window"]["to"] = "2026-03-02T08:30:00Z"
    executed = Execution(task).trip("x-up", "x-down", "y-up", "y-down", "w")
    executed.fact("DEMAND_DONE", "8:00", "x-up")
    assert executed.actualized("8:30", delay="PT0S").waiting == {"anna-trip": ["x", "y"]}


def test_K2_boxes_of_one_name_in_two_transports_are_told_apart() -> None:
    task = tour()
    task.performer("ben", start="depot")
    task.transport("car", start="depot", boxes={"van-box": 100})
    executed = Execution(task).trip("x-up", "x-down", boxes={"x-cargo": "van-box"})
    executed.trip("y-up", "y-down", "w", performer="ben", transport="car", boxes={"y-cargo": "van-box"})
    executed.fact("DEMAND_DONE", "8:00", "x-up").fact("DEMAND_DONE", "8:00", "y-up", performer="ben")
    told = executed.actualized("8:00")
    assert told.trips == [
        "anna van: 8:00 depot, 8:10 x-down, 8:15 a",
        "ben car: 8:00 depot, 8:20 y-down, 8:35 w, 8:45 c",
    ]
    assert told.boxes == {"x-cargo": "van-box", "y-cargo": "van-box"}


@pytest.mark.parametrize(("mass", "waiting"), [(40, ["x"]), (150, ["w", "x"])])
def test_L5_boxes_that_who_waits_fills_too_far_leave_no_trip(mass: float, waiting: list[str]) -> None:
    task = tour()
    order = task.orders[0]
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0].update(target_box_key="van-box", capacity={"mass": mass})
    told = Execution(task).trip("w", waitlist=("x",)).actualized("8:00")
    assert told.waiting == {"anna-trip": waiting}


@pytest.mark.parametrize(("mass", "waiting"), [(99, ["x"]), (100, ["y", "x"])])
def test_L2_boxes_of_who_waits_count_as_used(mass: float, waiting: list[str]) -> None:
    task = tour()
    task.transports[0]["boxes"] += [{"key": key, "capacity": {"mass": 100}} for key in ("second", "third")]
    task.transports[0]["limits"] = {"max_boxes": 1}
    first, second = task.orders[:2]
    first["demands"] = [{**first["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    first["cargos"][0]["target_box_key"] = "second"
    second["cargos"][0]["capacity"] = {"mass": mass}  # with the 1 of x it just fits the one box left to use
    told = Execution(task).trip("y-up", "y-down", "w", waitlist=("x",)).actualized("8:00")
    assert told.waiting == {"anna-trip": waiting}
    assert told.boxes == ({} if "y" in waiting else {"y-cargo": "second"})
