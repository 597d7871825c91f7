"""A whole installation of its own: database, files, web server and worker as processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from tests.shared import ROOT

FAKE = ("tests.planning.fake_manage", "tests.planning.fake_manage:application()")
REAL = ("manage", "config.wsgi")
"""Command line and WSGI application, with a solver that waits for the test, or with the real one."""

PASSWORD = "demo-password"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Installation:
    """Everything of it is in one folder and ends with the ``with`` block."""

    def __init__(self, folder: Path, programs: tuple[str, str], **environment: str) -> None:
        self.folder = folder
        self.manage_command = [sys.executable, "-m", programs[0]]
        self.application = programs[1]
        self.port = free_port()
        self.database = own_database()
        self.environment = {
            **os.environ, "DATA_DIR": str(folder), "WORKERS": "1", "WORKER_LOST_SECONDS": "4",
            "DATABASE_URL": self.database, **environment,
        }  # fmt: skip
        self.workers: list[subprocess.Popen[bytes]] = []
        self.servers: list[subprocess.Popen[bytes]] = []
        self.token = ""
        self.manage("migrate", "--verbosity", "0")
        self.manage("demo")

    def __enter__(self) -> Installation:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop([*self.workers, *self.servers])
        drop_database(self.database)

    def stop(self, processes: list[subprocess.Popen[bytes]]) -> None:
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        processes.clear()

    def manage(self, *args: str) -> None:
        done = subprocess.run(
            [*self.manage_command, *args], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def worker(self) -> subprocess.Popen[bytes]:
        self.workers.append(self.start(*self.manage_command, "worker"))
        return self.workers[-1]

    def web(self) -> None:
        gunicorn = ["-m", "gunicorn", self.application, "--threads", "8", "--graceful-timeout", "1"]
        self.servers.append(self.start(sys.executable, *gunicorn, "--bind", f"127.0.0.1:{self.port}"))
        self.until(lambda: self("GET", "/universal/system/version")[0] == 200, 20)
        if not self.token:
            wanted = {"username": "client", "password": PASSWORD}
            self.token = self("POST", "/account/token/generation", wanted)[1]

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and JSON; 0 while nothing answers."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, method=method)
        request.add_header("Content-Type", "application/json")
        request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")
        except OSError:
            return 0, None

    def submit(self, body: bytes) -> str:
        code, answer = self("POST", "/universal/plan/calculation-async", body)
        assert code == 200, answer
        return str(answer["process_code"])

    def status(self, process_code: str) -> str:
        code, answer = self("GET", f"/universal/plan/state/{process_code}")
        return str(answer["calculation_info"]["status"]) if code else "no answer"

    def until(self, done: Any, seconds: float) -> float:
        """Seconds it took; fails, with the log, when it takes longer."""
        began = time.monotonic()
        while not done():
            log = (self.folder / "log").read_text() if (self.folder / "log").exists() else ""
            assert time.monotonic() - began < seconds, f"still not after {seconds} s\n{log[-4000:]}"
            time.sleep(0.1)
        return time.monotonic() - began


def own_database() -> str:
    """A new database beside the tests' own PostgreSQL one; empty for SQLite, which lives in the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return ""
    name = f"installation_{uuid.uuid4().hex[:12]}"
    administer(url, f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def drop_database(url: str) -> None:
    if url:
        administer(os.environ["DATABASE_URL"], f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")


def administer(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]  # names cannot be parameters here
