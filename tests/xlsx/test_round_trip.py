"""JSON to a workbook and back gives the same data (F3)."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.xlsx import read_workbook, write_workbook
from tests.shared import SHARED, needs_shared
from tests.xlsx.same import example, example_files, typed


def back(data: dict[str, Any], timezone: int = 0) -> dict[str, Any]:
    reading = read_workbook(write_workbook(data, timezone))
    assert [str(finding) for finding in reading.findings] == []
    assert reading.timezone == timezone
    return reading.data


@pytest.mark.parametrize("path", example_files(), ids=lambda path: path.stem)
def test_F3_examples(path: Path) -> None:
    data = example(path)
    assert typed(back(data, 3)) == typed(data)


def test_every_example_with_a_part_of_the_model_is_used() -> None:
    names = {path.stem for path in example_files()}
    assert {
        "plan.request",
        "plan.result",
        "replan.request",
        "actualize.request",
        "statistics.result",
    } <= names
    assert {"entity.order", "entity.trip", "entity.fact", "entity.hardlink"} <= names


def random_data(seed: int) -> dict[str, Any]:
    sys.path.append(str(SHARED / "tools"))
    import make_task

    matrix = "external" if seed % 3 else "none"
    city = ("tokyo", "moscow", "helsinki")[seed % 3]
    task, witness = make_task.make(seed, 5 + seed % 40, "all", city, matrix, 0.05, "EARLIEST_FINISH")
    data: dict[str, Any] = {**task, "trips": witness["trips"], "statistics": witness["statistics"]}
    return data


SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 200))]


@needs_shared
@pytest.mark.parametrize("seed", SEEDS)
def test_F3_random_tasks_and_results(seed: int) -> None:
    data = random_data(seed)
    assert typed(back(data, seed % 25 - 12)) == typed(data)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=4, unique=True), st.just("") | TEXTS)
def test_F3_any_text_survives(key: str, name: str, tags: list[str], value: str) -> None:
    location = {
        "key": key,
        "geopoint": {"latitude": 0, "longitude": 0},
        "compatibilities": {"transport_restrictions": tags},
        "name": name,
        "attributes": [{"key": name, "value": value}],
    }
    data = {"locations": [location], "dataset_name": name}
    assert typed(back(data)) == typed(data)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+7 900", "-", "@home", "'quoted", " lead", "trail ", '"in quotes"', '" x"', "a,b", "a\\,b",
        "_x0041_", "<r>bold</r>", "a\nb", "\r", "\x07", "\u2028", "007", "1e5", "TRUE", "2026-01-01", "𝄞",
        "a=b", "\\",
    ],
)  # fmt: skip
def test_F4_texts_a_spreadsheet_would_change_stay(text: str) -> None:
    data = {
        "locations": [
            {
                "key": text,
                "geopoint": {"latitude": 0, "longitude": 0},
                "compatibilities": {"transport_restrictions": [text, "other"]},
                "attributes": [{"key": text, "value": text}],
            }
        ]
    }
    assert back(data)["locations"] == data["locations"]


def location(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"key": f"location_{number}", "geopoint": {"latitude": 0, "longitude": 0}, **more}


@pytest.mark.parametrize("timezone", [3, 0, -5])
@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-29T00:59:59Z",  # Europe's clocks go forward at 01:00 UTC
        "2026-03-29T01:00:00Z",
        "2026-10-25T00:30:00+02:00",  # and back
        "2026-10-25T02:30:00+01:00",
        "2024-02-29T23:59:59.125+05:30",
        "1912-01-01T00:00:00Z",
        "1850-06-01T12:00:00Z",  # before a spreadsheet's calendar
        "2026-01-01T00:00:00.123456Z",  # finer than a spreadsheet's clock
        "9999-12-20T00:00:00Z",
    ],
)
def test_F2_moments_survive_in_every_time_zone(timezone: int, moment: str) -> None:
    data = {"facts": [{"key": "fact", "time": moment, "type": "ORDER_DONE", "trip_key": "trip"}]}
    assert typed(back(data, timezone)) == typed(data)


@pytest.mark.parametrize(
    "duration", ["PT0S", "P0D", "PT45S", "PT10M", "PT90M", "P30D", "PT2H12M34.3S", "P1Y", "P2W"]
)
def test_F2_durations_come_back_in_the_same_words(duration: str) -> None:
    data = {"locations": [location(arrival_duration=duration)]}
    assert back(data) == data


def test_F2_a_list_too_long_for_a_cell_goes_on_in_the_next_row() -> None:
    orders = [f"order-{number:05d}" for number in range(15_001)]
    window = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    trip = {
        "key": "trip",
        "performer": {"performer_key": "p", "shift_key": "ps", "shift_time": window},
        "transport": {"transport_key": "t", "shift_key": "ts", "shift_time": window},
        "states": [],
        "waitlist": orders,
    }
    assert back({"trips": [trip]})["trips"][0]["waitlist"] == orders


def test_F2_lists_that_stand_side_by_side_do_not_mix() -> None:
    """Tariff stages, lifetimes with windows of their own, and an extra duration."""
    window = {"from": "2026-01-01T00:00:00+00:00", "to": "2026-01-02T00:00:00+00:00"}
    later = {"from": "2026-02-01T00:00:00+00:00", "to": "2026-02-02T00:00:00+00:00"}
    stages = [{"stage_length": f"PT{hours}H", "cost_per_unit": hours} for hours in (1, 2, 3)]
    shifts = [
        {
            "key": f"shift_{n}",
            "availability_time": w,
            "working_time": w,
            "tariff": {"constraints": stages[n:]},
        }
        for n, w in enumerate((window, later))
    ]
    performer = {
        "key": "performer",
        "shifts": shifts,
        "compatibilities": {
            "performer_features": ["a", "b"],
            "performer_features_lifetimes": [
                {"feature": "a", "time_windows": [window, later]},
                {"feature": "b", "time_windows": [window]},
            ],
        },
        "limits": {"demand_extra_durations": [{"demand_key": "d", "additional_duration": "PT5M"}]},
    }
    data = {"performers": [performer, {**performer, "key": "another"}]}
    assert back(data) == data


def test_F3_objects_without_values_come_back_as_their_defaults() -> None:
    window = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    shift = {"key": "s", "availability_time": window, "tariff": {"constraints": [{}, {}]}}
    data = {
        "transports": [{"key": "t", "shifts": [shift], "limits": {"max_capacity": {"mass": 5}}}],
        "plan_settings": {},
        "replan_settings": {},
        "actualize_settings": {},
    }
    assert typed(back(data)) == typed(data)


def test_L1_a_measure_that_is_not_limited_stays_so() -> None:
    window = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    shift = {"key": "s", "availability_time": window}
    data = {"transports": [{"key": "t", "shifts": [shift], "limits": {"max_capacity": {"mass": 5}}}]}
    assert back(data)["transports"][0]["limits"] == {"max_capacity": {"mass": 5}}


def test_K1_boxes_of_two_transports_with_one_key_stay_apart() -> None:
    window = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
    transports = [
        {"key": f"t{mass}", "shifts": [{"key": f"s{mass}", "availability_time": window}],
         "boxes": [{"key": "box", "capacity": {"mass": mass}}]}
        for mass in (1, 2)
    ]  # fmt: skip
    assert typed(back({"transports": transports})) == typed({"transports": transports})


def test_every_digit_of_a_number_survives() -> None:
    numbers = [49.480999999999995, 1 / 3, 1e-17, 89.99999999999999, 0.1 + 0.2]
    data = {
        "locations": [location(n, geopoint={"latitude": x, "longitude": -x}) for n, x in enumerate(numbers)]
    }
    assert json.dumps(back(data)["locations"]) == json.dumps(data["locations"])


def test_F3_nothing_is_nothing() -> None:
    assert typed(back({})) == typed({})
