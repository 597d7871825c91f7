"""What holds for every answer of the site."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/universal/system/version", "/admin/login/", "/nothing"])
def test_content_security_policy(path: str) -> None:
    policy = Client().get(path)["content-security-policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' data:;")
    assert "unsafe" not in policy


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_queue_times_stand_in_the_right_order() -> None:
    queue = settings.Q_CLUSTER
    assert settings.ENVIRONMENT.max_calculation_seconds < queue["timeout"] < queue["retry"]


def test_production_keeps_cookies_to_https(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.X_FRAME_OPTIONS == "DENY"


def test_demo_is_refused_in_production(settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"production": True})
    with pytest.raises(Exception, match="not in production"):
        call_command("demo")
