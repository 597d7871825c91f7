"""PlanStatistics of trips, from their states and the task alone (rules X1-X10).

The one code path for statistics: of a calculation's own trips and of trips somebody sends.
"""

from collections.abc import Iterable, Sequence

from solver.contract import (
    LoadStatistics,
    Measurements,
    PlanStatistics,
    PlanTask,
    Quality,
    RoundtripStatistics,
    StopDemand,
    StopStatistics,
    TaskStatistics,
    TimeWindow,
    TimeWindowViolationDetail,
    TimeWindowViolations,
    Trip,
    TripStatistics,
)
from solver.contract.collector import collector_paused
from solver.report.clock import Clock, span, unix
from solver.report.figures import Figures, Printer, spent
from solver.report.limits import MOST_PENALTY, LimitKeeper
from solver.report.lookup import Lookup
from solver.report.measures import NOTHING, Load, largest, plus, shares, total, transport_load
from solver.report.moments import Moment, Service
from solver.report.reading import LegMetres, TripReading
from solver.report.stops import Roundtrip, Stop, separating_locations

LONGEST_KEY = 1024  # the contract's


def statistics(
    task: PlanTask, trips: Sequence[Trip], horizon: TimeWindow, leg_metres: LegMetres | None = None
) -> PlanStatistics:
    """Statistics of trips.

    Parameters
    ----------
    task : PlanTask
        With its assumptions A1 and A2 applied.
    trips : sequence of Trip
        Our own or foreign ones; what makes no sense in them is read as far as it goes.
    horizon : TimeWindow
        Earliest and latest moment named in the task as it was sent (X7).
    leg_metres : callable or None
        Distances for trips whose states carry none.

    Returns
    -------
    PlanStatistics
    """
    with collector_paused():
        return StatisticsWriter(task, horizon, leg_metres).plan(trips)


