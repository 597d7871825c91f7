"""Orders whole, in their sequence, within the limits of a trip (O1-O4, O6)."""

from typing import Any

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny, window


def road(*services: str, **performer: Any) -> Tiny:
    """One order for each named place, a to d at 10, 20, 30 and 40 km; one van at the depot."""
    task = Tiny({"depot": 0, "a": 10, "b": 20, "c": 30, "d": 40})
    for place in services:
        task.work(f"at-{place}", place)
    task.performer(**{"start": "depot", **performer})
    task.transport()
    return task


def test_O1_an_order_is_planned_whole_or_not_at_all() -> None:
    task = road("a", "d", hours="8:00-8:39")
    task.orders[1]["demands"].append({**task.orders[0]["demands"][0], "key": "also-a"})
    told = planned(task)  # d is too far: its order's other demand is not served either
    assert told.trips == ["anna van: 8:00 depot, 8:10 at-a, 8:10 a"]
    assert told.left == ["at-d"]


def test_O1_all_demands_of_an_order_are_in_one_trip() -> None:
    task = road("a", "d")
    task.orders[0]["demands"] += task.orders[1]["demands"]
    task.orders = task.orders[:1]
    task.performer("boris", start="d")
    task.transport("car")
    assert len(planned(task).trips) == 1


def test_O2_a_cargo_is_picked_up_before_it_is_dropped() -> None:
    task = road()
    task.delivery("x", "c", "a")
    assert planned(task).trips == ["anna van: 8:00 depot, 8:30 x-up, 8:50 x-down, 8:50 a"]


def test_O3_precedence_in_order_is_kept_inside_an_order() -> None:
    task = road("a", "b")
    first, second = (order["demands"][0] for order in task.orders)
    first["precedence_in_order"], second["precedence_in_order"] = 2, 1
    task.orders[0]["demands"].append(second)
    task.orders = task.orders[:1]
    assert planned(task).trips == ["anna van: 8:00 depot, 8:20 at-b, 8:30 at-a, 8:30 a"]
    second["precedence_in_order"] = 0  # zero asks for nothing
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 at-a, 8:20 at-b, 8:20 b"]


def test_O3_precedence_in_order_says_nothing_across_orders() -> None:
    task = road("a", "b")
    for number, order in enumerate(reversed(task.orders), start=1):
        order["demands"][0]["precedence_in_order"] = number
    assert planned(task).trips == ["anna van: 8:00 depot, 8:10 at-a, 8:20 at-b, 8:20 b"]


def test_O3_precedence_in_trip_is_kept_across_orders() -> None:
    task = road("a", "b", "c")
    for order, value in zip(task.orders, (7, 3, 3), strict=True):
        order["demands"][0]["precedence_in_trip"] = value
    assert planned(task).trips == ["anna van: 8:00 depot, 8:20 at-b, 8:30 at-c, 8:50 at-a, 8:50 a"]


def test_O4_max_stops_counts_visits_start_and_finish_included() -> None:
    task = road("a", "b", finish="depot", max_stops=4)
    assert planned(task).left == []
    task.performers[0]["shifts"][0]["max_stops"] = 3
    assert planned(task).left in (["at-a"], ["at-b"])


def test_O4_max_locations_counts_places_once() -> None:
    task = road("a", "b", finish="depot", max_locations=3)
    assert planned(task).left == []
    task.performers[0]["shifts"][0]["max_locations"] = 2
    assert planned(task).left in (["at-a"], ["at-b"])


def test_O4_no_more_shifts_are_worked_than_max_work_shifts() -> None:
    task = road("a", "b", finish="depot", max_stops=3, hours="8:00-12:00")
    late = {"availability_time": window("13:00-17:00"), "working_time": window("13:00-17:00")}
    task.performers[0]["shifts"].append({**task.performers[0]["shifts"][0], "key": "anna-late", **late})
    task.transport("car")
    assert len(planned(task).trips) == 2
    task.performers[0]["limits"] = {"max_work_shifts": 1}
    told = planned(task)
    assert (len(told.trips), len(told.left)) == (1, 1)


def test_O6_one_transport_shift_is_in_one_trip() -> None:
    task = road("a", "b", finish="depot", max_stops=3)
    task.performer("boris", start="depot", finish="depot", max_stops=3)
    told = planned(task)
    assert (len(told.trips), len(told.left)) == (1, 1)
    task.transport("car")
    assert (len(planned(task).trips), planned(task).left) == (2, [])


def test_O6_one_performer_shift_is_in_one_trip() -> None:
    task = road("a", "b", finish="depot", max_stops=3)
    task.transport("car")
    told = planned(task)
    assert (len(told.trips), len(told.left)) == (1, 1)
