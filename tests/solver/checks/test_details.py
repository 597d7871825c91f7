"""What the checks say where one example is not enough."""

import json
from typing import Any

import pytest

from solver.checks import Findings, check
from solver.checks.sample import DAY, changed
from solver.checks.settings import CONFIGURATIONS
from solver.checks.sizes import fits, turns
from solver.contract import (
    ActualizeTask,
    CargoRotationType,
    EntityErrorType,
    EntityWarningType,
    PlanTask,
    ReplanTask,
    SchemaErrors,
    StatisticsTask,
    read,
    read_object,
)
from tests.solver.checks.samples import LIMITS, find, found, sample
from tests.solver.contract.schemas import DATA

WORK = {
    "key": "order_2",
    "demands": [{
        "key": "work_2", "demand_type": "WORK",
        "possible_events": [{"key": "event_1", "location_key": "client", "hard_time_window": DAY}],
    }],
}  # fmt: skip
LATER = {"from": "2025-09-09T08:00:00Z", "to": "2025-09-09T18:00:00Z"}
ERROR, WARNING = EntityErrorType, EntityWarningType


def lost(findings: Findings) -> list[str | None]:
    """Last keys of the paths of references that lead nowhere."""
    keys = []
    for item in findings.errors:
        assert item.type is ERROR.INCONSISTENT_REFERENCE
        path = item.entities[0]
        while path.child_entity is not None:
            path = path.child_entity
        keys.append(path.entity_key)
    return keys


@pytest.mark.parametrize(
    "changes",
    [
        {"performers[0].shifts[0].start_location_key": "nowhere"},
        {"transports[0].shifts[0].finish_location_key": "nowhere"},
        {"performers[0].shifts[0].work_and_rest_rules": {"reset_location_keys": ["nowhere"]}},
        {"performers[0].shifts[0].work_and_rest_rules": {"ignore_location_keys": ["nowhere"]}},
        {"performers[0].limits": {"demand_extra_durations":
                                  [{"demand_key": "nowhere", "additional_duration": "PT1M"}]}},
        {"orders[0].cargos[0].target_box_key": "nowhere"},
        {"hardlinks": [{"key": "h", "links": [{"type": "ORDER", "entity_key": "nowhere"},
                                               {"type": "ORDER", "entity_key": "order_1"}]}]},
        {"hardlinks": [{"key": "h", "links": [{"type": "PERFORMER_SHIFT", "entity_key": "nowhere"},
                                               {"type": "ORDER", "entity_key": "order_1"}]}]},
        {"hardlinks": [{"key": "h", "links": [{"type": "TRANSPORT_SHIFT", "entity_key": "nowhere"},
                                               {"type": "ORDER", "entity_key": "order_1"}]}]},
    ],
)  # fmt: skip
def test_K1_every_reference_of_a_plan_task(changes: dict[str, Any]) -> None:
    assert lost(find(changes)) == ["nowhere"]


def test_K2_a_box_key_that_two_transports_share_is_no_target() -> None:
    second = {"key": "transport_2", "shifts": [{"key": "transport_shift_2", "availability_time": DAY}],
              "boxes": [{"key": "box_1", "capacity": {"mass": 10}}]}  # fmt: skip
    assert lost(find({"transports[1]": second, "orders[0].cargos[0].target_box_key": "box_1"})) == ["box_1"]
    assert found({"transports[1]": second}) == []


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("orders[1]", WORK | {"key": "order_1"}),
        ("orders[0].cargos[1]", {"key": "cargo_1"}),
        (
            "performers[0].shifts[1]",
            {"key": "performer_shift_1", "availability_time": LATER, "working_time": LATER},
        ),
        ("transports[0].shifts[1]", {"key": "transport_shift_1", "availability_time": LATER}),
        ("transports[0].boxes[1]", {"key": "box_1"}),
        (
            "orders[0].demands[1].possible_events[1]",
            {"key": "event_1", "location_key": "depot", "hard_time_window": DAY},
        ),
    ],
)
def test_K1_keys_are_unique_where_they_must_be(path: str, item: dict[str, Any]) -> None:
    findings = find({path: item})
    assert [error.type for error in findings.errors] == [ERROR.UNIQUE_IDS_VIOLATION]
    assert len(findings.errors[0].entities) == 2


