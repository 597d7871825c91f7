"""Every rule of the model and of its results has a feature test that names it."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.shared import ROOT, SHARED, needs_shared

RULES = ROOT / "tests" / "data" / "rules.txt"
FEATURES = Path(__file__).parent / "features"
DEFINED = re.compile(r"(?:^- |   |\. )([A-Z]\d+)[: ]", re.MULTILINE)
NAMED = re.compile(r"def test((?:_[A-Z]\d+)+)_")


def ids() -> list[str]:
    """Ids of the rules."""
    return [line.split()[0] for line in RULES.read_text().splitlines()]


@cache
def named() -> frozenset[str]:
    """Ids that feature tests name."""
    return frozenset(
        rule
        for source in FEATURES.glob("test_*.py")
        for names in NAMED.findall(source.read_text())
        for rule in names.strip("_").split("_")
    )


def test_each_rule_is_listed_once_with_a_title() -> None:
    assert len(set(ids())) == len(ids())
    assert all(re.fullmatch(r"[A-Z]\d+ \S.*", line) for line in RULES.read_text().splitlines())


@pytest.mark.parametrize("rule", ids())
def test_every_rule_is_named_by_a_feature_test(rule: str) -> None:
    assert rule in named()


def test_feature_tests_name_no_rule_that_is_not_there() -> None:
    assert named() <= set(ids())


@needs_shared
@pytest.mark.shared
def test_the_list_is_the_specifications() -> None:
    texts = [(SHARED / "spec" / f"{name}.md").read_text() for name in ("planning", "results")]
    assert set(ids()) == {rule for text in texts for rule in DEFINED.findall(text)}
