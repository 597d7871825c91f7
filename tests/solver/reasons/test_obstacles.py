"""U2: what is said to be in an order's way is in its way, by just that much, and nothing else is."""

from math import ceil
from typing import Any

import pytest

import solver
from solver.contract import EntityWarningType as Warn
from solver.contract import ObstacleType, PlacementKind, PlanTask, UnplannedOrder, read_object
from solver.reasons import codes, retold, telling
from solver.reasons.telling import WARNINGS
from solver.reasons.texts import ENGLISH, RUSSIAN, RUSSIAN_WORDS, Words
from solver.schedule import Fault
from tests.solver.features.test_breaks import limit, rules
from tests.solver.features.test_lifetimes import life, performer
from tests.solver.features.told import planned
from tests.solver.reasons.clearing import cleared
from tests.solver.reasons.scenes import SCENES, delivery, problem_of, why
from tests.solver.report.tiny import Tiny, window

AMOUNTS = {
    "EVENT_WINDOW": (120, "s"),
    "LOCATION_WINDOW": (120, "s"),
    "WORKING_TIME": (120, "s"),
    "PERFORMER_SHIFT": (120, "s"),
    "TRANSPORT_SHIFT": (120, "s"),
    "TRIP_DURATION": (120, "s"),
    "TRIP_DISTANCE": (2000, "m"),
    "MAX_STOPS": (1, "stops"),
    "MAX_LOCATIONS": (1, "locations"),
    "CAPACITY": (2, "mass"),
    "MAX_CAPACITY": (2, "mass"),
    "BOX_CAPACITY": (2, "mass"),
    "BOX_ONE_CARGO": (2, "mass"),
    "MAX_BOXES": (1, "boxes"),
    "PENALTY": (2, "cost"),
}


@pytest.mark.parametrize("name", SCENES)
def test_U2_the_obstacle_is_named_with_its_amount_and_without_it_the_order_fits(name: str) -> None:
    task = SCENES[name]()
    found = why(task)
    assert found.vehicle is not None
    assert found.vehicle.kind is PlacementKind.UNUSED_VEHICLE
    (obstacle,) = found.vehicle.obstacles
    assert (obstacle.type, (obstacle.amount, obstacle.unit)) == (name, AMOUNTS.get(name, (None, None)))
    assert found.type is WARNINGS[obstacle.type]
    after = why(cleared(task.document(), "o", found.vehicle))
    assert after.vehicle is not None
    assert after.vehicle.obstacles == []


@pytest.mark.parametrize("name", [name for name in AMOUNTS if AMOUNTS[name][0] > 1])
def test_U2_a_little_less_is_not_enough(name: str) -> None:
    task = SCENES[name]()
    found = why(task)
    assert found.vehicle is not None
    found.vehicle.obstacles[0].amount = AMOUNTS[name][0] - 1
    after = why(cleared(task.document(), "o", found.vehicle))
    assert after.vehicle is not None
    assert [(item.type, ceil(item.amount or 0)) for item in after.vehicle.obstacles] == [(name, 1)]


def test_U2_several_obstacles_are_told_in_order_and_are_together_enough() -> None:
    task = delivery(hard="7:00-8:08")
    task.performers[0]["shifts"][0]["availability_time"] = window("8:00-8:15")
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["tall"]}
    found = why(task)
    assert found.vehicle is not None
    assert [item.type for item in found.vehicle.obstacles] == [
        ObstacleType.PERFORMER_FEATURES,
        ObstacleType.EVENT_WINDOW,
        ObstacleType.PERFORMER_SHIFT,
    ]
    after = why(cleared(task.document(), "o", found.vehicle))
    assert after.vehicle is not None
    assert after.vehicle.obstacles == []


def busy(**more: Any) -> Tiny:
    """A van that delivers to b, 20 km on, and the order to a on its way."""
    task = delivery(**more)
    task.places["b"] = 20
    task.locations["b"] = {"key": "b", "geopoint": task._point(20)}
    task.delivery("y", "depot", "b", mass=60)
    return task


def at_once() -> Tiny:
    """Both are loaded at eight, for which the van has not room enough."""
    task = busy()
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 61}
    for order in task.orders:
        order["demands"][0]["possible_events"][0]["hard_time_window"] = window("8:00-8:01")
    return task


def test_U2_a_trip_is_full() -> None:
    task = at_once()
    found = why(task, trips=(("y-up", "y-down"),))
    (place,) = found.trips
    assert [(x.type, x.amount, x.unit) for x in place.obstacles] == [(ObstacleType.CAPACITY, 4, "mass")]
    assert place.added is not None
    assert (place.added.distance, place.added.duration) == (0, 0)
    assert found.vehicle is not None
    assert (found.vehicle.kind, found.vehicle.obstacles) == (PlacementKind.EMPTY_VEHICLE, [])
    assert found.type is Warn.NO_COMPATIBLE_TRANSPORT


