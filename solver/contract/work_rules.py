"""Breaks and rests of a performer shift (rules B1-B5)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.entity import Entity
from solver.contract.scalars import Duration, Key, Size


@dataclass(slots=True, kw_only=True)
class ModelBreak(Entity):
    """A break of `duration` before either counter passes its sum, all in seconds (B2)."""

    relocating_duration_sum: Duration
    operating_duration_sum: Duration | None = None
    duration: Duration


class RelocatingDurationType(StrEnum):
    """Whether driving is summed until a break or from stop to stop (B1)."""

    TOTAL = "TOTAL"
    CONTINUOUS = "CONTINUOUS"


@dataclass(slots=True, kw_only=True)
class BreakRules(Entity):
    """The first break, and those after it (absent: the first again) (B2)."""

    first: ModelBreak
    consecutive: ModelBreak | None = None
    relocating_duration_type: RelocatingDurationType = RelocatingDurationType.TOTAL


@dataclass(slots=True, kw_only=True)
class Rest(Entity):
    """A rest of `duration` before either counter passes its sum, all in seconds (B3)."""

    relocating_duration_sum: Duration
    operating_duration_sum: Duration | None = None
    duration: Duration


@dataclass(slots=True, kw_only=True)
class RestRules(Entity):
    """Rests, with counters of their own (B3)."""

    consecutive: Rest


@dataclass(slots=True, kw_only=True)
class WorkAndRestRules(Entity):
    """Breaks and rests of a shift, and the locations that reset or stop the counters (B4)."""

    rest_rules: RestRules | None = None
    break_rules: BreakRules | None = None
    reset_location_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
    ignore_location_keys: Annotated[list[Key], Size(0, 15_001)] = field(default_factory=list)
