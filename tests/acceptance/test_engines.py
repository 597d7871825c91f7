"""Both engines plan the same small tasks; what is far apart is told."""

import pytest

import solver
from tests.acceptance.engines import Comparison, Pairing, judge, summary
from tests.shared import needs_shared

SEEDS = (3, 6, 12, 20)


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("seed", SEEDS)
def test_Z1_to_Z6_both_engines_plan_a_generated_task_without_a_violation(seed: int) -> None:
    verdict = judge(Pairing(seed), solver.Effort(seconds=5, seed=1))
    assert verdict.violations == []
    assert verdict.ruin[0] <= verdict.routing[0] + 1, "at most an order behind"


def compared(ruin: list[float], routing: list[float]) -> Comparison:
    return Comparison(1, ["planned", "trips", "metres", "penalties"], ruin, routing)


@pytest.mark.parametrize(
    ("ruin", "routing", "ahead", "level", "gap", "is_loud"),
    [
        ([-9, 2, 100, 0], [-9, 2, 100, 0], "-", "", 0, False),
        ([-9, 2, 100, 0], [-9, 2, 110, 0], "ruin", "metres", 10, False),
        ([-9, 2, 111, 0], [-9, 2, 100, 0], "routing", "metres", 11, True),
        ([-9, 2, 100, 0], [-9, 3, 50, 0], "ruin", "trips", 50, True),
        ([-100, 2, 100, 0], [-99, 2, 50, 0], "ruin", "planned", 100 / 99, True),
        ([-9, 2, 100, 0], [-9, 2, 100, 5], "ruin", "penalties", 5e11, False),
    ],
)
def test_what_is_more_than_a_tenth_behind_is_told_loudly(
    ruin: list[float], routing: list[float], ahead: str, level: str, gap: float, is_loud: bool
) -> None:
    found = compared(ruin, routing)
    assert (found.ahead, found.level, found.is_loud) == (ahead, level, is_loud)
    assert found.gap == pytest.approx(gap)
    assert ("!!! seed 1" in summary([found])) == is_loud
    assert any(cell.startswith("!!!") for cell in found.cells()) == is_loud
