"""A timed trip: what a vehicle does, moment by moment.

This is what the evaluator hands to the report. Everything is in the index world: seconds since the
problem's epoch, whole metres, indices of the problem's tables.
"""

from dataclasses import dataclass, field
from enum import IntEnum


class Action(IntEnum):
    """What is done during a step (rule S2); ``STAND`` marks the start and the end of a trip."""

    STAND = 0
    ARRIVAL = 1
    WAITING = 2
    SERVICE = 3
    DEPARTURE = 4
    DRIVE = 5
    BREAK = 6
    REST = 7


@dataclass(slots=True, frozen=True)
class Handling:
    """One cargo put into a box or taken out of it by a service (rules L4, L5).

    Attributes
    ----------
    cargo : int
        Cargo index.
    box : int
        Position of the box in its transport's list of boxes.
    loads : bool
        True: put in; False: taken out.
    """

    cargo: int
    box: int
    loads: bool


@dataclass(slots=True, frozen=True)
class Step:
    """One action of a trip.

    Attributes
    ----------
    action : Action
        What is done.
    start, end : int
        Seconds since the problem's epoch; ``start <= end``.
    location : int
        Location index; -1 on the way (a drive, or a break taken during one).
    visit : int
        Visit index for SERVICE, and for WAITING when the wait is for a visit's window; else -1.
    metres : int
        Metres driven during the step; 0 unless DRIVE.
    own : bool
        Driven with the performer's own transport (rule T6).
    handlings : tuple of Handling
        What a SERVICE has loaded or unloaded when it ends.
    """

    action: Action
    start: int
    end: int
    location: int
    visit: int = -1
    metres: int = 0
    own: bool = False
    handlings: tuple[Handling, ...] = ()


@dataclass(slots=True)
class TripSchedule:
    """One performer shift on one transport shift, timed.

    Attributes
    ----------
    performer_shift, transport_shift : int
        Indices of the shifts.
    steps : list of Step
        In time order, without gaps: each step starts where the one before ended. First and last are STAND
        steps of no length at the first and last place. Zero-length actions are left out, except SERVICE
        and those two.
    waitlist : list of int
        Order indices assigned to the trip but not scheduled in it (rule O5).
    penalty : float
        Sum of the prices paid for missing tags (rule C3).
    """

    performer_shift: int
    transport_shift: int
    steps: list[Step]
    waitlist: list[int] = field(default_factory=list)
    penalty: float = 0.0

    @property
    def start(self) -> int:
        """When it starts; 0 for a trip with nothing but a waitlist."""
        return self.steps[0].start if self.steps else 0
