"""Location limits (Y1, Y2): trips begin so that they are kept, orders are left out if nothing else helps."""

from typing import Any

import pytest

from solver.contract import EntityWarningType
from tests.solver.features.told import Told, planned, settings
from tests.solver.report.tiny import Tiny, window

NOTHING = {"mass": 0, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}


def mass(border: float, price: float) -> list[dict[str, Any]]:
    """Steps of one measure."""
    return [{"capacity": {**NOTHING, "mass": border}, "penalty": {**NOTHING, "mass": price}}]


def limit(hours: str, **more: Any) -> dict[str, Any]:
    return {"key": f"limit-{hours}", "time_window": window(hours), **more}


def depot(*limits: dict[str, Any], allowed: float = 0, orders: int = 1, crews: int = 1) -> Tiny:
    """Deliveries of mass 10 from a depot with limits from 8:00 to 12:00; anna and boris have a van each."""
    task = Tiny(
        {"depot": 0, "x": 10},
        settings=settings(
            assumptions={"disable_location_limits": False},
            penalties={"max_locations_limits_penalty": allowed},
        ),
    )
    task.locations["depot"]["timetable"] = [{"work_window": window("8:00-12:00"), "limits": list(limits)}]
    for number in range(1, orders + 1):
        task.delivery(f"order{number}", "depot", "x", mass=10, loading=1)
    for name in ("anna", "boris")[:crews]:
        task.performer(name, start="depot")
        task.transport(f"{name}s", boxes={f"{name}-box": 10})
    return task


def exceeded(told: Told) -> bool:
    kind = EntityWarningType.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED
    return any(warning.type is kind for warning in told.plan.warnings)


def penalty(told: Told) -> float:
    return told.plan.statistics.quality.locations_limits_penalty


def test_Y1_a_trip_begins_when_the_depot_may_be_used() -> None:
    told = planned(depot(limit("8:00-9:00", max_cargos=mass(0, 1)), limit("9:00-12:00")))
    assert told.trips == ["anna annas: 9:00 depot, 9:00 order1-up, 9:11 order1-down, 9:11 x"]
    assert (penalty(told), exceeded(told)) == (0, False)


def test_Y1_limits_do_not_count_by_default() -> None:
    task = depot(limit("8:00-9:00", max_cargos=mass(0, 1)), limit("9:00-12:00"))
    task.settings = settings()
    assert planned(task).trips == ["anna annas: 8:00 depot, 8:00 order1-up, 8:11 order1-down, 8:11 x"]


def test_Y1_trips_take_turns_where_not_all_can_load_at_once() -> None:
    one_van = mass(10, 1)
    limits = [limit("8:00-9:00", max_cargos=one_van), limit("9:00-12:00", max_cargos=one_van)]
    told = planned(depot(*limits, orders=2, crews=2))
    assert [trip.split(": ")[1][:4] for trip in told.trips] == ["8:00", "9:00"]
    assert (penalty(told), told.left) == (0, [])


@pytest.mark.parametrize("strategy", ["EARLIEST_FINISH", "LOWEST_COST"])
def test_Y1_transports_served_at_once_are_an_average_over_the_window(strategy: str) -> None:
    steps = [{"count": 0.5, "penalty": 100}]
    task = depot(limit("8:00-9:00", max_transports=steps), limit("9:00-12:00"), orders=2, crews=2)
    for order in task.orders:
        order["demands"][0]["possible_events"][0]["duration"] = "PT20M"  # two of them: 40 of 60 minutes
    task.settings["trips_settings"]["expectations"] = {"trip_start_time_strategy": strategy}
    told = planned(task)
    assert (penalty(told), told.left, len(told.trips)) == (0, [], 2)


def test_Y2_what_is_allowed_is_used() -> None:
    whole_day = limit("8:00-12:00", max_cargos=mass(10, 2))
    told = planned(depot(whole_day, orders=2, crews=2, allowed=20))
    assert (penalty(told), told.left, exceeded(told)) == (20, [], False)


def test_Y2_an_order_is_left_out_where_nothing_else_keeps_the_limits() -> None:
    whole_day = limit("8:00-12:00", max_cargos=mass(10, 2))
    told = planned(depot(whole_day, orders=2, crews=2, allowed=19))
    assert (penalty(told), len(told.left), exceeded(told)) == (0, 1, False)


def test_Y2_orders_are_not_left_out_in_vain() -> None:
    wanted = limit("8:00-12:00", min_cargos=mass(50, 1), max_cargos=mass(60, 1))
    told = planned(depot(wanted, orders=2, crews=2))
    assert (penalty(told), told.left, exceeded(told)) == (30, [], True)


def test_Y2_money_is_not_made_beyond_the_limits() -> None:
    task = depot(limit("8:00-12:00", max_cargos=mass(10, 2)), orders=2, crews=2)
    for order in task.orders:
        order["demands"][1]["possible_events"][0]["reward"] = 10_000
    task.settings["trips_settings"]["configuration"] = "optimize_money"
    told = planned(task)
    assert (penalty(told), len(told.left)) == (0, 1)
