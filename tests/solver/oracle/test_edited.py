"""Results that somebody edited: whatever is done to them, the oracle answers."""

import copy
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.contract import PlanResult, TripStateFlag
from solver.oracle import verify
from tests.solver.oracle.plans import rich, typed

TASK, RESULT = typed(*rich())
PLACES = (None, "a", "b", "shop", "garage", "elsewhere")
KEYS = ("x-up", "x-down", "y-down", "w", "z", "unknown", None)
EDITS = ("drop", "repeat", "flags", "place", "time", "distance", "keys", "cargo", "trip", "waitlist", "shift")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_edited_results_are_judged_without_a_crash(data: st.DataObject) -> None:
    result = copy.deepcopy(RESULT)
    for _ in range(data.draw(st.integers(1, 5))):
        edit(data, result)
    found = verify(TASK, result)
    assert all(re.fullmatch(r"[A-Z]\d{0,2}", item.rule) and item.message for item in found)
    if len(result.trips) < len(RESULT.trips):
        assert found


def edit(data: st.DataObject, result: PlanResult) -> None:
    if not result.trips:
        return
    trip = data.draw(st.sampled_from(result.trips))
    what = data.draw(st.sampled_from(EDITS))
    if what == "trip":
        result.trips.remove(trip)
    elif what == "waitlist":
        trip.waitlist = data.draw(st.sampled_from([[], ["w"], ["v", "v"], ["unknown"]]))
    elif what == "shift":
        trip.transport.shift_key = data.draw(st.sampled_from(["van-shift", "car-shift", "unknown"]))
    elif trip.states:
        edit_state(data, trip.states, what)


def edit_state(data: st.DataObject, states: list[Any], what: str) -> None:
    number = data.draw(st.integers(0, len(states) - 1))
    state, other = states[number], data.draw(st.sampled_from(states))
    if what == "drop":
        states.pop(number)
    elif what == "repeat":
        states.insert(number, copy.deepcopy(other))
    elif what == "flags":
        state.flags = data.draw(st.lists(st.sampled_from(list(TripStateFlag)), max_size=9))
    elif what == "place":
        state.location_key = data.draw(st.sampled_from(PLACES))
    elif what == "time":
        state.time = other.time
    elif what == "distance":
        state.distance = data.draw(st.integers(0, 4_000_000_000))
    elif what == "keys":
        state.demand_key = data.draw(st.sampled_from(KEYS))
    else:
        state.cargo_actions = copy.deepcopy(other.cargo_actions)
