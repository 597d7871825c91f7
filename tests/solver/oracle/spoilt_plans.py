"""Changes that break the rules of states, statistics and of the plan as a whole: S, X, R, M, O, U, Y, K."""

from tests.solver.oracle.spoil import (
    Document,
    breaks,
    cargo,
    doing,
    drop_flag,
    figures,
    find,
    general,
    later,
    place,
    served,
    states,
    use,
    work,
)


@breaks("S")
def state_in_another_timezone(task: Document, result: Document) -> None:
    task["plan_settings"]["calculation_settings"]["result_timezone"] = 2


@breaks("S")
def state_before_the_one_before(task: Document, result: Document) -> None:
    state = states(result)[5]
    state["time"] = later(state["time"], -3600)


@breaks("S1")
def serving_outside_the_place(task: Document, result: Document) -> None:
    drop_flag(served(result, "w"), "INSIDE_LOCATION")


@breaks("S1")
def parking_inside_the_place(task: Document, result: Document) -> None:
    doing(result, "ARRIVAL")["flags"].append("INSIDE_LOCATION")


@breaks("S1")
def waiting_nowhere(task: Document, result: Document) -> None:
    drop_flag(doing(result, "WAITING"), "AROUND_LOCATION")


@breaks("S2")
def two_actions_at_once(task: Document, result: Document) -> None:
    doing(result, "WAITING")["flags"].append("BREAK")


@breaks("S3")
def working_window_is_not_shown(task: Document, result: Document) -> None:
    drop_flag(doing(result, "RELOCATING"), "INSIDE_WORKING_WINDOW")


@breaks("S3")
def closed_place_is_shown_open(task: Document, result: Document) -> None:
    doing(result, "WAITING")["flags"].append("INSIDE_LOCATION_WINDOW")


@breaks("S3")
def soft_window_ends_inside_a_state(task: Document, result: Document) -> None:
    later_half = served(result, "x-down", 1)
    states(result).remove(later_half)


@breaks("S4")
def trip_ends_in_an_action(task: Document, result: Document) -> None:
    states(result)[-1]["flags"].append("WAITING")


@breaks("S4")
def no_state_after_the_service(task: Document, result: Document) -> None:
    states(result).remove(served(result, "w", 1))


@breaks("S4")
def cargo_moves_away_from_its_service(task: Document, result: Document) -> None:
    after = served(result, "x-up", 1)
    doing(result, "RELOCATING", 1)["cargo_actions"] = after["cargo_actions"]
    after["cargo_actions"] = []


@breaks("S4")
def order_of_another_demand(task: Document, result: Document) -> None:
    served(result, "w")["order_key"] = "x"


@breaks("S5")
def distance_of_a_state(task: Document, result: Document) -> None:
    served(result, "w")["distance"] += 1


@breaks("S5")
def cost_of_a_state(task: Document, result: Document) -> None:
    served(result, "w")["cost"] += 0.01


@breaks("S5")
def reward_comes_too_early(task: Document, result: Document) -> None:
    served(result, "w")["reward"] += 1000.1


@breaks("S6")
def key_without_its_shift(task: Document, result: Document) -> None:
    result["trips"][0]["key"] = result["trips"][0]["key"][:36]


@breaks("S6")
def name_of_words(task: Document, result: Document) -> None:
    result["trips"][0]["name"] = "Monday"


@breaks("S6")
def two_trips_of_one_name(task: Document, result: Document) -> None:
    result["trips"][0]["name"] = result["trips"][1]["name"]


@breaks("S6")
def shift_time_of_another_length(task: Document, result: Document) -> None:
    span = result["trips"][0]["performer"]["shift_time"]
    span["to"] = later(span["to"], 60)


@breaks("R2")
def roundtrip_flag_is_missing(task: Document, result: Document) -> None:
    drop_flag(doing(result, "RELOCATING", 2), "DURING_ROUNDTRIP")


