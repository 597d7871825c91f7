"""One plan: what its page shows in each state, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.refusal import Refused
from planning import calculations, datasets
from planning.models import Calculation, Dataset
from planning.web import shelf
from planning.xlsx import read_workbook
from solver.contract import EntityWarningType
from tests.planning.conftest import run
from tests.planning.fake_solver import FakeSolver
from tests.web.scene import REASON, task_of

pytestmark = pytest.mark.django_db

SETTINGS = {
    "configuration": "optimize_time",
    "seconds": "30",
    "strategy": "LOWEST_COST",
    "timezone": "-5",
    "disable_capacity": "on",
}


def at(name: str, plan: Calculation | Dataset, *more: Any) -> str:
    key = plan.dataset_id if isinstance(plan, Calculation) else plan.pk
    return reverse(f"web:{name}", args=[key, *more])


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def draft(user: User, solver: FakeSolver) -> Dataset:
    return datasets.keep(user, json.dumps(task_of()).encode(), Dataset.Source.JSON)


def task_used(calculation: Calculation) -> Any:
    from audit import blobs

    return json.loads(blobs.read(calculation.input))


def test_the_overview_has_figures_trips_and_reasons(page: Client, plan: Calculation) -> None:
    found = text(page.get(at("plan", plan)))
    assert "Tokyo morning" in found
    assert "Shortest distance" in found
    assert "<dd>3 <small>of 4</small></dd>" in found
    assert '<dd class="unplanned">1</dd>' in found
    assert "<dd>8.0</dd>" in found
    assert "58 min" in found
    assert "Мария" in found
    assert "13:42" in found
    assert REASON in found
    assert "Fragile &amp; &lt;large&gt;" in found
    assert at("map-json", plan) in found


def test_a_draft_shows_its_counts_and_the_way_to_plan_it(page: Client, draft: Dataset) -> None:
    found = text(page.get(at("plan", draft)))
    assert "Not planned yet" in found
    assert f'action="{at("run", draft)}"' in found
    assert '<option value="60" selected>1 min</option>' in found
    assert '<option value="9" selected>UTC+9</option>' in found


def test_planning_starts_with_the_settings_chosen(page: Client, draft: Dataset) -> None:
    assert page.post(at("run", draft), SETTINGS).headers["Location"] == at("plan", draft)
    calculation = draft.calculations.get()
    used = task_used(calculation)["plan_settings"]
    assert used["trips_settings"]["configuration"] == "optimize_time"
    assert used["trips_settings"]["expectations"]["trip_start_time_strategy"] == "LOWEST_COST"
    assert used["trips_settings"]["assumptions"]["disable_capacity"] is True
    assert used["calculation_settings"]["max_calculation_time"] == "PT30S"
    assert used["calculation_settings"]["result_timezone"] == -5
    assert calculation.status == "WAITING"


def test_a_second_press_does_not_start_a_second_search(page: Client, draft: Dataset) -> None:
    page.post(at("run", draft), SETTINGS)
    page.post(at("run", draft), SETTINGS)
    assert draft.calculations.count() == 1


@pytest.mark.parametrize("name", ["configuration", "seconds", "strategy", "timezone"])
def test_a_setting_that_does_not_exist_is_told_where_it_stands(
    page: Client, draft: Dataset, name: str
) -> None:
    answer = page.post(at("run", draft), SETTINGS | {name: "bogus"})
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in text(answer)
    assert '<option value="LOWEST_COST" selected>' in text(answer) or name == "strategy", "the rest is kept"
    assert not draft.calculations.exists()


def test_from_draft_to_result(page: Client, draft: Dataset) -> None:
    page.post(at("run", draft), SETTINGS)
    assert "Waiting" in text(page.get(at("plan", draft)))
    run(draft.calculations.get())
    found = text(page.get(at("plan", draft)))
    assert "Planned" in found
    assert "performer_1" in found or "Мария" in found


def test_progress_is_asked_for_while_it_runs(page: Client, plans: Callable[..., Calculation]) -> None:
    running = plans(status="IN_PROGRESS", progress=37, phase="improve", finished_at=None)
    found = text(page.get(at("plan", running)))
    assert f'hx-get="{at("progress", running)}" hx-trigger="every 1s"' in found
    assert "Stop and keep the best" in found
    part = text(page.get(at("progress", running), headers={"HX-Request": "true"}))
    assert "37%" in part
    assert "at most 40 s left" in part
    assert "3 of 4 orders" in part
    assert '<path d="M0 6H994V94"/>' in part
    Calculation.objects.filter(pk=running.pk).update(status="FINISHED_IN_TIME")
    assert page.get(at("progress", running)).headers["HX-Refresh"] == "true"


def test_stop_keeps_the_best(page: Client, plans: Callable[..., Calculation]) -> None:
    running = plans(status="IN_PROGRESS", progress=37, finished_at=None)
    page.post(at("stop", running))
    running.refresh_from_db()
    assert running.cancel_requested
    assert "Stopping, keeping the best plan" in text(page.get(at("progress", running)))
    Calculation.objects.filter(pk=running.pk).update(status="CANCELED")
    found = text(page.get(at("plan", running)))
    assert "this is the best plan found until then" in found
    assert "Мария" in found


def test_a_failure_says_why(page: Client, plans: Callable[..., Calculation]) -> None:
    failed = plans(status="FAILED", message="The worker died twice.", figures={})
    found = text(page.get(at("plan", failed)))
    assert "The worker died twice." in found
    assert at("settings", failed) in found
    assert 'id="map"' not in found
    assert page.get(at("map", failed)).headers["Location"] == at("plan", failed)
    assert page.get(at("result-json", failed)).status_code == 404


def test_planning_again_makes_a_version_beside_the_old_one(page: Client, plan: Calculation) -> None:
    form = text(page.get(at("settings", plan)))
    assert '<option value="optimize_distance" selected>' in form
    page.post(at("settings", plan), SETTINGS)
    version = Dataset.objects.exclude(pk=plan.dataset_id).get()
    assert version.parent_id == plan.dataset_id
    assert version.name == "Tokyo morning"
    assert (
        task_used(version.calculations.get())["plan_settings"]["calculation_settings"]["result_timezone"]
        == -5
    )
    assert Dataset.objects.get(pk=plan.dataset_id).calculations.get() == plan


def test_a_refusal_is_told_in_the_form_and_nothing_is_left_behind(
    page: Client, plan: Calculation, draft: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise Refused("Not today.")

    monkeypatch.setattr(calculations, "submit", refuse)
    for there in (at("run", draft), at("settings", plan)):
        answer = page.post(there, SETTINGS)
        assert answer.status_code == 422
        assert "Not today." in text(answer)
        assert '<option value="30" selected>' in text(answer), "what was chosen is kept"
    assert Dataset.objects.count() == 2
    monkeypatch.setattr(datasets, "keep", refuse)
    assert "Not today." in text(page.post(at("settings", plan), SETTINGS))
    assert "Not today." in text(page.post(at("duplicate", plan), follow=True))


def test_everything_else_in_the_settings_stays(page: Client, user: User, solver: FakeSolver) -> None:
    task = task_of()
    task["plan_settings"]["calculation_settings"] |= {"precision": 5, "result_ttl": "PT2H"}
    task["plan_settings"]["trips_settings"]["penalties"] = {
        "compatibilities": [{"tag": "cold", "penalty": 7}]
    }
    draft = datasets.keep(user, json.dumps(task).encode(), Dataset.Source.JSON)
    page.post(at("run", draft), SETTINGS)
    used = task_used(draft.calculations.get())["plan_settings"]
    assert used["calculation_settings"]["precision"] == 5
    assert used["calculation_settings"]["result_ttl"] == "PT2H"
    assert used["trips_settings"]["penalties"]["compatibilities"] == [{"tag": "cold", "penalty": 7}]


def test_duplicate_rename_delete(page: Client, plan: Calculation) -> None:
    page.post(at("duplicate", plan))
    copy = Dataset.objects.exclude(pk=plan.dataset_id).get()
    assert not copy.calculations.exists()
    page.post(at("rename", copy), {"name": "Second <try>"})
    assert "Second &lt;try&gt;" in text(page.get(at("plan", copy)))
    page.post(at("rename", copy), {"name": ""})
    assert Dataset.objects.get(pk=copy.pk).name == "Second <try>"
    answer = page.post(at("delete", copy), follow=True)
    assert "is deleted" in text(answer)
    assert not Dataset.objects.filter(pk=copy.pk).exists()
    assert page.get(at("plan", copy)).status_code == 404


def test_a_locked_plan_is_not_deleted(page: Client, plan: Calculation) -> None:
    Dataset.objects.update(locked=True)
    assert "is locked" in text(page.post(at("delete", plan), follow=True))
    assert Dataset.objects.filter(pk=plan.dataset_id).exists()


def test_result_and_task_are_downloads_of_json(page: Client, plan: Calculation) -> None:
    result = page.get(at("result-json", plan))
    assert result.headers["Content-Disposition"] == 'attachment; filename="tokyo-morning.result.json"'
    body = json.loads(b"".join(result.streaming_content))
    assert len(body["trips"]) == 1
    assert body["calculation_info"]["status"] == "FINISHED_IN_TIME"
    task = page.get(at("task-json", plan))
    assert json.loads(task.content)["dataset_name"] == "Tokyo morning"


def test_the_workbook_holds_task_and_result(page: Client, plan: Calculation) -> None:
    answer = page.get(at("workbook", plan))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tokyo-morning.xlsx"'
    reading = read_workbook(answer.content)
    assert reading.findings == []
    assert [trip["name"] for trip in reading.data["trips"]] == ["1-HVFB"]
    assert len(reading.data["orders"]) == 4


def test_V2_the_task_without_what_is_cut_can_be_taken_away(page: Client, draft: Dataset) -> None:
    answer = page.get(at("refined-json", draft))
    assert len(json.loads(answer.content)["orders"]) == 4


def test_the_map_gives_geojson_and_stops_open_beside_it(page: Client, plan: Calculation) -> None:
    answer = page.get(at("map-json", plan))
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert len(json.loads(answer.content)["features"]) == 6
    panel = text(page.get(at("stop-panel", plan, 1, 1)))
    assert "Stop 2 of 4" in panel
    assert "14:00–14:10" in panel
    assert "late by 5 min" in panel
    assert "6.2 km" in panel
    assert page.get(at("stop-panel", plan, 1, 9)).status_code == 404
    assert page.get(at("stop-panel", plan, 2, 0)).status_code == 404


def test_many_trips_start_with_a_few_ticked(page: Client, plans: Callable[..., Calculation]) -> None:
    many = plans(20)
    found = text(page.get(at("map", many)))
    assert found.count("data-trip=") == 20
    assert found.count(" checked") == 8
    assert text(page.get(at("map", many), {"trips": "3,7-8"})).count(" checked") == 3


def test_the_timetable_draws_every_trip(page: Client, plans: Callable[..., Calculation]) -> None:
    found = text(page.get(at("gantt", plans(3))))
    assert found.count('<svg class="bars') == 3
    assert found.count("late by 5 min") >= 1
    assert "13:30" in found


def test_a_trip_shows_stops_windows_load_and_slack(page: Client, plan: Calculation) -> None:
    found = text(page.get(at("trip", plan, 1)))
    for said in ("Storage", "order_2", "delivery", "14:00–16:00", "late by 5 min", "1 h 20 min", "mass 2"):
        assert said in found
    assert page.get(at("trip", plan, 2)).status_code == 404
    assert page.get(at("trip", plan, 0)).status_code == 404


def test_route_sheets_of_the_ticked_trips(page: Client, plans: Callable[..., Calculation]) -> None:
    three = plans(3)
    assert text(page.get(at("print", three))).count('<article class="sheet">') == 3
    assert text(page.get(at("print", three), {"trips": "2"})).count('<article class="sheet">') == 1


def test_unplanned_orders_are_searched_by_name_place_and_reason(page: Client, plan: Calculation) -> None:
    for query in ("fragile", "CLIENT_3", "is full"):
        assert "Fragile" in text(page.get(at("unplanned", plan), {"q": query}))
    assert "Nothing found" in text(page.get(at("unplanned", plan), {"q": "banana"}))


def test_U2_unplanned_orders_tell_what_is_in_the_way_and_the_price(page: Client, plan: Calculation) -> None:
    found = text(page.get(at("unplanned", plan)))
    assert f'href="{at("trip", plan, 1)}"' in found
    for said in ("mass 120 over the capacity of", "demand_3 would end 12 min after its window closes"):
        assert said in found
    for price in ("+4.2 km", "+18 min", "cost 31.50", "Unused vehicle"):
        assert price in found
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    russian = text(page.get(at("unplanned", plan)))
    assert "demand_3 закончится на 12 мин позже закрытия окна" in russian
    assert "масса: на 120 больше вместимости" in russian


def test_U2_of_many_unplanned_orders_a_page_is_shown_and_a_kind_can_be_chosen(
    page: Client, plan: Calculation, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shelf.view_of(plan)
    assert view is not None
    (order,) = view.unplanned
    other = replace(order.reasons[0], type=EntityWarningType.NO_COMPATIBLE_TRANSPORT)
    many = [replace(order, name=f"Order {n:03}", key=f"o{n}", reasons=(order.reasons[0],)) for n in range(60)]
    many.append(replace(order, name="Heavy", key="heavy", reasons=(other,)))
    monkeypatch.setattr(shelf, "view_of", lambda _calculation: replace(view, unplanned=tuple(many)))
    first = text(page.get(at("unplanned", plan)))
    assert "Order 049" in first
    assert "Order 050" not in first
    assert "Order 050" in text(page.get(at("unplanned", plan), {"page": "2"}))
    heavy = text(page.get(at("unplanned", plan), {"kind": "NO_COMPATIBLE_TRANSPORT"}))
    assert "Heavy" in heavy
    assert "Order 001" not in heavy
    assert "Every trip that could carry this order is full." in first, "reasons that were not kept in full"


@pytest.mark.parametrize("entity", ["orders", "locations", "performers", "transports"])
def test_the_data_of_a_task(page: Client, draft: Dataset, entity: str) -> None:
    found = text(page.get(at("data-table", draft, entity)))
    wanted = {"orders": "order_3", "locations": "35.70423", "performers": "Мария", "transports": "mass 300"}
    assert wanted[entity] in found
    assert "Nothing found" in text(page.get(at("data-table", draft, entity), {"q": "banana"}))


def test_data_of_an_unknown_kind(page: Client, draft: Dataset) -> None:
    assert page.get(at("data-table", draft, "bananas")).status_code == 404


def test_two_plans_compare(page: Client, plans: Callable[..., Calculation]) -> None:
    first, second = plans(2, "Two"), plans(1, "One")
    keys = {"plan": [str(first.dataset_id), str(second.dataset_id)]}
    found = text(page.get(reverse("web:compare"), keys))
    assert "3 orders changed their driver" in found
    assert "−8.0" in found
    assert "better" in found
    assert "Choose two plans" in text(page.get(reverse("web:compare"), {"a": "nonsense"}))


def test_AC1_nobody_compares_with_somebody_elses_plan(
    page: Client, plan: Calculation, stranger: User
) -> None:
    client = Client()
    client.force_login(stranger)
    keys = {"plan": [str(plan.dataset_id)] * 2}
    assert client.get(reverse("web:compare"), keys).status_code == 404


def test_my_account_changes_name_and_clock(page: Client, user: User) -> None:
    fields = {"specification": "Dana", "email": "not-an-address", "phone": "", "timezone": "5"}
    answer = page.post(reverse("web:me"), fields)
    assert answer.status_code == 422
    assert 'value="not-an-address"' in text(answer)
    page.post(reverse("web:me"), fields | {"email": "dana@example.org"})
    user.refresh_from_db()
    assert (user.specification, user.timezone) == ("Dana", 5)


def test_AC2_a_new_password_ends_other_sessions_and_keeps_this_one(page: Client, user: User) -> None:
    other = Client()
    other.force_login(user)
    fields = {"old_password": "correct-horse-battery", "new_password1": "staple-battery-42"}
    assert page.post(reverse("web:me"), fields | {"new_password2": "other"}).status_code == 422
    page.post(reverse("web:me"), fields | {"new_password2": "staple-battery-42"})
    user.refresh_from_db()
    assert user.check_password("staple-battery-42")
    assert page.get(reverse("web:home")).status_code == 200
    assert other.get(reverse("web:home")).status_code == 302


def test_the_theme_is_remembered_and_can_be_forgotten(page: Client) -> None:
    page.post(reverse("web:theme"), {"theme": "dark", "next": "/plans/"})
    assert 'data-theme="dark"' in text(page.get(reverse("web:home")))
    page.post(reverse("web:theme"), {"theme": ""})
    assert "data-theme" not in text(page.get(reverse("web:home")))
