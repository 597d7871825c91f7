"""States of trips: each test tells one tiny trip and asserts every state of it."""

from solver.report.trips import TripWriter
from solver.schedule.timeline import Action
from tests.solver.report.tiny import Route, Tiny, told, window

CHEAP = {"cost_per_shift": 1, "constraints": [{"cost_per_unit": 0.001}]}


def tiny(**more: object) -> Tiny:
    return Tiny({"depot": 0, "a": 10, "b": 25}, **more)  # type: ignore[arg-type]  # settings of a task


def test_S4_usual_run_of_a_trip_with_M1_M2_S5_figures() -> None:
    task = tiny()
    task.locations["a"] |= {"arrival_duration": "PT2M", "departure_duration": "PT1M"}
    task.delivery("o", "depot", "a", mass=5, loading=5, minutes=10, hard="8:30-12:00", reward=100)
    time_stages = [
        {"stage_length": "PT30M", "cost_per_unit": 0.01},
        {"stage_length": "PT10H", "cost_per_unit": 0.02},
    ]
    task.performer(start="depot", finish="depot", tariff={"cost_per_shift": 10, "constraints": time_stages})
    carriage = {"mass": 0.0001, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}
    task.transport(
        start="depot",
        finish="depot",
        tariff={
            "cost_per_shift": 5,
            "constraints": [{"cost_per_unit": 0.001}],
            "transportation_cost": carriage,
        },
    )
    catalog = task.catalog()
    route = Route(catalog, "8:05", "depot").serve("o-up", 5).drive("a", 10).act(Action.ARRIVAL, 2)
    route.act(Action.WAITING, 8).serve("o-down", 10).act(Action.DEPARTURE, 1).drive("depot", 10)
    trip = TripWriter(catalog).trip(route.trip(), "key", "name")
    assert told(trip) == [
        "08:05:00 depot ailw--- 0m 15c 0r",
        "08:05:00 depot ailwh-r ON_DEMAND o/o-up/event 0m 15c 0r",
        "08:10:00 depot ailw--r ADD:o-cargo>van-box 0m 18c 1000.1r",
        "08:10:00 . ---w--r RELOCATING 0m 18c 1000.1r",
        "08:20:00 a a-lw--r ARRIVAL 10000m 39c 1000.1r",
        "08:22:00 a ailw--r WAITING 10000m 40.2c 1000.1r",
        "08:30:00 a ailwh-r ON_DEMAND o/o-down/event 10000m 45c 1000.1r",
        "08:40:00 a ailw--r REMOVE:o-cargo>van-box 10000m 54c 1100.1r",
        "08:40:00 a a-lw--r DEPARTURE 10000m 54c 1100.1r",
        "08:41:00 . ---w--r RELOCATING 10000m 55.2c 1100.1r",
        "08:51:00 depot ailw--- 20000m 77.2c 1100.1r",
    ]