def test_all_errors_are_told_at_once() -> None:
    types = found({
        "orders[0].demands[0].possible_events[0].location_key": "nowhere",
        "locations[2]": {"key": "depot", "geopoint": {"latitude": 1, "longitude": 1}},
        "plan_settings.trips_settings.configuration": "best",
        "plan_settings.extension_settings": {"enable_extension": True},
    })  # fmt: skip
    assert types == [
        ERROR.INCONSISTENT_REFERENCE,
        ERROR.UNIQUE_IDS_VIOLATION,
        ERROR.MEANINGLESS_RESTRICTIONS,
        ERROR.MEANINGLESS_RESTRICTIONS,
    ]


def test_Z13_an_unknown_configuration_is_told_the_known_ones() -> None:
    info = find({"plan_settings.trips_settings.configuration": "best"}).errors[0].info or ""
    assert all(name in info for name in CONFIGURATIONS)
    assert all(found({"plan_settings.trips_settings.configuration": name}) == [] for name in CONFIGURATIONS)


def test_C3_a_price_makes_a_missing_tag_bearable() -> None:
    wish = {"orders[0].compatibilities": {"performer_restrictions": ["courier"]}}
    price = {
        "plan_settings.trips_settings.penalties": {"compatibilities": [{"tag": "courier", "penalty": 5}]}
    }
    budget = {"performers[0].shifts[0].tariff": {"max_penalty_cost": 5}}
    assert found(wish | price | budget) == []
    for too_little in ({}, {"performers[0].shifts[0].tariff": {"max_penalty_cost": 4.9}}):
        assert found(wish | price | too_little)[0] == ERROR.COMPATIBILITY_ORDER_PERFORMER
    assert found(wish | {"plan_settings.trips_settings.assumptions": {"disable_compatibility": True}}) == []


def test_C3_no_price_helps_against_the_blacklist() -> None:
    changes = {
        "orders[0].compatibilities": {"performer_blacklist": ["trainee"]},
        "performers[0].compatibilities": {"performer_features": ["trainee"]},
        "plan_settings.trips_settings.penalties": {"compatibilities": [{"tag": "trainee", "penalty": 0}]},
        "performers[0].shifts[0].tariff": {"max_penalty_cost": 5},
    }
    assert found(changes)[0] == ERROR.COMPATIBILITY_ORDER_PERFORMER


def test_L2_one_loading_must_fit_all_boxes_together() -> None:
    changes = {
        "orders[0].cargos": [{"key": f"cargo_{i}", "capacity": {"mass": 6}} for i in (1, 2)],
        "orders[0].demands[0].target_cargos": ["cargo_1", "cargo_2"],
        "orders[0].demands[2]": {
            "key": "drop_2", "demand_type": "DROP", "target_cargos": ["cargo_2"],
            "possible_events": [{"key": "event_1", "location_key": "client", "hard_time_window": DAY}],
        },
    }  # fmt: skip
    assert WARNING.NO_COMPATIBLE_TRANSPORT in found(changes)
    assert found(changes | {"transports[0].boxes[1]": {"key": "box_2", "capacity": {"mass": 6}}}) == []
    lifted = {"plan_settings.trips_settings.assumptions": {"disable_capacity": True}}
    assert found(changes | lifted) == []


def test_L6_multipliers_change_what_a_box_takes() -> None:
    changes = {
        "orders[0].cargos[0].capacity": {"mass": 15},
        "plan_settings.trips_settings.assumptions": {
            "transport_capacity_multipliers": [{"transport_type": "CAR", "capacity": {"mass": 1.5}}],
        },
    }
    assert found(changes) == []
    assert WARNING.NO_COMPATIBLE_TRANSPORT in found({**changes, "transports[0].transport_type": "TRUCK_1500"})


