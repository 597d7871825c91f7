"""What a plan leaves out and why, names of trips, and the report as a whole."""

from random import Random
from typing import Any

import pytest

from solver.contract import EntityWarning, EntityWarningType, HardlinkElementType, write
from solver.problem.build import build
from solver.report import Reasons, Report, report
from solver.report.names import Namer
from solver.report.texts import RUSSIAN, Text, tell
from solver.schedule.timeline import TripSchedule
from tests.solver.report.horizons import horizon
from tests.solver.report.test_statistics import limited
from tests.solver.report.tiny import EPOCH, Route, Tiny, window
from tests.solver.report.witness import Indices

KIND = EntityWarningType


def why(task: Tiny, order: str = "o", language: str = "en", *, busy: bool = True) -> EntityWarning:
    """The reason for an order; ``busy``: every shift has a trip already."""
    problem = build(task.task(), EPOCH)
    index = [item.key for item in problem.catalog.orders].index(order)
    count = min(len(problem.catalog.performer_shifts), len(problem.catalog.transport_shifts))
    trips = [TripSchedule(number, number, []) for number in range(count if busy else 0)]
    (found,) = Reasons(problem, language)([index], trips)
    assert [(path.entity_type, path.entity_key) for path in found.entities] == [("ORDER", order)]
    return found


def delivery(**more: Any) -> Tiny:
    """One parcel from the depot to a, 10 km away, and everything it needs."""
    task = Tiny({"depot": 0, "a": 10})
    task.delivery("o", "depot", "a", mass=5, **more)
    task.performer(start="depot", finish="depot")
    task.transport(start="depot", finish="depot")
    return task


def test_S6_keys_and_names_come_from_the_seed() -> None:
    first, again, other = (Namer(Random(seed)) for seed in (1, 1, 2))
    key = first.key("shift")
    assert key == again.key("shift") != other.key("shift")
    assert key.endswith("-shift")
    assert len(key) == 36 + len("-shift")
    names = [first.name() for _ in range(300)]
    assert names == [again.name() for _ in range(300)]
    assert len({name.split("-")[0] for name in names}) == 300
    assert all(len(name.split("-")[1]) == 4 and name.split("-")[1].isupper() for name in names)


def test_S6_a_key_never_passes_the_contract() -> None:
    assert len(Namer(Random(1)).key("s" * 1024)) == 1024


def small_report(seed: int = 1, **more: Any) -> Report:
    task = Tiny({"depot": 0, "a": 10, "b": 20})
    for key in ("w", "v", "u"):
        task.work(key, "a")
    for key in ("anna", "boris"):
        task.performer(key, start="depot")
        task.transport(f"{key}-van", start="depot")
    linked = [("full", "ORDER", "u"), ("empty", "PERFORMER_SHIFT", "boris-shift")]
    task.hardlinks = [
        {"key": key, "links": [{"type": kind, "entity_key": item}, {"type": "ORDER", "entity_key": other}]}
        for (key, kind, item), other in zip(linked, ("w", "v"), strict=True)
    ]
    catalog = task.catalog()
    route = Route(catalog, "8:00", "depot").drive("a", 10).serve("w").trip(waitlist=("u",))
    return report(catalog, [route], horizon=horizon(task.task()), seed=seed, **more)


def test_U1_what_is_in_no_trip_and_on_no_waitlist_is_unplanned() -> None:
    unplanned = small_report().unplanned
    assert (unplanned.order_keys, unplanned.order_keys_count) == (["v"], 1)
    assert (unplanned.performer_keys, unplanned.performer_keys_count) == (["boris"], 1)
    assert (unplanned.transport_keys, unplanned.transport_keys_count) == (["boris-van"], 1)
    assert (unplanned.hardlink_keys, unplanned.hardlink_keys_count) == (["empty"], 1)
    assert HardlinkElementType.ORDER == "ORDER"


def test_S6_the_same_seed_gives_the_same_report() -> None:
    first, again, other = small_report(1), small_report(1), small_report(2)
    assert write(first.trips) == write(again.trips)
    assert write(first.statistics) == write(again.statistics)
    assert first.trips[0].key != other.trips[0].key


def test_U2_only_unplanned_orders_are_explained() -> None:
    asked: list[list[int]] = []

    def explain(orders: Any, _trips: Any) -> list[EntityWarning]:
        asked.append(list(orders))
        return [EntityWarning(type=KIND.NO_AVAILABLE_TRANSPORT, info="because", entities=[])]

    assert [warning.info for warning in small_report(explain=explain).warnings] == ["because"]
    assert asked == [[1]]


def test_Y2_a_limit_penalty_over_the_allowed_sum_is_a_warning() -> None:
    task, planned, trips = limited()
    catalog = task.catalog()
    routes = [Indices(catalog).schedule(trips[0])]
    settings = catalog.task.plan_settings.trips_settings
    settings.penalties.max_locations_limits_penalty = 65.0
    assert report(catalog, routes, horizon=horizon(planned), seed=1).warnings == []
    settings.penalties.max_locations_limits_penalty = 64.9
    (warning,) = report(catalog, routes, horizon=horizon(planned), seed=1).warnings
    assert warning.type == KIND.MAX_LOCATIONS_LIMITS_PENALTY_EXCEEDED
    assert warning.info == "Location limits cost 65, more than the 64.9 that is allowed: a."
    assert [(path.entity_type, path.entity_key) for path in warning.entities] == [("LOCATION", "a")]


