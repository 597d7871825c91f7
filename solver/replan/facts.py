"""Which facts count (rule Q4)."""

from collections.abc import Iterable
from datetime import datetime

from solver.contract import Fact, FactType

ABOUT = {FactType.NEW_LOCATION: "trip_key", FactType.ORDER_DONE: "order_key"}
"""What a fact is about; facts of the other types are about their demand."""


def in_force(facts: Iterable[Fact], now: datetime) -> tuple[list[Fact], list[str]]:
    """Sort out what counts at a moment.

    Returns
    -------
    facts : list of Fact
        In order of time: none later than the moment, of several about one entity the latest; of several
        at one time the last listed.
    dropped : list of str
        Keys of the others, as listed.
    """
    listed = list(facts)
    latest: dict[tuple[str, str | None], int] = {}
    for number, fact in enumerate(listed):
        about = _about(fact)
        if fact.time <= now and (about not in latest or fact.time >= listed[latest[about]].time):
            latest[about] = number
    counting = set(latest.values())
    ordered = sorted(counting, key=lambda number: (listed[number].time, number))
    dropped = [fact.key for number, fact in enumerate(listed) if number not in counting]
    return [listed[number] for number in ordered], dropped


def _about(fact: Fact) -> tuple[str, str | None]:
    name = ABOUT.get(fact.type, "demand_key")
    return name, getattr(fact, name)
