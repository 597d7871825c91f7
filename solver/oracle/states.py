"""S1-S4 and R2: the order of the states and their flags."""

from datetime import timedelta
from itertools import pairwise

from solver.contract import TimeWindow, TripStateFlag
from solver.oracle.journey import Journey
from solver.oracle.parts import DOING, HERE, Service, Stretch, close
from solver.oracle.times import told
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Interval, interval

OUTSIDE = (TripStateFlag.ARRIVAL, TripStateFlag.DEPARTURE)
MOVING = (TripStateFlag.RELOCATING, TripStateFlag.BREAK, TripStateFlag.REST)
ABOUT_EVENT = (TripStateFlag.WAITING, TripStateFlag.ON_DEMAND)


class States:
    """Checks the states of one trip as a text: what may stand where."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict

    def check(self) -> None:
        """S1-S4, S6 shift times, R2 flags."""
        if not self.journey.stretches:
            return
        self._clock()
        self._ends()
        for part in self.journey.stretches:
            self._actions(part)
            self._place(part)
            self._windows(part)
            self._roundtrip(part)
        for service in self.journey.services:
            self._after(service)
        rounds = self.journey.rounds
        for a, b in pairwise(rounds):
            if b.first_visit > a.last_visit:
                self.verdict.broken(
                    "R2", self.journey.at(f"stop {b.first_visit}"), "a drive between roundtrips"
                )

    def _broken(self, rule: str, part: Stretch, message: str) -> None:
        self.verdict.broken(rule, self.journey.at(f"state {part.number}"), message)

    def _clock(self) -> None:
        """Order of time, timezone, shift times (S6, W1)."""
        journey, zone = self.journey, timedelta(hours=self.world.zone)
        for part in journey.stretches:
            if part.length < -SLACK:
                self._broken("S", part, "the next state is earlier")
            if part.state.time.utcoffset() != zone:
                self._broken("S", part, f"{part.state.time.isoformat()} is not in result_timezone")
        self._used("S6", "performer", journey.trip.performer.shift_time, (journey.start, journey.end))
        self._used("W1", "transport", journey.trip.transport.shift_time, (journey.taken, journey.left))

    def _used(self, rule: str, whose: str, said: TimeWindow, span: Interval) -> None:
        given = interval(said)
        if not (close(given[0], span[0]) and close(given[1], span[1])):
            message = f"shift_time {told(given)}, in use {told(span)}"
            self.verdict.broken(rule, self.journey.at(whose), message)

    def _ends(self) -> None:
        """S4: first and last state stand at a place."""
        parts = self.journey.stretches
        for part in (parts[0], parts[-1]):
            if part.doing is not None or not set(part.state.flags) >= HERE:
                self._broken("S4", part, "an end of the trip that is not a plain INSIDE AROUND state")
        for part in self.journey.lost:
            self._broken("S4", part, "on the way before the first stop or after the last")

    def _actions(self, part: Stretch) -> None:
        """S2, S4, X1: what is done, its length, its keys."""
        doing = [flag for flag in part.state.flags if flag in DOING]
        if len(doing) > 1:
            self._broken("S2", part, f"several actions: {', '.join(doing)}")
        if not doing and part.length > SLACK:
            self._broken("X1", part, f"{part.length:g} s without an action")
        if len(doing) == 1 and doing[0] != TripStateFlag.ON_DEMAND and abs(part.length) <= SLACK:
            self._broken("S4", part, f"{doing[0]} of no length")
        state = part.state
        keys = (state.order_key, state.demand_key, state.event_key)
        if part.doing == TripStateFlag.ON_DEMAND:
            if not all(keys):
                self._broken("S4", part, "ON_DEMAND without order, demand and event key")
        elif any(keys) and part.doing != TripStateFlag.WAITING:
            self._broken("S4", part, "keys of a demand where nothing is served")
        if state.cargo_actions and not self._follows_service(part):
            self._broken("S4", part, "cargo_actions on a state that does not follow a service")

    def _follows_service(self, part: Stretch) -> bool:
        before = self.journey.stretches[part.number - 1] if part.number else None
        return before is not None and before.service is not None and part.service is not before.service

    def _place(self, part: Stretch) -> None:
        """S1, S2: where it is, and what may be done there."""
        flags = set(part.state.flags)
        if part.on_the_way:
            if flags & HERE:
                self._broken("S1", part, "at a place and on the way")
            if part.state.location_key is not None:
                self._broken("S4", part, f"on the way with location {part.state.location_key}")
            if part.doing not in MOVING:
                self._broken("S2", part, f"on the way with {part.doing or 'no action'}")
            return
        if part.state.location_key not in self.world.places:
            self._broken("S4", part, f"unknown location {part.state.location_key}")
        if TripStateFlag.AROUND_LOCATION not in flags:
            self._broken("S1", part, "AROUND_LOCATION is missing")
        if (part.doing in OUTSIDE) == (TripStateFlag.INSIDE_LOCATION in flags):
            self._broken("S1", part, f"{part.doing or 'standing'}: INSIDE_LOCATION is wrong")

    def _after(self, service: Service) -> None:
        """S4: a state of its own follows every service."""
        number = service.stretches[-1].number + 1
        parts = self.journey.stretches
        after = parts[number] if number < len(parts) else None
        busy = (TripStateFlag.ON_DEMAND, *OUTSIDE)
        fine = (
            after is not None
            and after.visit is service.visit
            and after.doing not in busy
            and set(after.state.flags) >= HERE
        )
        if not fine:
            where = self.journey.at(service.demand)
            self.verdict.broken("S4", where, "no AROUND INSIDE state follows the service")

    def _windows(self, part: Stretch) -> None:
        """S3."""
        if self.journey.work is not None:
            self._flag(part, TripStateFlag.INSIDE_WORKING_WINDOW, [self.journey.work.working])
        hard: list[Interval] = []
        soft: list[Interval] = []
        if part.visit is None:
            self._flag(part, TripStateFlag.INSIDE_LOCATION_WINDOW, [])
        elif part.visit.place in self.world.places:
            opening = self.world.opening(part.visit.place)
            self._flag(part, TripStateFlag.INSIDE_LOCATION_WINDOW, opening or None)
        if part.visit is not None and part.doing in ABOUT_EVENT:
            service = part.service or self._next_service(part)
            if service is None or service.offer is None:
                return
            hard = [service.offer.hard]
            soft = [service.offer.soft] if service.offer.soft else []
        elif part.doing in (TripStateFlag.BREAK, TripStateFlag.REST):
            return  # a pause is neither waiting nor serving: no rule says what it shows
        self._flag(part, TripStateFlag.INSIDE_EVENT_HARD_WINDOW, hard)
        self._flag(part, TripStateFlag.INSIDE_EVENT_SOFT_WINDOW, soft)

    @staticmethod
    def _next_service(part: Stretch) -> Service | None:
        """The service a wait is for: the next one at the same stop."""
        services = part.visit.services if part.visit else []
        return next((service for service in services if service.stretches[0].number > part.number), None)

    def _flag(self, part: Stretch, flag: TripStateFlag, windows: list[Interval] | None) -> None:
        """The flag is set while a window is open (None: always); an edge inside a state cuts it in two."""
        shown = flag in part.state.flags
        if windows is None:
            if not shown:
                self._broken("S3", part, f"{flag} is missing")
            return
        edges = {edge for window in windows for edge in window}
        if any(part.start + SLACK < edge < part.end - SLACK for edge in edges):
            self._broken("S3", part, f"{flag} changes inside the state")
            return
        if part.length <= SLACK and any(close(part.start, edge) for edge in edges):
            return  # a moment on the edge belongs to both sides
        middle = (part.start + part.end) / 2
        opened = any(opens <= middle <= closes for opens, closes in windows)
        if shown != opened:
            self._broken("S3", part, f"{flag} is {'set' if shown else 'missing'}")

    def _roundtrip(self, part: Stretch) -> None:
        """R2: set while serving and between the borders of a roundtrip."""
        shown = TripStateFlag.DURING_ROUNDTRIP in part.state.flags
        rounds = self.journey.rounds
        if part.doing == TripStateFlag.ON_DEMAND:
            wanted = True
        elif part.length > SLACK:
            wanted = any(r.start - SLACK <= part.start and part.end <= r.end + SLACK for r in rounds)
        elif any(close(part.start, r.start) or close(part.start, r.end) for r in rounds):
            return  # a moment on the border belongs to both sides
        else:
            wanted = any(r.start < part.start < r.end for r in rounds)
        if shown != wanted:
            self._broken("R2", part, f"DURING_ROUNDTRIP is {'set' if shown else 'missing'}")
