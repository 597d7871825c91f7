"""W1-W4, W7: shifts, windows, parking, service times, lifetimes of features."""

from datetime import UTC, datetime

from solver.contract import FeatureLifetime, TripStateFlag
from solver.oracle.journey import Journey
from solver.oracle.parts import Service, Visit, close, spent
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Interval, interval


def clock(when: float) -> str:
    """A moment for people."""
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told(span: Interval) -> str:
    """An interval for people."""
    return f"{clock(span[0])}..{clock(span[1])}"


def inside(span: Interval, window: Interval) -> bool:
    """Whether a span lies in a window, ends included."""
    return window[0] - SLACK <= span[0] and span[1] <= window[1] + SLACK


class Times:
    """Checks the times of one trip."""

    def __init__(self, journey: Journey, verdict: Verdict) -> None:
        self.journey, self.world, self.verdict = journey, journey.world, verdict

    def check(self) -> None:
        """W1-W4 and W7."""
        if not self.journey.stretches:
            return
        self._shifts()
        for service in self.journey.services:
            self._service(service)
        for visit in self.journey.visits:
            self._parking(visit)
        if not self.world.assumptions.disable_compatibility:
            self._lifetimes()

    def _shifts(self) -> None:
        """W1: the whole trip in the performer's shift, the use of the transport in the transport's."""
        journey = self.journey
        spans = [
            (journey.work, (journey.start, journey.end), "performer"),
            (journey.use, (journey.taken, journey.left), "transport"),
        ]
        for owner, span, what in spans:
            if owner is not None and not inside(span, owner.available):
                where = journey.at(owner.shift.key)
                self.verdict.broken(
                    "W1", where, f"{what} in use {told(span)}, available {told(owner.available)}"
                )

    def _service(self, service: Service) -> None:
        offer, journey = service.offer, self.journey
        if offer is None:
            return
        span, where = (service.start, service.end), journey.at(service.demand)
        if journey.work is not None and not inside(span, journey.work.working):
            self.verdict.broken("W1", where, f"served {told(span)}, work is {told(journey.work.working)}")
        if not inside(span, offer.hard):
            self.verdict.broken("W2", where, f"served {told(span)}, hard window {told(offer.hard)}")
        place = service.visit.place
        opening = self.world.opening(place) if place in self.world.places else []
        if opening and not any(inside(span, window) for window in opening):
            self.verdict.broken("W2", where, f"served {told(span)}, {place} is not open all the time")
        extra = self._extra(service.demand)
        if not close(service.end - service.start, offer.event.duration + extra):
            wanted = f"{offer.event.duration} + {extra} s"
            self.verdict.broken("W4", where, f"served {service.end - service.start:g} s, {wanted} wanted")

    def _extra(self, demand: str) -> int:
        work = self.journey.work
        """Of several for one demand the last listed counts."""
        listed = work.owner.limits.demand_extra_durations if work else []
        found = [item.additional_duration for item in listed if item.demand_key == demand]
        return found[-1] if found else 0

    def _parking(self, visit: Visit) -> None:
        """W3: arrival before all else but at the first stop, departure after all else but at the last."""
        place = self.world.places.get(visit.place)
        if place is None:
            return
        where = self.journey.at(visit.place)
        first, last = visit.number == 0, visit.number == len(self.journey.visits) - 1
        for flag, wanted in (
            (TripStateFlag.ARRIVAL, 0 if first else place.arrival_duration),
            (TripStateFlag.DEPARTURE, 0 if last else place.departure_duration),
        ):
            seconds = spent(visit.stretches, flag)
            if not close(seconds, wanted):
                message = f"stop {visit.number}: {flag} takes {seconds:g} s, {wanted} s wanted"
                self.verdict.broken("W3", where, message)
        order = [part.doing for part in visit.stretches if part.doing is not None]
        body = [doing for doing in order if doing not in (TripStateFlag.ARRIVAL, TripStateFlag.DEPARTURE)]
        arrivals = [TripStateFlag.ARRIVAL] * order.count(TripStateFlag.ARRIVAL)
        departures = [TripStateFlag.DEPARTURE] * order.count(TripStateFlag.DEPARTURE)
        if order != arrivals + body + departures:
            self.verdict.broken("W3", where, f"stop {visit.number}: parking or leaving inside the stop")

    def _lifetimes(self) -> None:
        """W7: a feature with lifetimes exists while it is needed."""
        journey = self.journey
        if journey.work is None or journey.use is None:
            return
        performer, transport = journey.work.owner.compatibilities, journey.use.owner.compatibilities
        whole = (journey.start, journey.end)
        driver = lives(performer.performer_features_lifetimes, performer.performer_features)
        vehicle = lives(transport.transport_features_lifetimes, transport.transport_features)
        self._exists(driver, transport.performer_restrictions, whole, journey.use.owner.key)
        self._exists(vehicle, performer.transport_restrictions, whole, journey.work.owner.key)
        for visit in transport_visits(journey):
            place = self.world.places.get(visit.place)
            if place is not None:
                needed = place.compatibilities.transport_restrictions
                self._exists(vehicle, needed, whole, visit.place)
        for service in journey.services:
            if service.offer is not None:
                needed = service.offer.order.compatibilities.performer_restrictions
                self._exists(driver, needed, (service.start, service.end), service.demand)

    def _exists(
        self, given: dict[str, list[Interval]], needed: list[str], span: Interval, where: str
    ) -> None:
        for feature, windows in given.items():
            if feature in needed and not any(inside(span, window) for window in windows):
                message = f"feature {feature} does not exist all of {told(span)}"
                self.verdict.broken("W7", self.journey.at(where), message)


def lives(given: list[FeatureLifetime], features: list[str]) -> dict[str, list[Interval]]:
    """Lifetimes of features that are there at all; a tag that is not is missing (C1)."""
    found: dict[str, list[Interval]] = {}
    for life in given:
        if life.feature in features:
            found.setdefault(life.feature, []).extend(interval(window) for window in life.time_windows)
    return found


def transport_visits(journey: Journey) -> list[Visit]:
    """Visits the transport makes: not those where the performer is without it (T6, C3)."""
    first = 1 if journey.own_first else 0
    last = len(journey.visits) - (1 if journey.own_last else 0)
    return journey.visits[first:last]
