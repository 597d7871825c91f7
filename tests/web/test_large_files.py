"""15,001 orders by the pages of a real installation: progress, time, memory, killed workers (E5)."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

from planning.xlsx import read_workbook, write_workbook
from tests.planning.installation import PASSWORD, REAL, Installation
from tests.xlsx.large import ORDERS, large_task

pytestmark = [pytest.mark.slow, pytest.mark.database]
EXPORT_SECONDS, IMPORT_SECONDS, KILOBYTES = 30, 60, 2 * 2**20
PROGRESS = re.compile(r'<span class="num">(\d+)%</span>')


class Browser:
    """Signed in as the dispatcher of the demo company."""

    def __init__(self, installation: Installation) -> None:
        self.site = f"http://127.0.0.1:{installation.port}"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.get("/sign-in/")
        self.post("/sign-in/", {"username": "dispatcher", "password": PASSWORD})

    def get(self, path: str) -> tuple[str, bytes]:
        """Where one ends up, and what is there."""
        with self.opener.open(self.site + path, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read()

    def post(self, path: str, fields: dict[str, str], file: bytes = b"") -> tuple[str, bytes]:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        border = uuid.uuid4().hex
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrfmiddlewaretoken": token or ""}.items()
        ]
        if file:
            kind = 'Content-Disposition: form-data; name="file"; filename="large.xlsx"\r\n\r\n'
            parts += [f"--{border}\r\n{kind}".encode(), file, b"\r\n"]
        request = urllib.request.Request(self.site + path, b"".join([*parts, f"--{border}--\r\n".encode()]))
        request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
        request.add_header("Referer", self.site + path)
        with self.opener.open(request, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read()


@pytest.fixture(scope="module")
def large() -> bytes:
    django.setup()
    return write_workbook(large_task(), 2)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with Installation(tmp_path, REAL) as started:
        started.web()
        yield started


def watched(browser: Browser, there: str, seconds: float) -> tuple[float, set[int]]:
    """How long a transfer takes from its start, and the percentages its page shows meanwhile."""
    seen: set[int] = set()
    began = time.monotonic()
    while True:
        path, body = browser.get(there)
        shown = PROGRESS.search(body.decode())
        if path != there or not shown:
            return time.monotonic() - began, seen
        seen.add(int(shown[1]))
        if "Waiting for a free worker" in body.decode():
            began = time.monotonic()
        assert time.monotonic() - began < seconds, body.decode()[-2000:]
        time.sleep(0.2)


def processes(of: int) -> list[int]:
    """A process and all below it."""
    below = Path(f"/proc/{of}/task/{of}/children").read_text().split()
    return [of, *(process for child in below for process in processes(int(child)))]


def most_memory(of: int) -> int:
    """Kilobytes that any process below had at most."""
    peaks = (re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{one}/status").read_text()) for one in processes(of))
    return max(int(peak[1]) for peak in peaks if peak)


def test_F3_fifteen_thousand_orders_come_in_and_go_out_by_the_pages(
    installation: Installation, large: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    worker, browser = installation.worker(), Browser(installation)
    there, _ = browser.post("/plans/new/", {"name": "Large"}, large)
    assert there.startswith("/files/")
    incoming, seen = watched(browser, there, IMPORT_SECONDS)
    assert len(seen) > 3
    plan, body = browser.get(there)
    assert plan.startswith("/plans/")
    assert "15,001" in body.decode()

    there, _ = browser.get(f"{plan}plan.xlsx")
    assert there.startswith("/files/")
    outgoing, seen = watched(browser, there, EXPORT_SECONDS)
    assert len(seen) > 3
    _, book = browser.get(f"{there}plan.xlsx")
    kilobytes = most_memory(worker.pid)
    with capsys.disabled():
        print(
            f"\nimport {incoming:.1f} s, export {outgoing:.1f} s, worker {kilobytes / 2**20:.2f} GiB at most"
        )
    assert len(read_workbook(book).data["orders"]) == ORDERS
    assert (incoming < IMPORT_SECONDS, outgoing < EXPORT_SECONDS, kilobytes < KILOBYTES) == (True,) * 3


def test_E5_a_killed_worker_loses_no_file(installation: Installation, large: bytes) -> None:
    worker, browser = installation.worker(), Browser(installation)
    there, _ = browser.post("/plans/new/", {"name": "Large"}, large)

    def progress() -> int:
        shown: Any = PROGRESS.search(browser.get(there)[1].decode())
        return int(shown[1]) if shown else 100

    installation.until(lambda: progress() > 5, 120)
    for process in processes(worker.pid):
        os.kill(process, signal.SIGKILL)
    assert progress() < 100
    worker.wait()
    installation.worker()
    installation.until(lambda: browser.get(there)[0].startswith("/plans/"), 180)
    assert browser.get("/plans/")[1].decode().count(">Large<") == 1
