"""The audit with a million requests: answers, and batches of deletion (AC5)."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Company, User
from audit.models import Process

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 300
"""Milliseconds, also of the longest page: 2,001 processes with 8,004 requests, over 3 MB."""


@pytest.mark.slow
@pytest.mark.alone
def test_ac5_a_million_requests(db: None) -> None:
    said = io.StringIO()
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("bench_audit", stdout=said)
        return
    call_command("bench_audit", stdout=said)
    text = said.getvalue()
    assert "1000000 requests" in text
    times = re.findall(r"^ *(\d+) ms \(worst \d+\)  (.*)$", text, flags=re.MULTILINE)
    slow = {what: int(ms) for ms, what in times if int(ms) > MOST}
    assert (len(times), slow) == (37, {}), text
    longest = [int(ms) for ms in re.findall(r"longest batch (\d+) ms", text)]
    assert len(longest) == 2
    assert max(longest) < 1000, text
    assert not Process.objects.exists()


def test_the_measurement_touches_nobodys_data(user: User, settings: Any) -> None:
    with pytest.raises(CommandError, match="empty"):
        call_command("bench_audit")
    assert (Company.objects.count(), User.objects.count()) == (1, 1)
