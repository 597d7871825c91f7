"""What the checks must know beyond the task."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings and surroundings of the server; None: no ceiling.

    Attributes
    ----------
    max_calculation_seconds, max_waiting_seconds : int or None
        Ceilings of the two times a task may ask for, in seconds.
    geo_providers : frozenset of str or None
        Names a task may give as ``geo_provider``; None: any.
    now : datetime
        The moment of the check.
    """

    max_calculation_seconds: int | None = None
    max_waiting_seconds: int | None = None
    geo_providers: frozenset[str] | None = None
    now: datetime = field(default_factory=_now)
