"""What the cells of a workbook mean (F1, F2)."""

from typing import Any

import pytest

from planning.xlsx import Reading, read_workbook, write_template
from planning.xlsx.descriptions import DESCRIPTIONS, describe
from planning.xlsx.sheets import INFO, SHEETS
from planning.xlsx.template import example
from tests.xlsx.broken import KINDS, both, changed, put, rows, text
from tests.xlsx.same import typed


def value(reading: Reading, path: str) -> Any:
    found: Any = reading.data
    for name in path.split("."):
        found = found[int(name)] if name.isdigit() else found[name]
    return found


OPENS = "orders.0.demands.0.possible_events.0.hard_time_window.from"


@pytest.mark.parametrize(
    ("kind", "path", "meant"),
    [
        ("number as a text", "locations.0.geopoint.latitude", 55.6858),
        ("number for a key", "performers.0.key", "17"),
        ("number for a key", "performers.0.name", "5.5"),
        ("spaces around a key", "performers.0.key", "performer-1"),
        ("choice in small letters", "transports.0.transport_type", "TRUCK_3000"),
        ("flag as a text", "plan_settings.geo_settings.toll_roads", False),
        ("date as ISO text", OPENS, "2026-06-17T07:00:00+03:00"),
        ("date as ISO text with an offset", OPENS, "2026-06-17T04:00:00Z"),
        ("date without a time", OPENS, "2026-06-17T00:00:00+03:00"),
        ("duration as a time", "locations.0.arrival_duration", "PT10M"),
        ("duration of days", "locations.0.arrival_duration", "P1DT6H"),
        ("duration as a text", "locations.0.arrival_duration", "PT7M"),
        ("text that looks like a formula", "locations.0.name", "=SUM(A1:A9)"),
        ("no info", OPENS, "2026-06-17T07:00:00+00:00"),
        ("last row of the sheet", "locations.4.key", "far"),
    ],
)
def test_F2_what_a_cell_means(kind: str, path: str, meant: Any) -> None:
    from tests.xlsx.files import FILES

    data = changed(KINDS[kind]) if kind in KINDS else FILES[kind]()
    assert value(read_workbook(data), path) == meant


@pytest.mark.parametrize(
    "kind",
    ["sheet in capitals", "hidden sheet", "sheet of the user's own", "titles with spaces and capitals",
     "titles of the description", "empty rows before the titles", "empty rows between"],
)  # fmt: skip
def test_F1_what_changes_nothing(kind: str) -> None:
    assert typed(read_workbook(changed(KINDS[kind])).data) == typed(example())


def test_F5_the_template_is_its_example_and_draws_nothing() -> None:
    reading = read_workbook(write_template())
    assert (reading.findings, reading.notes, reading.timezone) == ([], [], 3)
    assert typed(reading.data) == typed(example())


def test_F2_further_rows_with_an_empty_key_carry_further_items() -> None:
    further = {
        "timetable.work_window.from": "2026-06-18T07:00",
        "timetable.work_window.to": "2026-06-18T21:00",
    }
    reading = read_workbook(changed(rows("locations", further)))
    assert reading.findings == []
    windows = value(reading, "locations.3.timetable")
    assert [window["work_window"]["from"][:10] for window in windows] == ["2026-06-17", "2026-06-18"]


def test_F2_a_list_may_go_on_in_further_rows_and_repeats_nothing() -> None:
    tags = "compatibilities.performer_features"
    change = both(
        text("performers", 2, tags, "electrician, car"),
        rows("performers", {"key": "performer-1", tags: "car, tall"}),
    )
    found = value(read_workbook(changed(change)), "performers.0.compatibilities.performer_features")
    assert found == ["electrician", "car", "tall"]


def test_F1_the_first_break_of_the_description_limits_work_and_with_it_driving() -> None:
    first = "shifts.work_and_rest_rules.break_rules.first"
    change = both(
        put(
            "performers",
            1,
            f"{first}.operating_duration_sum",
            "shifts.work_and_rest_rules.first_break.max_work_duration_sum",
        ),
        put("performers", 1, f"{first}.relocating_duration_sum", "#"),
        put("performers", 1, f"{first}.duration", "shifts.work_and_rest_rules.first_break.duration"),
    )
    book = changed(
        both(
            put("performers", 2, f"{first}.operating_duration_sum", "4:30"),
            put("performers", 2, f"{first}.duration", "PT45M"),
            change,
        )
    )
    reading = read_workbook(book)
    assert reading.findings == []
    assert value(reading, "performers.0.shifts.0.work_and_rest_rules.break_rules.first") == {
        "operating_duration_sum": "PT4H30M",
        "relocating_duration_sum": "PT4H30M",
        "duration": "PT45M",
    }


def test_F1_a_column_of_the_description_that_the_contract_lacks_is_noted() -> None:
    title = "shifts.tariff.max_penalty_cost"
    change = both(put("transports", 1, "attributes", title), put("transports", 2, "name", "van"))
    filled = both(put("transports", 2, "attributes", "x=1"), change)
    reading = read_workbook(changed(filled))
    assert reading.findings == []
    assert [str(note) for note in reading.notes] == [f"transports, {title}: the column has no effect here"]


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("locations[2].geopoint.longitude", "locations!C4"),
        ("locations[2].geopoint", "locations!B4"),
        ("orders[1].demands[1].possible_events[0].duration", "orders!R5"),
        ("orders[1].demands[1].target_cargos[0]", "orders!K5"),
        ("orders[1].cargos[0].capacity.mass", "orders.cargos!C3"),
        ("orders[1].cargos[7].key", "orders!B4"),
        ("transports[0].boxes[0]", "transports.boxes!2"),
        ("performers[0].shifts[0].working_time.to", "performers!L2"),
        ("performers[0].attributes[3].value", "performers!G2"),
        ("plan_settings.trips_settings.configuration", "plan_settings!A2"),
        ("hardlinks", "hardlinks!"),
        ("hardlinks[5].links[0].type", "hardlinks!"),
        ("dataset_name", "info!F2"),
        ("statistics.total_statistics.cost", "total_statistics!"),
        ("no_such_thing[0]", "!"),
        ("", "!"),
    ],
)
def test_F4_paths_lead_back_to_cells(path: str, cell: str) -> None:
    place = read_workbook(write_template()).locate(path)
    assert f"{place.sheet}!{place.cell or place.row or ''}" == cell


def test_F5_every_column_has_a_description_and_every_description_a_column() -> None:
    used = set()
    for sheet in (INFO, *SHEETS):
        for column in sheet.columns:
            assert describe(sheet.name, column)
            parts = column.title.split(".")
            ends = [f"{sheet.name}:{column.title}", *(".".join(parts[n:]) for n in range(len(parts)))]
            used.add(next(end for end in ends if end in DESCRIPTIONS))
        if sheet.parent:
            used.add(f"{sheet.name}:{sheet.parent}")
    assert set(DESCRIPTIONS) == used


def test_F1_a_workbook_that_counts_days_from_1904() -> None:
    def change(book: Any) -> None:
        from openpyxl.utils.datetime import MAC_EPOCH

        book.epoch = MAC_EPOCH

    reading = read_workbook(changed(change))
    assert reading.findings == []
    assert typed(reading.data) == typed(example())


def test_a_long_reading_tells_how_far_it_is() -> None:
    shares: list[float] = []
    read_workbook(write_template(), shares.append)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1
