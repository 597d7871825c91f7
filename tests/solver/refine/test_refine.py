"""V1, V2: what is cut, what falls with it, and that refining twice changes nothing."""

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.checks import Findings, Limits, check
from solver.checks.sample import DAY
from solver.contract import EntityWarningType, PlanTask, SchemaErrors, read, read_object, write
from solver.refine import LogicalErrors, Refined, refine
from tests.solver.checks.corruption import corrupt, rich
from tests.solver.checks.samples import LIMITS, refined, sample

LATER = {"from": "2025-09-09T08:00:00Z", "to": "2025-09-09T18:00:00Z"}
WARNING = EntityWarningType


def task(changes: dict[str, Any] | None = None) -> PlanTask:
    """The rich task with some top-level lists replaced."""
    return read_object(PlanTask, rich() | (changes or {}))


def removed(result: Refined) -> dict[str, list[str]]:
    """Keys of what was removed, by kind; the counts agree with them."""
    items = result.removed
    kinds = ("location", "order", "performer", "transport", "hardlink", "fact")
    keys = {kind: getattr(items, f"{kind}_keys") for kind in kinds}
    assert all(len(found) == getattr(items, f"{kind}_keys_count") for kind, found in keys.items())
    return {kind: found for kind, found in keys.items() if found}


def types(result: Refined) -> list[str]:
    return [warning.type for warning in result.warnings]


def test_a_flawless_task_stays_as_it_is() -> None:
    result = refine(task(), limits=LIMITS)
    assert result.task == task()
    assert (result.warnings, removed(result)) == ([], {})


def test_V1_a_cut_event_leaves_the_others_of_its_demand() -> None:
    raw = rich()
    raw["orders"][0]["demands"][1]["possible_events"][0]["hard_time_window"] = LATER
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert types(result) == [WARNING.ORDER_WINDOWS_INTERSECTION_VIOLATION]
    assert [event.key for event in result.task.orders[0].demands[1].possible_events] == ["later"]
    assert removed(result) == {}


def test_V1_a_demand_without_events_cuts_its_order_which_leaves_its_hardlink() -> None:
    raw = rich()
    for event in raw["orders"][2]["demands"][1]["possible_events"]:
        event["duration"] = "PT20H"
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"order": ["order_2"]}
    assert [link.entity_key for link in result.task.hardlinks[0].links] == [
        "performer_1_shift_0",
        "transport_1_shift_0",
    ]
    assert types(result)[-1] == WARNING.REMOVED_ITEMS_NOT_EMPTY


def test_V1_a_hardlink_with_fewer_than_two_left_is_cut() -> None:
    raw = rich()
    del raw["hardlinks"][0]["links"][2]
    raw["orders"][2]["demands"][0]["target_cargos"] = []
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"order": ["order_2"], "hardlink": ["link_1"]}


def test_V1_what_is_listed_twice_in_a_hardlink_counts_once() -> None:
    links = [{"type": "ORDER", "entity_key": "order_1"}] * 2
    result = refine(task({"hardlinks": [{"key": "twice", "links": links}]}), limits=LIMITS)
    assert removed(result) == {"hardlink": ["twice"]}


def test_V1_a_resource_without_shifts_is_cut() -> None:
    raw = rich()
    for shift in raw["performers"][0]["shifts"]:
        shift["availability_time"] = {"from": DAY["to"], "to": DAY["from"]}
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"performer": ["performer_0"]}


def test_V1_one_shift_less_leaves_the_resource() -> None:
    raw = rich()
    raw["performers"][0]["shifts"][0]["availability_time"]["to"] = "2025-09-08T07:00:00Z"
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert [shift.key for shift in result.task.performers[0].shifts] == ["performer_0_shift_1"]
    assert removed(result) == {}