def test_U2_every_suitable_trip_is_full() -> None:
    found = why(delivery())
    assert (found.type, found.info) == (KIND.NO_AVAILABLE_TRANSPORT, Text.FULL.value)


def test_U2_an_order_that_an_idle_vehicle_could_carry_is_not_told_that_all_are_full() -> None:
    assert why(delivery(), busy=False).info == Text.NOT_FOUND.value


def test_U2_O4_a_performer_who_may_not_work_another_shift_is_not_idle() -> None:
    task = delivery()
    performer = task.performers[0]
    performer["limits"] = {"max_work_shifts": 1}
    performer["shifts"].append(
        {**performer["shifts"][0], "key": "late", "availability_time": window("19:00-23:00")}
    )
    performer["shifts"][1]["working_time"] = window("19:00-23:00")
    task.transport("other", start="depot", finish="depot")
    problem = build(task.task(), EPOCH)
    explain = Reasons(problem)
    (full,) = explain([0], [TripSchedule(0, 0, [])])
    assert full.info == Text.FULL.value
    performer["limits"] = {}
    (found,) = Reasons(build(task.task(), EPOCH))([0], [TripSchedule(0, 0, [])])
    assert found.info == Text.NOT_FOUND.value


def test_U2_full_or_not_worth_it_where_money_counts() -> None:
    task = delivery()
    task.settings = {"trips_settings": {"configuration": "optimize_money"}}
    assert why(task).info == Text.UNPROFITABLE.value


def test_U2_no_performer_has_the_tags() -> None:
    task = delivery()
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["cold"]}
    found = why(task)
    assert (found.type, found.info) == (KIND.NO_COMPATIBLE_PERFORMER, Text.PERFORMER_TAGS.value)


def test_U2_no_transport_may_drive_there() -> None:
    task = delivery()
    task.locations["a"]["compatibilities"] = {"transport_restrictions": ["small"]}
    found = why(task)
    assert found.type == KIND.NO_COMPATIBLE_TRANSPORT
    assert found.info == "No suitable transport may drive to location a."


def test_U2_too_much_cargo() -> None:
    task = delivery()
    task.transports[0]["boxes"][0]["capacity"] = {"mass": 4}
    assert why(task).type == KIND.NO_COMPATIBLE_TRANSPORT


def test_U2_no_box_takes_the_cargo() -> None:
    task = delivery()
    task.transports[0]["boxes"] = [{"key": f"box-{i}", "capacity": {"mass": 4}} for i in range(2)]
    found = why(task)
    assert found.type == KIND.NO_COMPATIBLE_TRANSPORT
    assert found.info is not None
    assert found.info.startswith("No box of a suitable transport takes cargo o-cargo")


def test_U2_too_late_even_alone() -> None:
    found = why(delivery(hard="7:00-8:09"))
    assert found.type == KIND.NO_AVAILABLE_PERFORMER
    assert found.info is not None
    assert found.info.startswith(tell(Text.WINDOW, "en", demand="o-down"))
    assert why(delivery(hard="7:00-8:10")).info == Text.FULL.value


def test_U2_not_back_before_the_shift_ends() -> None:
    task = delivery()
    task.performers[0]["shifts"][0]["availability_time"] = window("8:00-8:19")
    found = why(task)
    assert found.type == KIND.NO_AVAILABLE_PERFORMER
    assert found.info is not None
    assert found.info.startswith(Text.SHIFT.value)


def test_U2_the_tariff_ends_too_soon() -> None:
    task = delivery()
    task.transports[0]["shifts"][0]["tariff"] = {"constraints": [{"stage_length": 19_000}]}
    found = why(task)
    assert (found.type, found.info) == (
        KIND.NO_AVAILABLE_TRANSPORT,
        f"{Text.DISTANCE.value} {tell(Text.FAR, 'en', metres=1000)}",
    )


def test_U2_no_way_there() -> None:
    task = delivery()
    document = task.document()
    document["external_routing"][0]["matrix"]["durations"][0][1] = -1
    task.document = lambda: document  # type: ignore[method-assign]  # one leg is taken out of the matrix
    assert why(task).info == Text.NO_LEG.value


def test_U2_the_nearest_attempt_gives_the_reason() -> None:
    """One performer lacks the tag, the other is too late: the second came further."""
    task = delivery(hard="7:00-8:05")
    task.orders[0]["compatibilities"] = {"performer_restrictions": ["cold"]}
    task.performer("boris", start="depot", compatibilities={"performer_features": ["cold"]})
    assert why(task).type == KIND.NO_AVAILABLE_PERFORMER


def test_U2_another_possible_event_is_tried_before_a_reason_is_given() -> None:
    task = delivery(hard="7:00-8:05")
    later = task.event("a", "12:00-13:00", key="later")
    task.orders[0]["demands"][1]["possible_events"].append(later)
    assert why(task).info == Text.FULL.value


@pytest.mark.parametrize("text", list(Text))
def test_U2_every_sentence_is_told_in_russian_too(text: Text) -> None:
    words = {part.split("}")[0] for part in text.value.split("{")[1:]}
    values = dict.fromkeys(words, "XX")
    assert set(RUSSIAN) == set(Text)
    assert tell(text, "ru-RU", **values).count("XX") == tell(text, "en", **values).count("XX") == len(words)


def test_U2_reasons_speak_the_language_asked_for() -> None:
    assert why(delivery(), language="ru").info == RUSSIAN[Text.FULL]