@breaks("R2", "roundtrips", about="R1")
def roundtrips_are_not_parted(task: Document, result: Document) -> None:
    work(task)["start_location_key"] = None


@breaks("R2", "roundtrips")
def roundtrips_are_counted_wrong(task: Document, result: Document) -> None:
    figures(result)["roundtrip_statistics"].pop()


@breaks("X1")
def driving_time(task: Document, result: Document) -> None:
    general(result)["measurements"]["driving_time"] = "PT1H"


@breaks("X1")
def total_time(task: Document, result: Document) -> None:
    result["statistics"]["total_statistics"]["measurements"]["total_time"] = "PT1H"


@breaks("X1")
def stop_without_its_drive(task: Document, result: Document) -> None:
    stop = figures(result)["stop_statistics"][2]
    stop["measurements"]["time_window"]["from"] = stop["stop_time_window"]["from"]


@breaks("X1")
def time_without_an_action(task: Document, result: Document) -> None:
    drop_flag(doing(result, "BREAK"), "BREAK")


@breaks("X2")
def stops_count(task: Document, result: Document) -> None:
    general(result)["stops_count"] += 1


@breaks("X2")
def locations_count(task: Document, result: Document) -> None:
    result["statistics"]["total_statistics"]["locations_count"] -= 1


@breaks("X3")
def orders_count(task: Document, result: Document) -> None:
    general(result)["orders_count"] -= 1


@breaks("X3")
def performers_count(task: Document, result: Document) -> None:
    result["statistics"]["total_statistics"]["performers_count"] = 1


@breaks("X4")
def average_speed_in_kilometres(task: Document, result: Document) -> None:
    general(result)["average_speed"] /= 3.6


@breaks("X4", "roundtrips")
def average_roundtrip_of_one(task: Document, result: Document) -> None:
    general(result)["average_roundtrip_distance"] *= 2


@breaks("X5")
def ratio_of_plain_capacity(task: Document, result: Document) -> None:
    general(result)["cargo_capacity_ratio"]["mass"] *= 2


@breaks("X5")
def full_where_there_is_no_capacity(task: Document, result: Document) -> None:
    general(result)["max_transport_load"]["volume"] = 1


@breaks("X6")
def load_of_a_trip(task: Document, result: Document) -> None:
    figures(result)["load_statistics"]["total_load"]["count"] -= 1


@breaks("X6")
def load_on_the_way(task: Document, result: Document) -> None:
    figures(result)["load_statistics"]["max_transfer_load"]["capacity"]["mass"] = 10


@breaks("X6")
def load_of_a_stop(task: Document, result: Document) -> None:
    figures(result)["stop_statistics"][3]["download"]["capacity"]["mass"] += 1


@breaks("X7")
def horizon(task: Document, result: Document) -> None:
    span = result["statistics"]["task_statistics"]["planning_horizon"]
    span["from"] = later(span["from"], 60)


@breaks("X8", "limited")
def location_with_limits_is_not_told(task: Document, result: Document) -> None:
    result["statistics"]["locations_statistics"] = []


@breaks("X9", "limited")
def penalty_of_all_limits(task: Document, result: Document) -> None:
    result["statistics"]["quality"]["locations_limits_penalty"] = 0


@breaks("X9")
def hard_violation_that_is_none(task: Document, result: Document) -> None:
    violations = result["statistics"]["quality"]["hard_time_window_violations"]
    violations["after"] = {"demand_keys": ["w"], "count": 1}


@breaks("X10")
def statistics_of_another_trip(task: Document, result: Document) -> None:
    figures(result)["trip_key"] = "other"


@breaks("M3")
def profit_does_not_follow(task: Document, result: Document) -> None:
    general(result)["profit"] += 1


@breaks("M3", about="X10")
def total_cost_is_not_the_sum(task: Document, result: Document) -> None:
    result["statistics"]["total_statistics"]["cost"] += 1