def test_S3_a_window_that_opens_or_closes_inside_an_action_starts_a_new_state() -> None:
    task = tiny()
    task.locations["a"]["timetable"] = [{"work_window": window("8:40-9:05")}]
    task.work("w", "a", hard="8:50-9:30", soft="9:00-9:10", minutes=5)
    task.performer(start="depot", finish="depot", working="8:35-9:02", tariff=CHEAP)
    task.transport(start="depot", finish="depot", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:20", "depot").drive("a", 10).act(Action.WAITING, 27)
    trip = TripWriter(catalog).trip(route.serve("w", 8).drive("depot", 10).trip(), "key", "name")
    assert told(trip) == [
        "08:20:00 depot ail---- 0m 2c 0r",
        "08:20:00 . ------- RELOCATING 0m 2c 0r",
        "08:30:00 a ai----- WAITING 10000m 12.6c 0r",
        "08:35:00 a ai-w--- WAITING 10000m 12.9c 0r",
        "08:40:00 a ailw--- WAITING 10000m 13.2c 0r",
        "08:50:00 a ailwh-- WAITING 10000m 13.8c 0r",
        "08:57:00 a ailwh-r ON_DEMAND w/w/event 10000m 14.22c 0r",
        "09:00:00 a ailwhsr ON_DEMAND w/w/event 10000m 14.4c 0r",
        "09:02:00 a ail-hsr ON_DEMAND w/w/event 10000m 14.52c 0r",
        "09:05:00 a ail---r 10000m 14.7c 1000.1r",
        "09:05:00 . ------r RELOCATING 10000m 14.7c 1000.1r",
        "09:15:00 depot ail---- 20000m 25.3c 1000.1r",
    ]


def test_S3_a_drive_is_cut_at_the_edge_of_working_time_and_knows_its_metres() -> None:
    task = tiny()
    task.work("w", "a")
    task.performer(start="depot", working="8:24-18:00", tariff=CHEAP)
    task.transport(start="depot", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:20", "depot").drive("a", 10).serve("w")
    assert told(TripWriter(catalog).trip(route.trip(), "key", "name")) == [
        "08:20:00 depot ail---- 0m 2c 0r",
        "08:20:00 . ------- RELOCATING 0m 2c 0r",
        "08:24:00 . ---w--- RELOCATING 4000m 6.24c 0r",
        "08:30:00 a ailwh-r ON_DEMAND w/w/event 10000m 12.6c 0r",
        "08:30:00 a ailw--- 10000m 12.6c 1000.1r",
    ]


def test_S4_a_service_of_no_length_has_its_state_and_the_state_after_it() -> None:
    """A trip that starts and ends at services, as in the documents' example: no second end."""
    task = tiny()
    task.delivery("o", "a", "b")
    task.performer(tariff=CHEAP)
    task.transport(tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "a").serve("o-up").drive("b", 15).serve("o-down")
    assert told(TripWriter(catalog).trip(route.trip(), "key", "name")) == [
        "08:00:00 a ailw--- 0m 2c 0r",
        "08:00:00 a ailwh-r ON_DEMAND o/o-up/event 0m 2c 0r",
        "08:00:00 a ailw--r ADD:o-cargo>van-box 0m 2c 1000.1r",
        "08:00:00 . ---w--r RELOCATING 0m 2c 1000.1r",
        "08:15:00 b ailwh-r ON_DEMAND o/o-down/event 15000m 17.9c 1000.1r",
        "08:15:00 b ailw--- REMOVE:o-cargo>van-box 15000m 17.9c 2000.2r",
    ]


def test_T6_own_transport_counts_in_time_and_distance_but_not_in_the_transport_tariff() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 30})
    task.work("w", "a", minutes=10)
    task.performer(start="home", finish="home", tariff=CHEAP)
    task.transport(start="garage", finish="garage", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "home").drive("garage", 10, own=True).drive("a", 20).serve("w", 10)
    trip = TripWriter(catalog).trip(
        route.drive("garage", 20).drive("home", 10, own=True).trip(), "key", "name"
    )
    assert told(trip) == [
        "08:00:00 home ailw--- 0m 2c 0r",
        "08:00:00 . ---w--- RELOCATING 0m 2c 0r",
        "08:10:00 garage ailw--- 10000m 2.6c 0r",
        "08:10:00 . ---w--- RELOCATING 10000m 2.6c 0r",
        "08:30:00 a ailwh-r ON_DEMAND w/w/event 30000m 23.8c 0r",
        "08:40:00 a ailw--r 30000m 24.4c 1000.1r",
        "08:40:00 . ---w--r RELOCATING 30000m 24.4c 1000.1r",
        "09:00:00 garage ailw--- 50000m 45.6c 1000.1r",
        "09:00:00 . ---w--- RELOCATING 50000m 45.6c 1000.1r",
        "09:10:00 home ailw--- 60000m 46.2c 1000.1r",
    ]
    assert trip.performer.shift_time.start.strftime("%H:%M") == "08:00"
    assert trip.performer.shift_time.end.strftime("%H:%M") == "09:10"
    assert trip.transport.shift_time.start.strftime("%H:%M") == "08:10"
    assert trip.transport.shift_time.end.strftime("%H:%M") == "09:00"


