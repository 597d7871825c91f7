"""The start page, the list of plans, the way in."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit import blobs
from planning import calculations
from planning.models import Calculation, Dataset
from planning.xlsx import read_workbook
from tests.planning.fake_solver import FakeSolver
from tests.web.scene import example, task_of

pytestmark = pytest.mark.django_db

HX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return answer.content.decode()


def upload(page: Client, body: bytes, filename: str = "day.json", **more: Any) -> Any:
    file = io.BytesIO(body)
    file.name = filename
    return page.post(reverse("web:new"), {"file": file, **more})


def test_an_empty_start_says_what_to_do_next(page: Client) -> None:
    found = text(page.get(reverse("web:home")))
    assert "No plans yet" in found
    assert reverse("web:new") in found
    assert reverse("web:sample") in found


def test_the_start_shows_plans_and_what_runs(page: Client, plans: Callable[..., Calculation]) -> None:
    plans(name="Yesterday")
    plans(name="Today", status="IN_PROGRESS", progress=37, phase="improve")
    found = text(page.get(reverse("web:home")))
    assert (
        found.index(">Running<")
        < found.index(">Today<")
        < found.index("Recent plans")
        < found.index("Yesterday")
    )
    assert "37%" in found


def test_the_list_shows_figures_and_escapes_names(page: Client, plans: Callable[..., Calculation]) -> None:
    plans(name="<b>Bold</b>")
    found = text(page.get(reverse("web:plans")))
    assert "&lt;b&gt;Bold&lt;/b&gt;" in found
    assert "<b>Bold" not in found
    assert '<td class="num unplanned">1</td>' in found
    assert '<td class="num">8.0</td>' in found


def test_the_list_is_searched_by_name_and_status(page: Client, plans: Callable[..., Calculation]) -> None:
    plans(name="Monday")
    plans(name="Tuesday", status="FAILED", figures={})
    found = text(page.get(reverse("web:plans"), {"q": "mon"}))
    assert "Monday" in found
    assert "Tuesday" not in found
    found = text(page.get(reverse("web:plans"), {"state": "failed"}))
    assert "Tuesday" in found
    assert "Monday" not in found
    assert "Nothing found" in text(page.get(reverse("web:plans"), {"q": "Friday"}))
    assert page.get(reverse("web:plans"), {"state": "bogus", "page": "x"}).status_code == 200


def test_a_running_line_keeps_asking_an_ended_one_does_not(
    page: Client, plans: Callable[..., Calculation]
) -> None:
    running = plans(status="IN_PROGRESS", progress=10)
    there = reverse("web:row", args=[running.dataset_id])
    assert f'hx-get="{there}"' in text(page.get(there))
    Calculation.objects.filter(pk=running.pk).update(status="FINISHED_IN_TIME")
    assert "hx-get" not in text(page.get(there))


def test_a_json_task_becomes_a_plan_not_planned_yet(page: Client, user: User, solver: FakeSolver) -> None:
    answer = upload(page, json.dumps(task_of(name="")).encode(), "Monday tour.json")
    plan = Dataset.objects.get(owner=user)
    assert answer.headers["Location"] == reverse("web:plan", args=[plan.pk])
    assert (plan.name, plan.source, plan.counts["orders"]) == ("Monday tour", "JSON", 4)
    assert not plan.calculations.exists()


def test_the_name_typed_wins_over_the_files(page: Client, solver: FakeSolver) -> None:
    upload(page, json.dumps(task_of()).encode(), name="My own")
    assert Dataset.objects.get().name == "My own"


def test_from_within_the_page_the_browser_is_sent_on(page: Client, solver: FakeSolver) -> None:
    file = io.BytesIO(json.dumps(task_of()).encode())
    file.name = "day.json"
    answer = page.post(reverse("web:new"), {"file": file}, headers=HX)
    assert answer.headers["HX-Redirect"] == reverse("web:plan", args=[Dataset.objects.get().pk])


def test_all_errors_of_a_json_task_are_told_at_once_by_path(page: Client, solver: FakeSolver) -> None:
    task = task_of()
    del task["orders"][0]["key"]
    task["locations"][1]["geopoint"]["latitude"] = 91
    task["performers"][0]["shifts"][0]["working_time"]["from"] = "yesterday"
    answer = upload(page, json.dumps(task).encode(), name="Kept name")
    assert answer.status_code == 422
    found = text(answer)
    for place in (
        "orders[0].key",
        "locations[1].geopoint.latitude",
        "performers[0].shifts[0].working_time.from",
    ):
        assert place in found
    assert "The file has 3 errors." in found
    assert 'value="Kept name"' in found, "what was typed is kept"
    assert not Dataset.objects.exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "The file has an error."),
        (b"{", "The file has an error."),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'{"locations": [NaN]}', "The file has"),
        (b"[]", "The file has"),
        (b"[" * 100_000, "The file has an error."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old XLS kind"),
        (b"PK\x03\x04 broken", "The file has an error."),
    ],
    ids=["empty", "cut", "no UTF-8", "NaN", "list", "deep", "xls", "broken zip"],
)
def test_a_bad_file_is_explained_and_nothing_is_stored(
    page: Client, solver: FakeSolver, body: bytes, said: str
) -> None:
    answer = upload(page, body)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Dataset.objects.exists()


def test_a_file_that_is_too_large_is_not_read(page: Client, settings: Any) -> None:
    settings.MAX_BODY_BYTES = 1024 * 1024
    answer = upload(page, b" " * (1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "at most 1 MB can be read" in text(answer)


def test_no_file_at_all(page: Client) -> None:
    assert "No file was chosen." in text(page.post(reverse("web:new"), {"name": "x"}))


def test_the_sample_can_be_opened_and_downloaded(page: Client, user: User, solver: FakeSolver) -> None:
    answer = page.post(reverse("web:sample"))
    plan = Dataset.objects.get(owner=user)
    assert answer.headers["Location"] == reverse("web:plan", args=[plan.pk])
    assert plan.counts["orders"] >= 140
    for name in ("heidelberg.xlsx", "template.xlsx"):
        assert page.get(reverse("web:sample-file", args=[name])).content.startswith(b"PK")
    assert page.get(reverse("web:sample-file", args=["passwords.txt"])).status_code == 404


@pytest.mark.parametrize(("name", "drivers"), [("heidelberg.xlsx", 12), ("template.xlsx", 1)])
def test_the_workbooks_to_start_from_can_be_uploaded(
    page: Client, solver: FakeSolver, name: str, drivers: int
) -> None:
    book = page.get(reverse("web:sample-file", args=[name])).content
    assert upload(page, book, name).status_code == 302
    plan = Dataset.objects.get()
    assert (plan.source, plan.counts["performers"]) == ("XLSX", drivers)


def test_E3_a_calculation_of_the_api_is_kept_as_a_plan(page: Client, user: User, solver: FakeSolver) -> None:
    calculation = calculations.submit(user, json.dumps(example("plan.request")).encode())
    assert "From the API" in text(page.get(reverse("web:plans")))
    page.post(reverse("web:keep", args=[calculation.pk]))
    calculation.refresh_from_db()
    assert calculation.dataset is not None
    assert calculation.dataset.source == "API"
    assert "From the API" not in text(page.get(reverse("web:plans")))
    again = page.post(reverse("web:keep", args=[calculation.pk]))
    assert again.headers["Location"] == reverse("web:plan", args=[calculation.dataset_id])
    assert Dataset.objects.count() == 1


def test_AC1_nobody_keeps_somebody_elses_calculation(
    page: Client, stranger: User, solver: FakeSolver
) -> None:
    other = calculations.submit(stranger, json.dumps(example("plan.request")).encode())
    assert page.post(reverse("web:keep", args=[other.pk])).status_code == 404
    assert "From the API" not in text(page.get(reverse("web:plans")))
    assert blobs.read(other.input)


def test_health_needs_nobody_signed_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get(reverse("web:health"))
    assert answer.status_code == 200
    assert 0 < answer.json()["health"] <= 1
    monkeypatch.setattr("planning.web.views.start.measure", lambda: 0.0)
    assert Client().get(reverse("web:health")).status_code == 503


def test_no_text_breaks_a_search(page: Client, plans: Callable[..., Calculation]) -> None:
    key = plans().dataset_id
    for path in (reverse("web:plans"), reverse("web:unplanned", args=[key]), reverse("web:data", args=[key])):
        for query in ("\0", "%", "'; --", "\u202e", "x" * 5000):
            assert page.get(path, {"q": query}).status_code == 200


def spoilt(book: bytes, sheet: str, row: int, title: str, value: object) -> bytes:
    """The workbook with another value in one cell."""
    found = openpyxl.load_workbook(io.BytesIO(book))
    titles = [cell.value for cell in found[sheet][1]]
    found[sheet].cell(row, titles.index(title) + 1).value = value
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


PLACE = "demands.possible_events.location_key"


@pytest.mark.parametrize(
    ("sheet", "row", "title", "value", "said"),
    [
        ("locations", 4, "geopoint.longitude", "north", "is not a number"),
        ("orders", 5, "demands.possible_events.duration", "soon", "is not a duration"),
        ("orders", 7, PLACE, "atlantis", "atlantis"),
    ],
    ids=["a cell", "a duration", "a key that leads nowhere"],
)
def test_errors_of_a_workbook_are_told_by_sheet_row_and_column(
    page: Client, solver: FakeSolver, sheet: str, row: int, title: str, value: str, said: str
) -> None:
    book = page.get(reverse("web:sample-file", args=["heidelberg.xlsx"])).content
    answer = upload(page, spoilt(book, sheet, row, title, value), "day.xlsx")
    assert answer.status_code == 422
    found = re.search(
        r'<td class="place">(.*?)</td><td class="num">(.*?)</td><td class="place">(.*?)</td><td>(.*?)</td>',
        text(answer),
    )
    assert found
    assert found[1] == sheet
    assert abs(int(found[2]) - row) <= 1, "an event stands in the row where its order begins, or in the next"
    assert found[3] == title or title == PLACE
    assert said in found[4]


def test_V1_warnings_of_a_workbook_are_told_by_their_cells_and_what_is_cut_can_be_fetched(
    page: Client,
) -> None:
    """The window of an order ends before it begins: the order is left out, the rest can be taken away."""
    book = page.get(reverse("web:sample-file", args=["heidelberg.xlsx"])).content
    sheet, row, title = "orders", 2, "demands.possible_events.hard_time_window.to"
    before = read_workbook(book).data["orders"][0]["demands"][0]["possible_events"][0]["hard_time_window"][
        "from"
    ]
    spoilt_book = spoilt(book, sheet, row, title, datetime.fromisoformat(before).replace(hour=0, tzinfo=None))
    key = read_workbook(spoilt_book).data["orders"][0]["key"]
    assert upload(page, spoilt_book, "day.xlsx").status_code == 302
    plan = Dataset.objects.get()
    found = text(page.get(reverse("web:plan", args=[plan.pk])))
    assert re.search(r'<span class="sub">orders, row 2, demands\.possible_events[\w.]*</span>', found)
    assert "1 order." in found
    assert re.search(rf"<dt>orders</dt><dd>{key}</dd>", found)
    workbook, task = (
        page.get(reverse(f"web:{name}", args=[plan.pk])) for name in ("refined-workbook", "refined-json")
    )
    kept = [order["key"] for order in json.loads(task.content)["orders"]]
    assert key not in kept
    assert [order["key"] for order in read_workbook(workbook.content).data["orders"]] == kept


def test_warnings_of_a_json_task_are_told_by_path(page: Client) -> None:
    task = task_of()
    window = task["orders"][0]["demands"][0]["possible_events"][0]["hard_time_window"]
    window["from"], window["to"] = window["to"], window["from"]
    upload(page, json.dumps(task).encode())
    plan = Dataset.objects.get()
    assert plan.places == {}
    found = text(page.get(reverse("web:plan", args=[plan.pk])))
    assert f"order {task['orders'][0]['key']}" in found
    assert "refined.json" in found
    assert "refined.xlsx" not in found