class StatisticsWriter:
    """Writes the statistics of one plan; parameters as `statistics`."""

    def __init__(self, task: PlanTask, horizon: TimeWindow, leg_metres: LegMetres | None = None) -> None:
        settings = task.plan_settings.calculation_settings
        self.lookup = Lookup(task)
        self.separating = separating_locations(task)
        self.leg_metres = leg_metres
        self.clock = Clock(settings.result_timezone)
        self.horizon = self.clock.window(*span(horizon))
        self.printer = Printer(self.clock, settings.precision, unix(horizon.start))

    def plan(self, trips: Sequence[Trip]) -> PlanStatistics:
        """Everything."""
        readings = [TripReading(self.lookup, self.separating, trip, self.leg_metres) for trip in trips]
        figures = [self._trip_figures(reading) for reading in readings]
        performers = len({trip.performer.performer_key for trip in trips})
        places, penalty = LimitKeeper(self.lookup, self.printer.number).statistics(readings)
        return PlanStatistics(
            total_statistics=self.printer.general(Figures.total(figures, performers)),
            trips_statistics=[self._trip(*pair) for pair in zip(readings, figures, strict=True)],
            locations_statistics=places,
            task_statistics=TaskStatistics(planning_horizon=self.horizon),
            quality=Quality(
                locations_limits_penalty=min(self.printer.number(penalty), MOST_PENALTY),
                soft_time_window_violations=missed(readings, soft=True),
                hard_time_window_violations=missed(readings, soft=False),
            ),
        )

    def _trip_figures(self, trip: TripReading) -> Figures:
        """Sums of one trip; its money is rounded here, so that the plan's totals add up (X10)."""
        out = Figures(trips=1, performers=1, planned=len(trip.orders), waiting=len(trip.trip.waitlist))
        if not trip.moments:
            return out
        out.start, out.end = trip.start, trip.end
        out.spent = spent(trip.moments)
        out.metres = trip.metres
        out.cost = self.printer.money(trip.cost(trip.end, len(trip.legs)))
        out.reward = self.printer.money(trip.reward(trip.services))
        out.stops = len(trip.stops)
        out.places = len({stop.place for stop in trip.stops})
        out.roundtrips = len(trip.rounds)
        out.carried = self._measures(trip.board.carried)
        out.room = trip.room
        out.fullest = shares(trip.board.peak(0, len(trip.services))[1], trip.room)
        return out

    def _trip(self, trip: TripReading, figures: Figures) -> TripStatistics:
        most_count, most = trip.board.peak(0, len(trip.services))
        moved_count, moved = 0, NOTHING
        for leg in trip.legs:
            if leg.driving > 0:
                moved_count, moved = max(moved_count, leg.count), largest(moved, leg.load)
        return TripStatistics(
            trip_key=trip.trip.key,
            general_statistics=self.printer.general(figures),
            load_statistics=LoadStatistics(
                total_load=transport_load(len(trip.board.carried), figures.carried),
                max_load=transport_load(most_count, most),
                max_transfer_load=transport_load(moved_count, moved),
            ),
            stop_statistics=[self._stop(trip, number, stop) for number, stop in enumerate(trip.stops)],
            roundtrip_statistics=[
                self._roundtrip(trip, number, part) for number, part in enumerate(trip.rounds, start=1)
            ],
        )

    def _stop(self, trip: TripReading, number: int, stop: Stop) -> StopStatistics:
        board, services = trip.board, range(stop.service0, stop.service1)
        up = [cargo for service in services for cargo in board.added[service]]
        down = [cargo for service in services for cargo in board.removed[service]]
        return StopStatistics(
            location_key=str(stop.place),
            stop_demands=self._demands(trip.services[stop.service0 : stop.service1]),
            stop_time_window=self.clock.window(stop.arrival, stop.departure),
            measurements=self._stop_measurements(trip, number, stop),
            upload=transport_load(len(up), self._measures(up)),
            download=transport_load(len(down), self._measures(down)),
            max_load=transport_load(*trip.board.peak(stop.service0, stop.service1)),
            arrival_load=transport_load(board.counts[stop.service0], board.loads[stop.service0]),
            departure_load=transport_load(board.counts[stop.service1], board.loads[stop.service1]),
        )

    def _stop_measurements(self, trip: TripReading, number: int, stop: Stop) -> Measurements:
        """Of the stop and the drive that led to it (X1)."""
        here = trip.moments[stop.first : stop.last]
        if number == 0:
            return self.printer.measurements(spent(here), stop.arrival, stop.departure, 0)
        leg = trip.legs[number - 1]
        return self.printer.measurements(spent([*leg.moments, *here]), leg.start, stop.departure, leg.metres)

    def _demands(self, services: Iterable[Service]) -> list[StopDemand]:
        return [
            StopDemand(
                demand_key=service.first.state.demand_key,
                event_key=service.first.state.event_key,
                demand_time_window=self.clock.window(service.start, service.end),
            )
            for service in services
            if service.first.state.demand_key and service.first.state.event_key
        ]

    def _roundtrip(self, trip: TripReading, number: int, part: Roundtrip) -> RoundtripStatistics:
        """Figures of a roundtrip; its cost is what the trip's cost grows by, shift costs left out (S5)."""
        services = trip.services[part.service0 : part.service1]
        stops = trip.stops[part.stop0 : part.stop1 + 1]
        legs = trip.legs[part.stop0 : part.stop1]
        cost = trip.cost(part.end, part.stop1) - trip.cost(part.start, part.stop0)
        return RoundtripStatistics(
            roundtrip_key=f"{trip.trip.key}-{number}"[-LONGEST_KEY:],
            general_statistics=self.printer.general(
                Figures(
                    start=part.start,
                    end=part.end,
                    spent=spent(_during(trip.moments, part)),
                    metres=sum(leg.metres for leg in legs),
                    cost=max(0.0, cost),
                    reward=trip.reward(services),
                    trips=1,
                    performers=1,
                    planned=len({service.asked.order.key for service in services if service.asked}),
                    stops=len(stops),
                    places=len({stop.place for stop in stops}),
                    roundtrips=1,
                    carried=self._carried(trip, part),
                    room=trip.room,
                    fullest=shares(trip.board.peak(part.service0, part.service1)[1], trip.room),
                )
            ),
        )

    def _carried(self, trip: TripReading, part: Roundtrip) -> Load:
        """On board as the roundtrip starts, or loaded in it."""
        load = trip.board.loads[part.service0]
        for added in trip.board.added[part.service0 : part.service1]:
            load = plus(load, self._measures(added))
        return load

    def _measures(self, cargos: Iterable[str]) -> Load:
        return total(self.lookup.cargos.get(cargo, NOTHING) for cargo in cargos)


def _during(moments: Iterable[Moment], part: Roundtrip) -> list[Moment]:
    return [moment for moment in moments if part.start <= moment.start and moment.end <= part.end]


def missed(trips: Iterable[TripReading], *, soft: bool) -> TimeWindowViolations:
    """Demands that start before their window or end after it (W5, X9)."""
    before: list[str] = []
    after: list[str] = []
    for trip in trips:
        for service in trip.services:
            if service.asked is None or service.event is None:
                continue
            window = service.event.soft_time_window if soft else service.event.hard_time_window
            if window is None:
                continue
            opens, closes = span(window)
            if service.start < opens:
                before.append(service.asked.demand.key)
            if service.end > closes:
                after.append(service.asked.demand.key)
    return TimeWindowViolations(before=detail(before), after=detail(after))


def detail(keys: list[str]) -> TimeWindowViolationDetail:
    """Demand keys and their count."""
    return TimeWindowViolationDetail(demand_keys=keys, count=len(keys))