def test_L3_a_cargo_fits_in_an_allowed_way() -> None:
    box = (1.0, 2.0, 3.0)
    assert fits((1.0, 2.0, 3.0), [], box)
    assert not fits((3.0, 2.0, 1.0), [], box)
    assert fits((3.0, 2.0, 1.0), [CargoRotationType.YAW], box)
    assert fits((1.0, 3.0, 2.0), [CargoRotationType.PITCH], box)
    assert fits((2.0, 1.0, 3.0), [CargoRotationType.ROLL], box)
    assert not fits((2.0, 3.0, 1.0), [CargoRotationType.YAW], box)
    assert fits((2.0, 3.0, 1.0), [CargoRotationType.ALL], box)
    assert fits((9.0, 9.0, 9.0), [], (0.0, 0.0, 0.0))
    assert len(turns(frozenset(CargoRotationType) - {CargoRotationType.ALL})) == 6
    size = {"orders[0].cargos[0].compatibilities": {"width": 3, "height": 2, "length": 1},
            "transports[0].boxes[0].compatibilities": {"width": 1, "height": 2, "length": 3}}  # fmt: skip
    assert WARNING.NO_COMPATIBLE_TRANSPORT in found(size)
    assert found({**size, "orders[0].cargos[0].compatibilities.rotation": ["YAW"]}) == []


def test_O1_windows_of_one_order_must_meet_one_shift() -> None:
    """Two shifts that each meet one demand do not carry out the order."""
    changes = {
        "orders[0].demands[1].possible_events[0].hard_time_window": LATER,
        "performers[0].shifts[1]": {
            "key": "performer_shift_2",
            "availability_time": LATER,
            "working_time": LATER,
        },
        "transports[0].shifts[0].availability_time.to": "2025-09-09T18:00:00Z",
    }
    assert WARNING.NO_AVAILABLE_PERFORMER in found(changes)
    assert WARNING.NO_AVAILABLE_TRANSPORT not in found(changes)


def test_A2_an_expanded_shift_meets_every_window() -> None:
    changes = {
        "performers[0].shifts[0].availability_time": LATER,
        "performers[0].shifts[0].working_time": LATER,
    }
    assert WARNING.NO_AVAILABLE_PERFORMER in found(changes)
    expanded = {"plan_settings.trips_settings.assumptions": {"expand_shift_time_window": True}}
    assert found(changes | expanded) == []


def test_A1_windows_that_will_be_replaced_are_not_judged() -> None:
    changes = {
        "orders[0].demands[1].possible_events[0].duration": "PT11H",
        "orders[0].demands[1].possible_events[0].soft_time_window": LATER,
    }
    assert WARNING.DURATION_DOES_NOT_FIT_INTO_HARD_WINDOW in found(changes)
    assert (
        found(changes | {"plan_settings.trips_settings.assumptions": {"same_order_time_window": True}}) == []
    )


def test_several_warnings_of_one_entity_are_all_told() -> None:
    types = found({
        "orders[0].demands[0].precedence_in_order": 2, "orders[0].demands[1].precedence_in_order": 1,
        "orders[0].demands[0].precedence_in_trip": 2, "orders[0].demands[1].precedence_in_trip": 1,
        "orders[0].demands[1].possible_events[0].duration": "PT11H",
    })  # fmt: skip
    assert set(types) == {
        WARNING.DURATION_DOES_NOT_FIT_INTO_HARD_WINDOW,
        WARNING.PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_ORDER,
        WARNING.PICKUP_AND_DROP_VIOLATION_PRECEDENCE_IN_TRIP,
        WARNING.REMOVED_ITEMS_NOT_EMPTY,
    }


