"""What a configuration prefers (Z1-Z12): tasks whose best plan differs from that of a neighbour."""

import pytest

import solver
from tests.solver.features.told import Told, planned, settings
from tests.solver.report.tiny import Tiny

BY_DISTANCE = ["default", "optimize_distance"]
FEW_TRIPS = [
    "optimize_transports",
    "optimize_cars_then_distance",
    "optimize_cars_then_time",
    "visual_grouping",
    "optimize_cars_then_locality_grouping",
    "optimize_cars_then_single_location_grouping_sequenced",
]


def by(configuration: str, task: Tiny) -> Told:
    """The plan by a configuration."""
    task.settings = settings(configuration=configuration)
    return planned(task)


def seconds(told: Told) -> int:
    return told.plan.statistics.total_statistics.measurements.total_time


def apart() -> Tiny:
    """Two services, 30 km from each other, at each of them somebody with a van."""
    task = Tiny({"a": 0, "b": 30})
    for place, name in (("a", "anna"), ("b", "boris")):
        task.work(f"at-{place}", place)
        task.performer(name, start=place)
        task.transport(f"{name}s", start=place)
    return task


@pytest.mark.parametrize("configuration", [*BY_DISTANCE, "optimize_time", "optimize_locality_grouping"])
def test_Z1_Z4_Z7_use_two_vans_when_nothing_is_driven(configuration: str) -> None:
    told = by(configuration, apart())
    assert (len(told.trips), told.metres) == (2, 0)


@pytest.mark.parametrize("configuration", FEW_TRIPS)
def test_Z2_Z3_Z5_Z8_Z10_Z11_use_as_few_trips_as_they_can(configuration: str) -> None:
    told = by(configuration, apart())
    assert (len(told.trips), told.metres, told.left) == (1, 30_000, [])


@pytest.mark.parametrize("configuration", [*BY_DISTANCE, "optimize_time", *FEW_TRIPS])
def test_Z_more_orders_come_before_everything_but_money(configuration: str) -> None:
    task = apart()
    task.transports = task.transports[:1]
    told = by(configuration, task)
    assert told.left == []


