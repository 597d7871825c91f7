"""The served OpenAPI documents contain the official contract: every operation, field and code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from planning import openapi
from solver.contract import Service
from solver.contract.json_schema import schemas
from tests.solver.contract.schemas import DATA, definitions

pytestmark = pytest.mark.django_db
SERVICE = {"universal": Service.UNIVERSAL, "account": Service.ACCOUNT}
SERVICES = list(SERVICE)
ALIASES = {"MaxCapacity": "Capacity"}
"""Ours: a capacity that is unlimited where it is absent; in JSON the same object."""


def official(service: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / f"{service}.operations.json").read_bytes())
    return found


OPERATIONS = [
    pytest.param(
        service,
        entry,
        id=f"{service}-{entry['operation']}",
    )
    for service in SERVICES
    for entry in official(service)
]


@pytest.fixture(scope="module")
def served(django_db_setup: None) -> dict[str, dict[str, Any]]:
    return {service: Client().get(f"/api/docs/{service}.json").json() for service in SERVICES}


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with null and references in one way of writing, without what explains."""
    schema = {key: value for key, value in schema.items() if key not in {"title", "description"}}
    choices = schema.pop("anyOf", [])
    if choices:
        (first,) = [choice for choice in choices if choice != {"type": "null"}]
        schema = {**first, **schema, "nullable": {"type": "null"} in choices}
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema["$ref"] = ALIASES.get(name, name)
    if "items" in schema:
        schema["items"] = plain(schema["items"])
    if "properties" in schema:
        schema["properties"] = {name: plain(one) for name, one in schema["properties"].items()}
    if schema.get("minLength") == 0:
        del schema["minLength"]
    return {key: value for key, value in schema.items() if (key, value) != ("nullable", False)}


def missing(wanted: Any, found: Any, place: str = "") -> list[str]:
    """Places of what the contract has and we have not, or not so."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [
            fault
            for key, value in wanted.items()
            for fault in (
                missing(value, found[key], f"{place}.{key}") if key in found else [f"{place}.{key}"]
            )
        ]
    return [] if wanted == found else [f"{place}: {wanted} is {found}"]


@pytest.mark.parametrize(("service", "entry"), OPERATIONS)
def test_H1_every_operation_with_its_codes_and_bodies(
    served: dict[str, Any], service: str, entry: dict[str, Any]
) -> None:
    ours = served[service]["paths"][entry["path"]][entry["method"].lower()]
    assert ours["operationId"] == entry["operation"]
    assert bool(ours["security"]) == (entry["auth"] == "bearer")
    assert entry["responses"].keys() <= ours["responses"].keys()
    for code, body in entry["responses"].items():
        if body in {None, "str", "bytearray"}:
            continue
        schema = ours["responses"][code]["content"]["application/json"]["schema"]
        assert schema["$ref"].rpartition("/")[2] == body, code
    kinds = {kind for answer in ours["responses"].values() for kind in answer.get("content", {})}
    assert set(entry["response_types"]) <= kinds
    assert set(entry["request_types"]) == ours.get("requestBody", {}).get("content", {}).keys()


@pytest.mark.parametrize(("service", "entry"), OPERATIONS)
def test_H1_every_parameter(served: dict[str, Any], service: str, entry: dict[str, Any]) -> None:
    ours = served[service]["paths"][entry["path"]][entry["method"].lower()]
    found = {one["name"]: {**plain(one["schema"]), "in": one["in"]} for one in ours["parameters"]}
    assert missing({name: plain(one) for name, one in entry["params"].items()}, found) == []


@pytest.mark.parametrize("service", SERVICES)
def test_H1_every_body_that_is_asked_for(served: dict[str, Any], service: str) -> None:
    for entry in official(service):
        ours = served[service]["paths"][entry["path"]][entry["method"].lower()]
        schemas_of_body = [one["schema"] for one in ours.get("requestBody", {}).get("content", {}).values()]
        if entry["body"] in definitions(service):
            assert [one["$ref"].rpartition("/")[2] for one in schemas_of_body] == [entry["body"]]
        else:
            assert bool(schemas_of_body) == (entry["body"] is not None)


@pytest.mark.parametrize("service", SERVICES)
def test_H1_every_type_and_field(served: dict[str, Any], service: str) -> None:
    schemas = served[service]["components"]["schemas"]
    if (
        service == "universal"
    ):  # a list of words has a name of its own with us, also where the contract writes it in place
        rules = schemas["BreakRules"]["properties"]["relocating_duration_type"]
        rules["anyOf"][0] = schemas["RelocatingDurationType"]
    found = {name: plain(schema) for name, schema in schemas.items()}
    wanted = {name: plain(schema) for name, schema in definitions(service).items()}
    assert missing(wanted, found) == []


@pytest.mark.parametrize("service", SERVICES)
def test_names_of_operations_and_references_hold(served: dict[str, Any], service: str) -> None:
    document = served[service]
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))
    text = json.dumps(document)
    references = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert references <= document["components"]["schemas"].keys()


def test_schemas_of_plain_types() -> None:
    assert schemas([str, bool], "#/{model}") == ([{"type": "string"}, {"type": "boolean"}], {})


@pytest.mark.parametrize(("language", "word"), [("en", "Start a calculation"), ("ru", "Начать расчёт")])
@pytest.mark.parametrize("service", SERVICES)
def test_pages_of_the_documentation(service: str, language: str, word: str) -> None:
    answer = Client().get(f"/api/docs/{service}/", headers={"accept-language": language})
    assert answer.status_code == 200
    text = answer.content.decode()
    served = openapi.operations(SERVICE[service])
    assert [entry.name for entry in served if f'id="{entry.name}"' not in text] == []
    assert (word in text) == (service == "universal")
    assert Client().get("/api/docs/").status_code == 200
    assert Client().get("/api/docs/nothing/").status_code == 404
