"""Broken workbooks: each gets its exact findings, none an exception (F4).

The findings and notes expected are in ``tests/data/xlsx/findings.json``; one that ends with an ellipsis goes
on with the words of a library.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from planning.xlsx import Reading, read_workbook
from tests.shared import ROOT
from tests.xlsx.broken import KINDS, TEMPLATE, Change, changed
from tests.xlsx.files import FILES

EXPECTED = json.loads((ROOT / "tests/data/xlsx/findings.json").read_text(encoding="utf-8"))
LONG = {"bomb of filled cells"}
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
    start = time.monotonic()
    found = told(read_workbook(data))
    assert time.monotonic() - start < MAX_SECONDS
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
        "import resource, django; django.setup()\n"
        "from planning.xlsx import read_workbook\n"
        "from tests.xlsx.files import FILES\n"
        "for make in FILES.values(): read_workbook(make())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert int(done.stdout) < MAX_KILOBYTES


@pytest.mark.parametrize("seed", range(150))
def test_F4_random_damage_is_told_and_never_raised(seed: int) -> None:
    """A few bytes of the packed file are changed; what is still read must keep the contract or be told."""
    from random import Random

    random = Random(seed)
    data = bytearray(TEMPLATE)
    for _ in range(random.randint(1, 20)):
        data[random.randrange(len(data))] = random.randrange(256)
    reading = read_workbook(bytes(data))
    assert reading.findings or reading.data


def test_F4_all_findings_up_to_the_contracts_limit() -> None:
    from planning.xlsx.reader import MAX_FINDINGS
    from tests.xlsx.files import with_rows

    row = '<row r="{0}"><c r="A{0}" t="str"><v>k{0}</v></c><c r="B{0}" t="str"><v>x</v></c></row>'
    reading = read_workbook(with_rows(*(row.format(number) for number in range(10, 20_000))))
    assert len(reading.findings) == MAX_FINDINGS
    assert "more" in reading.findings[-1].message
