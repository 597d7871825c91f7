"""The admin: who sees and may do what (AC1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from planning import calculations, datasets
from planning.models import Calculation, Dataset
from tests.planning.conftest import Api
from tests.planning.fake_solver import FakeSolver, example

pytestmark = pytest.mark.django_db
LISTS = [
    "accounts/company", "accounts/user", "audit/process", "audit/request", "planning/dataset",
    "planning/calculation",
]  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def overlord(company: Company) -> User:
    return User.objects.create_user("overlord", None, company, roles=["OVERLORD"])


@pytest.fixture
def administrator(company: Company) -> User:
    return User.objects.create_user("administrator", None, company, roles=["ADMIN"])


@pytest.fixture
def rows(user: User, stranger: User, solver: FakeSolver) -> list[Calculation]:
    """A calculation and a dataset of each company."""
    for owner in (user, stranger):
        datasets.keep(owner, example("plan.request"), Dataset.Source.JSON, name=f"of {owner}")
    return [Api(user).submit(), Api(stranger).submit()]


@pytest.mark.parametrize("name", LISTS)
def test_operator_sees_all_rows(overlord: User, rows: list[Calculation], name: str) -> None:
    page = signed_in(overlord).get(f"/admin/{name}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert all(
        word in text for word in (("acme", "other") if "company" in name else ("dispatcher", "stranger"))
    )


@pytest.mark.parametrize("name", LISTS)
def test_ac1_administrator_sees_his_company_only(
    administrator: User, rows: list[Calculation], name: str
) -> None:
    text = signed_in(administrator).get(f"/admin/{name}/").content.decode()
    assert ("acme" if "company" in name else "dispatcher") in text
    assert "stranger" not in text
    assert "other" not in text.replace("Add another", "")


def test_ac1_rows_of_others_have_no_page(
    administrator: User, rows: list[Calculation], stranger: User
) -> None:
    client = signed_in(administrator)
    for path in (
        f"planning/calculation/{rows[1].pk}",
        f"accounts/user/{stranger.pk}",
        f"audit/process/{rows[1].pk}",
    ):
        assert client.get(f"/admin/{path}/change/").status_code == 302
    for path in (f"planning/calculation/{rows[0].pk}", f"audit/process/{rows[0].pk}"):
        assert client.get(f"/admin/{path}/change/").status_code == 200


@pytest.mark.parametrize("roles", [[], ["USER"], ["BOT"], ["USER", "BOT"]])
def test_ac1_others_have_no_admin(user: User, roles: list[str]) -> None:
    user.roles = roles
    user.save()
    assert signed_in(user).get("/admin/").status_code == 302


def test_ac1_administrator_finds_no_queue_or_sessions(administrator: User, overlord: User) -> None:
    assert signed_in(administrator).get("/admin/django_q/schedule/").status_code == 403
    assert signed_in(overlord).get("/admin/django_q/schedule/").status_code == 200
    assert "django_q" not in signed_in(administrator).get("/admin/").content.decode()


def posted(user: User, **changes: Any) -> dict[str, Any]:
    fields = ["username", "specification", "email", "phone", "timezone"]
    data = {name: getattr(user, name) for name in fields}
    data |= {"quotas-TOTAL_FORMS": 0, "quotas-INITIAL_FORMS": 0}
    data |= {"company": user.company_id, "roles": user.roles, "attributes": "[]", "enabled": "on"}
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def test_ac1_administrator_manages_his_users(administrator: User, user: User, stranger: User) -> None:
    client, path = signed_in(administrator), f"/admin/accounts/user/{user.pk}/change/"
    assert client.post(path, posted(user, roles=["ADMIN", "USER"], enabled=None)).status_code == 302
    user.refresh_from_db()
    assert (user.roles, user.enabled) == (["ADMIN", "USER"], False)
    for wrong in (
        {"roles": ["OVERLORD"]},
        {"company": stranger.company_id},
        {"roles": ["USER", "BOT", "ADMIN"]},
    ):
        assert client.post(path, posted(user, **wrong)).status_code == 200, "the form comes back"
    user.refresh_from_db()
    assert (user.roles, user.company.key) == (["ADMIN", "USER"], "acme")


def test_ac1_administrator_cannot_touch_an_operator(administrator: User, overlord: User) -> None:
    client, path = signed_in(administrator), f"/admin/accounts/user/{overlord.pk}"
    assert client.post(f"{path}/change/", posted(overlord, enabled=None)).status_code == 403
    new = {"password1": "an-owned-password", "password2": "an-owned-password", "usable_password": "true"}
    assert client.post(f"{path}/password/", new).status_code == 403
    assert client.post(f"{path}/delete/", {"post": "yes"}).status_code == 403


def test_new_user_and_password(administrator: User, company: Company) -> None:
    client = signed_in(administrator)
    new = {"password1": "an-owned-password", "password2": "an-owned-password", "usable_password": "true"}
    added = client.post(
        "/admin/accounts/user/add/", {"username": "fresh", "company": company.pk, "roles": ["USER"], **new}
    )
    assert added.status_code == 302, added.content.decode()[-3000:]
    fresh = User.objects.get(username="fresh")
    assert fresh.check_password("an-owned-password")
    weak = {"password1": "password12", "password2": "password12", "usable_password": "true"}
    assert client.post(f"/admin/accounts/user/{fresh.pk}/password/", weak).status_code == 200
    assert (
        client.post(f"/admin/accounts/user/{fresh.pk}/password/", {**new, "password1": "x"}).status_code
        == 200
    )


def test_company_is_the_operators(administrator: User, overlord: User, company: Company) -> None:
    path = f"/admin/accounts/company/{company.pk}/change/"
    assert signed_in(administrator).post(path, {"key": "mine", "name": "x"}).status_code == 403
    assert (
        signed_in(overlord)
        .post(
            path,
            {
                "key": "acme",
                "name": "Acme Ltd",
                "enabled": "on",
                "quotas-TOTAL_FORMS": 0,
                "quotas-INITIAL_FORMS": 0,
            },
        )
        .status_code
        == 302
    )
    company.refresh_from_db()
    assert company.name == "Acme Ltd"


def test_what_code_writes_is_read_only(overlord: User, rows: list[Calculation]) -> None:
    client = signed_in(overlord)
    path = f"/admin/planning/calculation/{rows[0].pk}"
    assert client.post(f"{path}/change/", {"status": "FAILED"}).status_code == 403
    assert client.post(f"{path}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/planning/calculation/add/").status_code == 403


def test_stop_action(administrator: User, rows: list[Calculation]) -> None:
    chosen = {"action": "stop", "_selected_action": [str(row.pk) for row in rows]}
    signed_in(administrator).post("/admin/planning/calculation/", chosen)
    assert [Calculation.objects.get(pk=row.pk).status for row in rows] == ["CANCELED", "WAITING"]


@pytest.mark.django_db(transaction=True)
def test_deleting_a_dataset_removes_its_calculations(overlord: User, user: User, solver: FakeSolver) -> None:
    dataset = datasets.keep(user, example("plan.request"), Dataset.Source.JSON)
    calculations.submit(user, datasets.task_bytes(dataset), dataset=dataset)
    signed_in(overlord).post(f"/admin/planning/dataset/{dataset.pk}/delete/", {"post": "yes"})
    assert not Dataset.objects.exists()
    assert not Calculation.objects.exists()


@pytest.mark.parametrize("name", LISTS)
def test_lists_can_be_searched_and_filtered(overlord: User, rows: list[Calculation], name: str) -> None:
    client = signed_in(overlord)
    assert client.get(f"/admin/{name}/?q=dispatcher").status_code == 200
    assert client.get(f"/admin/{name}/?q={rows[0].pk}").status_code == 200


def test_filter_by_role(overlord: User, stranger: User, user: User) -> None:
    page = signed_in(overlord).get("/admin/accounts/user/?role=ADMIN").content.decode()
    assert "stranger" in page
    assert "dispatcher" not in page
