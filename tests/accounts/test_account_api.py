"""The account operations on the user himself, through the official client (AC1-AC3, AC5, AC7)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import vrt_lss_account as account
from django.db import connections
from django.test import Client

from accounts.models import Company, CompanyQuota, SignInFailures, User, UserQuota
from accounts.tokens import holder, issue_token
from solver.contract import General400, General500, QuotasResult, read
from solver.contract import User as ContractUser
from tests.planning.conftest import PASSWORD, Api

NEW = "another-long-password"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(live_server: Any, user: User) -> Iterator[account.ApiClient]:
    configuration = account.Configuration(f"{live_server.url}/account", access_token=issue_token(user, 600))
    with account.ApiClient(configuration) as found:
        yield found


@pytest.fixture(autouse=True)
def base_path(live_server: Any, client: account.ApiClient) -> None:
    """The client's host is the installation, as docs/api.md says."""
    client.configuration.host = live_server.url


def test_ac7_info(client: account.ApiClient, user: User) -> None:
    answer = account.InfoApi(client).read_info_with_http_info()
    told = read(ContractUser, answer.raw_data)
    assert (told.username, told.company_key, told.enabled, told.timezone) == ("dispatcher", "acme", True, 0)
    assert answer.data.roles == ["USER"]
    assert (told.creation_date, told.edit_date) == (user.created_at, user.edited_at)
    assert b"password" not in answer.raw_data
    assert user.password.encode() not in answer.raw_data


def test_ac7_an_absent_field_stays_and_null_clears_it(client: account.ApiClient, user: User) -> None:
    api = account.InfoApi(client)
    attribute = account.Attribute(key="depot", value="north")
    full = account.InfoChangeRequest(
        specification="Dana D", email="dana@example.com", phone="+3581234", attributes=[attribute]
    )
    told = api.update_info(full)
    assert (told.specification, told.email, told.phone) == ("Dana D", "dana@example.com", "+3581234")
    assert [(item.key, item.value) for item in told.attributes] == [("depot", "north")]
    told = api.update_info(account.InfoChangeRequest(email=None))
    assert (told.specification, told.email, told.phone) == ("Dana D", None, "+3581234")
    assert len(told.attributes) == 1
    told = api.update_info(account.InfoChangeRequest(specification=None))
    assert len(told.attributes) == 1
    Api(user)("PUT", "/account/info", {"attributes": None})  # which the client leaves out
    told = api.read_info()
    assert (told.specification, told.phone, told.attributes) == (None, "+3581234", [])
    user.refresh_from_db()
    assert (user.specification, user.email, user.phone, user.attributes) == ("", "", "+3581234", [])
    assert told.edit_date > told.creation_date


def test_ac7_characters_a_database_refuses_are_left_out(user: User) -> None:
    body = {"specification": "Da\x00na", "attributes": [{"key": "k\x00", "value": "\x00v"}]}
    told = read(ContractUser, Api(user)("PUT", "/account/info", body).content)
    assert told.specification == "Dana"
    assert [(item.key, item.value) for item in told.attributes] == [("k", "v")]


