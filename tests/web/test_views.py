"""What map, time axis, curve and formats make of a plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.translation import override

from planning.web import curve, formats, gantt, maps, shelf
from tests.web.scene import result_of, task_of
from tests.web.test_results import view_of


@pytest.fixture
def plan() -> Any:
    task = task_of(2)
    return view_of(task, result_of(task, 2))


def test_the_map_has_a_line_a_trip_and_a_point_a_stop(plan: Any) -> None:
    features = maps.features(plan)["features"]
    kinds = [feature["properties"]["kind"] for feature in features]
    assert {kind: kinds.count(kind) for kind in kinds} == {"trip": 2, "stop": 8, "unplanned": 1}
    line = features[0]["geometry"]
    assert line["type"] == "LineString"
    assert line["coordinates"][0] == [139.6532, 35.704235]  # longitude first
    assert [feature["properties"]["label"] for feature in features[1:5]] == ["1", "2", "3", "4"]
    assert features[2]["properties"]["violated"] is True
    assert features[2]["properties"]["title"] == "1.2 location_client_2, 14:00–14:10"


def test_several_unplanned_orders_at_one_place_are_one_point() -> None:
    task = task_of()
    twin = dict(task["orders"][-1]) | {"key": "twin", "name": "Twin"}
    twin["demands"] = [dict(twin["demands"][0]) | {"key": "twin_demand"}]
    task["orders"].append(twin)
    result = result_of(task)
    result["unplanned_items"]["order_keys"] = [order["key"] for order in task["orders"][-2:]]
    points = [
        f for f in maps.features(view_of(task, result))["features"] if f["properties"]["kind"] == "unplanned"
    ]
    assert [point["properties"]["title"] for point in points] == ["2 unplanned orders"]


def test_the_axis_covers_the_plan_in_whole_ticks(plan: Any) -> None:
    """Trips from 13:42:23 to 14:40:11: quarters of an hour from 13:30 to 14:45."""
    drawn = gantt.draw(plan)
    assert drawn is not None
    assert [f"{tick.moment:%H:%M}" for tick in drawn.axis.ticks] == [
        "13:30", "13:45", "14:00", "14:15", "14:30", "14:45",
    ]  # fmt: skip
    assert drawn.axis.seconds == 75 * 60
    assert [tick.percent for tick in drawn.axis.ticks][:2] == ["0.000%", "20.000%"]


@pytest.mark.parametrize(
    ("hours", "step"), [(2, 900), (4, 900), (9, 1800), (16, 3600), (60, 14400), (400, 86400)]
)
def test_ticks_get_coarser_with_the_span(hours: int, step: int) -> None:
    start = datetime(2025, 9, 8, 5, 17, tzinfo=UTC)
    ticks = gantt.make_axis(start, start + timedelta(hours=hours)).ticks
    assert (ticks[1].moment - ticks[0].moment).total_seconds() == step
    assert ticks[0].moment <= start
    assert ticks[-1].moment >= start + timedelta(hours=hours)


def test_bars_and_lines_of_a_lane_are_seconds_from_the_left(plan: Any) -> None:
    drawn = gantt.draw(plan)
    assert drawn is not None
    lane = drawn.lanes[0]
    assert [(bar.x, bar.width, bar.number) for bar in lane.bars][2:] == [
        (1800, 600, 2), (2603, 900, 3), (3611, 600, 4),
    ]  # fmt: skip
    assert lane.drive == "M743 13H1800M2400 13H2603M3503 13H3611"
    assert lane.bars[2].window == "1800 4500"  # 14:00 to 16:00, clipped at the axis' end
    assert lane.bars[2].service.late == 300


def test_a_pickup_of_no_length_is_still_seen_and_has_no_number(plan: Any) -> None:
    drawn = gantt.draw(plan)
    assert drawn is not None
    bar = drawn.lanes[0].bars[0]
    assert bar.width == drawn.axis.seconds // gantt.THINNEST
    assert bar.label_from == 0


def calculation(points: list[list[float]], *names: str) -> Any:
    return SimpleNamespace(curve=points, figures={"names": list(names)})


def test_the_curve_shows_the_goal_among_plans_of_as_many_orders() -> None:
    found = curve.draw(
        calculation(
            [[0.1, 2, -2, 500], [1, 3, -3, 9000], [2, 3, -3, 8000], [5, 3, -3, 7000]], "planned", "metres"
        )
    )
    assert found is not None
    assert (found.first, found.last) == ("9.0", "7.0")
    assert found.line == "M0 6H248V50H994V94"


def test_the_curve_shows_orders_while_only_they_grow() -> None:
    found = curve.draw(calculation([[0.1, 2, -2, 500], [1, 3, -3, 9000]], "planned", "metres"))
    assert found is not None
    assert (found.label, found.first, found.last) == ("Orders planned so far", "2", "3")


def test_the_curve_of_profit_turns_the_sign() -> None:
    found = curve.draw(calculation([[0.1, 2, -100.0], [1, 3, -250.0]], "profit"))
    assert found is not None
    assert (found.first, found.last) == ("100", "250")


@pytest.mark.parametrize("points", [[], [[0.1, 3, -3, 1]]])
def test_one_point_is_no_curve(points: list[list[float]]) -> None:
    assert curve.draw(calculation(points, "planned", "metres")) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (40, "40 s"), (60, "1 min"), (720, "12 min"), (3600, "1 h"), (6300, "1 h 45 min"),
     (7199, "2 h"), (3540 * 60 + 300, "59 h 05 min"), (None, "—")],
)  # fmt: skip
def test_durations_in_words(seconds: int | None, words: str) -> None:
    assert formats.duration(seconds) == words


def test_distances_in_km_by_locale() -> None:
    assert formats.km(12_400) == "12.4"
    assert formats.km(1_427_246) == "1,427"
    with override("ru"):
        assert formats.km(12_400) == "12,4"


def test_a_window_over_midnight_names_its_days() -> None:
    start = datetime(2025, 9, 8, 22, 0, tzinfo=UTC)
    assert formats.span((start, start + timedelta(hours=1))) == "22:00–23:00"
    assert formats.span((start, start + timedelta(hours=3))) == "Mon 8 Sep 2025 22:00 – Tue 9 Sep 2025 01:00"


@pytest.mark.parametrize(
    ("wanted", "count", "ticked"),
    [(None, 3, [1, 2, 3]), (None, 12, list(range(1, 13))), (None, 40, list(range(1, 9))),
     ("2-4,9", 10, [2, 3, 4, 9]),
     ("none", 5, []), ("4-99", 5, [4, 5]), ("x,3,-", 5, [3]), ("1-99999999999", 2, [1, 2]), ("5-2", 9, [])],
)  # fmt: skip
def test_ticked_trips_of_an_address(wanted: str | None, count: int, ticked: list[int]) -> None:
    assert shelf.ticked_trips(wanted, count) == ticked


def test_paths_are_numbers_only_and_close_their_boxes(plan: Any) -> None:
    drawn = gantt.draw(plan)
    assert drawn is not None
    for lane in drawn.lanes:
        for path in (lane.drive, lane.park, lane.wait, lane.rest):
            assert re.fullmatch(r"[MHVvz0-9 .-]*", path)
