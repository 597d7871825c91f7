"""Which engine a task asks for, and what of the task the routing engine cannot carry."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from solver.checks.view import Task, View
from solver.contract import Attribute, StatisticsTask

RUIN, ROUTING = "ruin", "routing"
ENGINES = (RUIN, ROUTING)
"""Ruin and recreate, which carries every rule; OR-Tools' routing model for small tasks."""

ENGINE_ATTRIBUTE = "marshrut.engine"
"""Key of the attribute in ``trips_settings.expectations`` that names the engine."""

MOST_EVENTS = 400
GROUPINGS = (
    "optimize_locality_grouping",
    "visual_grouping",
    "optimize_visual_grouping",
    "optimize_cars_then_locality_grouping",
)
MONEY = "optimize_money"

T = TypeVar("T", bound=Task)


def engine_of(task: Task) -> str:
    """The engine a task asks for; it may be unknown."""
    asked = task.plan_settings.trips_settings.expectations.attributes
    return next((item.value for item in asked if item.key == ENGINE_ATTRIBUTE), RUIN)


def with_engine(task: T, engine: str) -> T:
    """A copy of a task that asks for an engine."""
    settings = task.plan_settings
    trips = settings.trips_settings
    kept = [item for item in trips.expectations.attributes if item.key != ENGINE_ATTRIBUTE]
    expectations = replace(
        trips.expectations, attributes=[*kept, Attribute(key=ENGINE_ATTRIBUTE, value=engine)]
    )
    trips = replace(trips, expectations=expectations)
    return replace(task, plan_settings=replace(settings, trips_settings=trips))


def shortcomings(view: View) -> Iterator[str]:
    """Why the asked engine cannot plan the task, everything at once."""
    engine = engine_of(view.task)
    if engine not in ENGINES:
        yield f"{engine}; {', '.join(ENGINES)}"
    elif engine == ROUTING and not isinstance(view.task, StatisticsTask):
        for feature, is_asked in BEYOND_ROUTING.items():
            if is_asked(view):
                yield f"{ROUTING}; {feature}"


def _is_large(view: View) -> bool:
    return sum(1 for _ in view.events()) > MOST_EVENTS


def _groups(view: View) -> bool:
    return view.task.plan_settings.trips_settings.configuration in GROUPINGS


def _wants_profit(view: View) -> bool:
    return view.task.plan_settings.trips_settings.configuration == MONEY


def _has_uneven_stages(view: View) -> bool:
    performers = [shift.tariff.constraints for item in view.task.performers for shift in item.shifts]
    transports = [shift.tariff.constraints for item in view.task.transports for shift in item.shifts]
    prices = [{stage.cost_per_unit for stage in stages} for stages in performers]
    prices += [{stage.cost_per_unit for stage in stages} for stages in transports]
    return any(len(one) > 1 for one in prices)


def _pays_for_carrying(view: View) -> bool:
    shifts = [shift for item in view.task.transports for shift in item.shifts]
    return any(shift.tariff.transportation_cost is not None for shift in shifts)


def _has_lifetimes(view: View) -> bool:
    performers = any(item.compatibilities.performer_features_lifetimes for item in view.task.performers)
    transports = any(item.compatibilities.transport_features_lifetimes for item in view.task.transports)
    return (performers or transports) and not view.assumptions.disable_compatibility


def _has_breaks(view: View) -> bool:
    rules = [shift.work_and_rest_rules for item in view.task.performers for shift in item.shifts]
    return any(rule.break_rules is not None or rule.rest_rules is not None for rule in rules)


def _has_location_limits(view: View) -> bool:
    limited = any(element.limits for item in view.task.locations for element in item.timetable)
    return limited and not view.assumptions.disable_location_limits


BEYOND_ROUTING: dict[str, Callable[[View], bool]] = {
    f"possible_events > {MOST_EVENTS}": _is_large,
    "configuration (Z7-Z10)": _groups,
    "optimize_money + tariff.constraints.cost_per_unit (M1, M2)": (
        lambda view: _wants_profit(view) and _has_uneven_stages(view)
    ),
    "optimize_money + tariff.transportation_cost (M2)": (
        lambda view: _wants_profit(view) and _pays_for_carrying(view)
    ),
    "features_lifetimes (W7)": _has_lifetimes,
    "work_and_rest_rules (B1-B5)": _has_breaks,
    "timetable.limits (Y1, Y2)": _has_location_limits,
}
"""What the routing model cannot carry, by the contract's names, and whether a task asks for it."""
