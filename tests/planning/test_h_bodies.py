"""Request and response bodies (H1): sizes, gzip, and everything that is no task."""

from __future__ import annotations

import gzip
import json
import time
from typing import Any

import pytest
from django.test import override_settings

from accounts.api.body import PIECE, read_body
from planning.models import Calculation
from solver.contract import Custom400WithErrorsAndWarnings, General500, PlanResult, read
from tests.planning.conftest import Api, run
from tests.planning.fake_solver import FakeSolver, example

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("solver")]
START = "/universal/plan/calculation-async"
MEGABYTE = 1024 * 1024


def refusal(answer: Any) -> Custom400WithErrorsAndWarnings:
    assert answer.status_code == 400, answer.content[:300]
    found = read(Custom400WithErrorsAndWarnings, answer.content)
    assert b"Traceback" not in answer.content
    assert not Calculation.objects.exists()
    return found


def big_task(orders: int) -> bytes:
    """The printed task with so many orders of about 2.2 kB."""
    task = json.loads(example("plan.request"))
    pattern = json.dumps(task["orders"][0])
    note = [{"key": "note", "value": "x" * 1480}]
    task["orders"] = [json.loads(pattern.replace("_1", f"_{number}")) for number in range(orders)]
    for order in task["orders"]:
        order["attributes"] = note
        for demand in order["demands"]:
            for event in demand["possible_events"]:
                event["location_key"] = "location_client_1"
    return json.dumps(task).encode()


def test_33_mb_with_15001_orders_are_read_and_checked_in_5_seconds(api: Api, solver: FakeSolver) -> None:
    body = big_task(15_001)
    assert 32 * MEGABYTE < len(body) < 40 * MEGABYTE
    began = time.process_time()
    calculation = api.submit(body)
    assert time.process_time() - began < 5
    assert calculation.counts["orders"] == 15_001


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"12", b'"text"', b"\xff\xfe{}", b'{"locations": "\xed\xa0\x80"}',
        b"[" * 1_000_000, b'{"a":' * 1_000_000, b"{}" * 2, b"\x00" * 100,
        b'{"locations": NaN}', b'{"unknown": Infinity}',
    ],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_what_is_no_task_is_refused_with_the_reason(api: Api, body: bytes) -> None:
    found = refusal(api("POST", START, body))
    assert found.schema_errors
    assert found.tracedata.operation == "run_plan_calculation_async"


def test_nan_in_a_number_is_refused_at_its_place(api: Api) -> None:
    body = example("plan.request").replace(b'"latitude": 35.7048259', b'"latitude": NaN')
    assert [error.entity for error in refusal(api("POST", START, body)).schema_errors] == [
        "locations[0].geopoint.latitude"
    ]


def test_every_schema_error_at_once(api: Api) -> None:
    task = json.loads(example("plan.request"))
    task["orders"][0]["demands"][0]["possible_events"][0]["duration"] = "10 minutes"
    task["locations"][1]["geopoint"]["longitude"] = 200
    del task["performers"]
    places = [error.entity for error in refusal(api("POST", START, task)).schema_errors]
    assert sorted(map(str, places)) == [
        "locations[1].geopoint.longitude",
        "orders[0].demands[0].possible_events[0].duration",
        "performers",
    ]


def test_gzip_request(api: Api, solver: FakeSolver) -> None:
    answer = api("POST", START, gzip.compress(example("plan.request")), **{"content-encoding": "gzip"})
    assert answer.status_code == 200


@pytest.mark.parametrize("cut", [slice(0, 50), slice(10, None), slice(0, 0), slice(0, -4)])
def test_damaged_gzip_is_refused(api: Api, cut: slice) -> None:
    body = gzip.compress(example("plan.request"))[cut]
    answer = api("POST", START, body, **{"content-encoding": "gzip"})
    assert refusal(answer).schema_errors


def test_other_encodings_are_refused(api: Api) -> None:
    answer = api("POST", START, b"{}", **{"content-encoding": "br"})
    assert answer.status_code == 415
    assert read(General500, answer.content).message


@override_settings(MAX_BODY_BYTES=4096)
def test_h1_cap_counts_after_unzipping(api: Api) -> None:
    assert api("POST", START, b" " * 4096).status_code == 400, "exactly the cap is read"
    for answer in (
        api("POST", START, b" " * 4097),
        api("POST", START, gzip.compress(b" " * 4097), **{"content-encoding": "gzip"}),
    ):
        assert answer.status_code == 413
        assert read(General500, answer.content).message == "The body is larger than 4096 bytes."


class Watched:
    """A stream that counts what was taken of it."""

    def __init__(self, body: bytes) -> None:
        self.body = memoryview(body)
        self.taken = 0

    def read(self, size: int) -> bytes:
        piece = bytes(self.body[self.taken : self.taken + size])
        self.taken += len(piece)
        return piece


def test_gigabyte_in_a_small_gzip_is_not_unpacked(api: Api) -> None:
    zeros = gzip.compress(bytes(16 * MEGABYTE))
    bomb = zeros * 64
    assert len(bomb) < 2 * MEGABYTE
    began = time.process_time()
    answer = api("POST", START, bomb, **{"content-encoding": "gzip"})
    assert answer.status_code == 413
    assert time.process_time() - began < 2
    stream = Watched(bomb)
    with pytest.raises(Exception, match="larger than"):
        read_body(stream, encoding="gzip", declared=len(bomb), limit=64 * MEGABYTE)
    assert stream.taken <= len(zeros) * 5 + PIECE


def test_plain_gigabyte_is_refused_unread(api: Api) -> None:
    stream = Watched(b"")
    with pytest.raises(Exception, match="larger than"):
        read_body(stream, encoding="", declared=1024**3, limit=64 * MEGABYTE)
    assert stream.taken == 0


def test_several_gzip_members_are_one_body() -> None:
    stream = Watched(gzip.compress(b"ab") + gzip.compress(b"cd"))
    assert read_body(stream, encoding="gzip", declared=9, limit=10) == b"abcd"


def test_responses_are_zipped_for_who_takes_it(api: Api, solver: FakeSolver) -> None:
    calculation = run(api.submit())
    path = f"/universal/plan/result/{calculation.pk}"
    answer = api("GET", path, **{"accept-encoding": "gzip, deflate"})
    assert (answer["content-encoding"], answer["vary"]) == (
        "gzip",
        "Accept-Encoding, Accept-Language",
    )
    assert len(read(PlanResult, gzip.decompress(b"".join(answer.streaming_content))).trips) == 1
    plain = api("GET", path)
    assert not plain.has_header("content-encoding")


def test_h2_each_answer_has_a_request_code_of_its_own(api: Api, solver: FakeSolver, user: Any) -> None:
    calculation = run(api.submit())
    found = [
        read(PlanResult, b"".join(api("GET", f"/universal/plan/result/{calculation.pk}").streaming_content))
        for _ in range(2)
    ]
    first, second = (plan.tracedata for plan in found)
    assert first.request_code != second.request_code
    assert first.process_code == second.process_code == calculation.pk
    assert (first.username, first.company, first.service) == ("dispatcher", "acme", "UNIVERSAL")
    assert first.operation == "read_plan_result"
