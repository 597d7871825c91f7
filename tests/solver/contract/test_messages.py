"""Schema errors in both languages: the same places, every kind of message."""

import json
import re

import pytest

from solver.checks.describe import SCHEMA_MESSAGE
from solver.contract import PlanTask, SchemaErrors, read, read_texts
from solver.contract.messages import _WANTED
from tests.solver.checks.corruption import rich

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def told(body: bytes, language: str) -> dict[str, str]:
    """Places and messages."""
    with pytest.raises(SchemaErrors) as refused:
        read(PlanTask, body, language)
    return {error.entity or "": error.message for error in refused.value.errors}


def spoilt() -> bytes:
    task = rich()
    task["locations"] = []
    event = task["orders"][0]["demands"][0]["possible_events"][0]
    event |= {"duration": "10 minutes", "reward": "much", "location_key": 7, "hard_time_window": None}
    task["orders"][0]["demands"][1]["demand_type"] = "GIVE"
    task["orders"][1]["demands"][0]["possible_events"][0]["hard_time_window"]["from"] = "tomorrow"
    task["orders"][1]["key"] = ""
    task["plan_settings"]["calculation_settings"]["precision"] = 9
    task["plan_settings"]["trips_settings"]["penalties"] = []
    del task["transports"][0]["key"]
    return json.dumps(task).encode()


def test_the_messages_are_russian_where_that_is_asked_for() -> None:
    english, russian = told(spoilt(), "en"), told(spoilt(), "ru-RU")
    assert english.keys() == russian.keys()
    assert all(message.startswith("wanted ") for message in english.values())
    assert all(message.startswith("ожидалось: ") for message in russian.values())
    event = "orders[0].demands[0].possible_events[0]"
    assert {
        "locations": "ожидалось: список, в котором элементов не меньше 1; пришло: 0",
        f"{event}.duration": (
            'ожидалось: длительность ISO 8601 не длиннее 16 знаков, например PT1H45M; пришло: "10 minutes"'
        ),
        f"{event}.reward": 'ожидалось: число; пришло: "much"',
        f"{event}.location_key": "ожидалось: текст; пришло: 7",
        f"{event}.hard_time_window": "ожидалось: объект; пришло: null",
        "orders[1].key": 'ожидалось: текст, в котором знаков не меньше 1; пришло: ""',
        "plan_settings.calculation_settings.precision": "ожидалось: не больше 6; пришло: 9",
        "plan_settings.trips_settings.penalties": "ожидалось: объект; пришло: список из 0",
        "transports[0].key": "ожидалось: значение; пришло: ничего",
    }.items() <= russian.items()
    assert "'PICKUP_TO_BOX' или" in russian["orders[0].demands[1].demand_type"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_list_of_errors_for_readers_shows_a_real_one(language: str) -> None:
    task = rich()
    task["orders"][0]["demands"][1]["possible_events"][0]["duration"] = "10 minutes"
    (message,) = told(json.dumps(task).encode(), language).values()
    assert message == SCHEMA_MESSAGE.in_language(language)


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"x": NaN}'])
def test_what_is_no_json_is_told_in_russian_too(body: bytes) -> None:
    assert all(CYRILLIC.search(message) for message in told(body, "ru").values())


def test_parameters_of_an_address_too() -> None:
    with pytest.raises(SchemaErrors) as refused:
        read_texts(PlanTask, {"dataset_name": "x"}, "ru")
    assert refused.value.errors[0].message == "ожидалось: значение; пришло: ничего"


@pytest.mark.parametrize("kind", sorted(_WANTED))
def test_both_languages_name_the_same_bounds(kind: str) -> None:
    english, russian = (set(re.findall(r"\{\w+\}", text)) for text in _WANTED[kind])
    assert english == russian
    assert CYRILLIC.search(_WANTED[kind][1]) or "UUID" in kind.upper()
