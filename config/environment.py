"""What an installation may set: environment variables, typed, with their defaults."""

import contextlib
import os
import secrets
import socket
import tempfile
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
KEY_BYTES = 64

Identifier = Annotated[str, Field(min_length=2, max_length=256, pattern=r"\w+")]
Seconds = Annotated[int, Field(ge=1)]


def make_key(path: Path) -> None:
    """Write a new random key that only its owner can read; of several at once the first one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(KEY_BYTES))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def half_the_cores() -> int:
    """Threads of one calculation, when two run at the same time."""
    return max(1, (os.cpu_count() or 2) // 2)


def sqlite(name: str) -> dict[str, Any]:
    """SQLite for several processes: readers beside one writer, writers wait their turn instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # A file, for threads of a live server must not share one connection; its own for each test run.
        "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"marshrut-test-{os.getpid()}.sqlite3")},
    }


class Environment(BaseSettings):
    """Settings read from environment variables of the same names.

    Attributes
    ----------
    production
        Strict mode: needs an own ``SECRET_KEY`` (or key file) and ``ALLOWED_HOSTS``, cookies need HTTPS, no
        demo data.
    debug
        Django's debug pages; never in production.
    env, pod
        Names put into every answer's ``tracedata`` (H2).
    data_dir
        Folder for everything the service writes: database, files, static files, caches, the key.
    database_url
        ``sqlite:///path`` or ``postgresql://user:password@host:port/name``; by default SQLite in
        ``data_dir``.
    redis_url
        Shared cache; by default files under ``data_dir``.
    secret_key, secret_key_file
        The key everything is signed with, or the file that holds it.
    allowed_hosts, csrf_trusted_origins, behind_tls_proxy
        Names and origins of the site, comma-separated; whether ``X-Forwarded-Proto`` is to be trusted.
    log_level
        ``DEBUG``, ``INFO``, ``WARNING`` or ``ERROR``.
    max_body_bytes
        Cap of a request body, counted after decompression (H1).
    workers, solver_threads
        Calculations at the same time, and threads each of them may use.
    max_calculation_seconds, max_waiting_seconds, max_ttl_seconds
        Ceilings of a task's own wishes.
    sync_seconds, sync_orders, sync_at_once
        What the synchronous calculation accepts (E1): longest search, orders, waiting requests.
    geo_providers
        Names a task may give as its ``geo_provider``, comma-separated.
    oracle_orders
        Finished plans of tasks with up to so many orders are judged by the oracle before they are kept.
    worker_lost_seconds
        A calculation without a heartbeat for so long has lost its worker (E5).
    quota_points_per_request, quota_points_per_day, quota_concurrent_execution
        Quotas of users for whom neither they nor their company have any (AC3).
    audit_days, kept_days
        How long the audit's rows, and the inputs and outputs kept with them, stay (AC5).
    sign_in_failures, sign_in_minutes
        Wrong passwords that one account may take from one address in so many minutes before it has to wait.
    map_tiles
        Address of map tiles, for the browser; empty: no background map.
    """

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    production: bool = False
    debug: bool = False
    env: Identifier = "local"
    pod: Identifier = Field(default_factory=lambda: socket.gethostname().ljust(2, "_")[:256])
    data_dir: Path = ROOT / "var"
    secret_key: str = ""
    secret_key_file: Path | None = None
    allowed_hosts: Annotated[list[str], NoDecode] = []
    csrf_trusted_origins: Annotated[list[str], NoDecode] = []
    behind_tls_proxy: bool = False
    database_url: str = ""
    redis_url: str = ""
    log_level: str = "INFO"
    max_body_bytes: Annotated[int, Field(ge=1024)] = 64 * 1024 * 1024
    workers: Annotated[int, Field(ge=1)] = 2
    solver_threads: Annotated[int, Field(ge=1)] = Field(default_factory=half_the_cores)
    max_calculation_seconds: Seconds = 4 * 3600
    max_waiting_seconds: Seconds = 24 * 3600
    max_ttl_seconds: Seconds = 30 * 24 * 3600
    sync_seconds: Seconds = 1200
    sync_orders: Annotated[int, Field(ge=1)] = 2000
    sync_at_once: Annotated[int, Field(ge=1)] = 8
    geo_providers: Annotated[list[str], NoDecode] = ["VRT"]
    oracle_orders: Annotated[int, Field(ge=0)] = 2000
    worker_lost_seconds: Seconds = 20
    quota_points_per_request: Annotated[int, Field(ge=0, le=1_000_000)] = 1_000_000
    quota_points_per_day: Annotated[int, Field(ge=0, le=100_000_000)] = 100_000_000
    quota_concurrent_execution: Annotated[int, Field(ge=0, le=1_000)] = 5
    audit_days: Annotated[int, Field(ge=1)] = 400
    kept_days: Annotated[int, Field(ge=1)] = 30
    sign_in_failures: Annotated[int, Field(ge=1)] = 10
    sign_in_minutes: Annotated[int, Field(ge=1)] = 15
    map_tiles: str = ""

    @field_validator("allowed_hosts", "csrf_trusted_origins", "geo_providers", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else ROOT / value

    @cached_property
    def signing_key(self) -> str:
        """The installation's own secret: from the environment, else from its file.

        Outside production the file is made at the first start (AC2), readable by its owner only.

        Raises
        ------
        SystemExit
            In production, when the installation has no key of its own.
        """
        if self.secret_key:
            return self.secret_key
        path = self.secret_key_file or self.data_dir / "secret.key"
        if not path.exists():
            if self.production:
                raise SystemExit(
                    "Production needs a signing key of its own: set SECRET_KEY, or SECRET_KEY_FILE to a file "
                    "with 64 or more random characters that only its owner can read."
                )
            make_key(path)
        return path.read_text().strip()

    @property
    def hosts(self) -> list[str]:
        """Host names that requests may use; without a setting only this machine's own, in production none."""
        return self.allowed_hosts or ([] if self.production else ["localhost", "127.0.0.1", "[::1]"])

    @property
    def database(self) -> dict[str, Any]:
        """Django's description of the database."""
        url = urlsplit(self.database_url or f"sqlite:///{self.data_dir / 'marshrut.sqlite3'}")
        if url.scheme == "sqlite":
            return sqlite(unquote(url.path)[1:])
        if url.scheme in {"postgres", "postgresql"}:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(url.path.lstrip("/")),
                "USER": unquote(url.username or ""),
                "PASSWORD": unquote(url.password or ""),
                "HOST": url.hostname or "",
                "PORT": url.port or "",
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        raise SystemExit(f"DATABASE_URL: sqlite:/// or postgresql:// wanted, {url.scheme}:// given")