def detour() -> Tiny:
    """Two services: one sequence is shorter, the other, by the motorway, faster."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.work("x", "a")
    task.work("y", "b")
    task.performer(start="depot")
    task.transport()
    return task


def detour_by(configuration: str) -> Told:
    task = detour()
    task.settings = settings(configuration=configuration)
    document = task.document()
    matrix = document["external_routing"][0]["matrix"]
    matrix["distances"] = [[0, 1000, 9000], [1000, 0, 1000], [9000, 9000, 0]]
    matrix["durations"] = [[0, 3600, 600], [3600, 0, 3600], [600, 600, 0]]
    return planned(document)


@pytest.mark.parametrize("configuration", [*BY_DISTANCE, "optimize_cars_then_distance"])
def test_Z1_Z3_prefer_the_shorter_way(configuration: str) -> None:
    told = detour_by(configuration)
    assert told.trips == ["anna van: 8:00 depot, 9:00 x, 10:00 y, 10:00 b"]
    assert told.metres == 2000


@pytest.mark.parametrize("configuration", ["optimize_time", "optimize_transports", "optimize_cars_then_time"])
def test_Z2_Z4_Z5_prefer_the_faster_way(configuration: str) -> None:
    told = detour_by(configuration)
    assert told.trips == ["anna van: 8:00 depot, 8:10 y, 8:20 x, 8:20 a"]
    assert seconds(told) == 1200


def market(reward: float) -> Tiny:
    """A service for a good reward near by, and one of the given reward 10 km further."""
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    task.work("x", "a", reward=1000)
    task.work("y", "b", reward=reward)
    task.performer(start="depot")
    task.transport(tariff={"cost_per_shift": 0.001, "constraints": [{"cost_per_unit": 0.01}]})
    return task


def test_Z6_an_order_is_worth_its_reward() -> None:
    assert by("optimize_money", market(99)).left == ["y"]  # 10 km cost 100
    assert by("optimize_money", market(102)).left == []
    assert by("optimize_distance", market(0)).left == []


def test_Z6_planning_nothing_is_allowed() -> None:
    task = market(10)
    task.orders[0]["demands"][0]["possible_events"][0]["reward"] = 10
    told = by("optimize_money", task)
    assert (told.trips, told.cost, told.plan.objective) == ([], 0, (0,))


def chain() -> Tiny:
    """Six services on a line; by distance a long chain and one alone, by grouping two threes."""
    task = Tiny({"a": 0, "b": 4, "c": 8, "d": 12, "e": 16, "f": 21})
    for place in task.places:
        task.work(f"at-{place}", place)
    for name in ("anna", "boris"):
        task.performer(name)
        task.transport(f"{name}s")
    return task


def groups(told: Told) -> set[frozenset[str]]:
    """Places of each trip."""
    return {
        frozenset(state.location_key for state in trip.states if state.location_key)
        for trip in told.plan.trips
    }


def test_Z1_the_shortest_chains() -> None:
    told = by("optimize_distance", chain())
    assert (groups(told), told.metres) == ({frozenset("abcde"), frozenset("f")}, 16_000)


@pytest.mark.parametrize("configuration", ["optimize_locality_grouping", "optimize_visual_grouping"])
def test_Z7_Z9_gather_what_is_near(configuration: str) -> None:
    assert groups(by(configuration, chain())) == {frozenset("abc"), frozenset("def")}


def crossed() -> Tiny:
    """A and b look like neighbours on the map, but the roads join a with c and b with d."""
    task = Tiny({"a": 0, "c": 1, "b": 50, "d": 51})
    for key, kilometre in {"a": 0, "b": 1, "c": 50, "d": 51}.items():
        task.locations[key]["geopoint"]["latitude"] = round(50 + kilometre / 1000, 6)
    for place in task.places:
        task.work(f"at-{place}", place)
    for name in ("anna", "boris"):
        task.performer(name)
        task.transport(f"{name}s")
    return task


def test_Z7_G1_is_about_straight_lines() -> None:
    assert groups(by("optimize_locality_grouping", crossed())) == {frozenset("ab"), frozenset("cd")}


def test_Z9_G2_is_about_travel_times() -> None:
    assert groups(by("optimize_visual_grouping", crossed())) == {frozenset("ac"), frozenset("bd")}


@pytest.mark.parametrize("configuration", ["visual_grouping", "optimize_cars_then_locality_grouping"])
def test_Z8_Z10_gather_what_is_near_on_as_few_trips_as_they_can(configuration: str) -> None:
    task = crossed()
    for performer in task.performers:
        performer["shifts"][0]["max_stops"] = 2
    for name in ("carl", "dora"):
        task.performer(name, max_stops=2)
        task.transport(f"{name}s")
    assert groups(by(configuration, task)) == {frozenset("ab"), frozenset("cd")}
    assert len(by("optimize_locality_grouping", task).trips) == 4


def between() -> Tiny:
    """Two services at a, the second 20 minutes later; b is 10 minutes away."""
    task = Tiny({"a": 0, "b": 10})
    task.work("early", "a", "8:00-8:00")
    task.work("late", "a", "8:20-10:00")
    task.work("other", "b")
    task.performer()
    task.transport()
    return task


def test_Z5_goes_to_b_and_back_instead_of_waiting() -> None:
    told = by("optimize_cars_then_time", between())
    assert told.trips == ["anna van: 8:00 a, 8:00 early, 8:10 other, 8:20 late, 8:20 a"]


def test_Z11_stays_until_the_place_is_done() -> None:
    told = by("optimize_cars_then_single_location_grouping_sequenced", between())
    assert told.trips == ["anna van: 8:00 a, 8:00 early, 8:20 late, 8:30 other, 8:30 b"]


@pytest.mark.parametrize(("kilometres", "in_time"), [(19, True), (21, False)])
def test_Z12_a_soft_window_is_worth_ten_kilometres(kilometres: int, in_time: bool) -> None:
    task = Tiny({"y": -10, "depot": 0, "x": kilometres})
    task.work("wished", "x", soft="8:00-8:25")  # going there first costs 9 km more, or 11
    task.work("whenever", "y")
    task.performer(start="depot")
    task.transport()
    told = by("optimize_distance", task)
    assert ("wished" in told.trips[0].split(", ")[1]) is in_time


@pytest.mark.parametrize("configuration", ["optimize_distance", "optimize_transports", "optimize_money"])
def test_Z_inside_one_run_the_best_plan_never_worsens(configuration: str) -> None:
    task = chain()
    task.settings = settings(configuration=configuration)
    seen: list[tuple[float, ...]] = []
    plan = solver.plan(
        task.task(),
        solver.Effort(iterations=2_000, seed=1),
        on_progress=lambda progress, _plan: seen.append(progress.objective),
    )
    assert len(seen) > 2
    assert [*seen, plan.objective] == sorted([*seen, plan.objective], reverse=True)


def test_Z14_missing_tags_are_the_last_level_and_cost_money() -> None:
    task = Tiny({"depot": 0, "a": 10})
    task.work("x", "a", reward=100)["compatibilities"] = {"performer_restrictions": ["german"]}
    task.performer(start="depot", tariff={"max_penalty_cost": 50})
    task.transport(start="depot")
    wanted = {"compatibilities": [{"tag": "german", "penalty": 30}]}
    task.settings = settings(configuration="optimize_distance", penalties=wanted)
    assert planned(task).plan.objective == (-1, 10_000, 30)
    task.settings = settings(configuration="optimize_money", penalties=wanted)
    told = planned(task)
    assert told.plan.objective[0] == pytest.approx(told.cost + 30 - 100, abs=0.01)
