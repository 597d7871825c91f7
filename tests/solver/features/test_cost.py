"""What a trip costs (M1-M4)."""

from typing import Any

import pytest

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny

FREE = 0.001  # the least the contract allows of a cost


def tariffs(performer: list[tuple[str, float]], transport: list[tuple[int, float]], **more: Any) -> Tiny:
    """An hour's service 60 km away, there and back: three hours, 120 km."""
    task = Tiny({"depot": 0, "a": 60})
    task.delivery("x", "depot", "a", mass=2, minutes=60, reward=500)
    time = [{"stage_length": length, "cost_per_unit": cost} for length, cost in performer]
    road = [{"stage_length": length, "cost_per_unit": cost} for length, cost in transport]
    task.performer(start="depot", finish="depot", tariff={"cost_per_shift": 100, "constraints": time})
    task.transport(tariff={"cost_per_shift": 10, "constraints": road, **more})
    return task


def test_M1_M2_without_constraints_a_second_and_a_metre_cost_a_thousandth() -> None:
    told = planned(tariffs([], []))
    assert told.cost == 100 + 10 + 3 * 3600 * 0.001 + 120_000 * 0.001


def test_M1_stages_of_time_follow_each_other() -> None:
    told = planned(tariffs([("PT1H", 0.01), ("PT90M", 0.02), ("PT2H", 0.1)], []))
    assert told.cost == pytest.approx(110 + 120 + 36 + 108 + 1800 * 0.1)


def test_M1_the_stages_together_are_the_longest_trip() -> None:
    assert planned(tariffs([("PT1H", 0.01), ("PT2H", 0.01)], [])).left == []
    assert planned(tariffs([("PT1H", 0.01), ("PT1H59M", 0.01)], [])).left == ["x"]


def test_M2_stages_of_metres_follow_each_other() -> None:
    told = planned(tariffs([], [(50_000, 0.001), (50_000, 0.002), (50_000, 0.01)]))
    assert told.cost == pytest.approx(110 + 10.8 + 50 + 100 + 200)


def test_M2_the_stages_together_are_the_longest_way() -> None:
    assert planned(tariffs([], [(60_000, 0.001), (60_000, 0.001)])).left == []
    assert planned(tariffs([], [(60_000, 0.001), (59_999, 0.001)])).left == ["x"]


def test_M2_transportation_cost_is_load_times_metres_of_each_leg() -> None:
    price = {"mass": 0.01, "volume": 5, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}
    told = planned(tariffs([], [], transportation_cost=price))
    assert told.cost == pytest.approx(110 + 10.8 + 120 + 2 * 60_000 * 0.01)  # the way back is empty


def test_M3_profit_is_reward_less_cost_rounded_to_the_precision() -> None:
    task = tariffs([("PT10H", 0.0011111)], [])
    task.settings = {"calculation_settings": {"precision": 1}}
    told = planned(task)
    assert told.cost == 242.0  # 110 + 11.99988 + 120
    assert told.reward == 1500.1  # of the pickup, by default 1000.1, and of the drop
    assert told.plan.statistics.total_statistics.profit == pytest.approx(1258.1)


def test_M3_nothing_planned_costs_nothing() -> None:
    task = tariffs([("PT1H", 1)], [])
    told = planned(task)
    assert (told.trips, told.cost, told.reward) == ([], 0, 0)


def test_M4_the_example_of_the_documents() -> None:
    task = Tiny({"a": 0, "b": 10})
    task.work("x", "b")
    task.performer(
        start="a",
        tariff={"cost_per_shift": 1000, "constraints": [{"stage_length": "PT8H", "cost_per_unit": 1}]},
    )
    task.transport(
        tariff={"cost_per_shift": 1000, "constraints": [{"stage_length": 100_000, "cost_per_unit": 0.01}]}
    )
    document = task.document()
    matrix = document["external_routing"][0]["matrix"]
    matrix["distances"], matrix["durations"] = [[0, 7980], [7980, 0]], [[0, 3468], [3468, 0]]
    assert planned(document).cost == 5547.8
