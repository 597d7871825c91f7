"""What a plan leaves out, and why (U1, U2)."""

from tests.solver.features.told import planned
from tests.solver.report.tiny import Tiny

TRIP = "anna van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:10 a"


def day() -> Tiny:
    """Anna brings x to a; y may not wait until she is at b, and boris with his car is too late for it."""
    task = Tiny({"depot": 0, "a": 10, "b": 20, "far": 60})
    task.delivery("x", "depot", "a", hard="8:00-8:12")
    task.work("y", "b", hard="8:00-8:15", reward=1)
    task.performer("anna", start="depot")
    task.performer("boris", start="far")
    task.transport("van", start="depot")
    task.transport("car", start="far")
    task.hardlinks = [
        {
            "key": "together",
            "links": [
                {"type": "PERFORMER_SHIFT", "entity_key": "boris-shift"},
                {"type": "TRANSPORT_SHIFT", "entity_key": "car-shift"},
            ],
        }
    ]
    return task


def test_U1_what_no_trip_has_is_listed_and_counted() -> None:
    told = planned(day())
    left = told.plan.unplanned_items
    assert told.trips == [TRIP]
    assert (left.order_keys, left.order_keys_count) == (["y"], 1)
    assert (left.performer_keys, left.performer_keys_count) == (["boris"], 1)
    assert (left.transport_keys, left.transport_keys_count) == (["car"], 1)
    assert (left.hardlink_keys, left.hardlink_keys_count) == (["together"], 1)
    assert told.plan.removed_items.order_keys == []


def test_U2_an_unplanned_order_has_a_warning_in_words() -> None:
    told = planned(day())
    (reason,) = told.plan.reasons
    (warning,) = [item for item in told.plan.warnings if item.info == reason.info]
    assert (warning.type, [path.entity_key for path in warning.entities]) == ("NO_AVAILABLE_PERFORMER", ["y"])
    name = told.plan.trips[0].name
    assert warning.info == (
        f"Trip {name}: y would end 5 min after its window closes; "
        "unused boris with car: y would end 25 min after its window closes."
    )


def test_U2_without_the_named_obstacle_the_order_is_planned() -> None:
    task = day()
    event = task.orders[1]["demands"][0]["possible_events"][0]
    event["hard_time_window"]["to"] = event["hard_time_window"]["to"].replace("08:15", "08:20")
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:20 y, 8:20 b"]
    assert (told.left, told.plan.reasons) == ([], [])
