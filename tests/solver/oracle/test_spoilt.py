"""Valid plans with one thing spoilt: the oracle names the rule that is broken."""

import copy
import functools

import pytest

from solver.oracle import verify
from tests.solver.oracle import spoilt_plans, spoilt_trips
from tests.solver.oracle.plans import PLANS, Document, typed
from tests.solver.oracle.spoil import ALL, Spoilt

assert spoilt_plans
assert spoilt_trips

# Rules a finished plan can break; the others say what is asked for (Z), assumed (A), or read (T2 too).
PLANNING = "T1 T2 T3 T4 T5 T6 W1 W2 W3 W4 W5 W6 W7 L1 L2 L3 L4 L5 L6 O1 O2 O3 O4 O5 O6 C1 C2 C3 M1 M2 M3"
RULES = f"{PLANNING} B1 B2 B3 B5 R1 R2 Y1 Y2 K1 K2 S S1 S2 S3 S4 S5 S6 X1 X2 X3 X4 X5 X6 X7 X8 X9 X10 U1"


@functools.cache
def valid(plan: str) -> tuple[Document, Document]:
    return PLANS[plan]()


@pytest.mark.parametrize("spoilt", ALL, ids=lambda spoilt: spoilt.name)
def test_a_spoilt_plan_breaks_its_rule(spoilt: Spoilt) -> None:
    task, result = copy.deepcopy(valid(spoilt.plan))
    spoilt.change(task, result)
    found = verify(*typed(task, result))
    assert spoilt.rule in {violation.rule for violation in found}, [str(item) for item in found]


def test_every_rule_of_a_finished_plan_is_spoilt_at_least_once() -> None:
    assert set(RULES.split()) - {spoilt.about for spoilt in ALL} == set()


def test_a_violation_says_where_and_by_how_much() -> None:
    task, result = copy.deepcopy(valid("rich"))
    task["orders"][2]["demands"][0]["possible_events"][0]["duration"] = "PT11M"
    (found,) = verify(*typed(task, result))
    key = result["trips"][0]["key"]
    assert str(found) == f"W4 {key}/w: served 720 s, 660 + 120 s wanted"
