"""The administration in a real browser: both themes, a desk and a phone, nothing to complain of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import CompanyQuota, User
from audit.models import DailyCounter, Process
from planning.models import Calculation
from tests.web.browser import chromium, open_window
from tests.web.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIMITS = {"points_per_request": 100, "points_per_day": 1000, "max_concurrent_execution": 2}


@pytest.fixture
def operator(user: User) -> User:
    return User.objects.create_user("operator", PASSWORD, user.company, roles=["OVERLORD"])


@pytest.fixture
def rows(user: User, plan: Calculation) -> Calculation:
    """Something on every page."""
    known = {
        "username": user.username,
        "company": user.company,
        "company_key": user.company.key,
        "user": user,
    }
    CompanyQuota.objects.create(company=user.company, process_type="PLAN", **LIMITS)
    Process.objects.create(process_code=plan.pk, service="UNIVERSAL", process_type="PLAN", **known)
    today = timezone.now().date()
    DailyCounter.objects.bulk_create(
        DailyCounter(
            date=today - timedelta(days=day), service="UNIVERSAL", process_type=kind, points=day * 90,
            elements=day * 40, processes=day, **known,
        )
        for day in range(30) for kind in ("PLAN", "VALIDATE")
    )  # fmt: skip
    return plan


def pages(plan: Calculation) -> list[str]:
    user, lists = plan.user_id, ("accounts/user", "accounts/companyquota", "audit/process", "audit/request")
    return [
        "/admin/", *(f"/admin/{name}/" for name in lists), f"/admin/accounts/user/{user}/change/",
        "/admin/accounts/user/import/", "/admin/accounts/user/export/", "/admin/accounts/userquota/add/",
        f"/admin/audit/process/{plan.pk}/change/", "/admin/audit/dailycounter/picture/",
        "/admin/planning/calculation/", "/admin/planning/calculation/queue/", "/admin/admin/logentry/",
        f"/admin/planning/calculation/{plan.pk}/plan/", "/api/docs/", "/api/docs/account/",
    ]  # fmt: skip


@pytest.mark.parametrize(("theme", "width", "language"), [("light", 1360, "en"), ("dark", 390, "ru")])
def test_pages_fit_and_nothing_complains(
    live_server: Any, operator: User, rows: Calculation, theme: str, width: int, language: str
) -> None:
    with chromium() as browser:
        size = {"width": width, "height": 844}
        window = open_window(browser, live_server.url, viewport=size, color_scheme=theme)
        window.sign_in("operator", PASSWORD)
        cookie = {"name": "django_language", "value": language, "url": live_server.url}
        window.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict will do
        wrong = []
        for path in pages(rows):
            window.goto(path)
            wide = window.page.evaluate("document.documentElement.scrollWidth")
            window.keep(f"staff-{theme}{path.replace('/', '-').replace(str(rows.pk), 'pk')}")
            wrong += [f"{path}: {wide} wide"] if wide > width else []
        assert wrong + window.complaints == []
