import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from planning.bench.catalog import FIXED_LIST, Catalog, family_of
from planning.bench.report import RUN_HEADER, family_rows, lines, seed_header, seed_rows, text_table
from planning.bench.runs import Case, Record, Results, run_case, settled
from tests.bench import samples

BEST = {"vehicles": 2, "distance": 31.71, "cost": 31.71}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "solomon100").mkdir(parents=True)
    (folder / "mtvrptwr").mkdir()
    samples.write(folder / "solomon100", samples.SOLOMON, "tiny.txt")
    samples.write(folder / "mtvrptwr", samples.RELOADS, "again.vrp")
    names = ("solomon100/tiny.txt", "mtvrptwr/again.vrp")
    (folder / "bks.json").write_text(json.dumps(dict.fromkeys(names, BEST)))
    return folder


def test_a_peer_is_run_in_processes_of_its_own_and_its_solution_is_measured(data: Path) -> None:
    catalog = Catalog.read(data)
    record = run_case(catalog, Case("solomon100/tiny.txt", "ortools", 1, 2, 1), "here")
    assert record.refused is None
    assert record.figures["broken"] == []
    assert (record.figures["vehicles"], record.figures["cost"]) == (2, pytest.approx(31.708))
    assert record.cpu > 0
    assert record.mebibytes > 20
    table = text_table(RUN_HEADER, [line.cells() for line in lines(catalog, [record])])
    assert "solomon100/tiny.txt  2 / 31.71   ortools  1 s x 2  1     2         31.71" in table


def test_a_peer_that_cannot_take_an_instance_says_why(data: Path) -> None:
    record = run_case(Catalog.read(data), Case("mtvrptwr/again.vrp", "ortools", 1, 1, 1), "here")
    assert record.refused == "no return for more goods"


def test_a_peer_that_fails_is_a_record_with_its_last_words(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyvrp.py").write_text("raise RuntimeError('out of luck')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    record = run_case(Catalog.read(data), Case("solomon100/tiny.txt", "pyvrp", 1, 1, 1), "here")
    assert record.refused == "RuntimeError: out of luck"


def test_results_are_kept_after_each_run_and_resumed(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    case = Case("solomon100/tiny.txt", "ortools", 60, 2, 1)
    Results(path).add(case, Record({"instance": case.instance}, "here", refused="no"), {"python": "3.11"})
    assert Results(path).records[case.key].refused == "no"
    assert list(Results(tmp_path / "none.json").records) == []


def test_other_seeds_stand_side_by_side_and_a_family_sums_the_first(data: Path) -> None:
    catalog = Catalog.read(data)
    records = []
    for seed, vehicles, cost in ((1, 2, 31.71), (2, 3, 33.2955)):
        case = Case("solomon100/tiny.txt", "marshrut", 1, 2, seed)
        figures = {"vehicles": vehicles, "distance": cost, "cost": cost, "broken": []}
        records.append(Record(asdict(case), "here", figures=figures))
    measured = lines(catalog, records)
    assert seed_header(measured)[3:] == ["seed 1", "seed 2"]
    assert seed_rows(measured) == [
        ["solomon100/tiny.txt", "marshrut", "1 s x 2", "2 v, 0.00 %", "3 v, 5.00 %"]
    ]
    assert family_rows(measured) == [
        ["solomon100", "marshrut", "1 s x 2", "1 of 1", "2", "31.7", "0.00", "+0.00"]
    ]
    assert seed_rows(measured[:1]) == []


@pytest.mark.parametrize(
    ("trace", "moment"),
    [
        ([], None),
        ([(3.0, [10.0])], None),
        ([(1.0, [110.0]), (2.0, [100.9]), (9.0, [100.0])], 2.0),
        ([(1.0, [12.0, 90.0]), (2.0, [11.0, 105.0]), (5.0, [11.0, 101.0]), (9.0, [11.0, 100.5])], 5.0),
        ([(1.0, [-99.0]), (2.0, [-100.0])], 1.0),
    ],
)
def test_settled_is_the_first_moment_within_one_percent_of_the_end(
    trace: list[tuple[float, list[float]]], moment: float | None
) -> None:
    assert settled(trace) == moment


def test_unknown_names_are_refused_all_at_once(data: Path) -> None:
    with pytest.raises(CommandError, match=r"family nobody.*instance R999"):
        call_command("bench", data=data, family=["nobody"], instances=["R999"], stdout=StringIO())
    with pytest.raises(CommandError, match="known are"):
        call_command("bench", data=data, peers="pyvrp,other", stdout=StringIO())


def test_the_fixed_list_has_two_instances_of_each_of_14_families() -> None:
    families = [family_of(name) for name in FIXED_LIST]
    assert {family: families.count(family) for family in families} == dict.fromkeys(families, 2)
    assert len(set(families)) == 14
