"""The pages in a real browser: scripts, keyboard, policy, themes, phones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from planning.models import Calculation, Dataset
from tests.planning.fake_solver import FakeSolver
from tests.web.browser import Window, chromium, open_window
from tests.web.conftest import PASSWORD
from tests.web.scene import task_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def window(browser: Browser, live_server: Any, user: Any) -> Iterator[Window]:
    found = open_window(browser, live_server.url)
    found.sign_in(user.username, PASSWORD)
    yield found
    found.page.context.close()
    assert found.complaints == []


TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((item) => item.getBoundingClientRect().right > width)
    .map((item) => `${item.tagName} ${item.className}`);
}"""
"""What sticks out of the screen, where the page scrolls sideways."""


def address(plan: Calculation, more: str = "") -> str:
    return f"/plans/{plan.dataset_id}/{more}"


def ready(window: Window) -> None:
    expect(window.page.locator("#map[data-ready=true]")).to_be_visible()


def shown(window: Window) -> int:
    return int(window.page.locator("#map").get_attribute("data-shown") or -1)


def test_the_map_follows_the_ticks_and_the_address_the_map(
    window: Window, plans: Callable[..., Calculation]
) -> None:
    plan = plans(20)
    window.goto(address(plan, "map/"))
    ready(window)
    assert shown(window) == 8
    window.page.get_by_label("Show trip 3", exact=True).uncheck()
    assert shown(window) == 7
    assert window.param("trips") == "1-2,4-8"
    window.page.get_by_label("Show trip 20", exact=True).dblclick()
    assert shown(window) == 1
    assert window.param("trips") == "20"
    window.page.get_by_role("link", name="Timetable").click()
    window.page.wait_for_url(re.compile(r"gantt/\?trips=20$"))
    assert window.page.locator("svg.bars:not([data-off])").count() == 1
    window.page.go_back()
    ready(window)
    assert shown(window) == 1


def test_a_stop_opens_beside_the_map_and_escape_closes_it(window: Window, plan: Calculation) -> None:
    window.goto(address(plan, "map/"))
    ready(window)
    window.page.locator("details.trip-item > summary .who").click()
    window.page.get_by_role("button", name="location_client_2").click()
    panel = window.page.locator("#stop")
    expect(panel).to_contain_text("Stop 2 of 4")
    expect(panel).to_contain_text("late by 5 min")
    assert window.param("stop") == "1.1"
    window.page.reload()
    expect(window.page.locator("#stop")).to_contain_text("Stop 2 of 4")
    window.page.locator("body").press("Escape")
    expect(window.page.locator("#stop")).to_be_hidden()
    assert window.param("stop") is None


def test_a_click_on_a_stop_of_the_canvas_opens_it(window: Window, plan: Calculation) -> None:
    window.goto(address(plan, "map/"))
    ready(window)
    box = window.page.locator("#map").bounding_box()
    assert box
    # Stop 4 is the easternmost place, alone: look for it along its own height.
    for x in range(int(box["x"] + box["width"]) - 40, int(box["x"]), -6):
        for y in range(int(box["y"]) + 20, int(box["y"] + box["height"]) - 20, 12):
            window.page.mouse.move(x, y)
            if window.page.locator(".leaflet-tooltip", has_text="location_client_1").count():
                window.page.mouse.click(x, y)
                expect(window.page.locator("#stop")).to_contain_text("Stop 4 of 4")
                return
    pytest.fail("no stop found under the pointer")


def test_the_canvas_is_drawn_and_empties_with_the_ticks(window: Window, plan: Calculation) -> None:
    window.goto(address(plan, "map/"))
    ready(window)
    painted = """() => {
      const canvas = document.querySelector('.leaflet-overlay-pane canvas');
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      let count = 0;
      for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) count += 1;
      return count;
    }"""
    full = window.page.evaluate(painted)
    window.page.locator("[data-all-trips]").uncheck()
    window.page.wait_for_timeout(200)
    assert 0 < window.page.evaluate(painted) < full / 3, "only the unplanned order is left"
    window.complaints.clear()  # that this test reads the canvas twice


