"""Every page needs a user, and shows him only what is his (AC1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.models import User
from planning.models import Calculation, Dataset
from planning.web.urls import urlpatterns

pytestmark = pytest.mark.django_db

OPEN = {"sign-in", "sign-out", "theme", "health", "api-docs", "api-docs-of", "api-docs-json"}
POSTS = {"run", "stop", "rename", "duplicate", "delete", "sample", "keep", "theme", "sign-out"}


def address(pattern: URLPattern, plan: Calculation) -> str:
    known: dict[str, Any] = {
        "key": plan.dataset_id,
        "code": plan.pk,
        "file": plan.pk,
        "number": 1,
        "stop": 0,
        "name": "account" if pattern.name in OPEN else "heidelberg.json",
        "entity": "orders",
    }
    wanted = {name: known[name] for name in pattern.pattern.converters}
    return reverse(f"web:{pattern.name}", kwargs=wanted)


def patterns(*, of_a_plan: bool = False) -> list[Any]:
    found = [item for item in urlpatterns if not of_a_plan or "key" in item.pattern.converters]
    return [pytest.param(item, id=str(item.name)) for item in found]


def call(client: Client, pattern: URLPattern, plan: Calculation, **headers: str) -> Any:
    method = client.post if pattern.name in POSTS else client.get
    return method(address(pattern, plan), headers=headers)


@pytest.mark.parametrize("pattern", patterns())
def test_AC1_without_signing_in_every_page_leads_to_the_sign_in_page(
    pattern: URLPattern, plan: Calculation
) -> None:
    answer = call(Client(), pattern, plan)
    if pattern.name in OPEN:
        assert answer.status_code in {200, 302}
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("web:sign-in"))


@pytest.mark.parametrize("pattern", patterns(of_a_plan=True))
def test_AC1_somebody_elses_plan_does_not_exist(
    pattern: URLPattern, plan: Calculation, stranger: User
) -> None:
    client = Client()
    client.force_login(stranger)
    assert call(client, pattern, plan).status_code == 404
    assert Dataset.objects.filter(pk=plan.dataset_id).exists()


@pytest.mark.parametrize("pattern", patterns(of_a_plan=True))
def test_AC1_the_owner_reaches_every_page_of_his_plan(
    pattern: URLPattern, plan: Calculation, page: Client
) -> None:
    # An empty form is told what it lacks.
    assert call(page, pattern, plan).status_code in ({200, 302} if pattern.name != "run" else {422})


@pytest.mark.parametrize("pattern", [item for item in patterns() if item.values[0].name in POSTS])
def test_what_changes_something_is_no_get(pattern: URLPattern, plan: Calculation, page: Client) -> None:
    assert page.get(address(pattern, plan)).status_code == 405


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(plan: Calculation) -> None:
    there = reverse("web:plan", args=[plan.dataset_id])
    answer = Client().get(
        reverse("web:progress", args=[plan.dataset_id]),
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{there}"},
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"{reverse('web:sign-in')}?next={there}"


def test_AC1_a_user_switched_off_is_out_at_once(page: Client, user: User) -> None:
    assert page.get(reverse("web:home")).status_code == 200
    user.enabled = False
    user.save()
    assert page.get(reverse("web:home")).status_code == 302


def test_signing_in_and_out(user: User) -> None:
    client = Client()
    wrong = client.post(reverse("web:sign-in"), {"username": "dispatcher", "password": "wrong"})
    assert wrong.status_code == 200
    assert b'value="dispatcher"' in wrong.content, "what was typed is kept"
    right = {"username": "dispatcher", "password": "correct-horse-battery", "next": "/plans/"}
    assert client.post(reverse("web:sign-in"), right).headers["Location"] == "/plans/"
    assert client.get(reverse("web:home")).status_code == 200
    client.post(reverse("web:sign-out"))
    assert client.get(reverse("web:home")).status_code == 302


def test_nobody_is_sent_to_another_site(user: User) -> None:
    right = {"username": "dispatcher", "password": "correct-horse-battery", "next": "https://evil.example/"}
    assert Client().post(reverse("web:sign-in"), right).headers["Location"] == "/"
    assert (
        Client().post(reverse("web:theme"), {"theme": "dark", "next": "//evil.example"}).headers["Location"]
        == "/"
    )


@pytest.mark.parametrize(
    "path", ["/plans/not-a-key/", "/plans/00000000-0000-0000-0000-000000000000/", "/nothing/"]
)
def test_what_does_not_exist_is_a_page_of_ours(page: Client, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 404
    assert b"There is no such page" in answer.content
