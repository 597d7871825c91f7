import pytest

import solver
from tests.acceptance.generated import CONFIGURATIONS, Generated, judge
from tests.acceptance.solomon import INSTANCES, score
from tests.shared import needs_shared

pytestmark = [pytest.mark.slow, pytest.mark.shared, needs_shared]

# Every configuration Z1-Z6 once; the long list is printed by `python -m tests.acceptance generated`.
SEEDS = (1, 8, 15, 22, 29, 30)
assert {Generated(seed).configuration for seed in SEEDS} == set(CONFIGURATIONS)

# What 20 seconds reach on a slow machine too; all six are printed by `python -m tests.acceptance solomon`.
SURE = ("C104", "C202", "R103", "RC103")
assert set(SURE) <= set(INSTANCES)


@pytest.mark.parametrize("seed", SEEDS)
def test_W1_to_Z6_a_generated_task_is_planned_without_a_violation(seed: int) -> None:
    verdict = judge(Generated(seed), solver.Effort(seconds=10, threads=2, seed=1))
    assert verdict.violations == []
    if verdict.case.configuration != "optimize_money":  # which may do better with fewer orders
        assert verdict.planned >= 0.9 * verdict.witness


@pytest.mark.parametrize("instance", SURE)
def test_Z3_a_solomon_instance_is_planned_close_to_the_best_known(instance: str) -> None:
    plan = score(instance, solver.Effort(seconds=20, threads=2, seed=1))
    assert plan.shortcomings == []
