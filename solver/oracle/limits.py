"""Y: location limits over the whole plan, and how the statistics tell them (X8, X9)."""

from dataclasses import dataclass

from solver.contract import (
    EntityWarningType,
    LocationLimit,
    LocationLimitStatistics,
    LocationStatistics,
)
from solver.oracle.figures import Compare
from solver.oracle.journey import Journey
from solver.oracle.judged import Judged
from solver.oracle.measures import MEASURES, Amounts, amounts, summed
from solver.oracle.parts import Service
from solver.oracle.violation import Verdict
from solver.oracle.world import SLACK, World, interval


@dataclass(slots=True)
class Outcome:
    """What happened in the window of one limit (Y1)."""

    key: str
    moved: Amounts
    moved_price: Amounts
    served: float
    served_price: float

    @property
    def price(self) -> float:
        """Sum over measures and steps."""
        return sum(self.moved_price.values()) + self.served_price


def off(value: float, border: float, price: float, sign: int) -> float:
    """Price of missing a minimum (-1) or passing a maximum (+1)."""
    return max(0.0, sign * (value - border)) * price


def outcome(world: World, limit: LocationLimit, services: list[Service]) -> Outcome:
    """One limit against the services at its place."""
    opens, closes = interval(limit.time_window)
    starting = [s for s in services if s.offer and opens - SLACK <= s.start < closes - SLACK]
    moved = summed(world.load(s.offer.demand.target_cargos) for s in starting if s.offer)
    busy = sum(max(0.0, min(s.end, closes) - max(s.start, opens)) for s in services)
    average = busy / (closes - opens) if closes > opens else 0.0
    price = dict.fromkeys(MEASURES, 0.0)
    for sign, steps in ((1, limit.max_cargos), (-1, limit.min_cargos)):
        for step in steps:
            borders, prices = amounts(step.capacity), amounts(step.penalty)
            for name in MEASURES:
                price[name] += off(moved[name], borders[name], prices[name], sign)
    served = sum(off(average, step.count, step.penalty, 1) for step in limit.max_transports)
    served += sum(off(average, step.count, step.penalty, -1) for step in limit.min_transports)
    return Outcome(limit.key, moved, price, average, served)


class Limits:
    """Checks the limits of all locations."""

    def __init__(self, world: World, journeys: list[Journey], verdict: Verdict) -> None:
        self.world, self.verdict = world, verdict
        self.found: dict[str, list[Outcome]] = {}
        if world.assumptions.disable_location_limits:
            return
        for key, place in world.places.items():
            limits = [limit for part in place.timetable for limit in part.limits]
            if limits:
                services = [s for j in journeys for s in j.services if s.visit.place == key and s.offer]
                self.found[key] = [outcome(world, limit, services) for limit in limits]

    @property
    def penalty(self) -> float:
        """Sum over all locations (Y2)."""
        return sum(row.price for rows in self.found.values() for row in rows)

    def check(self, result: Judged) -> None:
        """Y1, Y2, X8, X9."""
        compare = Compare(self.world, self.verdict)
        told = {item.location_key: item for item in result.statistics.locations_statistics}
        if set(told) != set(self.found) or len(told) != len(result.statistics.locations_statistics):
            message = f"about {sorted(told)}, {sorted(self.found)} wanted"
            self.verdict.broken("X8", "locations_statistics", message)
        for key in sorted(set(told) & set(self.found)):
            self._place(compare, key, told[key])
        penalty = result.statistics.quality.locations_limits_penalty
        compare.number("X9", "quality", "locations_limits_penalty", penalty, self.penalty, 1 + len(told))
        most = self.world.penalties.max_locations_limits_penalty
        warned = [item.type for item in result.warnings]
        exceeded = EntityWarningType.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED
        if self.penalty > most + self.world.unit + SLACK and exceeded not in warned:
            message = f"limits cost {self.penalty:g}, {most:g} allowed, and no warning says so"
            self.verdict.broken("Y2", "warnings", message)

    def _place(self, compare: Compare, key: str, told: LocationStatistics) -> None:
        rows = self.found[key]
        price = sum(row.price for row in rows)
        compare.number("Y1", key, "location_limits_penalty", told.location_limits_penalty, price, 10)
        cargos = told.total_cargos_statistics
        compare.measures("X8", key, "total moved", cargos.capacity, summed(row.moved for row in rows), 10)
        prices = summed(row.moved_price for row in rows)
        compare.measures("X8", key, "total cargo penalty", cargos.penalty, prices, 10)
        served = sum(row.served_price for row in rows)
        transports = told.total_transports_statistics.penalty
        compare.number("X8", key, "total transports penalty", transports, served, 10)
        limits = {item.location_limit_key: item for item in told.limits_statistics}
        if set(limits) != {row.key for row in rows}:
            self.verdict.broken("X8", key, f"about limits {sorted(limits)}")
        for row in rows:
            item = limits.get(row.key)
            if item is not None:
                self._row(compare, f"{key}/{row.key}", item, row)

    @staticmethod
    def _row(compare: Compare, where: str, told: LocationLimitStatistics, row: Outcome) -> None:
        cargos, transports = told.cargos_statistics, told.transports_statistics
        compare.number("Y1", where, "penalty", told.location_limit_penalty, row.price, 6)
        compare.measures("Y1", where, "moved", cargos.capacity, row.moved)
        compare.measures("Y1", where, "cargo penalty", cargos.penalty, row.moved_price)
        compare.number("Y1", where, "transports", transports.count, row.served)
        compare.number("Y1", where, "transports penalty", transports.penalty, row.served_price)
