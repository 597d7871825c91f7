"""Cities by the minute and quick answers: the task is sound, the figures are right, the page tells them."""

import json
from pathlib import Path
from typing import Any

import pytest

import solver
from planning.bench import city, quick
from planning.bench.report import page
from planning.bench.runs import Results
from planning.bench.streets import MOST_PLACES, city_task
from solver.checks import check

TRIAL: dict[str, Any] = {"orders": 5, "seconds": 300, "threads": 2, "seed": 1, "stop_in": None}
TRACE = [
    [2.0, 0, 0, 0.0],
    [9.0, 3, 4, 90.0],
    [30.0, 10, 5, 100.0],
    [100.0, 33, 5, 80.0],
    [298.0, 99, 5, 70.0],
]


@pytest.mark.parametrize("orders", [30, 300])
def test_the_city_passes_the_checks_without_a_warning(orders: int) -> None:
    task = city_task(orders)
    findings = check(solver.read_task(json.dumps(task).encode()))
    assert (findings.errors, findings.warnings) == ([], [])
    assert len(task["orders"]) == orders


def test_a_seed_gives_the_same_city() -> None:
    assert city_task(40, 2) == city_task(40, 2) != city_task(40, 3)


def test_the_largest_city_is_as_large_as_the_contract_allows() -> None:
    task = city_task()
    assert (len(task["orders"]), len(task["transports"])) == (15_001, 300)
    assert len(task["locations"]) == MOST_PLACES


def test_the_first_complete_plan_has_the_orders_of_the_last() -> None:
    outcome = city.Outcome(TRIAL, planned=5, value=70.0, trace=TRACE)
    assert outcome.complete() == 30.0
    assert [outcome.value_at(at) for at in (10, 60, 120, 300)] == [None, 100.0, 80.0, 70.0]
    assert outcome.cells()[3:9] == ["30.0", "100", "80", "70", "-", "-"]


@pytest.mark.slow
def test_a_city_is_planned_and_stopped_in_each_phase() -> None:
    whole = city.run_trial(city.Trial(60, 6, 1))
    assert whole.planned == 60
    assert 0 < (whole.complete() or 0) < 6
    assert whole.mebibytes > 50
    for phase in city.PHASES:
        stopped = city.run_trial(city.Trial(60, 30, 1, stop_in=phase))
        assert stopped.ended_in is None or stopped.ended_in < 2


@pytest.mark.slow
@pytest.mark.alone
def test_quick_answers_are_measured_in_the_service_itself() -> None:
    found = quick.measure(30)
    assert found.value[0] == found.later[0] == 30
    assert found.gap > -1  # a minute of search is hardly worse than a second
    assert found.wall > found.search >= quick.SHORT
    assert found.fresh > 0


def test_all_is_kept_and_told_on_the_page(tmp_path: Path) -> None:
    results = Results(tmp_path / "results.json")
    stopped = TRIAL | {"stop_in": "construct"}
    results.cities["a"] = city.Outcome(TRIAL, planned=5, value=70.0, trace=TRACE, mebibytes=321)
    results.cities["b"] = city.Outcome(stopped, stopped_after=4.0, ended_in=0.4)
    results.quick["100"] = quick.Quick(100, 1.5, 1.0, [100, 505], [100, 500], 3.25)
    results.keep({"python": "3.11"})
    told = page([], Results(results.path), {"python": "3.11"})
    assert "| 5 | 300 s x 2 | 5 | 30.0 | 100 | 80 | 70 | - | - | 70 | 321 |" in told
    assert "| 5 | construct | 4.0 | 0.4 |" in told
    assert "| 100 | 1.50 | 1.00 | 1.00 | 3.25 |" in told


def test_a_quick_plan_of_fewer_orders_is_no_plan() -> None:
    assert quick.Quick(100, 1.5, 1.0, [99, 400], [100, 500], 3.0).gap == float("inf")