def test_V1_a_cut_location_takes_events_and_shifts_along_and_leaves_the_rules() -> None:
    raw = rich()
    raw["locations"][3]["timetable"] = [{"work_window": DAY}, {"work_window": DAY}]
    raw["performers"][0]["shifts"][1]["finish_location_key"] = "west"
    rules = {"reset_location_keys": ["west", "depot"], "ignore_location_keys": ["west"]}
    raw["performers"][0]["shifts"][0]["work_and_rest_rules"] = rules
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"location": ["west"]}
    assert [event.key for event in result.task.orders[2].demands[1].possible_events] == ["later"]
    assert [shift.key for shift in result.task.performers[0].shifts] == ["performer_0_shift_0"]
    left = result.task.performers[0].shifts[0].work_and_rest_rules
    assert (left.reset_location_keys, left.ignore_location_keys) == (["depot"], [])


def test_V1_extra_durations_of_cut_demands_go() -> None:
    raw = rich()
    raw["orders"][3]["demands"][0]["target_cargos"] = ["order_0_cargo"]
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"order": ["work"]}
    assert all(item.limits.demand_extra_durations == [] for item in result.task.performers)


def test_V2_orders_of_nobody_and_resources_of_no_order_are_cut() -> None:
    raw = rich()
    raw["orders"][0]["compatibilities"]["performer_restrictions"] = ["pilot"]
    spare = {
        "key": "spare",
        "shifts": [{"key": "spare_shift", "availability_time": DAY}],
        "boxes": [{"key": "tiny"}],
    }
    raw["orders"] = [order for order in raw["orders"] if order["key"] != "work"]
    for performer in raw["performers"]:
        del performer["limits"]
    raw["transports"].append(spare)
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"order": ["order_0"], "transport": ["spare"]}
    assert types(result)[:-1] == [WARNING.NO_COMPATIBLE_PERFORMER, WARNING.NO_AVAILABLE_ORDER_FOR_TRANSPORT]


def test_V2_when_no_order_is_left_nobody_is_called_useless() -> None:
    result = refined({"orders[0].cargos[0].capacity.mass": 11})
    assert removed(result) == {"order": ["order_1"]}
    assert result.is_empty
    assert types(result) == [WARNING.NO_COMPATIBLE_TRANSPORT, WARNING.REMOVED_ITEMS_NOT_EMPTY]


def test_O5_an_order_falls_with_the_shift_it_is_tied_to() -> None:
    raw = rich()
    raw["hardlinks"][0]["links"][0]["entity_key"] = "work"
    raw["performers"][1]["shifts"][0]["working_time"] = {"from": DAY["to"], "to": DAY["from"]}
    result = refine(read_object(PlanTask, raw), limits=LIMITS)
    assert removed(result) == {"order": ["work"], "hardlink": ["link_1"]}
    assert types(result)[-1] == WARNING.REMOVED_ITEMS_NOT_EMPTY


def test_locations_nobody_names_go_only_when_asked() -> None:
    extra = {"locations[2]": {"key": "attic", "geopoint": {"latitude": 49, "longitude": 8}}}
    assert removed(refined(extra)) == {}
    result = refined(extra, remove_locations=True)
    assert removed(result) == {"location": ["attic"]}
    assert types(result) == [WARNING.REMOVED_ITEMS_NOT_EMPTY]
    again = refine(result.task, limits=LIMITS, remove_locations=True)
    assert (again.task, again.warnings) == (result.task, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"performers[0].shifts[0].start_location_key": "attic"},
        {"performers[0].shifts[0].work_and_rest_rules": {"reset_location_keys": ["attic"]}},
        {"transports[0].shifts[0].finish_location_key": "attic"},
    ],
)
def test_named_locations_stay(changes: dict[str, Any]) -> None:
    extra = {"locations[2]": {"key": "attic", "geopoint": {"latitude": 49, "longitude": 8}}}
    assert removed(refined(extra | changes, remove_locations=True)) == {}


