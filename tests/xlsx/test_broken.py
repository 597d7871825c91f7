"""Broken workbooks: each gets its exact findings, none an exception (F4).

The findings and notes expected are in ``tests/data/xlsx/findings.json``; one that ends with an ellipsis goes
on with the words of a library.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from planning.xlsx import Reading, read_workbook, write_workbook
from planning.xlsx.reading import MAX_FINDINGS
from tests.shared import ROOT
from tests.xlsx.broken import KINDS, TEMPLATE, Change, both, changed, put
from tests.xlsx.files import FILES, with_rows

EXPECTED = json.loads((ROOT / "tests/data/xlsx/findings.json").read_text(encoding="utf-8"))
LONG = {"bomb of filled cells"}
FORMULA = "a formula; formulas are not calculated here, paste the value itself"
MAX_SECONDS, MAX_KILOBYTES = 30, 1 << 20


def told(reading: Reading) -> list[str]:
    return [str(item) for item in reading.findings] + [f"note: {item}" for item in reading.notes]


def check(found: list[str], expected: list[str]) -> None:
    for line, wanted in zip(found, expected, strict=True):
        if wanted.endswith("…"):
            assert line.startswith(wanted[:-1])
        else:
            assert line == wanted


@pytest.mark.parametrize(("name", "change"), KINDS.items(), ids=list(KINDS))
def test_F4_findings_of_a_changed_workbook(name: str, change: Change) -> None:
    check(told(read_workbook(changed(change))), EXPECTED[name])


FILE_CASES = [
    pytest.param(name, make, id=name, marks=[pytest.mark.slow] if name in LONG else [])
    for name, make in FILES.items()
]


@pytest.mark.parametrize(("name", "make"), FILE_CASES)
def test_F4_findings_of_a_file(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    start = time.process_time()  # what else the machine does is not the reader's
    found = told(read_workbook(data))
    assert time.process_time() - start < MAX_SECONDS
    check(found[: len(EXPECTED[name])], EXPECTED[name])
    if name not in LONG:
        assert len(found) == len(EXPECTED[name])


def test_F4_sixty_kinds_at_least() -> None:
    assert len(KINDS) + len(FILES) >= 60
    assert set(EXPECTED) == {*KINDS, *FILES}


@pytest.mark.slow
def test_F4_no_file_takes_a_gibibyte() -> None:
    """All files one after the other in one process, whose greatest memory is looked at."""
    program = (
        "import django; django.setup()\n"
        "from planning.xlsx import read_workbook\n"
        "from tests.memory import kilobytes\n"
        "from tests.xlsx.files import FILES\n"
        "for make in FILES.values(): read_workbook(make())\n"
        "print(kilobytes())"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert int(done.stdout) < MAX_KILOBYTES


@pytest.mark.parametrize(
    "seed", [*range(30), *(pytest.param(n, marks=pytest.mark.slow) for n in range(30, 400))]
)
def test_F4_random_damage_is_told_and_never_raised(seed: int) -> None:
    """A few bytes of the packed file are changed; what is still read must keep the contract or be told."""
    from random import Random

    random = Random(seed)
    data = bytearray(TEMPLATE)
    for _ in range(random.randint(1, 20)):
        data[random.randrange(len(data))] = random.randrange(256)
    reading = read_workbook(bytes(data))
    assert reading.findings or reading.data


ROW = (
    '<row r="{0}"><c r="A{0}" t="str"><v>k{0}</v></c><c r="B{0}" t="str"><v>x</v></c>'
    '<c r="C{0}" t="str"><v>y</v></c></row>'
)


def test_F4_all_findings_up_to_the_contracts_limit() -> None:
    reading = read_workbook(with_rows(*(ROW.format(number) for number in range(10, 9_010))))
    assert len(reading.findings) == MAX_FINDINGS
    assert reading.findings[-1].message == f"and {18_000 - MAX_FINDINGS + 1} more"


def test_F4_more_objects_than_the_contract_allows_are_not_read() -> None:
    row = '<row r="{0}"><c t="str"><v>k{0}</v></c><c r="B{0}"><v>1</v></c><c r="C{0}"><v>2</v></c></row>'
    reading = read_workbook(with_rows(*(row.format(number) for number in range(10, 20_000))))
    assert told(reading) == ["locations: more than 15001 objects on one sheet"]


def test_F4_a_matrix_with_wrong_cells() -> None:
    point = {"geopoint": {"latitude": 0, "longitude": 0}}
    numbers = [[0, 5], [7, 0]]
    matrix = {"waypoints": [point, point], "distances": numbers, "durations": numbers}
    book = load_workbook(
        BytesIO(write_workbook({"external_routing": [{"transport_type": "CAR", "matrix": matrix}]}))
    )
    page = book["external_routing.distances"]
    page["B2"], page["C2"], page["B3"], page["A5"], page["B5"] = "far", 2.5, None, "TRUCK", 1
    page = book["external_routing.durations"]
    page["A1"], page["C3"] = "type", "=1+1"
    stream = BytesIO()
    book.save(stream)
    assert told(read_workbook(stream.getvalue())) == [
        'external_routing.distances, B2, 1: "far" is not a number',
        'external_routing.distances, C2, 2: "2.5" is not a whole number',
        "external_routing.distances, B3, 1: wanted a whole number, -1 if there is no way",
        "external_routing.distances, A5, transport_type: no row of the sheet external_routing names this key",
        "external_routing.durations, A1, transport_type: wanted the title transport_type",
        f"external_routing.durations, C3, 2: {FORMULA}",
    ]


def test_F4_formulas_are_read_nowhere() -> None:
    change = both(
        put("locations", 1, "name", '="na"&"me"'),
        put("transports.boxes", 2, "transports.key", '="transport-1"'),
        put("info", 2, "timezone", "=1+2"),
    )
    assert told(read_workbook(changed(change))) == [
        f"info, B2, timezone: {FORMULA}",
        f"locations, G1: {FORMULA}",
        f"transports.boxes, B2, transports.key: {FORMULA}",
        "note: info, timezone: no time zone is given; times without one were read as UTC",
    ]


def test_findings_are_told_in_the_readers_language() -> None:
    with override("ru"):
        found = read_workbook(changed(put("locations", 2, "geopoint.latitude", "north"))).findings[0].message
    assert found.startswith('"north"')
    assert found != '"north" is not a number'
