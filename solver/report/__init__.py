"""From a finished search to the contract: trips, statistics, what is left out.

With `solver.reasons` the only index -> contract translator.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from solver.contract import (
    EntityPath,
    EntityType,
    EntityWarning,
    EntityWarningType,
    PlanStatistics,
    PlanTask,
    TimeWindow,
    Trip,
    UnplannedItems,
)
from solver.contract.collector import collector_paused
from solver.problem.catalog import Catalog
from solver.report.names import Namer
from solver.report.statistics import statistics
from solver.report.texts import Text, tell
from solver.report.trips import TripWriter
from solver.report.unplanned import unplanned_items
from solver.schedule.timeline import TripSchedule

NAMED = 20  # places a sentence names
LONGEST_INFO = 2048  # the contract's


class Report(NamedTuple):
    """The parts of a PlanResult that come from a plan."""

    trips: list[Trip]
    statistics: PlanStatistics
    unplanned: UnplannedItems
    warnings: list[EntityWarning]


def report(
    catalog: Catalog,
    schedules: Sequence[TripSchedule],
    *,
    horizon: TimeWindow,
    seed: int,
    language: str = "en",
) -> Report:
    """Tell a plan as the contract's objects.

    Parameters
    ----------
    catalog : Catalog
    schedules : sequence of TripSchedule
        The trips, in the order of their numbers.
    horizon : TimeWindow
        Earliest and latest moment named in the task as it was sent (X7).
    seed : int
        Of keys and names: the same seed and schedules give the same report.
    language : str
        Of the sentences in warnings.
    """
    namer, writer = Namer(Random(seed)), TripWriter(catalog)
    with collector_paused():
        trips = [
            writer.trip(
                schedule, namer.key(catalog.performer_shifts[schedule.performer_shift][1].key), namer.name()
            )
            for schedule in schedules
        ]
    figures = statistics(catalog.task, trips, horizon)
    unplanned = unplanned_items(catalog.task, trips)
    warnings = limit_warnings(catalog.task, figures, language)
    return Report(trips, figures, unplanned, warnings)


def limit_warnings(task: PlanTask, figures: PlanStatistics, language: str) -> list[EntityWarning]:
    """A warning if location limits cost more than is allowed (Y2)."""
    allowed = task.plan_settings.trips_settings.penalties.max_locations_limits_penalty
    penalty = figures.quality.locations_limits_penalty
    if penalty <= allowed:
        return []
    places = [
        place.location_key for place in figures.locations_statistics if place.location_limits_penalty > 0
    ]
    named = ", ".join(places[:NAMED]) + (", …" if len(places) > NAMED else "")
    return [
        EntityWarning(
            type=EntityWarningType.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED,
            info=tell(Text.LIMITS, language, penalty=f"{penalty:g}", allowed=f"{allowed:g}", places=named)[
                :2048
            ],
            entities=[EntityPath(entity_key=key, entity_type=EntityType.LOCATION) for key in places],
        )
    ]


__all__ = ["Report", "limit_warnings", "report", "statistics", "unplanned_items"]
