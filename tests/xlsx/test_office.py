"""Workbooks that LibreOffice has opened, edited and saved (F2, F5)."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from planning.samples.heidelberg import heidelberg
from planning.xlsx import read_workbook, write_template, write_workbook
from planning.xlsx.template import example
from tests.needs import office
from tests.xlsx.same import typed

pytestmark = pytest.mark.office

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">
Sub Edit(source As String, target As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    Dim book As Object
    book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
    Dim page As Object
    page = book.Sheets.getByName("locations")
    page.getCellByPosition(6, 1).setString("Depot, moved")
    page.getCellByPosition(1, 1).setValue(55.5)
    page.getCellByPosition(3, 1).setFormula("0:12")
    page.getCellByPosition(8, 1).setFormula("2026-06-17 06:30")
    Dim format(0) As New com.sun.star.beans.PropertyValue
    format(0).Name = "FilterName"
    format(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL(ConvertToURL(target), format())
    book.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder of LibreOffice with the macro in it."""
    folder = tmp_path_factory.mktemp("office")
    run(folder, "--terminate_after_init")
    basic = folder / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(MACRO)
    (basic / "script.xlb").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
        '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
        ' library:readonly="false" library:passwordprotected="false">\n'
        ' <library:element library:name="Module1"/>\n</library:library>\n'
    )
    return folder


def run(profile: Path, *arguments: str) -> None:
    command = [office() or "soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}"]
    subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=120)


def saved_again(data: bytes, profile: Path, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it without a change."""
    (folder / "in").mkdir()
    source = folder / "in" / "book.xlsx"
    source.write_bytes(data)
    run(profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(source))
    return (folder / "book.xlsx").read_bytes()


def edited(data: bytes, profile: Path, folder: Path) -> bytes:
    """The workbook after the macro's edits."""
    source, target = folder / "source.xlsx", folder / "target.xlsx"
    source.write_bytes(data)
    run(profile, f'macro:///Standard.Module1.Edit("{source}","{target}")')
    return target.read_bytes()


def test_F5_the_template_edited_in_libreoffice(profile: Path, tmp_path: Path) -> None:
    reading = read_workbook(edited(write_template(), profile, tmp_path))
    assert [str(finding) for finding in reading.findings] == []
    wanted = example()
    depot = wanted["locations"][0]
    depot["name"], depot["geopoint"]["latitude"], depot["arrival_duration"] = "Depot, moved", 55.5, "PT12M"
    depot["timetable"][0]["work_window"]["from"] = "2026-06-17T06:30:00+03:00"
    assert typed(reading.data) == typed(wanted)


@pytest.mark.parametrize("timezone", [3, 0, -5])
def test_F2_times_survive_libreoffice_in_every_zone_and_over_a_summer_time_change(
    timezone: int, profile: Path, tmp_path: Path
) -> None:
    moments = [f"2026-03-29T0{hour}:{minute}:00Z" for hour in range(4) for minute in ("00", "30", "59")]
    moments += [f"2026-10-25T0{hour}:15:30Z" for hour in range(4)]
    facts = [
        {"key": f"fact-{number}", "time": moment, "type": "ORDER_DONE", "trip_key": "trip"}
        for number, moment in enumerate(moments)
    ]
    data: dict[str, Any] = {"facts": facts}
    reading = read_workbook(saved_again(write_workbook(data, timezone), profile, tmp_path))
    assert reading.timezone == timezone
    assert typed(reading.data) == typed(data)


def test_F3_a_whole_day_survives_libreoffice(profile: Path, tmp_path: Path) -> None:
    data = heidelberg()
    reading = read_workbook(saved_again(write_workbook(data, 2), profile, tmp_path))
    assert [str(finding) for finding in reading.findings] == []
    assert typed(reading.data) == typed(data)


def test_F4_texts_survive_libreoffice(profile: Path, tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+7 900",
        "-x",
        "@home",
        " lead",
        "a,b",
        "007",
        "1e5",
        "TRUE",
        "2026-01-01",
        "a\nb",
        "<r>b</r>",
        "𝄞",
    ]
    data = {
        "locations": [
            {"key": f"k{text}", "geopoint": {"latitude": 1 / 3, "longitude": 0.1 + 0.2}, "name": text}
            for text in texts
        ]
    }
    reading = read_workbook(saved_again(write_workbook(data, 0), profile, tmp_path))
    assert [str(finding) for finding in reading.findings] == []
    assert [place["name"] for place in reading.data["locations"]] == texts
    assert [place["key"] for place in reading.data["locations"]] == [f"k{text}" for text in texts]
