"""The convert operations: by address, and through the official client (F1-F6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import vrt_lss_universal as universal
from openpyxl import load_workbook

from accounts.models import User
from accounts.tokens import issue_token
from planning.thrift import from_thrift, idl
from planning.xlsx import read_workbook, write_template
from planning.xlsx.template import example as template_example
from tests.planning.conftest import Api
from tests.shared import needs_shared
from tests.xlsx.broken import KINDS, changed
from tests.xlsx.same import example, example_files, typed
from tests.xlsx.test_round_trip import SEEDS, random_data

pytestmark = pytest.mark.django_db
THROUGH_THE_CLIENT = [
    pytest.param(seed, marks=pytest.mark.slow) if seed in range(3, 8) else seed for seed in SEEDS
]


def post_file(api: Api, data: bytes) -> Any:
    return api.client.generic(
        "POST",
        "/universal/convert/xlsx-to-json",
        data,
        content_type="application/octet-stream",
        headers=api.headers,
    )


def test_F1_json_becomes_a_workbook_with_local_times(api: Api) -> None:
    answer = api("POST", "/universal/convert/json-to-xlsx?timezone=-5", template_example())
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert read_workbook(answer.content).timezone == -5


def test_F1_a_workbook_says_where_its_documentation_is(api: Api) -> None:
    page = load_workbook(BytesIO(api("POST", "/universal/convert/json-to-xlsx", {}).content))["info"]
    told = {title.value: cell.value for title, cell in zip(page[1], page[2], strict=True)}
    assert (told["docs_ru"], told["docs_zh"]) == ("http://testserver/universal/file/universal_ru.html", None)
    assert api.client.get(told["docs_en"]).status_code == 200


def test_F1_a_workbook_becomes_json(api: Api) -> None:
    answer = post_file(api, write_template())
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert typed(answer.json()) == typed(template_example())


def test_F4_a_bad_workbook_is_refused_with_every_cell(api: Api) -> None:
    answer = post_file(api, changed(KINDS["everything at once"]))
    assert answer.status_code == 400
    errors = answer.json()["schema_errors"]
    assert [error["entity"] for error in errors] == [
        "locations!B2 geopoint.latitude",
        "transports!B2 transport_type",
        "orders!R6 demands.possible_events.duration",
        "orders!T6 demands.possible_events.hard_time_window.from",
    ]
    assert errors[0]["message"].startswith('locations, B2, geopoint.latitude: "55,68" is a text')
    assert answer.json()["tracedata"]["operation"] == "run_convert_xlsx_to_json"


def test_F4_what_is_no_workbook_is_refused(api: Api) -> None:
    answer = post_file(api, b"key;name")
    assert answer.status_code == 400
    assert answer.json()["schema_errors"] == [{"entity": "", "message": "this is not an .xlsx file"}]


def test_F2_what_does_not_fit_is_refused_by_name(api: Api) -> None:
    place = {"key": "one", "geopoint": {"latitude": 0, "longitude": 0}}
    address = {"extension_settings": {"extension_url": "x" * 32_768}}
    answer = api(
        "POST", "/universal/convert/json-to-xlsx", {"locations": [place, place], "plan_settings": address}
    )
    assert answer.status_code == 400
    assert answer.json()["schema_errors"] == [
        {"entity": "locations[1]", "message": "the key one is there twice"},
        {
            "entity": "plan_settings.extension_settings.extension_url",
            "message": "32768 characters do not fit into a cell of 32767",
        },
    ]


@pytest.mark.parametrize("hours", ["13", "-13", "1.5", "MSK", ""])
def test_a_time_zone_out_of_the_contract_is_refused(api: Api, hours: str) -> None:
    answer = api("POST", f"/universal/convert/json-to-xlsx?timezone={hours}", {})
    assert (answer.status_code, answer.json()["schema_errors"][0]["entity"]) == (400, "timezone")


@pytest.mark.parametrize("path", ["json-to-xlsx", "json-to-thrift"])
def test_data_that_does_not_keep_the_contract_is_refused(api: Api, path: str) -> None:
    answer = api("POST", f"/universal/convert/{path}", {"orders": [{"key": 5}]})
    assert answer.status_code == 400
    assert {error["entity"] for error in answer.json()["schema_errors"]} == {
        "orders[0].key",
        "orders[0].demands",
    }


def test_other_types_of_body_are_refused(api: Api) -> None:
    assert api("POST", "/universal/convert/xlsx-to-json", {}).status_code == 415
    for path in ("json-to-xlsx", "json-to-thrift"):
        answer = api.client.generic(
            "POST",
            f"/universal/convert/{path}",
            b"{}",
            content_type="application/octet-stream",
            headers=api.headers,
        )
        assert answer.status_code == 415


def test_nobody_converts_without_a_token(client: Any) -> None:
    for path in ("json-to-xlsx", "xlsx-to-json", "json-to-thrift"):
        assert client.post(f"/universal/convert/{path}").status_code == 401


def test_F6_the_definition_is_served(client: Any) -> None:
    answer = client.get("/universal/file/universal.thrift")
    assert (answer.status_code, answer.content.decode()) == (200, idl())


@pytest.fixture
def convert(live_server: Any, user: User) -> Iterator[universal.ConvertApi]:
    configuration = universal.Configuration(live_server.url, access_token=issue_token(user, 600))
    with universal.ApiClient(configuration) as client:
        yield universal.ConvertApi(client)


def check_there_and_back(convert: universal.ConvertApi, data: dict[str, Any], hours: int) -> None:
    """Data comes back as the client sent it; the client itself fills in some defaults."""
    sent = universal.UniversalData.from_dict(data)
    book = convert.run_convert_json_to_xlsx(sent, timezone=hours)
    answer = convert.run_convert_xlsx_to_json_with_http_info(bytes(book))
    assert isinstance(answer.data, universal.UniversalData)
    assert typed(json.loads(answer.raw_data)) == typed(convert.api_client.sanitize_for_serialization(sent))


@pytest.mark.parametrize("path", example_files(), ids=lambda path: path.stem)
def test_F3_examples_through_the_client(convert: universal.ConvertApi, path: Path) -> None:
    check_there_and_back(convert, example(path), 3)


@needs_shared
@pytest.mark.parametrize("seed", THROUGH_THE_CLIENT)
def test_F3_random_tasks_and_results_through_the_client(convert: universal.ConvertApi, seed: int) -> None:
    check_there_and_back(convert, random_data(seed), seed % 25 - 12)


@pytest.mark.parametrize("path", example_files(), ids=lambda path: path.stem)
def test_F6_examples_through_the_client(convert: universal.ConvertApi, path: Path) -> None:
    data = example(path)
    text = convert.run_convert_json_to_thrift(universal.UniversalData.from_dict(data))
    assert typed(from_thrift(text)) == typed(data)
