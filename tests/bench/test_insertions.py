"""What an insertion costs: the two tasks are sound, the figures are counted, the command prints them."""

import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

import solver
from planning.bench.insertions import AIM, Cost, verdict
from planning.samples.city import plain_city, rich_city
from solver.checks import check


@pytest.mark.parametrize("city", [plain_city, rich_city])
@pytest.mark.parametrize("orders", [8, 200])
def test_a_city_passes_the_checks_without_a_warning(
    city: Callable[[int], dict[str, Any]], orders: int
) -> None:
    task = city(orders)
    findings = check(solver.read_task(json.dumps(task).encode()))
    assert (findings.errors, findings.warnings) == ([], [])
    assert len(task["orders"]) == orders


def test_a_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert rich_city(30, seed=5) == rich_city(30, seed=5) != rich_city(30, seed=6)


def test_both_cities_have_the_same_places_demands_and_hours() -> None:
    plain, rich = plain_city(60), rich_city(60)
    assert [place["geopoint"] for place in plain["locations"]] == [
        place["geopoint"] for place in rich["locations"]
    ]
    for ours, theirs in zip(plain["orders"], rich["orders"], strict=True):
        for demand, other in zip(ours["demands"], theirs["demands"], strict=True):
            window = demand["possible_events"][0]["hard_time_window"]
            assert other["possible_events"][0]["hard_time_window"] == window
        assert ours["cargos"][0]["capacity"]["mass"] == theirs["cargos"][0]["capacity"]["mass"]


def test_the_command_prints_what_was_counted_and_the_ratio() -> None:
    out = StringIO()
    call_command("bench", insertions=True, orders=12, iterations=20, stdout=out)
    told = out.getvalue()
    plain, rich = (line.split() for line in told.splitlines()[1:3])
    assert (plain[0], rich[0]) == ("plain", "rich")
    for row in (plain, rich):
        tried, judged = int(row[3]), int(row[4])
        assert tried > judged > 12  # at least one evaluation an order; a sieve refuses something
    assert re.search(r"rich / plain: \d+\.\d\d by insertion tried \(aim: at most 3, (kept|missed)\)", told)


@pytest.mark.parametrize(("seconds", "word"), [(AIM, "kept"), (AIM + 0.1, "missed")])
def test_the_verdict_tells_whether_the_aim_is_kept(seconds: float, word: str) -> None:
    plain = Cost("plain", 1, 1, 1000, 10, 1.0, 5, 1e-6)
    rich = Cost("rich", 1, 1, 1000, 10, seconds, 5, 2e-6)
    assert f"{seconds:.2f} by insertion tried (aim: at most 3, {word})" in verdict(plain, rich)
    assert "2.00 of the evaluator alone" in verdict(plain, rich)
