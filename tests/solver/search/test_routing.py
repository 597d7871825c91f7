"""The second engine: what it plans is valid, what it cannot carry is named."""

from collections.abc import Callable

import pytest

import solver
from solver.checks import check
from solver.checks.engines import BEYOND_ROUTING, ENGINE_ATTRIBUTE, MOST_EVENTS, engine_of, with_engine
from solver.contract import Attribute, EntityErrorType, write
from solver.oracle import verify
from tests.shared import ROOT
from tests.solver.features.test_load import MEASURES
from tests.solver.features.told import planned, result_of
from tests.solver.report.tiny import Tiny, window
from tests.solver.schedule.random_tasks import random_task
from tests.solver.search.town import town

SAMPLE = ROOT / "planning/samples/heidelberg.json"
CARRIED = (
    "optimize_distance",
    "optimize_transports",
    "optimize_cars_then_distance",
    "optimize_time",
    "optimize_cars_then_time",
    "optimize_money",
    "optimize_cars_then_single_location_grouping_sequenced",
)
GROUPINGS = (
    "optimize_locality_grouping",
    "visual_grouping",
    "optimize_visual_grouping",
    "optimize_cars_then_locality_grouping",
)


def asking(task: Tiny, engine: str = "routing") -> Tiny:
    """A task that asks for an engine."""
    trips = task.settings.setdefault("trips_settings", {})
    trips.setdefault("expectations", {})["attributes"] = [{"key": ENGINE_ATTRIBUTE, "value": engine}]
    return task


def refused(task: Tiny) -> list[str]:
    """What is said against the engine that a task asks for."""
    errors = check(task.task()).errors
    assert {error.type for error in errors} <= {EntityErrorType.MEANINGLESS_RESTRICTIONS}
    assert all(error.entities[0].entity_key == ENGINE_ATTRIBUTE for error in errors)
    return [(error.info or "").split(": ", 2)[2] for error in errors]


@pytest.mark.parametrize("configuration", CARRIED)
def test_Z_it_plans_a_town_nearly_as_well_as_the_other_engine(configuration: str) -> None:
    task = town(orders=10, configuration=configuration)
    routing = planned(task, iterations=300, engine="routing").plan
    ruin = planned(task, engine="ruin").plan
    assert routing.names == ruin.names
    levels = dict(zip(ruin.names, zip(routing.objective, ruin.objective, strict=True), strict=True))
    planned_orders, trips = (levels.pop(name, (0, 0)) for name in ("planned", "trips"))
    assert planned_orders[0] == planned_orders[1]
    assert trips[0] <= trips[1] + 1
    if trips[0] == trips[1]:
        assert all(one <= other + 0.1 * abs(other) for one, other in levels.values())


@pytest.mark.parametrize("seed", range(24))
def test_the_oracle_finds_nothing_wrong_with_its_plans(seed: int) -> None:
    task = random_task(seed)
    task.settings["trips_settings"]["configuration"] = CARRIED[seed % len(CARRIED)]
    if refused(asking(task)):  # profit with uneven stages
        task.settings["trips_settings"]["configuration"] = "optimize_distance"
    assert planned(task, iterations=20, seed=seed).plan.finish == "CONVERGED"


@pytest.mark.slow
def test_it_plans_the_sample_without_a_violation() -> None:
    task = solver.read_task(SAMPLE.read_bytes())
    plan = solver.plan(task, solver.Effort(seconds=20, engine="routing"))
    assert verify(task, result_of(plan)) == []
    assert plan.statistics.total_statistics.plan_orders_count > 0.9 * len(task.orders)


def test_same_seed_and_iterations_give_the_same_plan() -> None:
    effort = solver.Effort(iterations=40, seed=7, engine="routing")
    first, second = (solver.plan(town(orders=12).task(), effort) for _ in range(2))
    assert [write(trip) for trip in first.trips] == [write(trip) for trip in second.trips]
    assert len(first.trips) > 0


def with_lifetimes(task: Tiny) -> None:
    features = {"feature": "cold", "time_windows": [window("8:00-12:00")]}
    task.performers[0]["compatibilities"] = {"performer_features_lifetimes": [features]}


def with_transport_lifetimes(task: Tiny) -> None:
    features = {"feature": "cold", "time_windows": [window("8:00-12:00")]}
    task.transports[0]["compatibilities"] = {"transport_features_lifetimes": [features]}


def with_breaks(task: Tiny) -> None:
    first = {"relocating_duration_sum": "PT4H", "duration": "PT30M"}
    task.performers[0]["shifts"][0]["work_and_rest_rules"] = {"break_rules": {"first": first}}


