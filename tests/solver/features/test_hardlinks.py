"""What hardlinks tie is in one trip, planned or waiting (O5)."""

from typing import Any

import pytest

from tests.solver.features.told import Told, planned
from tests.solver.report.tiny import Tiny, window


def tie(task: Tiny, *keys: str) -> None:
    """Tie orders and shifts, which are told apart by their keys."""
    performers = {shift["key"] for one in task.performers for shift in one["shifts"]}
    transports = {shift["key"] for one in task.transports for shift in one["shifts"]}

    def element(key: str) -> dict[str, str]:
        kind = "ORDER"
        if key in performers | transports:
            kind = "PERFORMER_SHIFT" if key in performers else "TRANSPORT_SHIFT"
        return {"type": kind, "entity_key": key}

    links = [element(key) for key in keys]
    task.hardlinks.append({"key": f"link-{len(task.hardlinks)}", "links": links})


def town(**anna: Any) -> Tiny:
    """Services at a and d; anna starts near a, boris near d, each with a van of their own."""
    task = Tiny({"a": 0, "b": 10, "c": 20, "d": 30})
    task.work("at-a", "a")
    task.work("at-d", "d")
    task.performer("anna", start="a", **anna)
    task.performer("boris", start="d")
    task.transport("car")
    task.transport("van")
    return task


def waiting(told: Told) -> dict[str, list[str]]:
    """Waitlists by performer."""
    return {trip.performer.performer_key: trip.waitlist for trip in told.plan.trips if trip.waitlist}


def who(told: Told) -> dict[str, str]:
    """Who serves which order."""
    return {
        state.order_key: trip.performer.performer_key
        for trip in told.plan.trips
        for state in trip.states
        if state.order_key
    }


def test_O5_tied_orders_are_in_one_trip() -> None:
    task = town()
    assert who(planned(task)) == {"at-a": "anna", "at-d": "boris"}
    tie(task, "at-a", "at-d")
    assert len(set(who(planned(task)).values())) == 1


def test_O5_a_tied_order_is_in_the_trip_of_its_shift() -> None:
    task = town()
    tie(task, "at-a", "boris-shift")
    tie(task, "at-d", "anna-shift")
    assert who(planned(task)) == {"at-a": "boris", "at-d": "anna"}


def test_O5_tied_shifts_are_used_together() -> None:
    task = town()
    tie(task, "anna-shift", "van-shift")
    pairs = {(t.performer.performer_key, t.transport.transport_key) for t in planned(task).plan.trips}
    assert pairs == {("anna", "van"), ("boris", "car")}


def test_O5_tied_shifts_are_used_together_or_not_at_all() -> None:
    task = town()
    task.performers = task.performers[:1]
    task.transports[0]["shifts"][0]["availability_time"] = window("8:00-8:10")  # too short for d
    tie(task, "anna-shift", "car-shift")
    told = planned(task)
    assert told.trips == ["anna car: 8:00 a, 8:00 at-a, 8:00 a"]
    assert told.left == ["at-d"]  # anna could have served it with the van


def test_O5_an_order_that_cannot_be_scheduled_waits_in_the_trip_of_its_shift() -> None:
    task = town(hours="8:00-8:20")
    task.work("here", "a")
    tie(task, "at-d", "anna-shift")  # boris could serve it, anna has not the time
    told = planned(task)
    assert waiting(told) == {"anna": ["at-d"]}
    assert "at-d" not in who(told)
    assert told.left == []


def test_O5_an_order_that_cannot_be_scheduled_waits_in_the_trip_of_its_orders() -> None:
    task = town()
    task.performers = task.performers[:1]
    task.performers[0]["shifts"][0]["availability_time"] = window("8:00-8:20")
    task.performers[0]["shifts"][0]["working_time"] = window("8:00-8:20")
    tie(task, "at-a", "at-d")
    told = planned(task)
    assert (who(told), waiting(told)) == ({"at-a": "anna"}, {"anna": ["at-d"]})


def test_O5_a_trip_may_be_there_for_its_waitlist_alone() -> None:
    task = town()
    task.orders = task.orders[1:]
    task.performers[0]["shifts"][0]["working_time"] = window("8:00-8:20")
    task.performers[0]["shifts"][0]["availability_time"] = window("8:00-8:20")
    tie(task, "at-d", "anna-shift", "van-shift")
    told = planned(task)
    (trip,) = told.plan.trips
    assert (trip.performer.performer_key, trip.transport.transport_key) == ("anna", "van")
    assert (trip.states, trip.waitlist, told.left) == ([], ["at-d"], [])
    total = told.plan.statistics.total_statistics
    assert (total.plan_orders_count, total.waitlist_orders_count, told.cost) == (0, 1, 0)
    assert told.plan.unplanned_items.hardlink_keys == []


def test_O5_orders_tied_to_each_other_alone_force_no_trip() -> None:
    task = Tiny({"a": 0, "d": 30})
    for key in ("near", "far"):
        task.work(key, "d", hard="8:00-8:01")  # half an hour away from everybody
    task.performer(start="a")
    task.transport()
    tie(task, "far", "near")
    told = planned(task)
    assert (told.trips, sorted(told.left)) == ([], ["far", "near"])
    assert told.plan.unplanned_items.hardlink_keys == ["link-0"]


def test_O5_compatibility_still_applies_to_what_is_tied() -> None:
    task = town()
    task.orders[1]["compatibilities"] = {"performer_restrictions": ["german"]}
    task.performers[1]["compatibilities"] = {"performer_features": ["german"]}
    tie(task, "at-d", "at-a", "anna-shift")
    told = planned(task)
    assert (who(told), waiting(told)) == ({"at-a": "anna"}, {"anna": ["at-d"]})


def test_O5_an_order_tied_to_a_shift_that_is_cut_is_in_no_other_trip() -> None:
    task = town(working="12:00-10:00")
    tie(task, "at-a", "anna-shift")
    told = planned(task)
    assert who(told) == {"at-d": "boris"}
    assert "at-a" in told.plan.removed_items.order_keys


@pytest.mark.parametrize("mass", [5, 6])
def test_O5_L5_what_waits_in_a_box_takes_its_room(mass: int) -> None:
    task = Tiny({"depot": 0, "far": 300})
    cargo = {"key": "old", "capacity": {"mass": 5}, "target_box_key": "van-box"}
    demand = {"key": "old-down", "demand_type": "DROP_FROM_BOX", "target_cargos": ["old"]}
    event = task.event("far", hard="8:00-9:00")
    task.orders.append(
        {"key": "old-order", "cargos": [cargo], "demands": [{**demand, "possible_events": [event]}]}
    )
    task.delivery("new", "depot", "depot", mass=mass)
    task.performer(start="depot")
    task.transport(start="depot", boxes={"van-box": 10})
    tie(task, "old-order", "anna-shift")
    told = planned(task)
    assert [trip.waitlist for trip in told.plan.trips] == [["old-order"]]
    assert ("new" in who(told)) is (mass == 5)
