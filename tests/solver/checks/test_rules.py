"""V4: every type of the contract has a rule, an example that raises it, and a near miss that does not."""

from pathlib import Path

import pytest

from solver.checks.cuts import Cuts
from solver.checks.describe import FILES, describe
from solver.checks.places import steps
from solver.checks.rules import RULES, Effect, IssueType, Rule, Stage
from solver.checks.texts import LANGUAGES
from solver.contract import EntityErrorType, EntityWarningType
from tests.shared import ROOT
from tests.solver.checks.samples import find, found

FOUND_ELSEWHERE = {
    EntityErrorType.TOO_MANY_WARNINGS,
    EntityWarningType.REMOVED_ITEMS_NOT_EMPTY,
    EntityWarningType.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED,
    EntityWarningType.QUOTA_EXCEEDED,
}
"""No check of the task alone finds these: two come of the findings, two of planning and quotas."""

CHECKED = [kind for kind in RULES if kind not in FOUND_ELSEWHERE]


def test_V4_every_type_of_the_contract_has_a_rule() -> None:
    assert set(RULES) == {*EntityErrorType, *EntityWarningType}
    assert (len(EntityErrorType), len(EntityWarningType)) == (13, 41)
    assert {kind for kind, rule in RULES.items() if rule.stage is Stage.ELSEWHERE} == FOUND_ELSEWHERE


def test_the_sample_is_flawless() -> None:
    assert found() == []


@pytest.mark.parametrize("kind", CHECKED)
def test_V4_example_raises_its_type_first(kind: IssueType) -> None:
    types = found(RULES[kind].example)
    assert types[0] == kind
    consequences = {k for k, rule in RULES.items() if rule.stage is not Stage.ALONE}
    assert set(types) - {kind} <= consequences, (
        "an example breaks one rule; more may only follow from what is cut"
    )


@pytest.mark.parametrize("kind", CHECKED)
def test_V4_near_miss_raises_nothing(kind: IssueType) -> None:
    assert found(RULES[kind].near_miss) == []


@pytest.mark.parametrize("kind", CHECKED)
def test_issues_name_entities_and_tell_their_cause_in_the_users_language(kind: IssueType) -> None:
    rule = RULES[kind]
    for language in LANGUAGES:
        findings = find(rule.example, language)
        issue = next(item for item in (*findings.errors, *findings.warnings) if item.type == kind)
        assert issue.entities
        assert all(list(steps(path)) for path in issue.entities)
        assert (issue.info or "").startswith(rule.cause.in_language(language)[:-1])


@pytest.mark.parametrize("kind", CHECKED)
def test_cut_or_told_as_the_rule_says(kind: IssueType) -> None:
    findings = find(RULES[kind].example)
    assert (findings.cuts != Cuts()) == (RULES[kind].effect is Effect.CUTS)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_texts_are_one_line_in_both_languages(rule: Rule) -> None:
    for text in (rule.cause, rule.cure):
        assert all(
            line.endswith(".") and "\n" not in line and len(line) <= 140 for line in (text.en, text.ru)
        )
        assert text.en.isascii()
        assert any("а" <= letter <= "я" for letter in text.ru.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documented_list_is_made_from_the_rules(language: str) -> None:
    """After a change: ``python -m solver.checks.describe docs``."""
    assert (Path(ROOT) / "docs" / FILES[language]).read_text(encoding="utf-8") == describe(language)