@pytest.mark.parametrize(
    ("body", "entity"),
    [
        ({"email": "no address"}, "email"),
        ({"phone": "1"}, "phone"),
        ({"specification": 7}, "specification"),
        ({"attributes": [{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]}, "attributes"),
        ({"attributes": [{"key": ""}]}, "attributes"),
    ],
)
def test_ac7_wrong_info_changes_nothing(user: User, body: dict[str, Any], entity: str) -> None:
    answer = Api(user)("PUT", "/account/info", body)
    errors = read(General400, answer.content).schema_errors
    assert (answer.status_code, errors[0].entity.split("[")[0]) == (400, entity)
    before = user.edited_at
    user.refresh_from_db()
    assert (user.email, user.phone, user.specification, user.attributes) == ("", "", "", [])
    assert user.edited_at == before


def test_ac3_quota_of_the_user_of_his_company_and_of_the_installation(
    client: account.ApiClient, user: User, settings: Any
) -> None:
    CompanyQuota.objects.create(
        company=user.company, process_type="PLAN", points_per_request=1500, points_per_day=25000,
        max_concurrent_execution=5,
    )  # fmt: skip
    CompanyQuota.objects.create(
        company=user.company, process_type="CONVERT", points_per_request=3, points_per_day=4,
        max_concurrent_execution=2,
    )  # fmt: skip
    UserQuota.objects.create(
        user=user, process_type="CONVERT", points_per_request=7, points_per_day=8, max_concurrent_execution=9
    )
    answer = account.QuotaApi(client).read_quota_with_http_info()
    (service,) = read(QuotasResult, answer.raw_data).base.services
    found = {
        item.process_type.value: (
            item.points_per_request,
            item.points_per_day,
            item.max_concurrent_execution,
        )
        for item in service.processes
    }
    allowed = settings.ENVIRONMENT
    rest = (
        allowed.quota_points_per_request,
        allowed.quota_points_per_day,
        allowed.quota_concurrent_execution,
    )
    assert found == {"PLAN": (1500, 25000, 5), "VALIDATE": rest, "CONVERT": (7, 8, 9)}


def test_ac2_a_new_password_ends_everything_earlier(client: account.ApiClient, user: User) -> None:
    earlier = issue_token(user, 600)
    browser = Client()
    browser.force_login(user)
    assert browser.get("/plans/").status_code == 200
    change = account.PasswordChangeRequest(current_password=PASSWORD, new_password=NEW)
    token = account.AuthApi(client).change_password(change)
    found = holder(token)
    assert found is not None
    assert found.pk == user.pk
    assert holder(earlier) is None
    assert Api(None)("GET", "/account/info", authorization=f"Bearer {earlier}").status_code == 401
    page = browser.get("/me/", follow=True)
    assert "/sign-in" in page.redirect_chain[-1][0]
    with pytest.raises(account.exceptions.UnauthorizedException):
        account.InfoApi(client).read_info()
    client.configuration.access_token = token
    assert account.InfoApi(client).read_info().username == "dispatcher"
    assert Client().login(username="dispatcher", password=NEW)
    assert not Client().login(username="dispatcher", password=PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "entity"),
    [
        ("a-wrong-password", NEW, "current_password"),
        (PASSWORD, "password123", "new_password"),
        (PASSWORD, "12345678901", "new_password"),
        (PASSWORD, "dispatcher1", "new_password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, None, "new_password"),
        (None, NEW, "current_password"),
    ],
)
def test_ac2_wrong_and_weak_passwords_are_refused(
    user: User, current: str | None, new: str | None, entity: str
) -> None:
    api = Api(user)
    answer = api("POST", "/account/password", {"current_password": current, "new_password": new})
    assert answer.status_code == 400
    assert {error.entity for error in read(General400, answer.content).schema_errors} == {entity}
    assert api("GET", "/account/info").status_code == 200, "the token is still good"
    assert Client().login(username="dispatcher", password=PASSWORD)


def test_h1_every_operation_wants_a_token(live_server: Any) -> None:
    with account.ApiClient(account.Configuration(live_server.url)) as nobody:
        code = "11111111-2222-3333-4444-555555555555"
        asked = [
            lambda: account.InfoApi(nobody).read_info(),
            lambda: account.InfoApi(nobody).update_info(account.InfoChangeRequest()),
            lambda: account.QuotaApi(nobody).read_quota(),
            lambda: account.AuditApi(nobody).read_audit(),
            lambda: account.DataApi(nobody).read_data(code),
            lambda: account.StatisticsApi(nobody).generate_statistics(),
            lambda: account.StatisticsApi(nobody).generate_report(),
            lambda: account.AuthApi(nobody).change_password(
                account.PasswordChangeRequest(current_password=PASSWORD, new_password=NEW)
            ),
        ]
        for ask in asked:
            with pytest.raises(account.exceptions.UnauthorizedException):
                ask()


ADDRESSES = {
    "info": "PUT", "quota": "GET", "audit": "GET", "statistics": "GET", "report": "GET",
    "password": "POST", "data/11111111-2222-3333-4444-555555555555": "GET",
}  # fmt: skip


@pytest.mark.parametrize("path", ADDRESSES)
def test_h1_other_codes(user: User, path: str) -> None:
    api, there = Api(user), f"/account/{path}"

    def code(method: str, body: Any = None, **headers: str) -> int:
        answer = api(method, there, body, **headers)
        told = read(General500, answer.content)
        assert told.message
        assert (told.tracedata.service, told.tracedata.username) == ("ACCOUNT", "dispatcher")
        return int(answer.status_code)

    assert code("DELETE") == 405
    assert code("GET" if path == "info" else ADDRESSES[path], accept="image/png") == 406
    if ADDRESSES[path] != "GET":
        answer = api.client.generic(
            ADDRESSES[path], there, b"<a/>", content_type="application/xml", headers=api.headers
        )
        assert answer.status_code == 415
        assert api(ADDRESSES[path], there, b"[").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_ac2_of_two_new_passwords_at_once_one_wins(user: User) -> None:
    api = Api(user)

    def change(number: int) -> Any:
        body = {"current_password": PASSWORD, "new_password": f"{NEW}-{number}"}
        try:
            return api("POST", "/account/password", body)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as crowd:
        answers = list(crowd.map(change, range(5)))
    won = [number for number, answer in enumerate(answers) if answer.status_code == 200]
    assert len(won) == 1
    assert {answer.status_code for answer in answers} <= {200, 400, 401}
    assert holder(answers[won[0]].json()) == user
    assert Client().login(username="dispatcher", password=f"{NEW}-{won[0]}")


# --- signing in ---


def sign_in(username: str, password: str, **headers: str) -> Any:
    body = {"username": username, "password": password}
    return Api(None)("POST", "/account/token/generation", body, **headers)


@pytest.mark.parametrize("username", ["dispatcher", "nobody"])
def test_ac2_signing_in_is_throttled_by_account_also_of_nobody(
    user: User, settings: Any, username: str
) -> None:
    limits = {"sign_in_failures": 3}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=limits)
    answers = [sign_in(username, "wrong-password") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert 14 * 60 < int(answers[-1]["retry-after"]) <= 15 * 60
    assert sign_in(username, PASSWORD).status_code == 429, "the right one is not looked at"
    assert sign_in("other", "wrong-password").status_code == 401
    for form in ("/sign-in/", "/admin/login/"):
        page = Client().post(form, {"username": username, "password": PASSWORD})
        assert page.status_code == 429
        assert 14 * 60 < int(page["retry-after"]) <= 15 * 60
        assert "Try again in 15 minutes" in page.content.decode()
    kept = " ".join(SignInFailures.objects.values_list("key", flat=True))
    assert username not in kept


def test_ac2_signing_in_counts_only_failures(user: User, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"sign_in_failures": 2})
    for _ in range(3):
        assert sign_in("dispatcher", "wrong-password").status_code == 401
        assert sign_in("dispatcher", PASSWORD).status_code == 200


