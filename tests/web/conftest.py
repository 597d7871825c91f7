"""People, signed-in browsers and plans for tests of the pages."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings

from accounts.models import Company, User
from planning import jobs
from planning.models import Calculation
from solver.contract import EntityWarning, PlanTask, RemovedItems
from tests.planning.fake_solver import FakeSolver
from tests.web.scene import make_plan


@dataclass
class Refined:
    """A task nothing was cut from."""

    task: PlanTask
    warnings: list[EntityWarning]
    removed: RemovedItems


PASSWORD = "correct-horse-battery"


@pytest.fixture(scope="session", autouse=True)
def todays_static_files(_own_data_folder: None) -> Iterator[None]:
    """Scripts and styles as they stand in the source, not as an earlier start collected them."""
    storages = copy.deepcopy(django_settings.STORAGES)
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=storages, WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def own_blobs(tmp_path: Path, settings: Any) -> None:
    """Files of a test go nowhere else."""
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "blobs"}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Slow hashes protect people, not tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(key="acme", name="Acme")


@pytest.fixture
def user(company: Company) -> User:
    return User.objects.create_user("dispatcher", PASSWORD, company, roles=["USER"], timezone=3)


@pytest.fixture
def stranger(company: Company) -> User:
    """Another user of the same company: plans are a user's own (AC1)."""
    return User.objects.create_user("stranger", PASSWORD, company, roles=["USER"])


@pytest.fixture
def page(user: User) -> Client:
    """A browser signed in as the dispatcher."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch, settings: Any) -> FakeSolver:
    """A solver that answers at once, and is not judged; a test inside one transaction has no pulse."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"oracle_orders": 0})
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 1000.0)
    fake = FakeSolver()
    fake.install(monkeypatch)
    monkeypatch.setattr(
        "solver.refine", lambda task, **_limits: Refined(task, [], RemovedItems()), raising=False
    )
    return fake


@pytest.fixture
def plan(user: User, solver: FakeSolver) -> Calculation:
    """A finished plan of one trip."""
    return make_plan(user)


@pytest.fixture
def plans(user: User, solver: FakeSolver) -> Callable[..., Calculation]:
    """Makes more of them."""
    return lambda *args, **columns: make_plan(user, *args, **columns)
