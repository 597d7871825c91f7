"""How far and how long it is from place to place (T1-T6)."""

import numpy as np
import pytest

import solver
from solver.contract import Location, TransportType
from solver.geo import LegMatrix
from tests.solver.features.told import line, planned
from tests.solver.report.tiny import Tiny


def there(types: tuple[str, ...] = ("CAR",), **transport: str) -> Tiny:
    """One service 10 km from where anna starts."""
    task = Tiny({"depot": 0, "a": 10}, types=types)
    task.work("x", "a")
    task.performer(start="depot")
    task.transport(**transport)
    return task


@pytest.mark.parametrize("flight", [False, True])
def test_T1_the_external_matrix_comes_first(flight: bool) -> None:
    task = there()
    task.settings = {"geo_settings": {"flight_distance": flight}}
    told = planned(task)
    assert told.trips == ["anna van: 8:00 depot, 8:10 x, 8:10 a"]
    assert told.metres == 10_000


@pytest.mark.parametrize(("flight", "metres", "finish"), [(True, 1112, "8:01:40"), (False, 1446, "8:02:10")])
def test_T1_without_a_matrix_lines_are_straight_or_a_detour(flight: bool, metres: int, finish: str) -> None:
    task = there(types=())  # a hundredth of a degree: 1112 m, at 40 km/h
    task.settings = {"geo_settings": {"flight_distance": flight}}
    told = planned(task)
    assert told.trips == [f"anna van: 8:00 depot, {finish} x, {finish} a"]
    assert told.metres == metres


class Moon:
    """A geo provider whose every leg takes 7 minutes for 3 km."""

    def matrix(self, kind: TransportType, places: list[Location]) -> LegMatrix:
        """Legs between the places."""
        ways = 1 - np.eye(len(places), dtype=np.int32)
        return LegMatrix(3000 * ways, 420 * ways)


@pytest.mark.parametrize(
    ("types", "flight", "metres", "service"),
    [((), False, 3000, "8:07"), ((), True, 1112, "8:01:40"), (("CAR",), False, 10_000, "8:10")],
)
def test_T1_a_geo_provider_comes_last(
    types: tuple[str, ...], flight: bool, metres: int, service: str
) -> None:
    task = there(types=types)
    task.settings = {"geo_settings": {"flight_distance": flight}}
    plan = solver.plan(task.task(), solver.Effort(iterations=10, seed=1), roads=Moon())
    assert [line(trip) for trip in plan.trips] == [f"anna van: 8:00 depot, {service} x, {service} a"]
    assert plan.statistics.total_statistics.measurements.distance == metres


def test_T2_rows_belong_to_the_place_of_their_name_then_of_their_point() -> None:
    task = there()
    document = task.document()
    for waypoint in document["external_routing"][0]["matrix"]["waypoints"]:
        waypoint["geopoint"] = {"latitude": 1.0, "longitude": 1.0}
    assert planned(document).metres == 10_000
    document = task.document()
    for number, waypoint in enumerate(document["external_routing"][0]["matrix"]["waypoints"]):
        waypoint["name"] = f"row {number}"
    assert planned(document).metres == 10_000


def test_T2_row_to_column() -> None:
    document = there().document()
    matrix = document["external_routing"][0]["matrix"]
    matrix["distances"], matrix["durations"] = [[0, 7], [9000, 0]], [[0, 60], [9000, 0]]
    told = planned(document)
    assert told.trips == ["anna van: 8:00 depot, 8:01 x, 8:01 a"]
    assert told.metres == 7


def test_T2_minus_one_is_no_leg() -> None:
    task = there()
    task.work("y", "depot")
    document = task.document()
    matrix = document["external_routing"][0]["matrix"]
    matrix["distances"] = matrix["durations"] = [[0, -1], [600, 0]]
    told = planned(document)
    assert told.trips == ["anna van: 8:00 depot, 8:00 y, 8:00 depot"]
    assert told.left == ["x"]


def test_T3_teleport_takes_no_time_and_no_distance() -> None:
    told = planned(there(transport_type="TELEPORT"))
    assert told.trips == ["anna van: 8:00 depot, 8:00 x, 8:00 a"]
    assert told.metres == 0


def test_T4_speed_multipliers_shorten_legs_of_their_type_rounded_half_up() -> None:
    task = there(types=("CAR", "BICYCLE"), transport_type="BICYCLE")
    task.settings = {
        "trips_settings": {
            "assumptions": {
                "transport_speed_multipliers": [
                    {"transport_type": "BICYCLE", "speed": 2},
                    {"transport_type": "CAR", "speed": 9},
                ]
            }
        }
    }
    document = task.document()
    for routing in document["external_routing"]:
        routing["matrix"]["durations"] = [[0, 61], [61, 0]]
    told = planned(document)
    assert told.trips == ["anna van: 8:00 depot, 8:00:31 x, 8:00:31 a"]
    assert told.metres == 10_000


def test_T5_other_keys_are_other_places_even_at_one_point() -> None:
    task = Tiny({"a": 0, "b": 0})
    for place in task.locations.values():
        place["arrival_duration"] = "PT3M"
    task.work("x", "a", minutes=1)
    task.work("y", "b", minutes=1)
    task.performer(start="a")
    task.transport()
    told = planned(task)
    assert told.trips == ["anna van: 8:00 a, 8:00 x, 8:04 y, 8:05 b"]
    assert told.plan.statistics.total_statistics.stops_count == 2


def test_T6_the_own_transport_leads_to_the_van_and_back() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 30}, types=("CAR", "PEDESTRIAN"))
    task.work("x", "a", minutes=10)
    task.performer(start="home", finish="home", own_transport_type="PEDESTRIAN")
    task.transport(
        start="garage",
        finish="garage",
        tariff={"cost_per_shift": 1, "constraints": [{"cost_per_unit": 0.01}]},
    )
    task.performers[0]["shifts"][0]["tariff"] = {"cost_per_shift": 1, "constraints": [{"cost_per_unit": 1}]}
    document = task.document()
    walk = document["external_routing"][1]["matrix"] = {**document["external_routing"][1]["matrix"]}
    walk["durations"] = [[seconds * 3 for seconds in row] for row in walk["durations"]]
    told = planned(document)
    assert told.trips == ["anna van: 8:00 home, 8:50 x, 9:50 home"]
    assert told.metres == 60_000
    assert told.cost == 1 + 1 + 110 * 60 * 1 + 40_000 * 0.01  # only the metres in the van


def test_T6_a_place_that_one_of_the_two_shifts_has_is_the_trips() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 30})
    task.work("x", "a")
    task.performer(start="home")
    task.transport(finish="garage")
    told = planned(task)
    assert told.trips == ["anna van: 8:00 home, 8:30 x, 8:50 garage"]


def test_T6_without_places_a_trip_is_where_its_services_are() -> None:
    task = Tiny({"a": 10, "b": 30})
    task.work("x", "a")
    task.work("y", "b", hard="9:00-23:59")
    task.performer()
    task.transport()
    assert planned(task).trips == ["anna van: 8:40 a, 8:40 x, 9:00 y, 9:00 b"]
