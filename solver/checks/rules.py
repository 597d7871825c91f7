"""What a check is: one function for one type of error or warning, with cause, cure and example."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from solver.checks.places import Place
from solver.checks.texts import Text
from solver.checks.view import View
from solver.contract import EntityErrorType, EntityWarningType

IssueType = EntityErrorType | EntityWarningType
Change = Mapping[str, Any]
"""Paths in the sample task and their new values; null takes the value out."""


class Issue(NamedTuple):
    """Something found.

    Attributes
    ----------
    places : tuple of Place
        The entities concerned; a warning cuts the first one.
    detail : str
        What exactly: keys, moments, figures; the same in every language.
    told : bool
        The entity stays although the rule usually cuts.
    """

    places: tuple[Place, ...]
    detail: str = ""
    told: bool = False


Find = Callable[[View], Iterable[Issue]]


class Effect(Enum):
    """What an issue means for the task."""

    REFUSES = Text("The task is refused.", "Задача отклоняется.")
    CUTS = Text("The entity is cut from the task.", "Сущность вырезается из задачи.")
    TOLD = Text("Only told; nothing is cut.", "Только предупреждение; ничего не вырезается.")


class Stage(Enum):
    """When a check runs: each stage looks only at what the earlier ones left."""

    ALONE = 1  # what one entity says of itself
    TOGETHER = 2  # what entities say of each other
    MATCHING = 3  # who can carry out which order
    LINKS = 4  # what hardlinks still tie
    REMAINDER = 5  # errors that may also appear when much is cut
    ELSEWHERE = 6  # found by a calculation or by the service, which know more than the task


@dataclass(frozen=True, slots=True)
class Rule:
    """A type of error or warning and the check that finds it.

    Attributes
    ----------
    cause, cure : Text
        One line each: what is wrong, and what to do about it.
    example, near_miss : Change
        Smallest change of the sample task that raises the type, and one that is still fine.
    find : callable or None
        The check; None if it is found elsewhere.
    note : Text or None
        Where that is, and when.
    """

    type: IssueType
    cause: Text
    cure: Text
    effect: Effect
    stage: Stage
    find: Find | None
    example: Change = field(default_factory=dict)
    near_miss: Change = field(default_factory=dict)
    note: Text | None = None


RULES: dict[IssueType, Rule] = {}
"""Every rule by its type, in the order the checks run."""


def error(
    kind: EntityErrorType,
    *,
    cause: Text,
    cure: Text,
    example: Change,
    near_miss: Change,
    stage: Stage = Stage.ALONE,
) -> Callable[[Find], Find]:
    """Register a check whose issues refuse the whole task."""

    def register(find: Find) -> Find:
        _add(Rule(kind, cause, cure, Effect.REFUSES, stage, find, example, near_miss))
        return find

    return register


def warning(
    kind: EntityWarningType,
    *,
    cause: Text,
    cure: Text,
    example: Change,
    near_miss: Change,
    effect: Effect = Effect.CUTS,
    stage: Stage = Stage.ALONE,
) -> Callable[[Find], Find]:
    """Register a check whose issues cut the entity, or are only told."""

    def register(find: Find) -> Find:
        _add(Rule(kind, cause, cure, effect, stage, find, example, near_miss))
        return find

    return register


def elsewhere(
    kind: IssueType, *, cause: Text, cure: Text, effect: Effect, note: Text, example: Change | None = None
) -> None:
    """Register a type that is found where more than the task is known."""
    _add(Rule(kind, cause, cure, effect, Stage.ELSEWHERE, None, example or {}, note=note))


def _add(rule: Rule) -> None:
    if rule.type in RULES:
        raise ValueError(f"{rule.type} is checked twice")
    RULES[rule.type] = rule
