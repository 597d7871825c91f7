"""Our types accept and refuse exactly what the contract's schemas do, property by property."""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import solver.contract as contract
from solver.contract import SchemaErrors, read, write
from solver.contract.duration import PATTERN, format_duration, parse_duration
from tests.solver.contract.schemas import (
    DEFINITIONS,
    ENUMS,
    OBJECTS,
    definitions,
    smallest,
    target,
)

LONGEST_LIST_TRIED = 1000
UNLIMITED_WHEN_ABSENT = {("BoxLimits", "max_one_cargo_capacity"), ("TransportLimits", "max_capacity")}


def kind(name: str) -> Any:
    return getattr(contract, name)


def attribute(name: str) -> str:
    return {"from": "start", "to": "end"}.get(name, name)


def faults(name: str, value: Any) -> list[str]:
    """Paths of the errors of a value read as the named type."""
    try:
        read(kind(name), json.dumps(value).encode())
    except SchemaErrors as found:
        return [str(error.entity) for error in found.errors]
    return []


def changed(name: str, field: str, value: Any) -> dict[str, Any]:
    return smallest(OBJECTS[name]) | {field: value}


def accepts(name: str, field: str, value: Any) -> bool:
    found = faults(name, changed(name, field, value))
    assert all(path == field or path.startswith((f"{field}.", f"{field}[")) for path in found)
    return not found


def every_property(check: Callable[[str, str], None]) -> Callable[[str], None]:
    """A test a type that checks each of its properties."""

    @pytest.mark.parametrize("name", OBJECTS)
    def test(name: str) -> None:
        for field in OBJECTS[name]["properties"]:
            check(name, field)

    return test


def test_services_agree_on_what_they_share() -> None:
    universal, account = definitions("universal"), definitions("account")
    assert all(universal[name] == account[name] for name in universal.keys() & account.keys())


def test_every_type_is_exported() -> None:
    assert DEFINITIONS.keys() <= set(contract.__all__)


@pytest.mark.parametrize("name", ENUMS)
def test_enums(name: str) -> None:
    assert [item.value for item in kind(name)] == ENUMS[name]


@pytest.mark.parametrize("name", OBJECTS)
def test_field_names_and_required(name: str) -> None:
    schema = OBJECTS[name]
    ours = {field.name: field for field in fields(kind(name))}
    assert list(ours) == [attribute(key) for key in schema["properties"]]
    required = {key for key, f in ours.items() if f.default is MISSING and f.default_factory is MISSING}
    assert required == {attribute(key) for key in schema.get("required", [])}


@pytest.mark.parametrize("name", OBJECTS)
def test_missing_fields_are_all_told(name: str) -> None:
    assert sorted(faults(name, {})) == sorted(OBJECTS[name].get("required", []))
    assert faults(name, []) == [""]


@pytest.mark.parametrize("name", OBJECTS)
def test_unknown_fields_are_ignored(name: str) -> None:
    assert not faults(name, smallest(OBJECTS[name]) | {"unknown": [{}]})


@every_property
def test_null(name: str, field: str) -> None:
    schema = OBJECTS[name]
    assert accepts(name, field, None) == schema["properties"][field].get("nullable", False)
    if field not in schema.get("required", []):
        absent = read(kind(name), json.dumps(smallest(schema)).encode())
        assert read(kind(name), json.dumps(changed(name, field, None)).encode()) == absent


@every_property
def test_defaults(name: str, field: str) -> None:
    schema = OBJECTS[name]
    if field in schema.get("required", []):
        return
    rule = schema["properties"][field]
    found = getattr(read(kind(name), json.dumps(smallest(schema)).encode()), attribute(field))
    if (name, field) in UNLIMITED_WHEN_ABSENT:
        assert {getattr(found, f.name) for f in fields(found)} == {None}
    elif "default" in rule:
        expected = rule["default"]
        assert found == (parse_duration(expected) if rule.get("pattern", "").startswith("^P") else expected)
        assert type(found) is type(expected) or isinstance(expected, str)
    elif rule.get("type") == "array":
        assert found == []
    elif found is not None:
        assert found == read(kind(target(rule) or ""), b"{}")


@every_property
def test_json_types(name: str, field: str) -> None:
    rule = OBJECTS[name]["properties"][field]
    rule = rule | DEFINITIONS.get(target(rule) or "", {})
    samples = {"boolean": True, "array": [], "object": {}, "string": "", "number": 1.5, "integer": 1}
    for json_type, value in samples.items():
        if json_type == rule["type"] or (json_type == "integer" and rule["type"] == "number"):
            continue
        assert not accepts(name, field, value), json_type
    for token in ("NaN", "Infinity", "-Infinity", "1e400"):
        text = json.dumps(changed(name, field, "@")).replace('"@"', token)
        with pytest.raises(SchemaErrors):
            read(kind(name), text.encode())


@every_property
def test_bounds(name: str, field: str) -> None:
    rule = OBJECTS[name]["properties"][field]
    if "minimum" in rule:
        assert_numeric_bounds(name, field, rule)
    elif rule.get("type") == "array":
        assert_list_bounds(name, field, rule)
    elif "pattern" not in rule and ("minLength" in rule or "maxLength" in rule):
        assert_text_bounds(name, field, rule)
    elif rule.get("pattern") == r"\w+":
        assert_text_bounds(name, field, rule)
        assert not accepts(name, field, "-" * rule["minLength"])
    elif "enum" in rule or target(rule) in ENUMS:
        values = rule.get("enum") or ENUMS[target(rule) or ""]
        assert all(accepts(name, field, value) for value in values)
        assert not accepts(name, field, values[0].lower())


