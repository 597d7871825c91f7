"""The sample day as a workbook and back."""

import json
from pathlib import Path

from planning.samples import heidelberg as heidelberg_module
from planning.samples.heidelberg import heidelberg, heidelberg_json, heidelberg_xlsx
from planning.xlsx import read_workbook
from solver.contract import PlanTask, UniversalData, read


def test_F3_the_sample_comes_back_from_its_workbook() -> None:
    reading = read_workbook(heidelberg_xlsx())
    assert (reading.findings, reading.notes) == ([], [])
    sent = read(UniversalData, heidelberg_json())
    assert read(UniversalData, json.dumps(reading.data).encode()) == sent


def test_the_sample_is_a_plan_task_of_the_advertised_size() -> None:
    task = read(PlanTask, heidelberg_json())
    assert (len(task.orders), len(task.performers), len(task.transports)) == (150, 12, 10)
    assert {box.compatibilities.box_features[0] for t in task.transports for box in t.boxes} == {
        "ambient",
        "chilled",
    }
    for location in task.locations:
        assert 49.31 < location.geopoint.latitude < 49.52
        assert 7.71 < location.geopoint.longitude < 9.11


def test_the_sample_is_the_same_every_time() -> None:
    assert heidelberg() == heidelberg()


def test_F4_a_path_leads_back_to_its_cell() -> None:
    reading = read_workbook(heidelberg_xlsx())
    place = reading.locate("transports[1].boxes[1].capacity.volume")
    assert (place.sheet, place.row, place.column, place.cell) == (
        "transports.boxes",
        5,
        "capacity.volume",
        "D5",
    )


def test_the_kept_sample_is_what_the_script_makes() -> None:
    folder = Path(heidelberg_module.__file__).parent
    assert (folder / "heidelberg.json").read_bytes() == heidelberg_module.heidelberg_json()
    kept = read_workbook((folder / "heidelberg.xlsx").read_bytes())
    assert not kept.findings
    assert kept.data == read_workbook(heidelberg_module.heidelberg_xlsx()).data