@pytest.mark.parametrize(
    ("precedences", "contradictory"),
    [
        ([(1, 1), (2, 2), (3, 3)], False),
        ([(1, 3), (1, 1), (2, 3)], False),
        ([(1, 3), (1, 1), (2, 2)], True),
        ([(3, 1), (2, 0), (1, 2)], True),
        ([(0, 9), (5, 0), (1, 1)], False),
    ],
)
def test_O3_precedences_contradict_each_other(
    precedences: list[tuple[int, int]], contradictory: bool
) -> None:
    demands = [
        WORK["demands"][0]
        | {"key": f"work_{i}", "precedence_in_trip": in_trip, "precedence_in_order": in_order}  # type: ignore[index]  # a plain dict
        for i, (in_trip, in_order) in enumerate(precedences)
    ]
    types = found({"orders[1]": WORK | {"demands": demands}})
    assert (WARNING.VIOLATION_PRECEDENCE_IN_TRIP_AND_ORDER in types) == contradictory


def test_L5_cargos_lying_in_one_box_must_fit_it_together() -> None:
    changes = {
        "orders[0].cargos": [
            {"key": f"cargo_{i}", "capacity": {"mass": 6}, "target_box_key": "box_1"} for i in (1, 2)
        ],
        "orders[0].demands": [
            {"key": f"drop_{i}", "demand_type": "DROP_FROM_BOX", "target_cargos": [f"cargo_{i}"],
             "possible_events": [{"key": "event_1", "location_key": "client", "hard_time_window": DAY}]}
            for i in (1, 2)
        ],
    }  # fmt: skip
    assert found(changes)[0] == WARNING.CARGO_CAPACITY_VIOLATION
    assert found({**changes, "orders[0].cargos[1].capacity.mass": 4}) == []


def test_too_many_warnings_refuse_the_task() -> None:
    late = {"from": "2025-09-09T08:00:00Z", "to": "2025-09-09T07:00:00Z"}
    task = changed({})
    task["orders"][0]["demands"] = [
        {"key": f"demand_{i}", "demand_type": "WORK", "possible_events": [
            {"key": f"event_{j}", "location_key": "client", "hard_time_window": late} for j in range(25)]}
        for i in range(601)
    ]  # fmt: skip
    task["orders"][0]["cargos"] = []
    findings = check(read_object(PlanTask, task), limits=LIMITS)
    assert [error.type for error in findings.errors] == [ERROR.TOO_MANY_WARNINGS]
    assert len(findings.warnings) == 15_001


def test_a_task_of_nobody_is_told_once_an_order() -> None:
    types = found({"performers[0].shifts[0].availability_time.to": "2025-09-08T07:00:00Z", "orders[1]": WORK})
    assert types.count(WARNING.NO_AVAILABLE_PERFORMER) == 2
    assert WARNING.NO_COMPATIBLE_PERFORMER not in types


def test_T1_a_provider_is_needed_only_where_it_is_asked() -> None:
    unknown = {"plan_settings.geo_settings": {"geo_provider": "nowhere"}}
    assert [error.type for error in check(sample(unknown)).errors] == []  # nobody said which ones there are
    assert found(unknown) == [ERROR.INVALID_GEO_PROVIDER]


def place(degrees: float) -> dict[str, Any]:
    return {"key": "third", "geopoint": {"latitude": degrees, "longitude": degrees}}


def matrix(**changes: Any) -> dict[str, Any]:
    points = [{"name": key, "geopoint": {"latitude": 0, "longitude": 0}} for key in ("depot", "client")]
    square = [[0, 5], [5, 0]]
    return {"transport_type": "CAR",
            "matrix": {"waypoints": points, "distances": square, "durations": square} | changes}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({"external_routing": [matrix()]}, True),
        ({"external_routing": [matrix(distances=[[0, 5], [5, 0, 1]])]}, False),
        ({"external_routing": [matrix()], "locations[2]": place(1)}, False),
        ({"external_routing": [matrix()], "locations[2]": place(0)}, True),
        ({"external_routing": [matrix()], "transports[0].transport_type": "TUK_TUK"}, False),
        ({"external_routing": [matrix()], "transports[0].transport_type": "TELEPORT"}, True),
        ({"external_routing": [matrix()], "performers[0].own_transport_type": "BICYCLE"}, True),
        ({"external_routing": [matrix()], "performers[0].own_transport_type": "BICYCLE",
          "performers[0].shifts[0].start_location_key": "client",
          "transports[0].shifts[0].start_location_key": "depot"}, False),
    ],
)  # fmt: skip
def test_T2_matrices_cover_places_and_types(changes: dict[str, Any], valid: bool) -> None:
    assert (ERROR.INVALID_ROUTING_MATRIX not in found(changes)) == valid


