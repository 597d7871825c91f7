"""W6: whether a trip is timed as its strategy wants.

The sequence of a trip is laid out as actions of a fixed length, some of which may start only inside windows.
Going through it, the earliest moment reached is kept as a function of the start of the trip: a list of
pieces on each of which it is either a constant (there was waiting) or the start plus a constant. From the
last one follow the earliest finish, the latest start for it, and the shortest duration.

Trips with breaks, soft windows, lifetimes or location limits are left out: no rule says how these are to be
weighed against an early finish.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from solver.contract import TripStartTimeStrategy, TripStateFlag
from solver.oracle.journey import Journey
from solver.oracle.parts import Service
from solver.oracle.times import clock
from solver.oracle.violation import Verdict
from solver.oracle.world import Interval, Work

ALWAYS: list[Interval] = [(float("-inf"), float("inf"))]
SECOND = 1.0  # all moments of a plan are whole seconds, so two timings that differ by less are equal


class Piece(NamedTuple):
    """For starts ``first..last`` the moment reached is ``value``, plus the start if ``moving``."""

    first: float
    last: float
    value: float
    moving: bool

    def at(self, start: float) -> float:
        """The moment reached from a start."""
        return self.value + (start if self.moving else 0.0)

    def later(self, seconds: float) -> "Piece":
        """After an action of that length."""
        return self._replace(value=self.value + seconds)


class Action(NamedTuple):
    """An action that takes seconds and starts in one of the windows, in order of time."""

    windows: list[Interval]
    seconds: float


def reach(piece: Piece, windows: list[Interval]) -> Iterator[Piece]:
    """Where a piece comes to when it waits for the next window."""
    first = piece.first
    for opens, closes in windows:
        if first > piece.last:
            return
        if piece.at(first) > closes:
            continue
        last = min(piece.last, closes - piece.value) if piece.moving else piece.last
        if piece.at(first) >= opens:
            yield Piece(first, last, piece.value, piece.moving)
        else:
            waiting = min(last, opens - piece.value) if piece.moving else last
            yield Piece(first, waiting, opens, moving=False)
            if waiting < last:
                yield Piece(waiting, last, piece.value, moving=True)
        if last == piece.last:
            return
        first = last + SECOND


def through(start: Piece, actions: Iterable[Action]) -> list[Piece]:
    """Pieces after all actions; empty: no start keeps the windows."""
    pieces = [start]
    for action in actions:
        found = [
            reached.later(action.seconds) for piece in pieces for reached in reach(piece, action.windows)
        ]
        pieces = found
    return pieces


class Timing:
    """Checks the strategy of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict

    def check(self) -> None:
        """W6."""
        work = self.journey.work
        if work is None or not self._comparable(work):
            return
        everyone = Piece(*work.available, 0.0, moving=True)
        pieces = [piece for piece in through(everyone, self._actions(work)) if self._ends(piece, work)]
        if not pieces:
            return  # no timing keeps the windows: told by W1 and W2
        if self.world.strategy == TripStartTimeStrategy.LOWEST_COST:
            self._lowest_cost(pieces)
        else:
            self._earliest_finish(pieces, work)

    @staticmethod
    def _ends(piece: Piece, work: Work) -> bool:
        return piece.at(piece.first) <= work.available[1]

    def _comparable(self, work: Work) -> bool:
        journey = self.journey
        rules = work.shift.work_and_rest_rules
        lives = work.owner.compatibilities.performer_features_lifetimes
        if journey.use is None or rules.break_rules or rules.rest_rules or lives:
            return False
        if journey.use.owner.compatibilities.transport_features_lifetimes or not journey.services:
            return False
        pauses = (TripStateFlag.BREAK, TripStateFlag.REST)
        if not self.world.assumptions.disable_location_limits:
            return False
        if any(part.doing in pauses for part in journey.stretches) or journey.lost:
            return False
        known = all(visit.place in self.world.places for visit in journey.visits)
        return known and all(s.offer is not None and s.offer.soft is None for s in journey.services)

    def _actions(self, work: Work) -> Iterator[Action]:
        """The sequence; taking and leaving the transport are moments inside its availability (W1)."""
        journey = self.journey
        use = Action([journey.use.available] if journey.use else ALWAYS, 0.0)
        taken_at = 1 if journey.own_first else 0
        last = len(journey.visits) - 1
        for visit in journey.visits:
            place = self.world.places[visit.place]
            if visit.number:
                yield Action(ALWAYS, journey.drives[visit.number - 1].seconds())
            if visit.number == taken_at:
                yield use
            if visit.number:
                yield Action(ALWAYS, place.arrival_duration)
            for service in visit.services:
                yield self._service(service, work)
            if visit.number < last:
                yield Action(ALWAYS, place.departure_duration)
            if visit.number == journey.left_at:
                yield use

    def _service(self, service: Service, work: Work) -> Action:
        seconds = service.end - service.start
        windows: list[Interval] = []
        if service.offer is not None:
            for opens, closes in self.world.opening(service.visit.place) or ALWAYS:
                start = max(opens, service.offer.hard[0], work.working[0])
                end = min(closes, service.offer.hard[1], work.working[1]) - seconds
                if start <= end:
                    windows.append((start, end))
        return Action(windows, seconds)

    def _earliest_finish(self, pieces: list[Piece], work: Work) -> None:
        journey = self.journey
        best = min(piece.at(piece.first) for piece in pieces)
        if journey.end > best + SECOND:
            message = f"finishes {clock(journey.end)}, could at {clock(best)}"
            self.verdict.broken("W6", journey.at("EARLIEST_FINISH"), message)
            return
        starts = [
            min(piece.last, best - piece.value) if piece.moving else piece.last
            for piece in pieces
            if piece.at(piece.first) <= best
        ]
        if journey.start < max(starts) - SECOND:
            message = f"starts {clock(journey.start)}, could at {clock(max(starts))} with the same finish"
            self.verdict.broken("W6", journey.at("EARLIEST_FINISH"), message)

    def _lowest_cost(self, pieces: list[Piece]) -> None:
        """Every second costs something (M1), so the shortest trip is the cheapest."""
        journey = self.journey
        best = min(piece.value - (0.0 if piece.moving else piece.last) for piece in pieces)
        if journey.end - journey.start > best + SECOND:
            message = f"takes {journey.end - journey.start:g} s, could take {best:g} s"
            self.verdict.broken("W6", journey.at("LOWEST_COST"), message)