def assert_numeric_bounds(name: str, field: str, rule: dict[str, Any]) -> None:
    low, high, whole = rule["minimum"], rule["maximum"], rule["type"] == "integer"
    step = 1 if whole else max(1e-9, abs(high) * 1e-12)
    for bound, beyond in ((low, low - step), (high, high + step)):
        assert accepts(name, field, bound)
        assert not accepts(name, field, beyond)
    assert accepts(name, field, float(high))
    if whole:
        assert not accepts(name, field, low + 0.5)
        assert not accepts(name, field, float(high + 1))
        assert not accepts(name, field, 10**30)


def assert_text_bounds(name: str, field: str, rule: dict[str, Any]) -> None:
    low, high = rule.get("minLength", 0), rule.get("maxLength")
    assert accepts(name, field, "x" * low)
    assert low == 0 or not accepts(name, field, "x" * (low - 1))
    if high is not None:
        assert accepts(name, field, "ы" * high)
        assert not accepts(name, field, "x" * (high + 1))


def assert_list_bounds(name: str, field: str, rule: dict[str, Any]) -> None:
    low, high, item = rule.get("minItems", 0), rule.get("maxItems"), smallest(rule["items"])
    assert accepts(name, field, [item] * low)
    assert low == 0 or not accepts(name, field, [item] * (low - 1))
    bounds = next(f.type for f in fields(kind(name)) if f.name == field).__metadata__[0].metadata
    assert {
        type(bound).__name__: getattr(bound, "min_length", getattr(bound, "max_length", None))
        for bound in bounds
    } == ({"MinLen": low} | ({"MaxLen": high} if high is not None else {}))
    if high is not None and high <= LONGEST_LIST_TRIED:
        assert accepts(name, field, [item] * high)
        assert not accepts(name, field, [item] * (high + 1))


@every_property
def test_formats(name: str, field: str) -> None:
    rule = OBJECTS[name]["properties"][field]
    if rule.get("pattern", "").startswith("^P"):
        assert rule["pattern"] == PATTERN
        assert accepts(name, field, "P1Y2M3DT4H5M6.7S")
        assert not accepts(name, field, "P")
        assert not accepts(name, field, "PT10000000000000S")
    elif rule.get("format") == "date-time":
        assert accepts(name, field, "2025-09-28T17:13:27.945583194Z")
        for wrong in (
            "2025-09-28T17:13:27",
            "2025-09-28",
            "2025-02-30T00:00:00Z",
            "1700000000",
            "0001-01-01T00:00:00Z",
        ):
            assert not accepts(name, field, wrong), wrong
    elif rule.get("format") == "uuid":
        assert not accepts(name, field, "11111111-2222")
    elif rule.get("format") == "date":
        assert not accepts(name, field, "2025-02-30")


@pytest.mark.parametrize("name", OBJECTS)
def test_written_objects_keep_the_contract(name: str) -> None:
    """Required fields that are null stay, optional ones that are None go, and the rest reads back equal."""
    schema = OBJECTS[name]
    value = smallest(schema)
    for field in schema.get("required", []):
        if schema["properties"][field].get("nullable"):
            value[field] = None
    obj = read(kind(name), json.dumps(value).encode())
    written = json.loads(write(obj))
    assert set(schema.get("required", [])) <= written.keys()
    assert [key for key, item in written.items() if item is None] == [
        field for field in schema.get("required", []) if value[field] is None
    ]
    assert read(kind(name), write(obj)) == obj


@given(st.from_regex(PATTERN, fullmatch=True))
@settings(deadline=None)
def test_durations_of_the_contracts_pattern(text: str) -> None:
    wanted = text.isascii() and not text.endswith("\n") and 3 <= len(text) <= 16
    if not wanted:
        with pytest.raises(ValueError, match="duration"):
            parse_duration(text)
        return
    try:
        seconds = parse_duration(text)
    except ValueError as error:
        assert "calendar" in str(error)  # noqa: PT017 - only some texts mean too much
        return
    assert len(format_duration(seconds)) <= 16
    assert parse_duration(format_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("PT57M48S", 3468), ("PT0S", 0), ("P0D", 0), ("PT2H12M34.3S", 7954), ("PT1.5H", 5400)),
        *(("P1Y", 31_536_000), ("P1M", 2_592_000), ("P1W", 604_800), ("P0.5D", 43_200)),
        *(("PT0.5S", 1), ("PT0.49S", 0), ("PT2.5S", 3)),
    ],
)
def test_durations_in_seconds(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "PT0S"),
        (3468, "PT57M48S"),
        (6300, "PT1H45M"),
        (93_784, "P1DT2H3M4S"),
        (9_999_999_999_999, "PT9999999999999S"),
    ],
)
def test_durations_written(seconds: int, text: str) -> None:
    assert format_duration(seconds) == text


@pytest.mark.parametrize("seconds", [-1, 10**13])
def test_durations_that_cannot_be_written(seconds: int) -> None:
    with pytest.raises(ValueError, match="a duration has"):
        format_duration(seconds)


def test_moments_are_aware_to_the_microsecond() -> None:
    window = read(
        contract.TimeWindow, b'{"from": "2025-09-21T12:30:00.25+03:00", "to": "2025-09-21t19:45:00z"}'
    )
    assert window.start == datetime(2025, 9, 21, 9, 30, 0, 250_000, tzinfo=UTC)
    assert write(window) == b'{"from":"2025-09-21T12:30:00.250000+03:00","to":"2025-09-21T19:45:00Z"}'
