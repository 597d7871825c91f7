"""The main job, whole: sign in, drop the sample workbook, press plan, see the day on a map."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from planning.samples.heidelberg import heidelberg_xlsx
from tests.planning.installation import PASSWORD, REAL, Installation
from tests.web.browser import chromium, open_window

pytestmark = [pytest.mark.browser, pytest.mark.database]

A_MINUTE = 60.0
COMPILING = 300.0
"""The most the very first start on a machine takes until it can calculate, in seconds."""


def test_within_a_minute_all_orders_of_the_sample_are_planned_or_explained_on_the_map(tmp_path: Path) -> None:
    """The minute is part of what is promised; compiled code is warm, as after `./run`."""
    book = tmp_path / "heidelberg.xlsx"
    book.write_bytes(heidelberg_xlsx())
    folder = tmp_path / "data"
    with Installation(folder, REAL, PYTHONUNBUFFERED="1") as service, chromium() as browser:
        service.web()
        service.worker()
        service.until(lambda: "Ready for calculations" in (folder / "log").read_text(), COMPILING)
        window = open_window(browser, f"http://127.0.0.1:{service.port}")
        page = window.page
        window.sign_in("dispatcher", PASSWORD)
        page.get_by_role("link", name="New plan").first.click()
        page.set_input_files("#id_file", book)
        page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))
        expect(page.locator(".figures")).to_contain_text("150")
        page.get_by_label("Search at most").select_option(label="30 s")
        pressed = time.monotonic()
        page.get_by_role("button", name="Plan", exact=True).click()
        expect(page.locator(".progress")).to_be_visible()
        expect(page.locator("#map[data-ready=true]")).to_be_visible(timeout=A_MINUTE * 1000)
        assert time.monotonic() - pressed < A_MINUTE
        window.keep("first-plan", whole=True)

        planned = int(re.match(r"\d+", page.locator(".figures dd").first.inner_text())[0])  # type: ignore[index]  # a figure always begins with a number
        reasons = page.locator(".left-out-list li").all_inner_texts()
        assert planned + len(reasons) == 150
        assert planned >= 140
        assert all(len(reason.strip().split("\n")[-1]) > 10 for reason in reasons), "each has its reason"
        trips = page.locator("#trips input[data-trip]").count()
        assert int(page.locator("#map").get_attribute("data-shown") or 0) == trips > 0
        assert window.complaints == []
