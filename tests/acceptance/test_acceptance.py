import json
from dataclasses import replace
from pathlib import Path

import pytest

import solver
from tests.acceptance import generated, patience
from tests.acceptance.generated import CONFIGURATIONS, FEATURES, FULL_LIST, SHARE_OF_CI, Generated, judge
from tests.acceptance.running import Kept, run
from tests.acceptance.solomon import INSTANCES, score
from tests.shared import needs_shared

# What 20 seconds reach on a slow machine too; all six are printed by `python -m tests.acceptance solomon`.
SURE = ("C104", "C202", "R103", "RC103")
assert set(SURE) <= set(INSTANCES)
EFFORT = solver.Effort(seconds=2, threads=1, seed=1)


def test_the_list_has_every_feature_alone_every_configuration_and_pairs() -> None:
    cases = [Generated(seed) for seed in FULL_LIST]
    told = [case.features for case in cases]
    assert set(FEATURES) <= set(told)
    assert sum(text == "all" for text in told) == 60
    assert len({text for text in told if "," in text}) == 180
    assert {Generated(seed).configuration for seed in SHARE_OF_CI} == set(CONFIGURATIONS)
    assert len(SHARE_OF_CI) == 40


def test_a_list_goes_on_where_it_stopped(tmp_path: Path) -> None:
    def verdict(case: int, _effort: solver.Effort) -> generated.Verdict:
        asked.append(case)
        return generated.Verdict(case, 9, 9, False, 1, 0.5, "FINISHED_IN_TIME")

    asked: list[int] = []
    path = tmp_path / "verdicts.json"
    run(verdict, [(1, EFFORT)], 1, Kept(path, generated.Verdict))
    both = run(verdict, [(1, EFFORT), (2, EFFORT)], 1, Kept(path, generated.Verdict))
    assert asked == [1, 2]
    assert [one.seed for one in both] == [1, 2]
    assert len(json.loads(path.read_text())["verdicts"]) == 2


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("seed", SHARE_OF_CI)
def test_a_generated_task_is_planned_without_a_violation(seed: int) -> None:
    case = Generated(seed)
    effort = EFFORT if case.seconds == generated.SHORT else replace(EFFORT, seconds=4)
    verdict = judge(case, effort)
    assert verdict.violations == []
    assert verdict.for_money or verdict.planned >= 0.9 * verdict.witness


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("seed", [1, 4, 5])
def test_a_long_search_is_not_worse_than_a_short_one(seed: int) -> None:
    verdict = patience.judge(seed, solver.Effort(seconds=60, iterations=6_000, seed=1))
    assert verdict.holds, (verdict.short, verdict.long)


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("instance", SURE)
def test_Z3_a_solomon_instance_is_planned_close_to_the_best_known(instance: str) -> None:
    plan = score(instance, solver.Effort(seconds=20, threads=2, seed=1))
    assert plan.shortcomings == []
