"""The sample day as a workbook and back."""

import subprocess
import sys
from pathlib import Path

from planning.samples import heidelberg as heidelberg_module
from planning.samples.heidelberg import heidelberg, heidelberg_json, heidelberg_xlsx
from planning.xlsx import read_workbook
from solver.contract import PlanTask, read
from tests.shared import ROOT, SHARED, needs_shared
from tests.xlsx.same import typed


def test_F3_the_sample_comes_back_from_its_workbook() -> None:
    reading = read_workbook(heidelberg_xlsx())
    assert (reading.findings, reading.notes) == ([], [])
    assert typed(reading.data) == typed(heidelberg())


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


def test_the_script_writes_both_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planning.samples.heidelberg", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert (tmp_path / "heidelberg.json").read_bytes() == heidelberg_json()
    assert typed(read_workbook((tmp_path / "heidelberg.xlsx").read_bytes()).data) == typed(heidelberg())


@needs_shared
def test_V3_the_sample_draws_no_warning(tmp_path: Path) -> None:
    task = tmp_path / "task.json"
    task.write_bytes(heidelberg_json())
    command = [sys.executable, str(SHARED / "tools" / "lint_task.py"), str(task)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("nothing to say", 0)


def test_V3_the_products_own_checks_find_nothing_in_the_sample() -> None:
    import solver

    found = solver.check(read(PlanTask, heidelberg_json()))
    assert (found.errors, found.warnings) == ([], [])
