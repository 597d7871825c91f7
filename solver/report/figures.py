"""Figures of a trip, a roundtrip, a stop or a whole plan, and how they are printed (rules X1-X6, M3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from solver.contract import (
    CapacityStatisticsLoad,
    CapacityStatisticsRatio,
    GeneralStatistics,
    Measurements,
    TripStateFlag,
)
from solver.report.clock import Clock
from solver.report.measures import MEASURES, NOTHING, Load, capacity_sum, largest, plus, shares
from solver.report.moments import ACTIONS, Moment

MOST_RATIO = 1_000.0  # the contract's ceiling of cargo_capacity_ratio
MOST_MONEY = 1_000_000_000_000.0  # and of sums of money

TIMES = {
    TripStateFlag.RELOCATING: "driving_time",
    TripStateFlag.WAITING: "waiting_time",
    TripStateFlag.ON_DEMAND: "working_time",
    TripStateFlag.BREAK: "break_time",
    TripStateFlag.REST: "rest_time",
    TripStateFlag.ARRIVAL: "arriving_time",
    TripStateFlag.DEPARTURE: "departure_time",
}

Spent = dict[TripStateFlag, int]  # seconds by action


def spent(moments: Iterable[Moment]) -> Spent:
    """Seconds of each action."""
    seconds = dict.fromkeys(ACTIONS, 0)
    for moment in moments:
        if moment.action is not None:
            seconds[moment.action] += moment.end - moment.start
    return seconds


@dataclass(slots=True)
class Figures:
    """Sums over one or more trips, or one roundtrip.

    Attributes
    ----------
    start, end : int or None
        Unix seconds; None where there is no state at all.
    spent : dict
        Seconds by action.
    carried, room : Load
        Measures carried; capacity of the transports' boxes (X5).
    fullest : Load
        Largest load as a share of the capacity.
    """

    start: int | None = None
    end: int | None = None
    spent: Spent = field(default_factory=lambda: dict.fromkeys(ACTIONS, 0))
    metres: int = 0
    cost: float = 0.0
    reward: float = 0.0
    trips: int = 0
    performers: int = 0
    planned: int = 0
    waiting: int = 0
    stops: int = 0
    places: int = 0
    roundtrips: int = 0
    carried: Load = NOTHING
    room: Load = NOTHING
    fullest: Load = NOTHING

    @classmethod
    def total(cls, parts: Sequence["Figures"], performers: int) -> "Figures":
        """Sums of the trips' figures (X10); performers are counted once each (X3)."""
        out = cls(performers=performers)
        starts = [part.start for part in parts if part.start is not None]
        ends = [part.end for part in parts if part.end is not None]
        out.start, out.end = min(starts, default=None), max(ends, default=None)
        for part in parts:
            for action, seconds in part.spent.items():
                out.spent[action] += seconds
            for name in SUMMED:
                setattr(out, name, getattr(out, name) + getattr(part, name))
            out.carried = plus(out.carried, part.carried)
            out.room = plus(out.room, part.room)
            out.fullest = largest(out.fullest, part.fullest)
        return out


SUMMED = (
    "metres",
    "cost",
    "reward",
    "trips",
    "planned",
    "waiting",
    "stops",
    "places",
    "roundtrips",
)


class Printer:
    """Prints figures as the contract's objects.

    Parameters
    ----------
    clock : Clock
    precision : int
        Decimals of money, ratios and speeds.
    border : int
        Unix seconds at which a plan without a state starts and ends (X1).
    """

    def __init__(self, clock: Clock, precision: int, border: int) -> None:
        self.clock = clock
        self.precision = precision
        self.border = border

    def number(self, value: float) -> float:
        """A figure with the task's decimals."""
        return round(value, self.precision) + 0.0

    def money(self, value: float) -> float:
        """A sum of money inside the contract's bounds."""
        return min(max(self.number(value), -MOST_MONEY), MOST_MONEY)

    def measurements(self, seconds: Spent, start: int, end: int, metres: int) -> Measurements:
        """Times and distance; the total is exactly the sum of its parts (X1)."""
        return Measurements(
            time_window=self.clock.window(start, end),
            **{name: seconds[action] for action, name in TIMES.items()},
            total_time=sum(seconds.values()),
            distance=metres,
        )

    def shares(self, part: Load, whole: Load, most: float) -> dict[str, float]:
        """Quotients by measure, cut at ``most`` (X5)."""
        found = shares(part, whole)
        return {name: min(self.number(value), most) for name, value in zip(MEASURES, found, strict=True)}

    def general(self, figures: Figures) -> GeneralStatistics:
        """All figures of a trip, a roundtrip or the plan."""
        total_time = sum(figures.spent.values())
        driving = figures.spent[TripStateFlag.RELOCATING]
        rounds = figures.roundtrips
        cost, reward = self.money(figures.cost), self.money(figures.reward)
        return GeneralStatistics(
            cost=cost,
            reward=reward,
            profit=self.money(reward - cost),
            measurements=self.measurements(
                figures.spent,
                self.border if figures.start is None else figures.start,
                self.border if figures.end is None else figures.end,
                figures.metres,
            ),
            trips_count=figures.trips,
            performers_count=figures.performers,
            orders_count=figures.planned + figures.waiting,
            plan_orders_count=figures.planned,
            waitlist_orders_count=figures.waiting,
            stops_count=figures.stops,
            locations_count=figures.places,
            cargo_capacity_sum=capacity_sum(figures.carried),
            cargo_capacity_ratio=CapacityStatisticsRatio(
                **self.shares(figures.carried, figures.room, MOST_RATIO)
            ),
            max_transport_load=CapacityStatisticsLoad(**self.shares(figures.fullest, FULL, 1.0)),
            average_speed=self.number(figures.metres / driving * 3.6) if driving else 0.0,
            round_trips_count=rounds,
            average_roundtrip_distance=self.number(figures.metres / rounds) if rounds else 0.0,
            average_roundtrip_time=int(total_time / rounds + 0.5) if rounds else 0,
        )


FULL: Load = (1.0, 1.0, 1.0, 1.0, 1.0)