def test_T6_W1_parking_where_the_transport_is_taken_and_left_belongs_to_its_use() -> None:
    task = Tiny({"home": 0, "garage": 10, "a": 30})
    task.locations["garage"] |= {"arrival_duration": "PT3M", "departure_duration": "PT4M"}
    task.work("w", "a", minutes=10)
    task.performer(start="home", finish="home", tariff=CHEAP)
    task.transport(start="garage", finish="garage", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "home").drive("garage", 10, own=True)
    route.act(Action.ARRIVAL, 3).act(Action.DEPARTURE, 4).drive("a", 20).serve("w", 10).drive("garage", 20)
    route.act(Action.ARRIVAL, 3).act(Action.DEPARTURE, 4).drive("home", 10, own=True)
    trip = TripWriter(catalog).trip(route.trip(), "key", "name")
    assert trip.transport.shift_time.start.strftime("%H:%M") == "08:10"
    assert trip.transport.shift_time.end.strftime("%H:%M") == "09:14"


def test_T3_a_teleport_has_no_drive_states() -> None:
    task = tiny()
    task.work("w", "a", minutes=10)
    task.performer(start="depot", finish="depot", tariff=CHEAP)
    task.transport(start="depot", finish="depot", tariff=CHEAP, transport_type="TELEPORT")
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").drive("a", 0).serve("w", 10).drive("depot", 0)
    assert told(TripWriter(catalog).trip(route.trip(), "key", "name")) == [
        "08:00:00 depot ailw--- 0m 2c 0r",
        "08:00:00 a ailwh-r ON_DEMAND w/w/event 0m 2c 0r",
        "08:10:00 a ailw--- 0m 2.6c 1000.1r",
        "08:10:00 depot ailw--- 0m 2.6c 1000.1r",
    ]


