"""Changes that break the rules of one trip: T, W, L, O, C, M, B."""

from tests.solver.oracle.spoil import (
    Document,
    breaks,
    cargo,
    demand,
    doing,
    event,
    later,
    matrix,
    order,
    place,
    reverse,
    served,
    shifted,
    states,
    use,
    work,
)
from tests.solver.report.tiny import window


@breaks("T1")
def plain_leg_takes_longer_in_the_matrix(task: Document, result: Document) -> None:
    reverse(matrix(task, "CAR"), "durations")


@breaks("T1")
def plain_leg_is_longer_in_the_matrix(task: Document, result: Document) -> None:
    reverse(matrix(task, "CAR"), "distances")


@breaks("T1")
def one_leg_of_two_lengths_without_a_matrix(task: Document, result: Document) -> None:
    task["external_routing"] = []
    task["plan_settings"]["geo_settings"] = {"flight_distance": True}


@breaks("T2")
def leg_that_does_not_exist(task: Document, result: Document) -> None:
    found = matrix(task, "TRUCK_3000")["matrix"]
    found["distances"] = [[-1] * len(row) for row in found["distances"]]


@breaks("T3", "teleported")
def teleport_that_takes_metres(task: Document, result: Document) -> None:
    for state in states(result)[3:]:
        state["distance"] = 10_000


@breaks("T4")
def speed_that_nobody_kept(task: Document, result: Document) -> None:
    task["plan_settings"]["trips_settings"]["assumptions"]["transport_speed_multipliers"][0]["speed"] = 3


@breaks("T5")
def drive_to_where_it_stands(task: Document, result: Document) -> None:
    for state in states(result):
        if state.get("location_key") == "b":
            state["location_key"] = "a"


@breaks("T6")
def own_leg_by_another_kind(task: Document, result: Document) -> None:
    reverse(matrix(task, "CAR"), "durations")
    task["performers"][0]["own_transport_type"] = "CAR"


@breaks("T6")
def start_somewhere_else(task: Document, result: Document) -> None:
    work(task, 1)["start_location_key"] = "home"


@breaks("W1")
def performer_is_not_there_yet(task: Document, result: Document) -> None:
    work(task)["availability_time"] = window("7:41-20:00")


@breaks("W1")
def transport_is_not_there_any_more(task: Document, result: Document) -> None:
    use(task)["availability_time"] = window("7:00-9:37")


@breaks("W1")
def work_before_working_time(task: Document, result: Document) -> None:
    work(task)["working_time"] = window("8:00-19:00")


@breaks("W1")
def transport_told_in_use_from_the_start(task: Document, result: Document) -> None:
    trip = result["trips"][0]
    trip["transport"]["shift_time"]["from"] = trip["performer"]["shift_time"]["from"]


@breaks("W2")
def hard_window_closes_earlier(task: Document, result: Document) -> None:
    event(task, "w")["hard_time_window"] = window("8:00-8:30")


@breaks("W2")
def location_closes_earlier(task: Document, result: Document) -> None:
    place(task, "a")["timetable"][0]["work_window"] = window("8:15-8:30")


@breaks("W2")
def service_from_one_work_window_into_the_next(task: Document, result: Document) -> None:
    timetable = [{"work_window": window("8:15-8:30")}, {"work_window": window("8:31-17:00")}]
    place(task, "a")["timetable"] = timetable


@breaks("W3")
def parking_takes_longer(task: Document, result: Document) -> None:
    place(task, "garage")["arrival_duration"] = "PT3M"


@breaks("W3")
def leaving_takes_longer(task: Document, result: Document) -> None:
    place(task, "garage")["departure_duration"] = "PT90S"


@breaks("W3")
def leaving_in_the_middle_of_a_stop(task: Document, result: Document) -> None:
    first, second = doing(result, "ARRIVAL"), doing(result, "DEPARTURE")
    first["flags"], second["flags"] = second["flags"], first["flags"]


@breaks("W4")
def service_is_shorter_than_asked(task: Document, result: Document) -> None:
    event(task, "y-up")["duration"] = "PT4M"


@breaks("W4")
def extra_duration_is_left_out(task: Document, result: Document) -> None:
    task["performers"][0]["limits"]["demand_extra_durations"] = []


@breaks("W5")
def soft_violation_is_hidden(task: Document, result: Document) -> None:
    hidden = {"demand_keys": [], "count": 0}
    result["statistics"]["quality"]["soft_time_window_violations"]["after"] = hidden