def test_what_is_only_told_is_set_right() -> None:
    result = refined({
        "plan_settings.calculation_settings": {"max_calculation_time": "PT2H", "max_waiting_time": "PT3H"},
        "transports[0].limits": {"max_boxes": 5},
        "performers[0].shifts[0].working_time":
            {"from": "2025-09-08T06:00:00Z", "to": "2025-09-08T20:00:00Z"},
    })  # fmt: skip
    assert sorted(types(result)) == [
        WARNING.MAX_BOXES_VIOLATION,
        WARNING.MAX_CALCULATION_TIME_VIOLATION,
        WARNING.MAX_WAITING_TIME_VIOLATION,
        WARNING.SHIFT_RESTRICTIONS_COULD_BE_MORE_PRECISE,
    ]
    times = result.task.plan_settings.calculation_settings
    assert (times.max_calculation_time, times.max_waiting_time) == (3600, 3600)
    assert result.task.transports[0].limits.max_boxes is None
    shift = result.task.performers[0].shifts[0]
    assert shift.working_time == shift.availability_time
    assert removed(result) == {}
    assert refine(result.task, limits=LIMITS).warnings == []


def test_logical_errors_cannot_be_refined() -> None:
    with pytest.raises(LogicalErrors) as refused:
        refined({"orders[0].demands[0].possible_events[0].location_key": "nowhere"})
    assert [error.type for error in refused.value.errors] == ["INCONSISTENT_REFERENCE"]


def test_findings_of_a_check_are_used_again() -> None:
    raw = sample({"orders[0].cargos[0].capacity.mass": 11})
    findings = check(raw, limits=LIMITS)
    result = refine(raw, limits=LIMITS, findings=findings)
    assert (result.warnings, result.task) == (findings.warnings, refine(raw, limits=LIMITS).task)


def test_what_is_incompatible_only_after_cutting_is_an_error_too() -> None:
    """The only performer who goes with the transport is cut: nobody is left who drives it."""
    findings = check(
        sample({
            "transports[0].compatibilities": {"performer_restrictions": ["licence"]},
            "performers[0].compatibilities": {"performer_features": ["licence"]},
            "performers[0].shifts[0].availability_time": {"from": DAY["to"], "to": DAY["from"]},
            "performers[1]": {"key": "other", "shifts": [
                {"key": "other_shift", "availability_time": DAY, "working_time": DAY}]},
        }),
        limits=LIMITS,
    )  # fmt: skip
    assert [error.type for error in findings.errors] == ["COMPATIBILITY_TRANSPORT_PERFORMER"]
    assert WARNING.TIME_WINDOW_VIOLATION in [warning.type for warning in findings.warnings]


def attempt(raw: dict[str, Any]) -> tuple[PlanTask, Findings] | None:
    """The task and its findings, if the contract accepts it."""
    try:
        found = read_object(PlanTask, raw)
    except SchemaErrors:
        return None
    return found, check(found, limits=LIMITS)


def assert_V2(raw: dict[str, Any]) -> str:
    """Refining what can be refined is idempotent, keeps the input, and gives a task of the contract."""
    known = attempt(raw)
    if known is None:
        return "schema"
    given, findings = known
    for item in (*findings.errors, *findings.warnings):
        assert write(item)
    if findings.errors:
        return "refused"
    before = copy.deepcopy(given)
    result = refine(given, limits=LIMITS, findings=findings)
    assert given == before
    again = refine(result.task, limits=LIMITS)
    assert again.task == result.task
    assert removed(again) == {}
    if not result.is_empty and result.task.locations:
        assert read(PlanTask, write(result.task)) == result.task
    return "refined" if findings.warnings else "valid"


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_V2_refining_twice_changes_nothing(seed: int) -> None:
    assert_V2(corrupt(rich(), Random(seed)))


@pytest.mark.parametrize("count", [40, pytest.param(500, marks=pytest.mark.slow)])
def test_random_corruptions_are_refused_or_refined(count: int) -> None:
    outcomes = [assert_V2(corrupt(rich(), Random(seed))) for seed in range(count)]
    assert {"schema", "refused", "refined"} <= set(outcomes)


def test_ceilings_are_optional() -> None:
    task = sample({"plan_settings.calculation_settings": {"max_calculation_time": "P300D"}})
    assert refine(task, limits=Limits(now=LIMITS.now)).task == task
