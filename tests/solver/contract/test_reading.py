"""Bytes a client may send: every error at once with its path, and never anything but SchemaErrors."""

import gc
import json
import tracemalloc
from random import Random
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.contract import (
    Attribute,
    Demand,
    Geopoint,
    PlanTask,
    SchemaErrors,
    TimeWindow,
    collecting,
    read,
    read_object,
    write,
)
from solver.contract.collector import collector_paused
from solver.contract.reading import MAX_ERRORS
from tests.solver.checks.corruption import corrupt, rich
from tests.solver.contract.schemas import DATA

PLAN = (DATA / "examples" / "plan.request.json").read_bytes()


def errors(data: bytes, kind: Any = PlanTask) -> dict[str, str]:
    with pytest.raises(SchemaErrors) as refused:
        read(kind, data)
    return {str(error.entity): error.message for error in refused.value.errors}


def test_every_error_at_once_with_its_path() -> None:
    task = json.loads(PLAN)
    task["orders"][0]["demands"][1]["possible_events"][0]["duration"] = "10 minutes"
    task["orders"][1]["demands"][0]["possible_events"][0]["hard_time_window"]["from"] = "2025-09-08T05:00:00"
    task["orders"][2]["demands"][0]["demand_type"] = "DIG"
    task["orders"][2]["key"] = 7
    task["performers"][0]["shifts"][0]["availability_time"] = None
    task["transports"][0]["boxes"] = "none"
    task["locations"][3]["geopoint"] = {"latitude": 91, "longitude": "35"}
    del task["performers"][0]["key"]
    assert errors(json.dumps(task).encode()) == {
        "orders[0].demands[1].possible_events[0].duration": "wanted an ISO 8601 duration"
        ' of at most 16 characters such as PT1H45M, came "10 minutes"',
        "orders[1].demands[0].possible_events[0].hard_time_window.from": "wanted a date and time"
        ' with its offset such as 2025-09-21T09:30:00+03:00, came "2025-09-08T05:00:00"',
        "orders[2].demands[0].demand_type": "wanted one of 'PICKUP', 'DROP', 'WORK', 'PICKUP_TO_BOX' or"
        " 'DROP_FROM_BOX', came \"DIG\"",
        "orders[2].key": "wanted a text, came 7",
        "performers[0].shifts[0].availability_time": "wanted an object, came null",
        "transports[0].boxes": 'wanted a list, came "none"',
        "locations[3].geopoint.latitude": "wanted 90 or less, came 91",
        "locations[3].geopoint.longitude": 'wanted a number, came "35"',
        "performers[0].key": "wanted a value, came nothing",
    }


def test_errors_inside_optional_objects_are_told_once() -> None:
    task = json.loads(PLAN)
    task["plan_settings"] = {"calculation_settings": {"precision": 7.0, "result_timezone": "3"}}
    with pytest.raises(SchemaErrors) as refused:
        read_object(PlanTask, task)
    assert str(refused.value).splitlines() == [
        'plan_settings.calculation_settings.result_timezone: wanted a whole number, came "3"',
        "plan_settings.calculation_settings.precision: wanted 6 or less, came 7",
    ]


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b" ", b"null", b"true", b"5", b'"text"', b"[]", b"{", b"{}x", b"{'a': 1}"),
        *(b"[" * 100_000, b'{"a":' * 100_000, b'{"unknown": ' + b"9" * 5000 + b"}"),
        *(b"\xff\xfe{\x00}\x00", b'{"dataset_name": "\xc3\x28"}', b'{"dataset_name": "\xed\xa0\x80"}'),
        *(b'{"dataset_name": "\\ud800"}', b'{"unknown": NaN}', b'{"unknown": -Infinity}'),
    ],
)
def test_bytes_that_are_no_task(data: bytes) -> None:
    assert errors(data)


def test_constants_are_refused_in_ignored_fields_and_kept_in_texts() -> None:
    assert errors(b'{"latitude": 1, "longitude": 2, "x": NaN}', Geopoint) == {"": "wanted JSON, came NaN"}
    assert read(Attribute, b'{"key": "NaN", "value": "Infinity"}').key == "NaN"


