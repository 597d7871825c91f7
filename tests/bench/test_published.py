"""Against what is published: the tasks of an independent converter, best-known solutions at their costs."""

import json
import re
from pathlib import Path

import pytest

from planning.bench.instance import read_instance
from planning.bench.plane import Plane
from planning.bench.solution import Route, measure
from planning.bench.task import task_of
from tests.acceptance.tools import tool
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]
BENCH = SHARED / "bench"
SMALL = (
    "solomon100/RC204.txt", "lilim100/lrc203.txt", "cvrp_x/X-n106-k14.vrp", "hfvrp/X115-HVRP.vrp",
    "mdvrptw/PR11A.vrp", "mtvrptwr/C201R0.25.vrp", "sdvrptw/PR02.vrp",
)  # fmt: skip
# Scales at which the published solutions keep their windows.
PUBLISHED = {
    "cvrp_x/X-n106-k14.vrp": (1, "near"),
    "hfvrp/X115-HVRP.vrp": (10, "near"),
    "mdvrptw/PR11A.vrp": (1000, "near"),
    "mtvrptwr/C201R0.25.vrp": (10, "trunc"),
    "pcvrptw/R1_10_4.vrp": (10, "trunc"),
    "sdvrptw/PR02.vrp": (1000, "near"),
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize(("scale", "rounding"), [(10, "near"), (1, "trunc")])
def test_tasks_are_those_of_the_independent_converter(name: str, scale: int, rounding: str) -> None:
    theirs = tool("bench_task").convert(str(BENCH / name), scale, rounding=rounding)
    assert task_of(Plane.of(read_instance(BENCH / name), scale, rounding)) == theirs


def published_routes(path: Path) -> list[Route]:
    lines = re.findall(r"^Route #(\d+):([\d ]*)$", path.read_text(), flags=re.MULTILINE)
    return [Route(int(number) - 1, [int(index) for index in visits.split()]) for number, visits in lines]


@pytest.mark.parametrize(("name", "metres"), PUBLISHED.items())
def test_best_known_solutions_keep_the_rules_at_their_cost(name: str, metres: tuple[int, str]) -> None:
    best = json.loads((BENCH / "bks.json").read_text())[name]
    plane = Plane.of(read_instance(BENCH / name), *metres)
    figures = measure(plane, published_routes((BENCH / name).with_suffix(".sol")))
    assert figures.broken == []
    assert figures.vehicles == best["vehicles"]
    assert figures.cost == pytest.approx(best["cost"], rel=1e-6)