@breaks("M3", about="M2")
def carriage_costs_more(task: Document, result: Document) -> None:
    use(task)["tariff"]["transportation_cost"]["mass"] = 0.001


@breaks("M3", about="M1")
def second_stage_costs_more(task: Document, result: Document) -> None:
    work(task)["tariff"]["constraints"][1]["cost_per_unit"] = 0.03


@breaks("O1")
def order_planned_twice(task: Document, result: Document) -> None:
    state = served(result, "z", trip=1)
    state.update(order_key="w", demand_key="w", event_key="event")


@breaks("O4")
def performer_works_too_many_shifts(task: Document, result: Document) -> None:
    for who in ("performer",):
        result["trips"][1][who].update(performer_key="anna", shift_key="anna-late")


@breaks("O5")
def linked_order_is_left_out(task: Document, result: Document) -> None:
    result["trips"][0]["waitlist"] = []
    result["unplanned_items"]["order_keys"].append("v")
    result["unplanned_items"]["order_keys_count"] += 1


@breaks("O5")
def linked_order_waits_for_another_trip(task: Document, result: Document) -> None:
    result["trips"][1]["waitlist"] = result["trips"][0]["waitlist"]
    result["trips"][0]["waitlist"] = []


@breaks("O5")
def order_waits_though_nothing_links_it(task: Document, result: Document) -> None:
    task["hardlinks"] = [link for link in task["hardlinks"] if link["key"] != "tied"]


@breaks("O5")
def trip_for_nothing(task: Document, result: Document) -> None:
    result["trips"][1]["states"] = []


@breaks("O6")
def shift_in_two_trips(task: Document, result: Document) -> None:
    result["trips"][1]["transport"] = result["trips"][0]["transport"]


@breaks("O6")
def shift_of_another_performer(task: Document, result: Document) -> None:
    result["trips"][1]["performer"]["performer_key"] = "carl"


@breaks("U1")
def order_is_nowhere(task: Document, result: Document) -> None:
    result["unplanned_items"].update(order_keys=[], order_keys_count=0)


@breaks("U1")
def order_is_planned_and_unplanned(task: Document, result: Document) -> None:
    result["unplanned_items"]["order_keys"].append("w")
    result["unplanned_items"]["order_keys_count"] += 1


@breaks("U1")
def count_of_unplanned(task: Document, result: Document) -> None:
    result["unplanned_items"]["order_keys_count"] += 1


@breaks("U1")
def idle_performer_is_not_told(task: Document, result: Document) -> None:
    result["unplanned_items"].update(performer_keys=[], performer_keys_count=0)


@breaks("U1")
def hardlink_with_nothing_planned(task: Document, result: Document) -> None:
    result["unplanned_items"].update(hardlink_keys=[], hardlink_keys_count=0)


@breaks("Y1", "limited")
def penalty_of_one_limit(task: Document, result: Document) -> None:
    result["statistics"]["locations_statistics"][0]["limits_statistics"][0]["location_limit_penalty"] = 0


@breaks("Y1", "limited")
def another_step_of_a_limit(task: Document, result: Document) -> None:
    limits = place(task, "a")["timetable"][0]["limits"]
    find(limits, "early")["max_transports"][0]["count"] = 0.1


@breaks("Y2", "limited")
def limits_cost_more_than_allowed(task: Document, result: Document) -> None:
    task["plan_settings"]["trips_settings"]["penalties"]["max_locations_limits_penalty"] = 64


@breaks("K1")
def two_cargos_of_one_key(task: Document, result: Document) -> None:
    cargo(task, "y-cargo")["key"] = "x-cargo"


@breaks("K1")
def two_boxes_of_one_key(task: Document, result: Document) -> None:
    boxes = task["transports"][0]["boxes"]
    boxes.append(boxes[0])


@breaks("K2")
def target_box_that_two_transports_share(task: Document, result: Document) -> None:
    task["transports"][1]["boxes"][0]["key"] = "two"
