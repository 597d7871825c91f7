"""What some tests need of the machine beyond Python, where it is found, and what happens without it."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def _first_program(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def browser() -> str | None:
    """Path of a Chromium for Playwright to drive, or None."""
    return _first_program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def office() -> str | None:
    """Path of LibreOffice, which opens and recalculates our workbooks as a user would, or None."""
    return _first_program("soffice", "libreoffice", "localc")


@dataclass(frozen=True)
class Need:
    """One thing tests may need; tests that do carry the marker of the same name.

    Attributes
    ----------
    marker
        The pytest marker.
    find
        Says where the thing is, None when it is absent.
    install
        How to get it, for the message of a skipped or failed test.
    """

    marker: str
    find: Callable[[], str | None]
    install: str

    @property
    def missing(self) -> str:
        """The reason of a test that cannot run."""
        return f"needs a {self.marker}: {self.install}"


NEEDS = (
    Need("browser", browser, "apt-get install chromium"),
    Need("office", office, "apt-get install libreoffice-calc-nogui"),
)