def test_the_timetable_zooms_and_shows_the_window_under_the_pointer(
    window: Window, plan: Calculation
) -> None:
    window.goto(address(plan, "gantt/"))
    width = "() => document.querySelector('.gantt').getBoundingClientRect().width"
    before = window.page.evaluate(width)
    window.page.get_by_role("button", name="4×").click()
    assert window.page.evaluate(width) == pytest.approx(4 * before, rel=0.05)
    window.page.locator("rect[data-window]").nth(2).hover()
    assert window.page.locator("path.window").count() == 1


def test_keys(window: Window, plan: Calculation) -> None:
    body = window.page.locator("body")
    body.press("g")
    body.press("p")
    window.page.wait_for_url("**/plans/")
    body.press("/")
    expect(window.page.get_by_role("searchbox")).to_be_focused()
    window.page.get_by_role("searchbox").press("Escape")
    body.press("ArrowDown")
    window.page.keyboard.press("Tab")
    expect(window.page.get_by_role("link", name="Tokyo morning")).to_be_focused()
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(re.compile(str(plan.dataset_id)))
    body.press("?")
    expect(window.page.locator("#keys")).to_be_visible()
    body.press("Escape")
    expect(window.page.locator("#keys")).to_be_hidden()


def test_typing_in_a_field_moves_nowhere(window: Window, plan: Calculation) -> None:
    window.goto("/plans/")
    window.page.get_by_role("searchbox").fill("gp?")
    window.page.get_by_role("searchbox").press_sequentially("gp")
    window.page.wait_for_timeout(400)
    assert "/plans/" in window.page.url
    expect(window.page.locator("#plans")).to_contain_text("Nothing found")
    assert window.param("q") == "gp?gp"


def test_two_ticked_plans_can_be_compared(window: Window, plans: Callable[..., Calculation]) -> None:
    plans(name="First")
    plans(2, name="Second")
    window.goto("/plans/")
    button = window.page.get_by_role("button", name="Compare the two ticked")
    expect(button).to_be_hidden()
    for name in ("First", "Second"):
        window.page.get_by_label(f"Compare {name}").check()
    button.click()
    expect(window.page.locator("main")).to_contain_text("3 orders changed their driver")
    expect(window.page.locator(".map[data-ready=true]")).to_have_count(2)
    assert window.page.locator(".map").first.get_attribute("data-shown") == "2"
    assert window.page.locator(".map").last.get_attribute("data-shown") == "1"


def test_trips_are_sorted_by_their_columns(window: Window, plans: Callable[..., Calculation]) -> None:
    window.goto(address(plans(11)))
    ready(window)
    names = window.page.locator("#trips tbody th")
    header = window.page.locator("#trips").get_by_role("button", name="Trip", exact=True)
    header.click()
    assert [name.split("-")[0].split()[-1] for name in names.all_inner_texts()] == [
        str(n) for n in range(1, 12)
    ]
    header.click()
    assert names.first.inner_text().split()[-1] == "11-HVFB"
    window.page.locator("#trips").get_by_role("button", name="Driver").click()
    assert window.page.locator("#trips th[aria-sort=ascending]").count() == 1
    drivers = window.page.locator("#trips tbody td:nth-child(3)").all_inner_texts()
    assert drivers[:2] == ["c1_performer_1", "c2_performer_1"]
    assert drivers[-1] == "Мария"
    window.page.locator("#trips").get_by_role("button", name="Late").click()
    assert window.page.locator("#trips tbody tr").first.locator("td").nth(11).inner_text() == "1"


def test_an_unplanned_order_is_found_on_the_map(window: Window, plan: Calculation) -> None:
    window.goto(address(plan))
    ready(window)
    window.page.get_by_role("button", name="Fragile & <large>").click()
    expect(window.page.locator(".leaflet-tooltip")).to_contain_text("Unplanned: Fragile & <large>")


def test_deleting_asks_first(window: Window, plan: Calculation) -> None:
    window.goto(address(plan))
    ready(window)
    for answer, left in (("Cancel", 1), ("Delete", 0)):
        window.page.get_by_label("More").click()
        window.page.get_by_role("button", name="Delete").click()
        dialog = window.page.get_by_role("dialog")
        expect(dialog).to_contain_text("Delete “Tokyo morning” for good?")
        dialog.get_by_role("button", name=answer).click()
        if not left:
            window.page.wait_for_url("**/plans/")
        assert Dataset.objects.count() == left
        window.page.keyboard.press("Escape")


