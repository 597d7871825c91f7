"""What a workbook looks like to the person who opens it (F2, F5)."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planning.samples.heidelberg import heidelberg
from planning.xlsx import write_template, write_workbook
from planning.xlsx.sheets import SHEETS
from tests.xlsx.broken import column
from tests.xlsx.same import EXAMPLES, example

NAMED = [
    "info", "locations", "performers", "transports", "transports.boxes", "orders", "orders.cargos",
    "hardlinks", "trips", "facts", "plan_settings", "actualize_settings", "replan_settings",
    "total_statistics",
]  # fmt: skip


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def day() -> Workbook:
    return opened(write_workbook(heidelberg(), 2))


@pytest.fixture(scope="module")
def template() -> Workbook:
    return opened(write_template())


def test_F1_every_named_sheet_is_there_and_others_if_they_hold_something(day: Workbook) -> None:
    assert [name for name in day.sheetnames if name not in ("summary", "lists")] == NAMED
    result = opened(write_workbook(example(EXAMPLES / "plan.result.json"))).sheetnames
    assert {"trips.states", "trips_statistics", "trips_statistics.stops", "quality"} <= set(result)


def test_F2_keys_are_bold_titles_stay_in_sight_and_filter(day: Workbook) -> None:
    page = day["orders"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).column_letter}{page.max_row}"
    bold = {cell.value for cell in page[1] if cell.font.bold}
    assert bold == {"key", "demands.key", "demands.possible_events.key"}
    assert page["A2"].font.bold
    assert not page.cell(2, column(page, "name")).font.bold


def test_F2_times_are_real_and_shown_as_such(day: Workbook) -> None:
    page = day["orders"]
    opens = page.cell(2, column(page, "demands.possible_events.hard_time_window.from"))
    assert (opens.is_date, opens.number_format) == (True, "yyyy-mm-dd hh:mm:ss")
    duration = page.cell(2, column(page, "demands.possible_events.duration"))
    assert duration.number_format == "[h]:mm:ss"


def width(page: Worksheet, number: int) -> float:
    """Width of a column; neighbours of one width are kept as one."""
    kept = page.column_dimensions.values()
    return next(item.width for item in kept if item.min <= number <= item.max)


def test_columns_are_as_wide_as_what_they_hold(day: Workbook) -> None:
    for sheet in SHEETS:
        if sheet.name in day.sheetnames:
            for cell in day[sheet.name][1]:
                lines = len(str(cell.value)) / (width(day[sheet.name], cell.column) - 1)
                assert lines <= 2, cell
    assert width(day["locations"], 1) >= len("depot-heidelberg")


def test_F4_what_begins_like_a_formula_is_a_text_also_after_editing() -> None:
    data: dict[str, Any] = {
        "locations": [{"key": "=1", "geopoint": {"latitude": 0, "longitude": 0}, "name": "@home"}]
    }
    page = opened(write_workbook(data))["locations"]
    for cell in (page["A2"], page.cell(2, column(page, "name"))):
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_result_has_a_summary_with_a_line_a_trip() -> None:
    data = example(EXAMPLES / "plan.result.json")
    data |= {
        name: items for name, items in example(EXAMPLES / "plan.request.json").items() if name not in data
    }
    page = opened(write_workbook(data, 3))["summary"]
    told = {row[0].value: row[1].value for row in page.iter_rows(min_row=3) if row[0].value}
    total = data["statistics"]["total_statistics"]
    assert told["Trips"] == len(data["trips"])
    assert told["Planned orders"] == total["plan_orders_count"]
    assert told["Distance, km"] == total["measurements"]["distance"] / 1000
    assert told["Time zone"] == "UTC+03:00"
    assert [row[-1].value for row in page.iter_rows() if row[-1].value] == [
        "Trip",
        *(t["key"] for t in data["trips"]),
    ]


def test_F5_the_template_helps(template: Workbook) -> None:
    page = template["orders"]
    assert all(cell.comment and cell.value in cell.comment.text for cell in page[1])
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    kind = rules[f"{page.cell(1, column(page, 'demands.demand_type')).column_letter}2"]
    assert kind.type == "list"
    sheet, area = kind.formula1.split("!")
    values = [cell.value for (cell,) in template[sheet][area.replace("$", "")]]
    assert values == ["PICKUP", "DROP", "WORK", "PICKUP_TO_BOX", "DROP_FROM_BOX"]
    place = rules[f"{page.cell(1, column(page, 'demands.possible_events.location_key')).column_letter}2"]
    assert place.formula1.startswith("'locations'!$A$2")
    assert template["lists"].sheet_state == "hidden"


def test_F5_the_template_has_every_column_of_a_task_and_explains_it(template: Workbook) -> None:
    explained = {(row[0].value, row[1].value) for row in template["help"].iter_rows(min_row=8)}
    for sheet in SHEETS:
        if sheet.name in template.sheetnames:
            titles = {cell.value for cell in template[sheet.name][1]}
            assert {item.title for item in sheet.columns} <= titles
            assert {(sheet.name, item.title) for item in sheet.columns} <= explained
    assert template["locations"].cell(1, 1).font.bold
