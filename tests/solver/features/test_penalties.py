"""Missing tags at a price (C3), no tags at all (C4), and what the price means for the goal (Z14)."""

from typing import Any

import pytest

import solver
from tests.solver.features.told import Told, planned
from tests.solver.report.tiny import Tiny

ANNA = "anna van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:10 a"
BORIS = "boris van: 8:00 depot, 8:00 x-up, 8:10 x-down, 8:10 a"


def wanting(*, price: float | None, allowed: float | None, **trips: Any) -> Tiny:
    """The order wants a tall performer, which anna is not; boris is, but only if he is there."""
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("x", "depot", "a")
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["tall"]}
    task.work("y", "depot", hard="8:00-8:00")
    tariff = {} if allowed is None else {"max_penalty_cost": allowed}
    task.performer("anna", start="depot", tariff=tariff)
    task.transport(start="depot")
    if price is not None:
        trips["penalties"] = {"compatibilities": [{"tag": "tall", "penalty": price}]}
    task.settings = {"trips_settings": trips}
    return task


def paid(told: Told) -> list[str]:
    """What trips say they pay."""
    return [x.value for trip in told.plan.trips for x in trip.attributes if x.key == "compatibility_penalty"]


def test_C3_a_missing_tag_may_be_missed_at_its_price() -> None:
    told = planned(wanting(price=5, allowed=5))
    assert (told.left, paid(told), told.metres) == ([], ["5"], 10_000)


def test_C3_the_sum_of_a_trip_is_limited_by_the_tariff() -> None:
    assert planned(wanting(price=5, allowed=4.9)).left == ["x"]


def test_C3_without_a_limit_nothing_may_be_missed() -> None:
    assert planned(wanting(price=5, allowed=None)).left == ["x"]


def test_C3_each_pair_pays_once() -> None:
    task = wanting(price=5, allowed=100)
    task.delivery("z", "depot", "a")
    task.orders[-1]["compatibilities"] = {"performer_restrictions": ["tall"]}
    told = planned(task)
    assert (told.left, paid(told)) == ([], ["10"])


def test_C3_the_blacklist_has_no_price() -> None:
    task = wanting(price=5, allowed=100)
    task.orders[0]["compatibilities"] = {"performer_blacklist": ["tall"]}
    task.performers[0]["compatibilities"] = {"performer_features": ["tall"]}
    assert planned(task).left == ["x"]


def test_C4_without_compatibility_anybody_goes() -> None:
    told = planned(wanting(price=None, allowed=None, assumptions={"disable_compatibility": True}))
    assert (told.left, paid(told), told.metres) == ([], [], 10_000)


def either(**trips: Any) -> Tiny:
    """Anna without the tag is at the depot, boris with it a little farther away."""
    task = wanting(price=5, allowed=5, **trips)
    task.orders = task.orders[:1]
    task.places["near"] = -1
    task.locations["near"] = {"key": "near", "geopoint": task._point(-1)}
    task.performer("boris", start="near", compatibilities={"performer_features": ["tall"]})
    del task.transports[0]["shifts"][0]["start_location_key"]
    return task


def test_Z14_penalties_are_the_last_level() -> None:
    """A kilometre less is better than no penalty; where the way is the same the penalty decides."""
    assert planned(either()).trips == [ANNA]
    task = either()
    task.performers[1]["shifts"][0]["start_location_key"] = "depot"
    assert planned(task).trips == [BORIS]


def test_Z14_penalties_are_subtracted_from_the_profit() -> None:
    """The way costs a thousandth a metre: one more is worth less than the penalty of 5."""
    (trip,) = planned(either(configuration="optimize_money")).trips
    assert trip.startswith("boris van: ")


def test_Z13_an_unknown_goal_is_an_error_that_lists_the_known_ones() -> None:
    task = wanting(price=5, allowed=5, configuration="optimize_luck")
    with pytest.raises(solver.LogicalErrors) as caught:
        solver.plan(task.task(), solver.Effort(iterations=1))
    (error,) = caught.value.errors
    assert error.info is not None
    for name in ("optimize_distance", "optimize_money", "visual_grouping"):
        assert name in error.info
