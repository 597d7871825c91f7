"""T: legs and places of a trip."""

from math import asin, cos, floor, radians, sin, sqrt

from solver.contract import Location, TransportType
from solver.oracle.journey import Journey
from solver.oracle.parts import Drive, Visit, close
from solver.oracle.violation import Verdict
from solver.oracle.world import World

EARTH = 6_371_008.8  # mean radius in metres


class Travel:
    """Legs of all trips of a result; those without a matrix must be the same in all of them."""

    def __init__(self, world: World, verdict: Verdict) -> None:
        self.world, self.verdict = world, verdict
        self.met: dict[tuple[TransportType, str, str], tuple[int, float, str]] = {}

    def check(self, journey: Journey) -> None:
        """T1-T6 of one trip."""
        if journey.work is None or journey.use is None:
            return
        kinds = (journey.use.owner.transport_type, journey.work.owner.own_transport_type)
        for drive in journey.drives:
            self._drive(journey, drive, kinds[drive.own])
        if journey.visits:
            for side, inwards in (("start", journey.visits), ("finish", journey.visits[::-1])):
                home = getattr(journey.work.shift, f"{side}_location_key")
                garage = getattr(journey.use.shift, f"{side}_location_key")
                self._end(journey.at(side), home, garage, inwards)

    def _drive(self, journey: Journey, drive: Drive, kind: TransportType) -> None:
        a, b = drive.start.place, drive.finish.place
        where = journey.at(f"{a}>{b}")
        if a == b:
            self.verdict.broken("T5", where, "a drive that ends where it starts")
            return
        if kind is TransportType.TELEPORT:
            if drive.metres or drive.seconds():
                self.verdict.broken("T3", where, f"{drive.seconds():g} s and {drive.metres} m of TELEPORT")
            return
        given = self._given(kind, a, b)
        if given is None:
            self._consistent(journey, drive, kind, where)
        elif min(given) < 0:
            self.verdict.broken("T2", where, f"the matrix of {kind} has no such leg")
        else:
            self._compare(drive, kind, given, where)

    def _given(self, kind: TransportType, a: str, b: str) -> tuple[int, int] | None:
        matrix = self.world.matrices.get(kind)
        start, finish = self.world.places.get(a), self.world.places.get(b)
        return matrix.leg(start, finish) if matrix and start and finish else None

    def _compare(self, drive: Drive, kind: TransportType, given: tuple[int, int], where: str) -> None:
        """T1, T4, T6 against the external matrix."""
        metres, seconds = given
        fast = kind in self.world.speeds
        if fast:
            seconds = floor(seconds / self.world.speeds[kind] + 0.5 + 1e-9)
        if not close(drive.seconds(), seconds):
            rule = "T6" if drive.own else "T4" if fast else "T1"
            self.verdict.broken(rule, where, f"{drive.seconds():g} s by {kind}, the matrix gives {seconds} s")
        if drive.metres != metres:
            rule = "T6" if drive.own else "T1"
            self.verdict.broken(rule, where, f"{drive.metres} m by {kind}, the matrix gives {metres} m")

    def _consistent(self, journey: Journey, drive: Drive, kind: TransportType, where: str) -> None:
        """Without a matrix: a straight line where it is asked for, one figure for one leg."""
        places = self.world.places
        a, b = drive.start.place, drive.finish.place
        settings = self.world.task.plan_settings.geo_settings
        if drive.metres < 0:
            self.verdict.broken("T1", where, f"{drive.metres} m")
        if settings.flight_distance and a in places and b in places:
            straight = great_circle(places[a], places[b])
            if abs(drive.metres - straight) > 0.005 * straight + 2:
                self.verdict.broken("T1", where, f"{drive.metres} m, the straight line is {straight:.0f} m")
        metres, seconds, trip = self.met.setdefault(
            (kind, a, b), (drive.metres, drive.seconds(), journey.key)
        )
        if metres != drive.metres:
            self.verdict.broken("T1", where, f"{drive.metres} m here, {metres} m in {trip}")
        elif not settings.traffic_jams and not close(seconds, drive.seconds()):
            self.verdict.broken("T1", where, f"{drive.seconds():g} s here, {seconds:g} s in {trip}")

    def _end(self, where: str, home: str | None, garage: str | None, inwards: list[Visit]) -> None:
        """T6 at one end: the performer's and the transport's place; ``inwards``: visits from that end on."""
        wanted = [key for key in dict.fromkeys((home, garage)) if key is not None]
        there = [visit.place for visit in inwards[: len(wanted)]]
        if there != wanted:
            self.verdict.broken("T6", where, f"the trip is at {there}, {wanted} wanted")
        elif len(wanted) == 2 and inwards[0].services:
            self.verdict.broken("T6", where, f"a service at {inwards[0].place}, where the transport is not")
        elif not wanted and not inwards[0].services:
            self.verdict.broken("T6", where, f"no place is given, yet the trip is at {inwards[0].place}")


def great_circle(a: Location, b: Location) -> float:
    """Metres between two locations by the haversine formula."""
    north, south = radians(a.geopoint.latitude), radians(b.geopoint.latitude)
    east = radians(b.geopoint.longitude - a.geopoint.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))
