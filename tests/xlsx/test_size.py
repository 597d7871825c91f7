"""15,001 orders: export under 30 s, import under 60 s, memory under 2 GiB."""

import json
import os
import subprocess
import sys

import pytest

from planning.xlsx import Unwritable, write_workbook
from planning.xlsx.parts import MAX_ROW
from tests.shared import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("what", ["task", "result"])
def test_15001_orders_in_time_and_memory(what: str) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.xlsx.large", what]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    measured = json.loads(done.stdout)
    assert (measured["findings"], measured["orders"]) == (0, 15_001)
    assert measured["export"] < 30
    assert measured["import"] < 60
    assert measured["kilobytes"] < 2 << 20


@pytest.mark.slow
def test_F2_more_rows_than_a_sheet_holds_are_refused_by_name() -> None:
    tags = [{"tag": f"tag-{number}", "penalty": 1} for number in range(1_000_000)]
    data = {"plan_settings": {"trips_settings": {"penalties": {"compatibilities": tags}}}}
    assert len(write_workbook(data)) > 0
    tags += tags[: MAX_ROW - len(tags)]
    with pytest.raises(Unwritable) as refused:
        write_workbook(data)
    assert [path for path, _message in refused.value.problems] == ["plan_settings"]


def test_F2_a_matrix_too_wide_for_a_sheet_is_refused_by_name() -> None:
    row = [0] * 16_384
    point = {"geopoint": {"latitude": 0, "longitude": 0}}
    matrix = {"waypoints": [point, point], "distances": [row, row], "durations": [[0, 0], [0, 0]]}
    with pytest.raises(Unwritable) as refused:
        write_workbook({"external_routing": [{"transport_type": "CAR", "matrix": matrix}]})
    assert [path for path, _message in refused.value.problems] == ["external_routing.matrix.distances"]


def test_F2_everything_that_does_not_fit_is_told_at_once() -> None:
    place = {"key": "one", "geopoint": {"latitude": 0, "longitude": 0}}
    shift = {"key": "s", "availability_time": {"from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}}
    data = {
        "locations": [place, place, place],
        "transports": [{"key": "t", "shifts": [shift, shift], "boxes": [{"key": "b"}, {"key": "b"}]}],
        "plan_settings": {"extension_settings": {"extension_url": "x" * 32_768}},
    }
    with pytest.raises(Unwritable) as refused:
        write_workbook(data)
    assert [path for path, _message in refused.value.problems] == [
        "locations[1]",
        "locations[2]",
        "transports[0]",
        "transports[0].boxes[1]",
        "plan_settings.extension_settings.extension_url",
    ]
