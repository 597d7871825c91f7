"""Tokens (AC2), and who is let in (AC1)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import Company, User
from accounts.tokens import issue_token
from solver.contract import General400, General500, TokenValidationResult, read
from tests.planning.conftest import PASSWORD, Api

pytestmark = pytest.mark.django_db
GENERATION, VALIDATION = "/account/token/generation", "/account/token/validation"
STATE = "/universal/plan/state/11111111-2222-3333-4444-555555555555"


def generate(**wanted: Any) -> Any:
    return Api(None)("POST", GENERATION, wanted)


def validate(token: Any) -> TokenValidationResult:
    answer = Api(None)("POST", VALIDATION, token)
    assert answer.status_code == 200, answer.content
    return read(TokenValidationResult, answer.content)


def accepted(token: str) -> bool:
    """404 says: let in, and the process is not known."""
    return Client().get(STATE, headers={"authorization": f"Bearer {token}"}).status_code == 404


def test_ac2_token_is_a_json_string_that_opens_the_api(user: User) -> None:
    answer = generate(username="dispatcher", password=PASSWORD)
    assert (answer.status_code, answer["content-type"]) == (200, "application/json")
    token = answer.json()
    assert accepted(token)
    assert validate(token).valid
    assert [role.value for role in validate(token).roles] == ["USER"]


@pytest.mark.parametrize(("asked", "seconds"), [({}, 86400), ({"ttl_seconds": 60}, 60)])
def test_ac2_ttl(user: User, asked: dict[str, int], seconds: int) -> None:
    token = generate(username="dispatcher", password=PASSWORD, **asked).json()
    claims = jwt.decode(token, options={"verify_signature": False})
    left = datetime.fromtimestamp(claims["exp"], UTC) - datetime.now(UTC)
    assert timedelta(seconds=seconds - 5) < left <= timedelta(seconds=seconds)


@pytest.mark.parametrize("seconds", [59, 31_556_927])
def test_ac2_ttl_out_of_bounds_is_refused(user: User, seconds: int) -> None:
    answer = generate(username="dispatcher", password=PASSWORD, ttl_seconds=seconds)
    found = read(General400, answer.content)
    assert (answer.status_code, [error.entity for error in found.schema_errors]) == (400, ["ttl_seconds"])


@pytest.mark.parametrize(
    "wanted",
    [
        {"username": "dispatcher", "password": "wrong-password"},
        {"username": "nobody", "password": PASSWORD},
        {"username": "dispatcher", "password": None},
        {"username": "dispatcher\x00", "password": PASSWORD},
    ],
)
def test_h1_one_401_for_every_wrong_name_or_password(user: User, wanted: dict[str, Any]) -> None:
    answer = generate(**wanted)
    found = read(General500, answer.content)
    assert (answer.status_code, found.message) == (401, "The name or the password is wrong.")
    assert found.tracedata.username == "anonymous"
    assert answer["www-authenticate"].startswith("Bearer")


def new_password(user: User) -> None:
    user.set_password("another-long-password")
    user.save()


def off_and_on(row: User | Company) -> None:
    for enabled in (False, True):
        row.enabled = enabled
        row.save()


@pytest.mark.parametrize(
    "end",
    [new_password, off_and_on, lambda user: off_and_on(user.company)],
    ids=["password", "user", "company"],
)
def test_ac2_earlier_tokens_and_sessions_end_for_good(user: User, end: Any) -> None:
    token = issue_token(user, 600)
    browser = Client()
    browser.force_login(user)
    assert accepted(token)
    assert "_auth_user_id" in browser.session
    end(User.objects.get(pk=user.pk))
    assert not accepted(token)
    assert not validate(token).valid
    request = type("Request", (), {"session": browser.session})()
    assert not get_user(request).is_authenticated
    assert accepted(issue_token(User.objects.get(pk=user.pk), 600)), "a new token is good again"


@pytest.mark.parametrize("who", ["user", "company"])
def test_ac1_switched_off_logs_in_nowhere(user: User, who: str) -> None:
    token = issue_token(user, 600)
    row = user if who == "user" else user.company
    type(row).objects.filter(pk=row.pk).update(enabled=False)
    assert generate(username="dispatcher", password=PASSWORD).status_code == 401
    assert not Client().login(username="dispatcher", password=PASSWORD)
    assert not accepted(token)


def foreign(claims: dict[str, Any], key: str | None = None, algorithm: str = "HS256") -> str:
    return jwt.encode(claims, key or settings.SECRET_KEY, algorithm)


def hour() -> int:
    return int((datetime.now(UTC) + timedelta(hours=1)).timestamp())


def test_ac2_only_our_signature_counts(user: User) -> None:
    claims = jwt.decode(issue_token(user, 600), options={"verify_signature": False})
    assert accepted(foreign(claims))
    assert not accepted(foreign(claims, "x" * 64))
    assert not accepted(foreign(claims, algorithm="HS512"))
    unsigned = jwt.encode(claims, "", "none")
    assert not accepted(unsigned)
    for wrong in ({"exp": 1}, {"sub": "x"}, {"sub": "99999999999999999999"}, {"version": 7}):
        assert not accepted(foreign({**claims, **wrong})), wrong


@pytest.mark.parametrize("text", ["x" * 10, "a.b.c-----", "ä" * 20, "\x00" * 12, "null======", "e" * 1000])
def test_ac2_validation_never_fails_for_a_bad_token(db: None, text: str) -> None:
    assert validate(text) == TokenValidationResult(valid=False, roles=[])


@pytest.mark.parametrize("body", [b'"short"', b"12", b"", b"{}", json.dumps("x" * 1001).encode()])
def test_h1_what_is_no_token_text_is_refused(db: None, body: bytes) -> None:
    answer = Api(None)("POST", VALIDATION, body)
    assert answer.status_code == 400
    assert read(General400, answer.content).schema_errors


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Token abc", "Bearer ä", "Basic dXNlcg=="])
def test_h1_401_without_a_good_bearer(db: None, header: str) -> None:
    answer = Client().get(STATE, headers={"authorization": header})
    assert answer.status_code == 401
    assert read(General500, answer.content).tracedata.operation == "read_plan_state"
    assert answer["www-authenticate"].startswith("Bearer")


def test_passwords_are_kept_as_argon2(user: User) -> None:
    assert user.password.startswith("argon2$argon2id$")
