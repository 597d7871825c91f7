"""People, clients and a fake solver for tests of the service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from accounts.tokens import issue_token
from planning import jobs
from planning.models import Calculation
from tests.planning.fake_solver import FakeSolver, example

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def own_blobs(tmp_path: Path, settings: Any) -> None:
    """Files of a test go nowhere else."""
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "blobs"}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(key="acme", name="Acme")


@pytest.fixture
def user(company: Company) -> User:
    return User.objects.create_user("dispatcher", PASSWORD, company, roles=["USER"])


@pytest.fixture
def stranger(company: Company) -> User:
    other = Company.objects.create(key="other")
    return User.objects.create_user("stranger", PASSWORD, other, roles=["ADMIN"])


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> FakeSolver:
    """A fake; a test inside one transaction has no pulse, which would wait for that transaction's end."""
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 1000.0)
    fake = FakeSolver()
    fake.install(monkeypatch)
    return fake


class Api:
    """The API as one user calls it."""

    def __init__(self, user: User | None) -> None:
        self.client = Client()
        self.headers = {"authorization": f"Bearer {issue_token(user, 600)}"} if user else {}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        return self.client.generic(
            method, path, data, content_type="application/json", headers={**self.headers, **headers}
        )

    def submit(self, body: Any = None) -> Calculation:
        answer = self("POST", "/universal/plan/calculation-async", body or example("plan.request"))
        assert answer.status_code == 200, answer.content
        return Calculation.objects.get(pk=answer.json()["process_code"])


@pytest.fixture
def api(user: User) -> Api:
    return Api(user)


def read_body(answer: Any) -> dict[str, Any]:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return json.loads(body)


def run(calculation: Calculation) -> Calculation:
    """What the queue does, here and now."""
    jobs.run(str(calculation.pk))
    calculation.refresh_from_db()
    return calculation