def test_U2_the_place_in_a_trip_with_the_smallest_obstacle_counts() -> None:
    """After y the order would be 20 minutes late, before it y is 10 minutes late."""
    task = busy(minutes=10, hard="7:00-8:20")
    task.orders[1]["demands"][1]["possible_events"][0]["hard_time_window"] = window("7:00-8:20")
    found = why(task, trips=(("y-up", "y-down"),))
    (place,) = found.trips
    (obstacle,) = place.obstacles
    assert (obstacle.amount, obstacle.unit) == (600, "s")
    assert obstacle.entity is not None
    assert obstacle.entity.entity_key == "y"


def test_U2_a_trip_that_it_fits_tells_the_price() -> None:
    found = why(busy(), trips=(("y-up", "y-down"),))
    (place,) = found.trips
    assert place.obstacles == []
    assert place.is_worth is None
    assert found.type is Warn.NO_AVAILABLE_TRANSPORT


def test_U2_where_money_counts_it_says_what_is_missing() -> None:
    task = delivery(reward=1)
    task.settings = {"trips_settings": {"configuration": "optimize_money"}}
    task.orders[0]["demands"][0]["possible_events"][0]["reward"] = 1
    task.transports[0]["shifts"][0]["tariff"] = {"cost_per_shift": 100}
    found = why(task)
    assert found.vehicle is not None
    assert found.vehicle.is_worth is False
    assert found.vehicle.added is not None
    missing = found.vehicle.added.cost - found.vehicle.added.reward
    assert found.info.startswith("Unused anna with van: fits, but costs ")
    task.orders[0]["demands"][0]["possible_events"][0]["reward"] = 1 + ceil(missing)
    told = solver.plan(read_object(PlanTask, task.document()), solver.Effort(iterations=50))
    assert told.unplanned_items.order_keys == []


def test_U2_O4_a_performer_who_may_not_work_another_shift_is_not_idle() -> None:
    task = busy()
    task.transport("other", start="depot", finish="depot")
    who = task.performers[0]
    late = {**who["shifts"][0], "key": "late", "availability_time": window("19:00-23:00")}
    who["shifts"].append({**late, "working_time": window("19:00-23:00")})
    trips = (("y-up", "y-down"),)
    free = why(task, trips=trips).vehicle
    assert free is not None
    assert (free.kind, free.performer_shift_key) == (PlacementKind.UNUSED_VEHICLE, "late")
    who["limits"] = {"max_work_shifts": 1}
    none = why(task, trips=trips).vehicle
    assert none is not None
    assert none.kind is PlacementKind.EMPTY_VEHICLE


def test_U2_no_way_there() -> None:
    document = delivery().document()
    document["external_routing"][0]["matrix"]["durations"][0][1] = -1
    found = why(document)
    assert found.vehicle is not None
    assert [item.type for item in found.vehicle.obstacles] == [ObstacleType.NO_ROUTE]
    assert found.vehicle.added is None


def test_U2_C2_the_order_that_may_not_ride_along_is_named() -> None:
    task = busy()
    task.orders[0]["compatibilities"] = {"order_restrictions": ["clean"]}
    found = why(task, trips=(("y-up", "y-down"),))
    (obstacle,) = found.trips[0].obstacles
    assert obstacle.entity is not None
    assert (obstacle.type, obstacle.entity.entity_key, obstacle.tags) == (
        ObstacleType.ORDER_MIX, "y", ["clean"],
    )  # fmt: skip
    assert (
        why(cleared(task.document(), "o", found.trips[0]), trips=(("y-up", "y-down"),)).trips[0].obstacles
        == []
    )


def test_U2_O5_an_order_tied_to_a_shift_is_explained_there_alone() -> None:
    task = delivery(hard="7:00-8:08")
    task.performer("boris", start="depot", hours="7:00-18:00")
    task.transport("car", start="depot")
    links = [("ORDER", "o"), ("PERFORMER_SHIFT", "anna-shift")]
    task.hardlinks = [{"key": "link", "links": [{"type": kind, "entity_key": key} for kind, key in links]}]
    found = why(task).vehicle
    assert found is not None
    assert (found.performer_key, [item.type for item in found.obstacles]) == (
        "anna",
        [ObstacleType.EVENT_WINDOW],
    )


def test_U2_the_vehicle_with_the_smallest_obstacle_is_told() -> None:
    """Anna comes three minutes too late, boris lives nearer and comes one minute too late."""
    task = delivery(hard="7:00-8:07")
    task.places["near"] = 2
    task.locations["near"] = {"key": "near", "geopoint": task._point(2)}
    task.orders[0]["demands"][0]["possible_events"].append(task.event("near", key="here"))
    task.performer("boris", start="near")
    task.transport("car", start="near")
    found = why(task).vehicle
    assert found is not None
    assert (found.performer_key, found.transport_key, found.obstacles[0].amount) == ("boris", "car", 60)


