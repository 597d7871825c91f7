"""B: breaks and rests.

The trip is gone through action by action with two pairs of counters, one since the last break and one since
the last rest. Waiting as long as a pause counts as it (B5); a pause just before an action that passes the
limit on its own is enough where that action cannot be split (B2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from solver.contract import TripStateFlag
from solver.contract.work_rules import ModelBreak, RelocatingDurationType, Rest
from solver.oracle.journey import Journey
from solver.oracle.parts import Drive, Stretch, Visit, close
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK

PAUSES = (TripStateFlag.BREAK, TripStateFlag.REST)
RULE = {TripStateFlag.BREAK: "B2", TripStateFlag.REST: "B3"}
NO_RULE = {TripStateFlag.BREAK: "B1", TripStateFlag.REST: "B3"}
WHOLE = (TripStateFlag.ON_DEMAND, TripStateFlag.ARRIVAL, TripStateFlag.DEPARTURE)


@dataclass(slots=True)
class Limit:
    """Most driving and operating between two pauses, and how long the pause is, in seconds."""

    driving: float
    operating: float
    pause: float

    @classmethod
    def of(cls, rule: ModelBreak | Rest) -> "Limit":
        """A rule of the contract; no operating limit is none."""
        operating = rule.operating_duration_sum
        return cls(
            rule.relocating_duration_sum,
            float("inf") if operating is None else operating,
            rule.duration,
        )


@dataclass(slots=True)
class Tally:
    """Seconds since the last pause (B1)."""

    driving: float = 0.0
    operating: float = 0.0

    def clear(self) -> None:
        """Start again."""
        self.driving = self.operating = 0.0

    def over(self, limit: Limit | None) -> bool:
        """Whether a counter passed its limit."""
        if limit is None:
            return False
        return self.driving > limit.driving + SLACK or self.operating > limit.operating + SLACK


class Breaks:
    """Checks the pauses of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict
        rules = journey.work.shift.work_and_rest_rules if journey.work else None
        breaks, rests = (rules.break_rules, rules.rest_rules) if rules else (None, None)
        self.first = Limit.of(breaks.first) if breaks else None
        self.later = Limit.of(breaks.consecutive) if breaks and breaks.consecutive else self.first
        self.rest = Limit.of(rests.consecutive) if rests else None
        kind = breaks.relocating_duration_type if breaks else RelocatingDurationType.TOTAL
        self.continuous = kind == RelocatingDurationType.CONTINUOUS
        self.resets = set(rules.reset_location_keys) if rules else set()
        self.ignored = set(rules.ignore_location_keys) if rules else set()
        self.since_break, self.since_rest = Tally(), Tally()
        self.breaks = 0  # taken so far, waiting that counts among them

    @property
    def limit(self) -> Limit | None:
        """What holds until the next break."""
        return self.later if self.breaks else self.first

    def check(self) -> None:
        """B1-B5."""
        for visit in self.journey.visits:
            if visit.number:
                self._drive(self.journey.drives[visit.number - 1])
            self._arrive(visit)
            for kind, seconds, where in actions(visit.stretches):
                self._at_stop(visit, kind, seconds, where)
            if visit.place in self.resets:
                self._clear_all()

    def _drive(self, drive: Drive) -> None:
        for kind, seconds, _ in actions(drive.stretches):
            if kind in PAUSES:
                self._pause(kind, seconds, drive)
            elif kind == TripStateFlag.RELOCATING:
                self._work(seconds, seconds, f"{drive.start.place}>{drive.finish.place}", splits=True)

    def _arrive(self, visit: Visit) -> None:
        """B1 CONTINUOUS, B4."""
        if self.continuous:
            self.since_break.driving = 0.0
        if visit.place in self.resets:
            self._clear_all()

    def _at_stop(self, visit: Visit, kind: TripStateFlag, seconds: float, where: str) -> None:
        if kind in PAUSES:
            self._pause(kind, seconds, None)
        elif kind == TripStateFlag.WAITING:
            self._wait(seconds)
        elif kind in WHOLE and visit.place not in self.ignored | self.resets:
            self._work(0.0, seconds, where, splits=False)

    def _clear_all(self) -> None:
        self.since_break.clear()
        self.since_rest.clear()

    def _work(self, driving: float, operating: float, where: str, *, splits: bool) -> None:
        """B2, B3: neither counter passes its limit, unless one action does so on its own."""
        for kind, tally, limit in (
            (TripStateFlag.BREAK, self.since_break, self.limit),
            (TripStateFlag.REST, self.since_rest, self.rest),
        ):
            rested = tally.operating <= SLACK
            tally.driving += driving
            tally.operating += operating
            if tally.over(limit) and (splits or not rested):
                message = f"no {kind} in {tally.driving:g} s of driving, {tally.operating:g} s of operating"
                self.verdict.broken(RULE[kind], self.journey.at(where), message)
                tally.clear()

    def _wait(self, seconds: float) -> None:
        """B5."""
        if self.limit is not None and seconds >= self.limit.pause - SLACK:
            self.since_break.clear()
            self.breaks += 1
        if self.rest is not None and seconds >= self.rest.pause - SLACK:
            self._clear_all()

    def _pause(self, kind: TripStateFlag, seconds: float, drive: Drive | None) -> None:
        """A break or rest: asked for, of the right length, and on the way only where it has to be."""
        limit = self.limit if kind == TripStateFlag.BREAK else self.rest
        where = self.journey.at(f"{drive.start.place}>{drive.finish.place}" if drive else kind)
        if limit is None:
            self.verdict.broken(NO_RULE[kind], where, f"a {kind} that no rule asks for")
            return
        if not close(seconds, limit.pause):
            self.verdict.broken(RULE[kind], where, f"a {kind} of {seconds:g} s, {limit.pause:g} s wanted")
        after = self.later if kind == TripStateFlag.BREAK else limit
        if drive is not None and not any(self._too_long(drive, one) for one in (limit, after) if one):
            self.verdict.broken(RULE[kind], where, f"a {kind} on the way of a leg that needs none")
        if kind == TripStateFlag.REST:
            self._clear_all()
        else:
            self.since_break.clear()
            self.breaks += 1

    def _too_long(self, drive: Drive, limit: Limit) -> bool:
        """B2: the leg with its parking passes the limit alone."""
        parking = 0.0
        for visit, name in ((drive.start, "departure_duration"), (drive.finish, "arrival_duration")):
            place = self.world.places.get(visit.place)
            if place is not None and visit.place not in self.ignored | self.resets:
                parking += getattr(place, name)
        return drive.seconds() > limit.driving or drive.seconds() + parking > limit.operating


def actions(stretches: list[Stretch]) -> Iterator[tuple[TripStateFlag, float, str]]:
    """Actions with their seconds and where they are; states that a window's edge cut are one again."""
    busy = [part for part in stretches if part.doing is not None]
    for (kind, _), run in groupby(busy, lambda part: (part.doing, id(part.service))):
        parts = list(run)
        where = parts[0].service.demand if parts[0].service else parts[0].state.location_key or ""
        if kind is not None:
            yield kind, sum(part.length for part in parts), where
