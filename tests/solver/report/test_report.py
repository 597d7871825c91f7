"""What a plan leaves out and why, names of trips, and the report as a whole."""

from random import Random
from typing import Any

import pytest

from solver.contract import EntityWarningType, HardlinkElementType, write
from solver.report import Report, report
from solver.report.names import Namer
from solver.report.texts import RUSSIAN, Text, tell
from tests.solver.report.horizons import horizon
from tests.solver.report.test_statistics import limited
from tests.solver.report.tiny import Route, Tiny
from tests.solver.report.witness import Indices

KIND = EntityWarningType


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


@pytest.mark.parametrize("text", list(Text))
def test_every_sentence_is_told_in_russian_too(text: Text) -> None:
    words = {part.split("}")[0] for part in text.value.split("{")[1:]}
    values = dict.fromkeys(words, "XX")
    assert set(RUSSIAN) == set(Text)
    assert tell(text, "ru-RU", **values).count("XX") == tell(text, "en", **values).count("XX") == len(words)