def test_R1_R2_the_single_depot_separates_roundtrips() -> None:
    task = tiny()
    for key, place in (("x", "a"), ("y", "b")):
        task.delivery(key, "depot", place)
    task.performer(start="depot", finish="depot", tariff=CHEAP)
    task.transport(start="depot", finish="depot", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").serve("x-up").drive("a", 10).serve("x-down").drive("depot", 10)
    route.act(Action.BREAK, 15).serve("y-up", 5).drive("b", 25).serve("y-down").drive("depot", 25)
    trip = TripWriter(catalog).trip(route.trip(), "key", "name")
    flagged = [(line.split()[0], line.split()[1], "r" in line.split()[2]) for line in told(trip)]
    assert flagged == [
        ("08:00:00", "depot", False),
        ("08:00:00", "depot", True),
        ("08:00:00", "depot", True),
        ("08:00:00", ".", True),
        ("08:10:00", "a", True),
        ("08:10:00", "a", True),
        ("08:10:00", ".", True),
        ("08:20:00", "depot", False),  # the break between two roundtrips
        ("08:35:00", "depot", True),
        ("08:40:00", "depot", True),
        ("08:40:00", ".", True),
        ("09:05:00", "b", True),
        ("09:05:00", "b", True),
        ("09:05:00", ".", True),
        ("09:30:00", "depot", False),
    ]


def test_R2_without_a_separating_location_the_drive_home_ends_the_roundtrip() -> None:
    task = tiny()
    task.work("x", "a")
    task.delivery("y", "a", "b")  # picked up elsewhere: the depot does not separate
    task.performer(start="depot", finish="depot", tariff=CHEAP)
    task.transport(start="depot", finish="depot", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").drive("a", 10).serve("x").drive("depot", 10)
    trip = TripWriter(catalog).trip(route.trip(), "key", "name")
    assert ["r" in line.split()[2] for line in told(trip)] == [False, False, True, True, True, False]


def test_B2_a_break_on_the_way_splits_the_drive() -> None:
    task = tiny()
    task.work("w", "a")
    task.performer(start="depot", tariff=CHEAP)
    task.transport(start="depot", tariff=CHEAP)
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").drive("a", 6).pause_on_the_way(Action.BREAK, 30)
    route.drive("a", 4).act(Action.REST, 60).serve("w", 1)
    assert told(TripWriter(catalog).trip(route.trip(), "key", "name")) == [
        "08:00:00 depot ailw--- 0m 2c 0r",
        "08:00:00 . ---w--- RELOCATING 0m 2c 0r",
        "08:06:00 . ---w--- BREAK 6000m 8.36c 0r",
        "08:36:00 . ---w--- RELOCATING 6000m 10.16c 0r",
        "08:40:00 a ailw--- REST 10000m 14.4c 0r",
        "09:40:00 a ailwh-r ON_DEMAND w/w/event 10000m 18c 0r",
        "09:41:00 a ailw--- 10000m 18.06c 1000.1r",
    ]


def test_L5_M2_cargo_on_board_from_the_start_is_carried_and_paid() -> None:
    task = tiny()
    order = task.delivery("o", "depot", "a", mass=5)
    order["demands"] = [{**order["demands"][1], "demand_type": "DROP_FROM_BOX"}]
    order["cargos"][0]["target_box_key"] = "second"
    carriage = {"mass": 0.001, "volume": 0, "capacity_a": 0, "capacity_b": 0, "capacity_c": 0}
    task.performer(start="depot", finish="depot", tariff=CHEAP)
    task.transport(
        boxes={"first": 10, "second": 10},
        start="depot",
        finish="depot",
        tariff={**CHEAP, "transportation_cost": carriage},
    )
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").drive("a", 10).serve("o-down", box=1).drive("depot", 10)
    assert told(TripWriter(catalog).trip(route.trip(), "key", "name")) == [
        "08:00:00 depot ailw--- 0m 2c 0r",
        "08:00:00 . ---w--- RELOCATING 0m 2c 0r",
        "08:10:00 a ailwh-r ON_DEMAND o/o-down/event 10000m 62.6c 0r",
        "08:10:00 a ailw--r REMOVE:o-cargo>second 10000m 62.6c 1000.1r",
        "08:10:00 . ---w--r RELOCATING 10000m 62.6c 1000.1r",
        "08:20:00 depot ailw--- 20000m 73.2c 1000.1r",
    ]


def test_C3_S6_what_a_trip_is_called_and_pays() -> None:
    task = tiny(settings={"calculation_settings": {"result_timezone": 9, "precision": 0}})
    task.work("w", "a", reward=7.6)
    task.work("v", "b")
    task.performer("anna", start="a", tariff=CHEAP)
    task.transport("van", start="a", tariff=CHEAP)
    catalog = task.catalog()
    schedule = Route(catalog, "8:00", "a").serve("w", 30).trip(waitlist=("v",), penalty=12.5)
    trip = TripWriter(catalog).trip(schedule, "some-key", "1-HVFB")
    assert (trip.key, trip.name, trip.waitlist) == ("some-key", "1-HVFB", ["v"])
    assert [(a.key, a.value) for a in trip.attributes] == [("compatibility_penalty", "12.5")]
    assert (trip.performer.performer_key, trip.performer.shift_key) == ("anna", "anna-shift")
    assert (trip.transport.transport_key, trip.transport.shift_key) == ("van", "van-shift")
    assert [state.time.isoformat() for state in trip.states] == [
        "2026-03-02T17:00:00+09:00",
        "2026-03-02T17:00:00+09:00",
        "2026-03-02T17:30:00+09:00",
    ]
    assert [(state.cost, state.reward) for state in trip.states] == [(2, 0), (2, 0), (4, 8)]


def test_O5_M3_a_trip_that_serves_nothing_has_no_states_and_costs_nothing() -> None:
    task = tiny()
    task.work("w", "a")
    task.performer(hours="8:00-18:00")
    task.transport(hours="7:00-19:00")
    catalog = task.catalog()
    schedule = Route(catalog, "8:00", "a").trip(waitlist=("w",))
    schedule.steps = []
    trip = TripWriter(catalog).trip(schedule, "key", "name")
    assert (trip.states, trip.waitlist) == ([], ["w"])
    assert trip.performer.shift_time.start == trip.performer.shift_time.end
    assert trip.transport.shift_time.start.strftime("%H:%M") == "07:00"


def test_M3_a_trip_that_only_drives_costs_nothing() -> None:
    task = tiny()
    task.work("w", "a")
    task.performer(start="depot", finish="b", tariff=CHEAP)
    task.transport(start="depot", finish="b", tariff=CHEAP)
    catalog = task.catalog()
    trip = TripWriter(catalog).trip(Route(catalog, "8:00", "depot").drive("b", 25).trip(), "key", "name")
    assert [state.cost for state in trip.states] == [0, 0, 0]
    assert trip.states[-1].distance == 25_000