@breaks("W6", "roundtrips")
def later_finish_than_needed(task: Document, result: Document) -> None:
    shifted(result, 60)


@breaks("W6", "roundtrips")
def earlier_start_than_needed(task: Document, result: Document) -> None:
    state = states(result)[0]
    state["time"] = later(state["time"], -120)
    state["flags"].append("WAITING")


@breaks("W6", "shortest")
def waiting_that_could_be_left_out(task: Document, result: Document) -> None:
    there, last = states(result), served(result, "y-down")
    number = there.index(last)
    waiting = {**last, "flags": [*last["flags"], "WAITING"]}
    waiting["flags"].remove("ON_DEMAND")
    for key in ("order_key", "demand_key", "event_key"):
        waiting.pop(key)
    there.insert(number, waiting)
    for state in there[: number + 1]:
        state["time"] = later(state["time"], -600)


@breaks("W7")
def performer_feature_ends_too_early(task: Document, result: Document) -> None:
    lives = task["performers"][0]["compatibilities"]["performer_features_lifetimes"]
    lives[0]["time_windows"] = [window("6:00-9:00")]


@breaks("W7")
def transport_feature_begins_too_late(task: Document, result: Document) -> None:
    lives = task["transports"][0]["compatibilities"]["transport_features_lifetimes"]
    lives[0]["time_windows"] = [window("8:00-22:00")]


@breaks("L2", about="L1")
def another_measure_is_over(task: Document, result: Document) -> None:
    cargo(task, "x-cargo")["capacity"]["volume"] = 1


@breaks("L2")
def box_is_overloaded(task: Document, result: Document) -> None:
    task["transports"][0]["boxes"][0]["capacity"]["mass"] = 4.9


@breaks("L2")
def all_boxes_together_are_overloaded(task: Document, result: Document) -> None:
    task["transports"][0]["limits"]["max_capacity"]["mass"] = 6.4


@breaks("L2")
def single_cargo_is_too_big(task: Document, result: Document) -> None:
    task["transports"][0]["boxes"][0]["limits"]["max_one_cargo_capacity"]["mass"] = 5.9


@breaks("L2")
def too_many_boxes(task: Document, result: Document) -> None:
    task["transports"][0]["limits"]["max_boxes"] = 1


@breaks("L3")
def cargo_is_not_turned(task: Document, result: Document) -> None:
    cargo(task, "x-cargo")["compatibilities"]["rotation"] = ["PITCH"]


@breaks("L4")
def cargo_changes_its_box(task: Document, result: Document) -> None:
    served(result, "y-down", 1)["cargo_actions"][0]["box_key"] = "two"


@breaks("L4")
def box_of_another_transport(task: Document, result: Document) -> None:
    for action in served(result, "k-up", 1)["cargo_actions"]:
        action["box_key"] = "car-box"


@breaks("L5")
def pickup_leaves_its_cargo(task: Document, result: Document) -> None:
    served(result, "x-up", 1)["cargo_actions"] = []


@breaks("L5")
def cargo_lies_in_another_box(task: Document, result: Document) -> None:
    cargo(task, "f-cargo")["target_box_key"] = "one"


@breaks("L2", about="L6")
def capacity_is_not_multiplied(task: Document, result: Document) -> None:
    task["plan_settings"]["trips_settings"]["assumptions"]["transport_capacity_multipliers"] = []


@breaks("O1")
def demand_is_not_served(task: Document, result: Document) -> None:
    order(task, "w")["demands"].append({**demand(task, "w"), "key": "w-too"})


@breaks("O1")
def event_of_another_place(task: Document, result: Document) -> None:
    served(result, "z", trip=1)["event_key"] = "event"


@breaks("O1")
def demand_nobody_asked_for(task: Document, result: Document) -> None:
    served(result, "w")["demand_key"] = "unknown"


@breaks("O2")
def dropped_before_it_is_picked_up(task: Document, result: Document) -> None:
    for key in ("x-up", "x-down"):
        other = {"x-up": "x-down", "x-down": "x-up"}[key]
        state = next(s for s in states(result) if s.get("demand_key") == key and "swapped" not in s)
        state.update(demand_key=other, swapped=True)


@breaks("O3")
def precedence_in_order(task: Document, result: Document) -> None:
    demand(task, "x-up")["precedence_in_order"] = 3


