"""X1-X7, X9, X10: every figure of the statistics counted again from the states."""

from itertools import pairwise

from solver.contract import (
    GeneralStatistics,
    Measurements,
    PlanStatistics,
    StopStatistics,
    TimeWindowViolations,
    TripStatistics,
)
from solver.oracle.figures import Compare
from solver.oracle.journey import Journey
from solver.oracle.measures import MEASURES
from solver.oracle.parts import Visit
from solver.oracle.sums import (
    MOST_RATIO,
    Sums,
    highest,
    loads_of,
    plan_sums,
    quotients,
    round_sums,
    seconds_of,
    trip_sums,
)
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, Interval, World, interval


class Statistics:
    """Checks the statistics of a plan."""

    def __init__(self, world: World, journeys: list[Journey], verdict: Verdict) -> None:
        self.world, self.journeys, self.verdict = world, journeys, verdict
        self.compare = Compare(world, verdict)

    def check(self, told: PlanStatistics) -> None:
        """X1-X7, X9, X10."""
        rows = {item.trip_key: item for item in told.trips_statistics}
        if len(rows) != len(told.trips_statistics) or set(rows) != {j.key for j in self.journeys}:
            self.verdict.broken("X10", "trips_statistics", "not one for each trip")
        sums = []
        for journey in self.journeys:
            sums.append(trip_sums(journey))
            if journey.key in rows:
                self._trip(journey, sums[-1], rows[journey.key])
        self._general("total", told.total_statistics, plan_sums(self.world, self.journeys, sums), len(sums))
        horizon = told.task_statistics.planning_horizon
        self.compare.window("X7", "task_statistics", "planning_horizon", horizon, self.world.horizon)
        self._missed("soft", told.quality.soft_time_window_violations)
        self._missed("hard", told.quality.hard_time_window_violations)

    def _general(self, where: str, told: GeneralStatistics, sums: Sums, trips: int = 1) -> None:
        """GeneralStatistics of a plan or a trip."""
        compare = self.compare
        compare.number("M3", where, "cost", told.cost, sums.cost, trips)
        self._figures(where, told, sums, trips)

    def _figures(self, where: str, told: GeneralStatistics, sums: Sums, trips: int) -> None:
        """All but the cost, of which no rule says how a roundtrip has its share."""
        compare = self.compare
        compare.number("M3", where, "reward", told.reward, sums.reward, trips)
        compare.number("M3", where, "profit", told.profit, told.reward - told.cost, 2 * trips)
        self._measurements(where, told.measurements, sums.span, sums.seconds, sums.metres)
        for name, rule, count in (
            ("trips_count", "X10", sums.trips),
            ("performers_count", "X3", sums.performers),
            ("plan_orders_count", "X3", sums.planned),
            ("waitlist_orders_count", "X3", sums.waiting),
            ("orders_count", "X3", sums.planned + sums.waiting),
            ("stops_count", "X2", sums.stops),
            ("locations_count", "X2", sums.places),
            ("round_trips_count", "R2", sums.rounds),
        ):
            compare.exactly(rule, where, name, getattr(told, name), count)
        compare.measures("X5", where, "cargo_capacity_sum", told.cargo_capacity_sum, sums.carried, trips)
        ratio = quotients(sums.carried, sums.room, MOST_RATIO)
        compare.measures("X5", where, "cargo_capacity_ratio", told.cargo_capacity_ratio, ratio)
        compare.measures("X5", where, "max_transport_load", told.max_transport_load, sums.fullest)
        driving = sums.seconds["driving_time"]
        speed = sums.metres / driving * 3.6 if driving else 0.0
        compare.number("X4", where, "average_speed", told.average_speed, speed)
        share = sums.metres / sums.rounds if sums.rounds else 0.0
        compare.number("X4", where, "average_roundtrip_distance", told.average_roundtrip_distance, share)
        time = sum(sums.seconds.values()) / sums.rounds if sums.rounds else 0.0
        if abs(told.average_roundtrip_time - time) > 1:
            message = f"average_roundtrip_time {told.average_roundtrip_time}, {time:g} counted"
            self.verdict.broken("X4", where, message)

    def _measurements(
        self, where: str, told: Measurements, span: Interval, seconds: dict[str, float], metres: int
    ) -> None:
        """X1."""
        self.compare.window("X1", where, "time_window", told.time_window, span)
        for name, value in seconds.items():
            self.compare.exactly("X1", where, name, getattr(told, name), value)
        self.compare.exactly("X1", where, "total_time", told.total_time, sum(seconds.values()))
        self.compare.exactly("X1", where, "distance", told.distance, metres)

    def _trip(self, journey: Journey, sums: Sums, told: TripStatistics) -> None:
        self._general(journey.key, told.general_statistics, sums)
        where = journey.at("load_statistics")
        loads = loads_of(journey)
        carried, load = journey.carried, told.load_statistics
        self.compare.load(where, "total_load", load.total_load, len(carried), sums.carried)
        count = max(map(len, journey.aboard))
        self.compare.load(where, "max_load", load.max_load, count, highest(loads))
        self._transfer(journey, told)
        if len(told.stop_statistics) != len(journey.visits):
            message = f"{len(told.stop_statistics)} stops told, {len(journey.visits)} counted"
            self.verdict.broken("X2", journey.key, message)
        else:
            for visit, stop in zip(journey.visits, told.stop_statistics, strict=True):
                self._stop(journey, visit, stop)
        if len(told.roundtrip_statistics) != len(journey.rounds):
            message = f"{len(told.roundtrip_statistics)} roundtrips told, {len(journey.rounds)} counted"
            self.verdict.broken("R2", journey.key, message)
            return
        for number, (part, item) in enumerate(zip(journey.rounds, told.roundtrip_statistics, strict=True)):
            sums = round_sums(journey, part)
            self._figures(journey.at(f"roundtrip {number}"), item.general_statistics, sums, 1)
        if len({item.roundtrip_key for item in told.roundtrip_statistics}) != len(journey.rounds):
            self.verdict.broken("R2", journey.key, "two roundtrips with one key")

    def _transfer(self, journey: Journey, told: TripStatistics) -> None:
        """X6: largest load while driving."""
        count, loads = 0, [dict.fromkeys(MEASURES, 0.0)]
        for drive in journey.drives:
            if drive.seconds() > 0 and not drive.own:
                done = journey.done_by(drive.start)
                count = max(count, len(journey.aboard[done]))
                loads.append(journey.load(done))
        load = told.load_statistics.max_transfer_load
        self.compare.load(journey.at("load_statistics"), "max_transfer_load", load, count, highest(loads))

    def _stop(self, journey: Journey, visit: Visit, told: StopStatistics) -> None:
        """X1, X6 at one stop; it owns the drive that led to it."""
        where, compare = journey.at(f"stop {visit.number} {visit.place}"), self.compare
        if told.location_key != visit.place:
            self.verdict.broken("X1", where, f"location_key {told.location_key}")
        compare.window("X1", where, "stop_time_window", told.stop_time_window, (visit.start, visit.end))
        drive = journey.drives[visit.number - 1] if visit.number else None
        parts = [*(drive.stretches if drive else []), *visit.stretches]
        span = (drive.begun if drive else visit.start, visit.end)
        metres = drive.metres if drive else 0
        self._measurements(where, told.measurements, span, seconds_of(parts), metres)
        served = [(s.demand, s.stretches[0].state.event_key, (s.start, s.end)) for s in visit.services]
        given = [(d.demand_key, d.event_key, interval(d.demand_time_window)) for d in told.stop_demands]
        if served != given:
            self.verdict.broken("X1", where, f"stop_demands {given}, {served} counted")
        self._stop_loads(journey, visit, told, where)

    def _stop_loads(self, journey: Journey, visit: Visit, told: StopStatistics, where: str) -> None:
        """X6; where the performer is without the transport, its load may be told or not."""
        last = len(journey.visits) - 1
        if (journey.own_first and visit.number == 0) or (journey.own_last and visit.number == last):
            return
        done = journey.done_by(visit)
        before = done - len(visit.services)
        aboard = journey.aboard[before : done + 1]
        up = [key for a, b in pairwise(aboard) for key in b if key not in a]
        down = [key for a, b in pairwise(aboard) for key in a if key not in b]
        load = self.world.load
        self.compare.load(where, "upload", told.upload, len(up), load(up))
        self.compare.load(where, "download", told.download, len(down), load(down))
        most = highest(load(inside) for inside in aboard)
        self.compare.load(where, "max_load", told.max_load, max(map(len, aboard)), most)
        self.compare.load(where, "arrival_load", told.arrival_load, len(aboard[0]), load(aboard[0]))
        self.compare.load(where, "departure_load", told.departure_load, len(aboard[-1]), load(aboard[-1]))

    def _missed(self, kind: str, told: TimeWindowViolations) -> None:
        """W5, X9: demands that start before their window or end after it."""
        wanted: dict[str, list[str]] = {"before": [], "after": []}
        for journey in self.journeys:
            for service in journey.services:
                window = getattr(service.offer, kind) if service.offer else None
                if window is not None and service.start < window[0] - SLACK:
                    wanted["before"].append(service.demand)
                if window is not None and service.end > window[1] + SLACK:
                    wanted["after"].append(service.demand)
        for side, keys in wanted.items():
            given = getattr(told, side)
            where = f"quality/{kind}_time_window_violations/{side}"
            self.compare.exactly("X9", where, "count", given.count, len(given.demand_keys))
            if sorted(given.demand_keys) != sorted(keys):
                rule = "W5" if kind == "soft" else "X9"
                self.verdict.broken(rule, where, f"{sorted(given.demand_keys)}, {sorted(keys)} counted")
