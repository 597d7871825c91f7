"""States and services of a contract trip as they are read."""

from dataclasses import dataclass

from solver.contract import PossibleEvent, TripState, TripStateFlag
from solver.report.clock import unix
from solver.report.lookup import Asked

ACTIONS = (
    TripStateFlag.RELOCATING,
    TripStateFlag.WAITING,
    TripStateFlag.ON_DEMAND,
    TripStateFlag.BREAK,
    TripStateFlag.REST,
    TripStateFlag.ARRIVAL,
    TripStateFlag.DEPARTURE,
)


@dataclass(slots=True)
class Moment:
    """One state: from ``start`` to the next state's ``end``; ``action`` is None while nothing is done."""

    state: TripState
    start: int
    end: int
    action: TripStateFlag | None

    @property
    def place(self) -> str | None:
        """Where it is; None on the way."""
        return None if self.action is TripStateFlag.RELOCATING else self.state.location_key


@dataclass(slots=True)
class Service:
    """One demand served: its states, its moments, and what it asks for (None: unknown to the task)."""

    first: Moment
    start: int
    end: int
    asked: Asked | None
    event: PossibleEvent | None


def read_moments(states: list[TripState]) -> list[Moment]:
    """States with their ends; a state that would end before it starts takes no time."""
    starts = [unix(state.time) for state in states]
    ends = starts[1:] + starts[-1:]
    return [
        Moment(state, start, max(start, end), _action(state))
        for state, start, end in zip(states, starts, ends, strict=True)
    ]


def _action(state: TripState) -> TripStateFlag | None:
    """The action flag (S2); of several the first."""
    return next((flag for flag in ACTIONS if flag in state.flags), None)


def same_service(a: Moment, b: Moment) -> bool:
    """Whether two states that follow each other tell of one service."""
    x, y = a.state, b.state
    return (x.demand_key, x.event_key, x.location_key) == (y.demand_key, y.event_key, y.location_key)