@breaks("O3")
def precedence_in_trip(task: Document, result: Document) -> None:
    demand(task, "w")["precedence_in_trip"] = 3


@breaks("O4")
def too_many_stops(task: Document, result: Document) -> None:
    work(task)["max_stops"] = 6


@breaks("O4")
def too_many_locations(task: Document, result: Document) -> None:
    work(task)["max_locations"] = 4


@breaks("C1")
def order_needs_another_performer(task: Document, result: Document) -> None:
    order(task, "z")["compatibilities"] = {"performer_restrictions": ["strong"]}


@breaks("C1")
def performer_is_on_the_blacklist(task: Document, result: Document) -> None:
    order(task, "w")["compatibilities"]["performer_blacklist"] = ["adr"]


@breaks("C1")
def transport_may_not_go_there(task: Document, result: Document) -> None:
    place(task, "b")["compatibilities"] = {"transport_restrictions": ["small"]}


@breaks("C1")
def transport_may_not_finish_there(task: Document, result: Document) -> None:
    place(task, "garage")["compatibilities"] = {"transport_restrictions": ["small"]}


@breaks("C1")
def transport_needs_another_performer(task: Document, result: Document) -> None:
    task["transports"][1]["compatibilities"] = {"performer_restrictions": ["strong"]}


@breaks("C1")
def performer_needs_another_transport(task: Document, result: Document) -> None:
    task["performers"][1]["compatibilities"] = {"transport_restrictions": ["new"]}


@breaks("C1")
def cargo_needs_another_box(task: Document, result: Document) -> None:
    cargo(task, "y-cargo")["compatibilities"]["box_restrictions"] = ["cold"]


@breaks("C2")
def orders_that_do_not_go_together(task: Document, result: Document) -> None:
    order(task, "k")["compatibilities"]["order_features"] = []


@breaks("C2")
def cargos_that_do_not_go_together(task: Document, result: Document) -> None:
    cargo(task, "y-cargo")["compatibilities"]["cargo_features"] = []


@breaks("C3")
def penalties_are_not_allowed(task: Document, result: Document) -> None:
    work(task)["tariff"]["max_penalty_cost"] = None


@breaks("C3")
def penalty_is_not_told(task: Document, result: Document) -> None:
    result["trips"][0]["attributes"] = []


@breaks("C3")
def penalty_that_nothing_costs(task: Document, result: Document) -> None:
    attribute = {"key": "compatibility_penalty", "value": "7"}
    result["trips"][1]["attributes"] = [attribute]


@breaks("M1")
def trip_is_longer_than_the_stages(task: Document, result: Document) -> None:
    work(task)["tariff"]["constraints"] = [{"stage_length": "PT2H", "cost_per_unit": 0.01}]


@breaks("M2")
def trip_is_farther_than_the_stages(task: Document, result: Document) -> None:
    use(task)["tariff"]["constraints"] = [{"stage_length": 69_999, "cost_per_unit": 0.001}]


@breaks("B1")
def break_that_no_rule_asks_for(task: Document, result: Document) -> None:
    work(task)["work_and_rest_rules"] = {}


@breaks("B2")
def break_comes_too_late(task: Document, result: Document) -> None:
    rules = work(task)["work_and_rest_rules"]["break_rules"]
    rules["first"] = {**rules["first"], "operating_duration_sum": "PT57M"}


@breaks("B2")
def break_is_too_short(task: Document, result: Document) -> None:
    rules = work(task)["work_and_rest_rules"]["break_rules"]
    rules["first"] = {**rules["first"], "duration": "PT31M"}


@breaks("B3", "rested")
def rest_comes_too_late(task: Document, result: Document) -> None:
    rule = work(task)["work_and_rest_rules"]["rest_rules"]["consecutive"]
    rule["relocating_duration_sum"] = "PT59M"


@breaks("B3", "rested")
def rest_on_the_way_of_a_leg_that_needs_none(task: Document, result: Document) -> None:
    rule = work(task)["work_and_rest_rules"]["rest_rules"]["consecutive"]
    rule["relocating_duration_sum"] = "PT2H"


@breaks("B3", "rested", about="B5")
def wait_is_shorter_than_the_rest(task: Document, result: Document) -> None:
    rule = work(task)["work_and_rest_rules"]["rest_rules"]["consecutive"]
    rule.update(duration="PT3H")