def with_rests(task: Tiny) -> None:
    rest = {"relocating_duration_sum": "PT4H", "duration": "PT30M"}
    task.performers[0]["shifts"][0]["work_and_rest_rules"] = {"rest_rules": {"consecutive": rest}}


def with_limits(task: Tiny) -> None:
    day = window("8:00-18:00")
    limit = {"key": "limit", "time_window": day, "max_transports": [{"count": 1, "penalty": 5}]}
    task.locations["depot"]["timetable"] = [{"work_window": day, "limits": [limit]}]
    task.settings["trips_settings"]["assumptions"] = {"disable_location_limits": False}


def with_stages(task: Tiny) -> None:
    task.settings["trips_settings"]["configuration"] = "optimize_money"
    stages = [
        {"stage_length": "PT4H", "cost_per_unit": 0.01},
        {"stage_length": "PT4H", "cost_per_unit": 0.02},
    ]
    task.performers[0]["shifts"][0]["tariff"] = {"constraints": stages}


def with_carrying(task: Tiny) -> None:
    task.settings["trips_settings"]["configuration"] = "optimize_money"
    task.transports[0]["shifts"][0]["tariff"] = {"transportation_cost": dict.fromkeys(MEASURES, 0.1)}


def with_many_events(task: Tiny) -> None:
    for number in range(MOST_EVENTS + 1 - 2 * len(task.orders)):
        task.work(f"w{number}", "depot")


def with_grouping(task: Tiny) -> None:
    task.settings["trips_settings"]["configuration"] = "visual_grouping"


BEYOND: list[tuple[Callable[[Tiny], None], str]] = [
    (with_many_events, "possible_events"),
    (with_grouping, "configuration (Z7-Z10)"),
    (with_stages, "optimize_money + tariff.constraints.cost_per_unit"),
    (with_carrying, "optimize_money + tariff.transportation_cost"),
    (with_lifetimes, "features_lifetimes (W7)"),
    (with_transport_lifetimes, "features_lifetimes (W7)"),
    (with_breaks, "work_and_rest_rules"),
    (with_rests, "work_and_rest_rules"),
    (with_limits, "timetable.limits"),
]


@pytest.mark.parametrize(("spoil", "name"), BEYOND)
def test_what_it_cannot_carry_is_named_and_the_other_engine_takes_it(
    spoil: Callable[[Tiny], None], name: str
) -> None:
    task = town(orders=4)
    assert refused(asking(task)) == []
    spoil(task)
    (told,) = refused(asking(task))
    assert told.startswith(f"routing; {name}")
    assert refused(asking(task, "ruin")) == []


def test_everything_it_cannot_carry_is_named_at_once() -> None:
    task = town(orders=4)
    for spoil, _ in BEYOND:
        if spoil is not with_grouping:  # profit is the other configuration
            spoil(task)
    assert len(refused(asking(task))) == len(BEYOND_ROUTING) - 1
    with pytest.raises(solver.LogicalErrors) as refusal:
        solver.plan(task.task(), solver.Effort())
    assert len(refusal.value.errors) == len(BEYOND_ROUTING) - 1


@pytest.mark.parametrize("configuration", GROUPINGS)
def test_Z7_to_Z10_no_grouping_is_carried(configuration: str) -> None:
    assert len(refused(asking(town(orders=4, configuration=configuration)))) == 1


@pytest.mark.parametrize("spoil", [with_stages, with_carrying])
def test_M1_M2_prices_that_do_not_count_are_in_nobodys_way(spoil: Callable[[Tiny], None]) -> None:
    task = town(orders=4)
    spoil(task)
    task.settings["trips_settings"]["configuration"] = "optimize_time"
    assert refused(asking(task)) == []


@pytest.mark.parametrize("spoil", [with_lifetimes, with_limits])
def test_C4_Y_rules_that_are_lifted_are_in_nobodys_way(spoil: Callable[[Tiny], None]) -> None:
    task = town(orders=4)
    spoil(task)
    task.settings["trips_settings"]["assumptions"] = {
        "disable_compatibility": True,
        "disable_location_limits": True,
    }
    assert refused(asking(task)) == []


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    assert refused(asking(town(orders=4), "diesel")) == ["diesel; ruin, routing"]


def test_an_effort_overrides_the_attribute_and_other_attributes_stay() -> None:
    task = asking(town(orders=4), "diesel").task()
    task.plan_settings.trips_settings.expectations.attributes.append(Attribute(key="a", value="b"))
    asked = with_engine(task, "routing")
    assert (engine_of(task), engine_of(asked)) == ("diesel", "routing")
    kept = asked.plan_settings.trips_settings.expectations.attributes
    assert [(item.key, item.value) for item in kept] == [("a", "b"), (ENGINE_ATTRIBUTE, "routing")]
