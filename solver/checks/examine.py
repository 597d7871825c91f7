"""All checks of a task in their order, and what they find (rules V1-V3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from solver.checks.cuts import Cuts
from solver.checks.limits import Limits
from solver.checks.places import TASK, entity_path
from solver.checks.rules import RULES, Effect, Issue, Rule, Stage
from solver.checks.view import Task, View
from solver.contract import EntityError, EntityErrorType, EntityWarning, EntityWarningType, PlanTask
from solver.contract.collector import collector_paused

MAX_ISSUES = 15_001
"""The longest list of errors or warnings the contract allows."""

LONGEST_INFO = 2048
CUTTING_STAGES = (Stage.ALONE, Stage.TOGETHER, Stage.MATCHING, Stage.LINKS)


@dataclass(slots=True)
class Findings:
    """What is wrong with a task.

    Attributes
    ----------
    errors : list of EntityError
        Why the task as a whole is refused.
    warnings : list of EntityWarning
        What is cut or only told, in the order of the checks.
    cuts : Cuts
        What the warnings cut, and what falls with it.
    """

    errors: list[EntityError]
    warnings: list[EntityWarning]
    cuts: Cuts


def check(task: Task, *, limits: Limits | None = None, language: str = "en") -> Findings:
    """Check a task: logical errors, and for a plan task the warnings a calculation would start with (V3).

    Parameters
    ----------
    task : PlanTask, ActualizeTask, ReplanTask or StatisticsTask
        A task of the contract; it is not changed. Entities are checked for warnings only in a plan task: the
        others become one first.
    limits : Limits, optional
        Ceilings and surroundings of the server.
    language : str
        Language of ``info``: ``en`` or ``ru``.
    """
    with collector_paused():
        return _check(View(task, limits or Limits()), task, language)


def _check(view: View, task: Task, language: str) -> Findings:
    errors = [found for rule in _of(Effect.REFUSES) for found in _errors(rule, view, language)]
    if errors or not isinstance(task, PlanTask):
        return Findings(errors[:MAX_ISSUES], [], Cuts())
    warnings = list(_warnings(view, task, language))
    for rule in _of(Effect.REFUSES):
        if rule.stage is Stage.REMAINDER:
            errors += _errors(rule, view, language)
    if len(warnings) > MAX_ISSUES:
        rule = RULES[EntityErrorType.TOO_MANY_WARNINGS]
        errors.append(_error(rule, Issue((TASK,), str(len(warnings))), language))
    return Findings(errors, warnings[:MAX_ISSUES], view.cuts)


def _of(effect: Effect) -> Iterator[Rule]:
    return (rule for rule in RULES.values() if rule.effect is effect)


def _errors(rule: Rule, view: View, language: str) -> Iterator[EntityError]:
    if rule.find is not None:
        for issue in rule.find(view):
            yield _error(rule, issue, language)


def _error(rule: Rule, issue: Issue, language: str) -> EntityError:
    entities = [entity_path(place) for place in issue.places]
    return EntityError(type=EntityErrorType(rule.type), info=_info(rule, issue, language), entities=entities)


def _warnings(view: View, task: PlanTask, language: str) -> Iterator[EntityWarning]:
    for stage in CUTTING_STAGES:
        for rule in RULES.values():
            if rule.stage is stage and rule.effect is not Effect.REFUSES and rule.find is not None:
                for issue in rule.find(view):
                    yield _warning(rule, issue, language)
                    if rule.effect is Effect.CUTS and not issue.told:
                        view.cuts.add(issue.places[0])
        view.cuts.cascade(task)
    if view.cuts.whole:
        yield removed_items_warning(language)


def removed_items_warning(language: str) -> EntityWarning:
    """The warning that something was cut."""
    return _warning(RULES[EntityWarningType.REMOVED_ITEMS_NOT_EMPTY], Issue((TASK,)), language)


def quota_warning(language: str) -> EntityWarning:
    """The warning that a calculation of the task would pass the user's quota, which the service knows."""
    return _warning(RULES[EntityWarningType.QUOTA_EXCEEDED], Issue((TASK,)), language)


def _warning(rule: Rule, issue: Issue, language: str) -> EntityWarning:
    entities = [entity_path(place) for place in issue.places]
    return EntityWarning(
        type=EntityWarningType(rule.type), info=_info(rule, issue, language), entities=entities
    )


def _info(rule: Rule, issue: Issue, language: str) -> str:
    """The cause in the user's language, and what exactly."""
    cause = rule.cause.in_language(language)
    return (f"{cause[:-1]}: {issue.detail}" if issue.detail else cause)[:LONGEST_INFO]
