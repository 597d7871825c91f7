"""How location limits are kept (rules Y1, X8)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from solver.contract import (
    CapacityCost,
    CapacityLimit,
    Location,
    LocationCargosLimit,
    LocationLimit,
    LocationLimitStatistics,
    LocationStatistics,
    LocationTransportsLimit,
)
from solver.report.clock import span
from solver.report.lookup import Lookup
from solver.report.measures import MEASURES, NOTHING, Load, load_of, plus, printed, total
from solver.report.moments import Service
from solver.report.reading import TripReading

MOST_COST = 1_000_000.0  # the contract's ceiling for the penalty of one measure
MOST_PENALTY = 1_000_000_000.0  # and for one of a limit or a location
MOST_TRANSPORTS = 15_001.0


@dataclass(slots=True, frozen=True)
class Kept:
    """What happened in the window of one limit.

    Attributes
    ----------
    key : str
    moved : Load
        Loaded and unloaded by services that start in the window.
    moved_penalty : Load
        By measure.
    busy, length : int
        Seconds of service inside the window; seconds of the window.
    transports_penalty : float
    """

    key: str
    moved: Load
    moved_penalty: Load
    busy: int
    length: int
    transports_penalty: float

    @property
    def transports(self) -> float:
        """Average number of transports served at once."""
        return self.busy / self.length if self.length > 0 else 0.0

    @property
    def penalty(self) -> float:
        """Sum over measures and steps."""
        return sum(self.moved_penalty) + self.transports_penalty


Steps = list[tuple[float, float]]  # border, price of a unit beyond it


def missing_or_excess(value: float, low: Steps, high: Steps) -> float:
    """Penalty of a value under its minima and over its maxima."""
    under = sum(max(0.0, border - value) * price for border, price in low)
    return under + sum(max(0.0, value - border) * price for border, price in high)


def kept_limit(lookup: Lookup, limit: LocationLimit, services: list[Service]) -> Kept:
    """One limit against the services at its location (Y1)."""
    opens, closes = span(limit.time_window)
    moved, busy = NOTHING, 0
    for service in services:
        if opens <= service.start < closes and service.asked is not None:
            cargos = service.asked.demand.target_cargos
            moved = plus(moved, total(lookup.cargos.get(cargo, NOTHING) for cargo in cargos))
        busy += max(0, min(service.end, closes) - max(service.start, opens))
    length = closes - opens
    average = busy / length if length > 0 else 0.0

    def steps(given: list[LocationCargosLimit]) -> Callable[[int], Steps]:
        pairs = [(load_of(step.capacity), load_of(step.penalty)) for step in given]
        return lambda measure: [(border[measure], price[measure]) for border, price in pairs]

    low, high = steps(limit.min_cargos), steps(limit.max_cargos)
    a, b, c, d, e = (missing_or_excess(moved[m], low(m), high(m)) for m in range(len(MEASURES)))
    transports = missing_or_excess(
        average,
        [(step.count, step.penalty) for step in limit.min_transports],
        [(step.count, step.penalty) for step in limit.max_transports],
    )
    return Kept(limit.key, moved, (a, b, c, d, e), busy, length, transports)


class LimitKeeper:
    """Statistics of all locations with limits, where limits count (X8).

    Parameters
    ----------
    lookup : Lookup
    number : callable
        Rounds a figure to the task's decimals.
    """

    def __init__(self, lookup: Lookup, number: Callable[[float], float]) -> None:
        self.lookup = lookup
        self.number = number

    def statistics(self, trips: Iterable[TripReading]) -> tuple[list[LocationStatistics], float]:
        """One object a location, and the sum of all penalties before rounding (Y2)."""
        task = self.lookup.task
        if task.plan_settings.trips_settings.assumptions.disable_location_limits:
            return [], 0.0
        services: dict[str, list[Service]] = defaultdict(list)
        for trip in trips:
            for service in trip.services:
                if service.asked is not None and service.first.state.location_key is not None:
                    services[service.first.state.location_key].append(service)
        found: list[LocationStatistics] = []
        penalty = 0.0
        for place in task.locations:
            rows = self._rows(place, services[place.key])
            if rows:
                found.append(self._location(place.key, rows))
                penalty += sum(row.penalty for row in rows)
        return found, penalty

    def _rows(self, place: Location, services: list[Service]) -> list[Kept]:
        limits = [limit for element in place.timetable for limit in element.limits]
        return [kept_limit(self.lookup, limit, services) for limit in limits]

    def _location(self, key: str, rows: list[Kept]) -> LocationStatistics:
        """Totals over the windows; the average number of transports is weighted by their lengths."""
        length = sum(row.length for row in rows)
        everything = Kept(
            key,
            total(row.moved for row in rows),
            total(row.moved_penalty for row in rows),
            sum(row.busy for row in rows),
            length,
            sum(row.transports_penalty for row in rows),
        )
        return LocationStatistics(
            location_key=key,
            location_limits_penalty=self._penalty(everything.penalty),
            total_cargos_statistics=self._cargos(everything),
            total_transports_statistics=self._transports(everything),
            limits_statistics=[
                LocationLimitStatistics(
                    location_limit_key=row.key,
                    cargos_statistics=self._cargos(row),
                    transports_statistics=self._transports(row),
                    location_limit_penalty=self._penalty(row.penalty),
                )
                for row in rows
            ],
        )

    def _penalty(self, value: float) -> float:
        return min(self.number(value), MOST_PENALTY)

    def _cargos(self, row: Kept) -> LocationCargosLimit:
        moved = {name: printed(value) for name, value in zip(MEASURES, row.moved, strict=True)}
        price = {
            name: min(self.number(value), MOST_COST)
            for name, value in zip(MEASURES, row.moved_penalty, strict=True)
        }
        return LocationCargosLimit(capacity=CapacityLimit(**moved), penalty=CapacityCost(**price))

    def _transports(self, row: Kept) -> LocationTransportsLimit:
        return LocationTransportsLimit(
            count=min(self.number(row.transports), MOST_TRANSPORTS),
            penalty=min(self.number(row.transports_penalty), MOST_COST),
        )
