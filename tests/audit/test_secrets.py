"""No password and no token is in any table, file or line of the log after everything was used (AC5)."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.planning.conftest import PASSWORD, Api, run
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db(transaction=True)
NEW, WRONG, WEAK = "a-brand-new-password", "somebody-guessed-this", "password1234"


def use_everything(user: User) -> list[str]:
    """Every operation that sees a password or a token, right and wrong; return all secrets there were."""
    nobody = Api(None)
    wanted = {"username": user.username, "password": PASSWORD}
    token = nobody("POST", "/account/token/generation", wanted).json()
    nobody("POST", "/account/token/generation", {**wanted, "password": WRONG})
    nobody("POST", "/account/token/generation", {"username": WRONG, "password": WRONG})
    nobody("POST", "/account/token/generation", {**wanted, "ttl_seconds": 1})
    nobody("POST", "/account/token/generation", json.dumps(wanted)[:-1].encode())
    nobody("POST", "/account/token/validation", token)
    nobody("POST", "/account/token/validation", {"token": token})
    api = Api(user)
    change = {"current_password": PASSWORD, "new_password": NEW}
    api("POST", "/account/password", {**change, "new_password": WEAK})
    api("POST", "/account/password", {**change, "current_password": WRONG})
    for path in ("info", "quota", "audit", "statistics", "report"):
        api("GET", f"/account/{path}")
    run(api.submit())
    api("POST", "/universal/plan/validation", example("plan.request"))
    api("POST", "/universal/plan/calculation-async", b"{}")
    browser = Client()
    browser.post("/sign-in/", {"username": user.username, "password": WRONG})
    browser.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    last = api("POST", "/account/password", change).json()
    Api(None)("GET", "/account/info", authorization=f"Bearer {token}")
    browser.post("/sign-in/", {"username": user.username, "password": NEW})
    bearer = api.headers["authorization"].removeprefix("Bearer ")
    return [PASSWORD, NEW, WRONG, WEAK, token, last, bearer]


def rows() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from ((table, str(row)) for row in cursor.fetchall())


def files() -> Iterator[tuple[str, str]]:
    for folder in (Path(default_storage.location), Path(settings.DATA_DIR)):  # type: ignore[attr-defined]  # of files
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                data = gzip.decompress(data) if path.suffix == ".gz" else data
                yield str(path), data.decode("utf-8", "replace")


def test_ac5_no_password_or_token_is_kept_anywhere(
    user: User, solver: FakeSolver, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # a debugger's log, off unless asked for
    secrets = use_everything(user)
    places = [*rows(), *files(), *(("log", caplog.handler.format(record)) for record in caplog.records)]
    assert {"accounts_user", "audit_process", "audit_request", "django_session"} <= {
        name for name, _ in places
    }
    assert sum(name.endswith(".gz") for name, _text in places) >= 5
    found = {name for name, text in places for secret in secrets if secret in text}
    assert found == set()