def test_U2_another_possible_event_is_tried_before_a_reason_is_given() -> None:
    task = delivery(hard="7:00-8:05")
    later = task.event("a", "12:00-13:00", key="later")
    task.orders[0]["demands"][1]["possible_events"].append(later)
    found = why(task).vehicle
    assert found is not None
    assert found.obstacles == []


def test_U2_every_fault_of_the_evaluator_and_every_code_has_an_obstacle() -> None:
    own = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)}
    known = set(telling.RULES) | set(telling.PLAIN) | set(telling.OF_SHIFT)
    assert {int(fault) for fault in Fault} - {0} <= known
    assert own - {codes.FIRST_OWN} <= known


def test_U2_every_obstacle_has_its_sentences_and_its_warning() -> None:
    assert set(ENGLISH) == set(RUSSIAN) == set(WARNINGS) == set(ObstacleType)
    assert set(RUSSIAN_WORDS) == set(Words)
    for kind in ObstacleType:
        assert fields_of(ENGLISH[kind]) == fields_of(RUSSIAN[kind])
    for part in Words:
        assert fields_of(part.value) == fields_of(RUSSIAN_WORDS[part])


def fields_of(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}


def test_U2_one_sentence_tells_the_nearest_trip_and_the_idle_vehicle() -> None:
    task = busy(hard="7:00-8:08")
    task.performer("boris", start="depot", hours="9:00-18:00")
    task.transport("car", start="depot")
    found = why(task, trips=(("y-up", "y-down"),))
    assert found.info == (
        "Trip anna: o-down would end 2 min after its window closes; "
        "unused boris with car: o-down would end 62 min after its window closes."
    )
    russian = retold(found, "ru")
    assert russian.info == why(task, trips=(("y-up", "y-down"),), language="ru").info
    assert russian.info.startswith("Рейс ")


def test_U2_plans_carry_their_reasons_and_a_warning_each() -> None:
    task = at_once()
    plan = solver.plan(read_object(PlanTask, task.document()), solver.Effort(iterations=100))
    (reason,) = plan.reasons
    assert [reason.order_key] == plan.unplanned_items.order_keys
    (warning,) = [item for item in plan.warnings if item.info == reason.info]
    assert (warning.type, warning.entities[0].entity_key) == (reason.type, reason.order_key)
    assert reason.trips[0].trip_name == plan.trips[0].name
    assert reason.trips[0].trip_key == plan.trips[0].key


def test_U2_L5_what_waits_in_a_box_takes_its_room() -> None:
    """Cargo of an order that waits in the trip lies in the van all day: 60 of 100."""
    task = delivery()
    task.orders[0]["cargos"][0]["capacity"] = {"mass": 50}
    order = task.delivery("w", "depot", "a", mass=60, hard="8:00-8:05")
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0]["target_box_key"] = "van-box"
    task.work("y", "a", minutes=5)
    links = [("ORDER", "w"), ("PERFORMER_SHIFT", "anna-shift")]
    task.hardlinks = [{"key": "link", "links": [{"type": kind, "entity_key": key} for kind, key in links]}]
    told = planned(task)
    assert told.plan.trips[0].waitlist == ["w"]
    (reason,) = told.plan.reasons
    (obstacle,) = reason.trips[0].obstacles
    assert (reason.order_key, obstacle.type, obstacle.amount) == ("o", ObstacleType.CAPACITY, 10)


def test_U2_W7_a_lifetime_is_in_the_way() -> None:
    task = delivery()
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["cold"]}
    task.performers[0]["compatibilities"] = performer(life("cold", "8:00-8:05"))
    found = why(task).vehicle
    assert found is not None
    assert [item.type for item in found.obstacles] == [ObstacleType.FEATURE_LIFETIME]
    assert found.added is not None


def test_U2_B2_breaks_are_in_the_way() -> None:
    """The way of ten minutes needs a break after five."""
    task = delivery(hard="8:00-8:12")
    rule = limit(5, 30)
    task.performers[0]["shifts"][0]["work_and_rest_rules"] = rules(rule)
    found = why(task).vehicle
    assert found is not None
    assert [item.type for item in found.obstacles] == [ObstacleType.BREAKS]


def test_U2_no_vehicle_at_all() -> None:
    task = delivery()
    task.performers[0]["compatibilities"] = {"transport_restrictions": ["small"]}
    found: UnplannedOrder = why(task)
    assert len(problem_of(task).tables.vehicle) == 0
    assert (found.trips, found.vehicle, found.info) == ([], None, Words.NO_PAIR.value)