def test_a_bad_file_is_told_beside_what_was_typed_and_a_mended_one_goes_on(
    window: Window, solver: FakeSolver, tmp_path: Path
) -> None:
    file = tmp_path / "day.json"
    task = task_of()
    file.write_text(json.dumps(task | {"orders": [{"key": "lonely"}]}))
    window.goto("/plans/new/")
    window.page.get_by_label("Name").fill("Kept")
    with window.page.expect_response(lambda answer: answer.status == 422):
        window.page.set_input_files("#id_file", file)
    expect(window.page.locator("#findings")).to_contain_text("orders[0].demands")
    expect(window.page.get_by_label("Name")).to_have_value("Kept")
    window.complaints.clear()  # Chromium notes the 422 itself
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(task))
    window.page.set_input_files("#id_file", mended)
    window.page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))
    expect(window.page.locator("h1")).to_have_text("Kept")


def test_an_upload_that_does_not_arrive_asks_for_the_file_again(
    window: Window, solver: FakeSolver, tmp_path: Path
) -> None:
    """As when the file changed on disk after it was chosen: the browser then sends nothing."""
    file = tmp_path / "day.json"
    file.write_text(json.dumps(task_of()))
    window.goto("/plans/new/")
    window.page.route("**/plans/new/", lambda route: route.abort())
    window.page.set_input_files("#id_file", file)
    expect(window.page.locator("#findings")).to_contain_text("Choose it again")
    window.page.unroute("**/plans/new/")
    window.complaints.clear()  # the request that failed
    window.page.set_input_files("#id_file", file)
    window.page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))


def test_progress_moves_by_itself_and_ends_in_the_result(
    window: Window, plans: Callable[..., Calculation]
) -> None:
    running = plans(status="IN_PROGRESS", progress=10, phase="construct", finished_at=None)
    window.goto(address(running))
    expect(window.page.locator(".progress")).to_contain_text("Making a first plan")
    Calculation.objects.filter(pk=running.pk).update(progress=60, phase="improve")
    expect(window.page.locator(".progress")).to_contain_text("60%")
    expect(window.page.locator(".progress")).to_contain_text("Improving the plan")
    Calculation.objects.filter(pk=running.pk).update(progress=100, status="FINISHED_IN_TIME")
    ready(window)
    expect(window.page.locator("#trips")).to_contain_text("Мария")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_no_page_is_wider_than_the_screen_or_breaks_the_policy(
    browser: Browser,
    live_server: Any,
    user: Any,
    plans: Callable[..., Calculation],
    language: str,
    scheme: Any,
    width: int,
) -> None:
    plan = plans(14)
    window = open_window(
        browser,
        live_server.url,
        viewport={"width": width, "height": 860},
        color_scheme=scheme,
        locale={"en": "en-GB", "ru": "ru-RU"}[language],
    )
    context = window.page.context
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    window.goto("/sign-in/")
    window.page.locator("#id_username").fill(user.username)
    window.page.locator("#id_password").fill(PASSWORD)
    window.page.locator("main button.primary").click()
    window.page.wait_for_url(f"{live_server.url}/")
    pages = ["", "map/", "gantt/", "unplanned/", "data/", "settings/", "trips/1/", "print/"]
    for path in [
        "/",
        "/plans/",
        "/plans/new/",
        "/compare/",
        "/me/",
        *(address(plan, page) for page in pages),
    ]:
        window.goto(path)
        if path.endswith((str(plan.dataset_id) + "/", "map/")):
            ready(window)
        assert window.page.evaluate(TOO_WIDE) == [], f"{path} is wider than the screen"
    window.goto(address(plan))
    ready(window)
    window.keep(f"plan-{language}-{scheme}-{width}")
    assert window.complaints == []
    context.close()


def test_the_theme_chosen_wins_over_the_systems(window: Window) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = window.page.evaluate(ground)
    window.page.get_by_label("Account of dispatcher").click()
    window.page.get_by_role("button", name="Dark theme").click()
    window.page.wait_for_load_state()
    expect(window.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert window.page.evaluate(ground) != light


def test_route_sheets_print_one_trip_a_page(window: Window, plans: Callable[..., Calculation]) -> None:
    window.goto(address(plans(3), "print/"))
    pages = window.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 3