def test_Y1_limits_are_filled_and_possible() -> None:
    measures = dict.fromkeys(("volume", "capacity_a", "capacity_b", "capacity_c"), 0)
    penalty = measures | {"mass": 1}

    def limits(**limit: Any) -> dict[str, Any]:
        window = {"key": "limit_1", "time_window": DAY} | limit
        return {"locations[0].timetable": [{"work_window": DAY, "limits": [window]}]}

    def cargos(mass: float) -> list[dict[str, Any]]:
        return [{"capacity": measures | {"mass": mass}, "penalty": penalty}]

    assert found(limits(min_cargos=cargos(1), max_cargos=cargos(2))) == []
    assert found(limits(min_cargos=cargos(2), max_cargos=cargos(2))) == [ERROR.LOCATION_LIMITS_VIOLATION]
    assert found(limits(min_cargos=cargos(1))) == [ERROR.LOCATION_LIMITS_VIOLATION]
    assert found(
        limits(min_transports=[{"count": 3, "penalty": 1}], max_transports=[{"count": 2, "penalty": 1}])
    ) == [ERROR.LOCATION_LIMITS_VIOLATION]


@pytest.mark.parametrize(
    ("name", "kind"), [("actualize", ActualizeTask), ("replan", ReplanTask), ("statistics", StatisticsTask)]
)
def test_documents_tasks_with_trips_are_fine(name: str, kind: Any) -> None:
    task = read(kind, (DATA / "examples" / f"{name}.request.json").read_bytes())
    assert check(task).errors == []


def test_Q4_references_of_trips_and_facts() -> None:
    task = read(ReplanTask, (DATA / "examples" / "replan.request.json").read_bytes())
    trip = task.trips[0]
    trip.performer.shift_key = "lost_shift"
    trip.waitlist = ["lost_order"]
    state = next(state for state in trip.states if state.event_key)
    state.event_key = "lost_event"
    assert sorted(map(str, lost(check(task)))) == ["lost_event", "lost_order", "lost_shift"]


def test_Q4_a_fact_has_the_keys_its_type_needs() -> None:
    text = (DATA / "examples" / "replan.request.json").read_bytes()
    task = read(ReplanTask, text)
    fact = {
        "key": "fact_1",
        "time": "2025-09-08T09:00:00Z",
        "type": "NEW_LOCATION",
        "trip_key": task.trips[0].key,
    }

    def findings(fact: dict[str, str]) -> Findings:
        return check(read_object(ReplanTask, json.loads(text) | {"facts": [fact]}))

    assert [error.info for error in findings(fact).errors] == [
        "A key leads nowhere, or a key that is needed is missing: performer_key",
        "A key leads nowhere, or a key that is needed is missing: location_key",
    ]
    keys = {"performer_key": task.performers[0].key, "location_key": task.locations[0].key}
    assert findings(fact | keys).errors == []
    assert lost(findings(fact | keys | {"trip_key": "lost_trip"})) == ["lost_trip"]
    assert lost(findings(fact | keys | {"order_key": "lost_order"})) == ["lost_order"]


def test_only_plan_tasks_are_checked_for_warnings() -> None:
    task = read(ReplanTask, (DATA / "examples" / "replan.request.json").read_bytes())
    task.orders[0].demands[0].target_cargos = []
    assert check(task).warnings == []
    with pytest.raises(SchemaErrors):
        read_object(ReplanTask, changed({}))