def test_huge_numbers() -> None:
    whole = b"1" * 400
    assert errors(b'{"latitude": %s, "longitude": 1e999}' % whole, Geopoint).keys() == {
        "latitude",
        "longitude",
    }
    demand = json.dumps({"key": "d", "demand_type": "WORK", "possible_events": []}).encode()
    found = errors(demand.replace(b"[]", b'[], "precedence_in_trip": ' + whole), Demand)
    assert found["precedence_in_trip"].startswith("wanted 15001 or less, came 111111")


def test_byte_order_mark_is_skipped() -> None:
    assert read(PlanTask, b"\xef\xbb\xbf" + PLAN) == read(PlanTask, PLAN)


def test_no_more_errors_than_an_answer_can_hold() -> None:
    task = json.loads(PLAN)
    task["orders"] = [{"key": 1, "demands": 2} for _ in range(MAX_ERRORS)]
    with pytest.raises(SchemaErrors) as refused:
        read_object(PlanTask, task)
    assert len(refused.value.errors) == MAX_ERRORS


@given(st.integers(0, 2**32))
@settings(deadline=None)
def test_a_big_body_read_in_pieces_has_the_same_errors(seed: int) -> None:
    data = json.dumps(corrupt(rich(), Random(seed))).encode()
    try:
        whole = ("read", read(PlanTask, data))
    except SchemaErrors as refused:
        whole = ("refused", sorted(str(refused).splitlines()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collecting, "SMALL_BODY", 0)
        patch.setattr(collecting, "SMALL_PIECE", 3)
        try:
            pieces = ("read", read(PlanTask, data))
        except SchemaErrors as refused:
            pieces = ("refused", sorted(str(refused).splitlines()))
    assert pieces == whole


def test_a_big_body_of_errors_alone_is_refused_within_bounds() -> None:
    """A megabyte of them; told one by one they would take a gigabyte."""
    order = b'{"demands": [%s]}' % b",".join([b"0"] * 1000)
    tracemalloc.start()
    with pytest.raises(SchemaErrors) as refused:
        read(PlanTask, b'{"orders": [%s]}' % b",".join([order] * 500))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(refused.value.errors) == MAX_ERRORS
    assert peak < 200_000_000


def test_the_last_error_of_a_big_body_is_found() -> None:
    task = json.loads(PLAN)
    task["orders"] = [task["orders"][2] | {"key": f"order_{number}"} for number in range(2_000)]
    task["orders"][-1] = {"key": ""}
    del task["transports"]
    assert errors(json.dumps(task).encode()) == {
        "orders[1999].key": 'wanted a text of at least 1 characters, came ""',
        "orders[1999].demands": "wanted a value, came nothing",
        "transports": "wanted a value, came nothing",
    }


def test_errors_of_every_item_of_a_list() -> None:
    task = json.loads(PLAN)
    task["orders"] = task["orders"] * 5_001
    assert errors(json.dumps(task).encode()) == {"orders": "wanted a list of at most 15001 items, came 15003"}


def test_parsed_objects_are_read_like_bytes() -> None:
    task = read(PlanTask, PLAN)
    assert read_object(PlanTask, json.loads(PLAN)) == task
    window = task.orders[0].demands[0].possible_events[0].hard_time_window
    assert read_object(TimeWindow, {"from": window.start, "to": window.end}) == window
    for wrong in (float("nan"), object(), "\ud800"):
        with pytest.raises(SchemaErrors):
            read_object(Geopoint, {"latitude": wrong, "longitude": 0})


def test_lists_are_written_too() -> None:
    one = Attribute(key="a", value="б")
    assert write([one, one]).decode() == '[{"key":"a","value":"б"},{"key":"a","value":"б"}]'
    assert write([]) == b"[]"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
@settings(deadline=None)
def test_any_json_is_read_or_refused(value: Any) -> None:
    with pytest.raises(SchemaErrors):
        read(PlanTask, json.dumps(value).encode())


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_are_refused(data: bytes) -> None:
    assert errors(data)


def test_the_collector_is_paused_and_comes_back() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
        other = Thread(target=lambda: read(PlanTask, PLAN))
        other.start()
        other.join()
        assert not gc.isenabled()
    assert gc.isenabled()
