"""``manage.py verify``: what it prints and how it ends."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.solver.oracle.plans import rich


def files(folder: Path, *, spoilt: bool = False) -> tuple[Path, Path]:
    task, result = rich()
    if spoilt:
        task["locations"][3]["timetable"] = []
        task["transports"][0]["limits"]["max_boxes"] = 1
    paths = folder / "task.json", folder / "result.json"
    for path, document in zip(paths, (task, result), strict=True):
        path.write_text(json.dumps(document))
    return paths


def test_a_valid_result_is_told_so(tmp_path: Path) -> None:
    out = StringIO()
    call_command("verify", *map(str, files(tmp_path)), stdout=out)
    assert out.getvalue() == "2 trips keep every rule\n"


def test_violations_are_listed_and_fail_the_command(tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=r"^\d+ violations of L2, S3$"):
        call_command("verify", *map(str, files(tmp_path, spoilt=True)), stdout=out)
    assert "2 boxes used, max_boxes is 1" in out.getvalue()


def test_everything_wrong_in_a_file_is_told_with_its_path(tmp_path: Path) -> None:
    task, result = files(tmp_path)
    result.write_text("{}")
    with pytest.raises(CommandError) as error:
        call_command("verify", str(task), str(result), stdout=StringIO())
    assert str(result) in str(error.value)
    assert "trips: wanted" in str(error.value)
    assert "statistics: wanted" in str(error.value)


def test_a_missing_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify", str(tmp_path / "none.json"), str(tmp_path / "none.json"), stdout=StringIO())
