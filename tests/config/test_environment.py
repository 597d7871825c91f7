"""Settings from the environment, and what production insists on (AC2)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.environment import Environment, make_key
from tests.shared import ROOT


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "PRODUCTION", "DATABASE_URL", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def test_ac2_key_is_made_per_installation_for_its_owner_only(tmp_path: Path) -> None:
    key = Environment().signing_key
    path = tmp_path / "secret.key"
    assert len(key) >= 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert Environment().signing_key == key, "it stays"
    assert list(tmp_path.iterdir()) == [path]


def test_first_key_stays_when_two_processes_make_one(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    make_key(path)
    first = path.read_text()
    make_key(path)
    assert path.read_text() == first


def test_ac2_production_refuses_to_start_without_its_own_key(tmp_path: Path) -> None:
    environment = {**os.environ, "PRODUCTION": "true", "DATA_DIR": str(tmp_path)}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert started.returncode == 1
    assert "SECRET_KEY" in started.stderr
    assert "Traceback" not in started.stderr
    assert list(tmp_path.iterdir()) == []


def test_ac2_production_takes_the_key_it_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRODUCTION", "true")
    file = tmp_path / "own"
    file.write_text("k" * 64 + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(file))
    assert Environment().signing_key == "k" * 64
    monkeypatch.setenv("SECRET_KEY", "e" * 64)
    assert Environment().signing_key == "e" * 64
    assert Environment().hosts == []


@pytest.mark.parametrize(
    ("url", "name"),
    [("", "{data}/marshrut.sqlite3"), ("sqlite:////tmp/a%20b.db", "/tmp/a b.db"), ("sqlite:///a.db", "a.db")],
)
def test_sqlite_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, name: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    found = Environment().database
    assert found["NAME"] == name.format(data=tmp_path)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "WAL" in found["OPTIONS"]["init_command"]


def test_postgresql_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db:5433/plans")
    found = Environment().database
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "me", "p@ss", "db", 5433, "plans",
    ]  # fmt: skip


def test_other_databases_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(SystemExit, match="postgresql://"):
        _ = Environment().database


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Environment().hosts == ["localhost", "127.0.0.1", "[::1]"]
    monkeypatch.setenv("ALLOWED_HOSTS", "plan.example.com, 10.0.0.1")
    assert Environment().hosts == ["plan.example.com", "10.0.0.1"]


@pytest.mark.parametrize(("name", "value"), [("WORKERS", "0"), ("ENV", "x"), ("MAX_BODY_BYTES", "many")])
def test_wrong_values_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Environment()


def test_every_variable_is_described() -> None:
    text = Environment.__doc__ or ""
    assert [name for name in Environment.model_fields if name not in text] == []
