"""A real Chromium for tests, with everything that is wrong in its console remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.needs import browser as find_browser
from tests.shared import ROOT

ARTEFACTS = ROOT / "test-artefacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Window:
    """A page of the browser, and its complaints: errors of scripts, of the policy, of requests."""

    page: Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("request", lambda request: self._foreign(request.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")

    def _foreign(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(f"asks elsewhere: {url}")

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto(f"{self.home}/sign-in/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.home}/")

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.home}{path}")

    def keep(self, name: str, *, whole: bool = False) -> Path:
        """A screenshot among the test artefacts."""
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=whole)
        assert path.stat().st_size > 10_000
        return path

    def param(self, name: str) -> str | None:
        """A parameter of the address."""
        found = self.page.evaluate("name => new URL(location).searchParams.get(name)", name)
        return None if found is None else str(found)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


def open_window(browser: Browser, home: str, **options: Any) -> Window:
    size = {"width": 1360, "height": 860}
    return Window(browser.new_context(**{"viewport": size, "locale": "en-GB"} | options).new_page(), home)
