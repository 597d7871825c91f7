"""Spoilt tasks over the API: each is refused with reasons or planned by the rules, never an error 500."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import Any

import pytest

from planning import jobs
from planning.models import Calculation
from tests.planning.conftest import Api, run
from tests.solver.checks.corruption import corrupt, rich

pytestmark = pytest.mark.django_db
SECONDS = 2
REASONS = ("schema_errors", "logical_errors", "warnings")


@pytest.fixture(autouse=True)
def _short(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short searches; a test inside one transaction has no pulse, which would wait for that one's end."""
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 1000.0)
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"max_calculation_seconds": SECONDS})


def outcome(api: Api, seed: int) -> str:
    """What the service answers; a finished calculation was judged by the oracle, or it has failed."""
    body = json.dumps(corrupt(rich(), Random(seed))).encode()
    answer = api("POST", "/universal/plan/calculation-async", body)
    assert answer.status_code in (200, 400), (seed, answer.status_code)
    told = answer.json()
    if answer.status_code == 400:
        assert any(told.get(name) for name in REASONS), (seed, told)
        return "refused"
    calculation = run(Calculation.objects.get(pk=told["process_code"]))
    assert calculation.is_finished, (seed, calculation.status, calculation.message)
    assert api("GET", f"/universal/plan/result/{calculation.pk}").status_code == 200, seed
    return "planned"


@pytest.mark.parametrize("seeds", [
    range(8), *(pytest.param(range(a, a + 50), marks=pytest.mark.slow) for a in range(0, 500, 50))
], ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")  # fmt: skip
def test_spoilt_tasks_are_refused_or_planned(api: Api, seeds: range) -> None:
    outcomes = Counter(outcome(api, seed) for seed in seeds)
    assert outcomes["refused"] > 0
    assert outcomes["planned"] > 0
