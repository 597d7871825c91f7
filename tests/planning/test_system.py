"""Operations anybody may ask: health, version, documents."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from planning import documents, health
from planning.models import Calculation
from solver.contract import CheckResult, General404, Service, VersionResult, read
from tests.planning.conftest import Api
from tests.planning.fake_solver import FakeSolver

pytestmark = pytest.mark.django_db
SERVICES = ["universal", "account"]


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.Stat, "get_all", lambda _broker: ["a cluster"])


def measured(service: str = "universal") -> float:
    answer = Api(None)("GET", f"/{service}/system/check")
    assert answer.status_code == 200
    return read(CheckResult, answer.content).health


@pytest.mark.parametrize("service", SERVICES)
def test_ac7_all_right(alive: None, service: str) -> None:
    assert measured(service) == 1


def test_ac7_without_workers() -> None:
    assert measured() == 0.75


def test_ac7_queue_that_stands_still(alive: None, api: Api, solver: FakeSolver) -> None:
    api.submit()
    assert measured() == 1
    Calculation.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert measured() == 0.75


def test_ac7_full_disk(alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "free")(health.ROOM_BYTES // 2)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)
    assert measured() == 0.875


def test_ac7_without_a_database(alive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", broken)
    assert health.measure() == 0


@pytest.mark.parametrize("service", SERVICES)
def test_version(service: str) -> None:
    found = read(VersionResult, Api(None)("GET", f"/{service}/system/version").content)
    assert (found.major, found.minor) == (7, 23)
    assert found.build


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("language", "word"), [("en", "Operations"), ("ru", "</html>")])
def test_ac7_documents(service: str, language: str, word: str) -> None:
    answer = Api(None)("GET", f"/{service}/file/{service}_{language}.html")
    assert (answer.status_code, answer["content-type"]) == (200, "text/html; charset=utf-8")
    text = answer.content.decode()
    assert word in text
    assert f'<html lang="{language}">' in text


def test_ac7_documents_name_every_operation_and_type() -> None:
    text = documents.page(Service.UNIVERSAL, "universal_en.html")
    assert text
    for word in (
        "run_plan_calculation_async",
        "/universal/plan/state/{process_code}",
        "max_calculation_time",
    ):
        assert word in text
    assert 'id="PlanTask"' in text


@pytest.mark.parametrize("name", ["file_en.html", "universal_en.html", "..%2f..%2fsecret", "account_xx.html"])
def test_unknown_documents(name: str) -> None:
    answer = Api(None)("GET", f"/account/file/{name}")
    assert answer.status_code == 404
    if "%" not in name:
        assert read(General404, answer.content).resource_key == name


@pytest.mark.parametrize("accept", ["text/html", "text/plain", "application/json", "text/*", "*/*"])
def test_documents_for_every_accepted_kind(accept: str) -> None:
    assert Api(None)("GET", "/account/file/account_en.html", accept=accept).status_code == 200
    missing = Api(None)("GET", "/account/file/nothing.html", accept=accept)
    assert (missing.status_code, missing["content-type"]) == (404, "application/json")


def test_documents_are_no_pictures() -> None:
    assert Api(None)("GET", "/account/file/account_en.html", accept="image/png").status_code == 406
