"""What staff do in the admin: quotas, actions, import and export, and the history of it all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Company, CompanyQuota, User, UserQuota
from accounts.tokens import holder, issue_token
from tests.accounts.test_admin import posted, signed_in

pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"
CSV, XLSX = "1", "0"
LIMITS = {"points_per_request": 10, "points_per_day": 20, "max_concurrent_execution": 1}


@pytest.fixture
def overlord(company: Company) -> User:
    return User.objects.create_user("overlord", None, company, roles=["OVERLORD"])


@pytest.fixture
def administrator(company: Company) -> User:
    return User.objects.create_user("administrator", None, company, roles=["ADMIN"])


def quota(company: Company, **changes: int) -> CompanyQuota:
    return CompanyQuota.objects.create(company=company, process_type="PLAN", **{**LIMITS, **changes})


def act(client: Client, path: str, name: str, *rows: Any) -> Any:
    return client.post(path, {"action": name, "_selected_action": [str(row.pk) for row in rows]})


def imported(client: Client, path: str, text: str, *, confirm: bool = True) -> str:
    """Upload a CSV, and confirm its preview; the page of the preview."""
    file = SimpleUploadedFile("rows.csv", text.encode(), content_type="text/csv")
    page = client.post(f"{path}import/", {"format": CSV, "import_file": file})
    assert page.status_code == 200
    form = page.context.get("confirm_form")
    if form is not None and confirm:
        done = client.post(f"{path}process_import/", form.initial)
        assert done.status_code == 302, done.content.decode()[-2000:]
    return str(page.content.decode())


def exported(client: Client, path: str) -> str:
    page = client.get(f"{path}export/").content.decode()
    assert "onchange=" not in page
    assert "style=" not in page
    answer = client.post(f"{path}export/", {"format": CSV})
    assert answer.status_code == 200
    return str(answer.content.decode())


def history(row: Any) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(row.pk)).order_by("pk")
    return [entry.get_change_message() for entry in entries]


def test_every_change_tells_before_and_after(administrator: User, user: User) -> None:
    path = f"{USERS}{user.pk}/change/"
    changes = {"email": "a@example.org", "roles": ["USER", "BOT"]}
    assert signed_in(administrator).post(path, posted(user, **changes)).status_code == 302
    (told,) = history(user)
    assert "E-mail: — → a@example.org" in told
    assert 'roles: ["USER"] → ["USER", "BOT"]' in told
    assert "Attributes" not in told


def test_AC5_the_history_holds_no_password(administrator: User, user: User) -> None:
    new = {"password1": "an-owned-password", "password2": "an-owned-password", "usable_password": "true"}
    assert signed_in(administrator).post(f"{USERS}{user.pk}/password/", new).status_code == 302
    user.refresh_from_db()
    text = json.dumps(list(LogEntry.objects.values_list("change_message", flat=True)))
    assert history(user)
    assert "an-owned-password" not in text
    assert user.password not in text


def test_AC1_only_operators_assign_companies(administrator: User, overlord: User, user: User) -> None:
    other = Company.objects.create(key="elsewhere")
    path, wish = f"{USERS}{user.pk}/change/", {"assigned_companies": [other.pk], "roles": ["PARTNER"]}
    assert signed_in(administrator).post(path, posted(user, **wish)).status_code == 302
    assert not user.assigned_companies.exists()
    assert signed_in(overlord).post(path, posted(user, **wish)).status_code == 302
    assert list(user.assigned_companies.all()) == [other]


def test_AC3_quotas_are_edited_in_a_table(administrator: User, company: Company, stranger: User) -> None:
    mine, theirs = quota(company), quota(stranger.company)
    client, path = signed_in(administrator), "/admin/accounts/companyquota/"
    page = client.get(path).content.decode()
    assert "acme" in page.lower()
    assert stranger.company.key not in page
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": mine.pk, "_save": "Save"}
    limits = {f"form-0-{name}": value for name, value in {**LIMITS, "points_per_day": 500}.items()}
    assert client.post(path, {**form, **limits}).status_code == 302
    mine.refresh_from_db()
    assert mine.points_per_day == 500
    assert "20 → 500" in history(mine)[0]
    client.post(path, {**form, **limits, "form-0-id": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.points_per_day == 20


def test_AC3_an_administrator_gives_quotas_to_his_own_only(
    administrator: User, user: User, stranger: User
) -> None:
    client, path = signed_in(administrator), "/admin/accounts/userquota/add/"
    wanted = {"service": "UNIVERSAL", "process_type": "PLAN", **LIMITS}
    assert client.post(path, {**wanted, "user": stranger.pk}).status_code == 200, "the form comes back"
    assert client.post(path, {**wanted, "user": user.pk}).status_code == 302
    assert [one.user for one in UserQuota.objects.all()] == [user]
    found = client.get(
        "/admin/autocomplete/?app_label=accounts&model_name=userquota&field_name=user&term="
    ).json()
    assert "stranger" not in json.dumps(found)


def test_AC1_switching_off_and_signing_out(administrator: User, user: User, overlord: User) -> None:
    client, token = signed_in(administrator), issue_token(user, 600)
    session = signed_in(user)
    act(client, USERS, "sign_out", user, overlord)
    assert holder(token) is None
    assert session.get("/plans/").status_code == 302
    act(client, USERS, "disable", user, overlord)
    user.refresh_from_db()
    overlord.refresh_from_db()
    assert (user.enabled, overlord.enabled) == (False, True)
    act(client, USERS, "enable", user)
    user.refresh_from_db()
    assert user.enabled
    assert history(user)[-1] == "Changed enabled: False → True."


def test_AC1_a_company_is_switched_off_by_operators(
    administrator: User, overlord: User, stranger: User
) -> None:
    path, token = "/admin/accounts/company/", issue_token(stranger, 600)
    act(signed_in(administrator), path, "disable", stranger.company, administrator.company)
    assert not Company.objects.filter(enabled=False).exists()
    act(signed_in(overlord), path, "disable", stranger.company)
    assert holder(token) is None


def test_export_has_neither_passwords_nor_operators(
    administrator: User, overlord: User, user: User, stranger: User
) -> None:
    user.specification = "=HYPERLINK(1)"
    user.save()
    text = exported(signed_in(administrator), USERS)
    assert text.splitlines()[0].split(",") == [
        "username", "company", "specification", "email", "phone", "enabled", "roles",
        "timezone", "attributes",
    ]  # fmt: skip
    assert "dispatcher" in text
    assert not any(word in text for word in ("overlord", "stranger", user.password, ",=HYPERLINK"))


def test_import_is_previewed_and_checked_row_by_row(
    administrator: User, overlord: User, user: User, stranger: User
) -> None:
    client, head = signed_in(administrator), "username,company,email,roles,password,is_superuser\n"
    preview = f"{head}fresh,acme,,USER,secret-of-mine,1\ndispatcher,acme,new@example.org,USER BOT,x,1\n"
    assert "new@example.org" in imported(client, USERS, preview, confirm=False)
    assert not User.objects.filter(username="fresh").exists()
    imported(client, USERS, preview)
    fresh = User.objects.get(username="fresh")
    user.refresh_from_db()
    assert (fresh.company.key, fresh.roles, fresh.has_usable_password()) == ("acme", ["USER"], False)
    assert (user.email, user.roles) == ("new@example.org", ["USER", "BOT"])
    assert "→ new@example.org" in history(user)[0]
    assert history(fresh) == ["Added."]


@pytest.mark.parametrize(
    "row",
    [
        "fresh,other,,USER",
        "fresh,nowhere,,USER",
        "fresh,acme,,OVERLORD",
        "fresh,acme,,EMPEROR",
        "stranger,acme,,USER",
        "overlord,acme,,USER",
        "x,acme,,USER",
    ],
)
def test_AC1_rows_that_are_not_his_are_refused(
    administrator: User, overlord: User, stranger: User, row: str
) -> None:
    text = f"username,company,email,roles\nfine,acme,,USER\n{row}\n"
    imported(signed_in(administrator), USERS, text)
    assert not User.objects.filter(username__in=["fresh", "x", "fine"]).exists()
    stranger.refresh_from_db()
    overlord.refresh_from_db()
    assert (stranger.company.key, overlord.roles) == ("other", ["OVERLORD"])


def test_import_of_companies_and_quotas(administrator: User, overlord: User, user: User) -> None:
    companies, quotas = "/admin/accounts/company/", "/admin/accounts/userquota/"
    assert signed_in(administrator).get(f"{companies}import/").status_code == 403
    imported(signed_in(overlord), companies, "key,name,enabled\nnewcomer,New,1\nacme,Acme & sons,1\n")
    assert Company.objects.get(key="acme").name == "Acme & sons"
    assert Company.objects.get(key="newcomer").enabled
    head = "user,service,process_type,points_per_request,points_per_day,max_concurrent_execution\n"
    imported(signed_in(administrator), quotas, f"{head}dispatcher,UNIVERSAL,PLAN,5,6,7\n")
    imported(signed_in(administrator), quotas, f"{head}dispatcher,UNIVERSAL,PLAN,5,60,7\n")
    (found,) = UserQuota.objects.all()
    assert (found.points_per_request, found.points_per_day) == (5, 60)


def test_all_changes_are_listed_for_operators(administrator: User, overlord: User, user: User) -> None:
    act(signed_in(administrator), USERS, "disable", user)
    page = signed_in(overlord).get("/admin/admin/logentry/")
    assert page.status_code == 200
    assert "True → False" in page.content.decode()
    assert signed_in(administrator).get("/admin/admin/logentry/").status_code == 403


def test_what_is_added_and_deleted_is_told_with_its_values(
    administrator: User, overlord: User, user: User
) -> None:
    client, wanted = signed_in(administrator), {"service": "UNIVERSAL", "process_type": "PLAN", **LIMITS}
    client.post("/admin/accounts/userquota/add/", {**wanted, "user": user.pk})
    found = UserQuota.objects.get()
    assert "points of a day: — → 20" in history(found)[0].lower()
    client.post(f"/admin/accounts/userquota/{found.pk}/delete/", {"post": "yes"})
    assert "points of a day: 20 → —" in history(found)[1].lower()
    assert "20 → —" in signed_in(overlord).get("/admin/admin/logentry/").content.decode()