def test_ac2_one_address_may_not_try_many_accounts(user: User, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"sign_in_failures": 1, "behind_tls_proxy": True}
    )
    here = {"x-forwarded-for": "10.0.0.1, 192.0.2.7"}
    codes = [sign_in(f"user{number}", "wrong-password", **here).status_code for number in range(11)]
    assert codes == [401] * 10 + [429]
    elsewhere = {"x-forwarded-for": "192.0.2.7, 10.0.0.1"}
    assert sign_in("dispatcher", PASSWORD, **elsewhere).status_code == 200


def test_ac2_waiting_ends(user: User, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"sign_in_failures": 1})
    assert [sign_in("dispatcher", "wrong-password").status_code for _ in range(2)] == [401, 429]
    for row in SignInFailures.objects.all():
        row.since = row.since.replace(year=row.since.year - 1)
        row.save()
    assert sign_in("dispatcher", PASSWORD).status_code == 200


def test_ac2_a_wrong_current_password_is_throttled_too(user: User, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"sign_in_failures": 1})
    body = {"current_password": "a-wrong-password", "new_password": NEW}
    api = Api(user)
    assert [api("POST", "/account/password", body).status_code for _ in range(2)] == [400, 429]


def test_ac2_unknown_names_take_as_long_as_known_ones(user: User) -> None:
    def seconds(username: str) -> float:
        began = time.perf_counter()
        assert sign_in(username, "wrong-password").status_code == 401
        return time.perf_counter() - began

    seconds("warm")
    known, unknown = (min(seconds(name) for _ in range(3)) for name in ("dispatcher", "nobody"))
    assert 0.4 < known / unknown < 2.5


def test_ac1_switched_off_ends_tokens_and_sessions_from_the_next_request(user: User) -> None:
    api, browser = Api(user), Client()
    browser.force_login(user)
    assert api("GET", "/account/info").status_code == 200
    for row in (user, user.company):
        type(row).objects.filter(pk=row.pk).update(enabled=False)
        assert api("GET", "/account/info").status_code == 401
        assert "/sign-in" in browser.get("/me/", follow=True).redirect_chain[-1][0]
        type(row).objects.filter(pk=row.pk).update(enabled=True)
    assert Company.objects.count() == 1
