"""How often somebody may try to sign in, by account and by address; counted before a password is checked."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled

from accounts.models import SignInFailures

WIDER = 10
"""One address, and one account from everywhere, may fail so many times as often as one account from one
address: a whole office keeps working, and nobody is locked out by guesses from elsewhere for little."""


class TooManyAttempts(Throttled):
    """Signing in failed too often lately; ``wait`` says for how many seconds nobody looks at passwords."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait=wait, detail=_("Signing in failed too often. Try again later."))
        self.wait = math.ceil(wait)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was counted as failed in advance, so that many at once cannot pass the limit."""

    keys: tuple[str, ...]

    def succeeded(self) -> None:
        """Forgive the account at this address; take the attempt back elsewhere."""
        SignInFailures.objects.filter(key=self.keys[0]).update(failures=0)
        SignInFailures.objects.filter(key__in=self.keys[1:], failures__gt=0).update(
            failures=F("failures") - 1
        )


def begin(request: HttpRequest | None, username: str) -> Attempt:
    """Count an attempt; names that nobody has are counted like others.

    Raises
    ------
    TooManyAttempts
    """
    address = address_of(request)
    allowed = settings.ENVIRONMENT.sign_in_failures
    limits = {
        _digest(f"{username}\n{address}"): allowed,
        _digest(f"account\n{username}"): allowed * WIDER,
        _digest(f"address\n{address}"): allowed * WIDER,
    }
    now = timezone.now()
    for key, limit in limits.items():
        _count(key, limit, now)
    return Attempt(tuple(limits))


def address_of(request: HttpRequest | None) -> str:
    """Return where a request comes from: behind our proxy what that says, else the peer's address."""
    if request is None:
        return ""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.ENVIRONMENT.behind_tls_proxy and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def forget(now: datetime) -> int:
    """Remove what no longer counts; return how many rows."""
    return SignInFailures.objects.filter(since__lt=now - _window()).delete()[0]


def _count(key: str, limit: int, now: datetime) -> None:
    over = now - _window()
    mine = SignInFailures.objects.filter(key=key)
    counting = mine.filter(Q(since__lte=over) | Q(failures__lt=limit))
    once_more: dict[str, Any] = {
        "failures": Case(When(since__lte=over, then=Value(1)), default=F("failures") + 1),
        "since": Case(When(since__lte=over, then=Value(now)), default=F("since")),
    }
    if counting.update(**once_more):
        return
    row, made = SignInFailures.objects.get_or_create(key=key, defaults={"since": now, "failures": 1})
    if not made and not counting.update(**once_more):
        raise TooManyAttempts(max(1.0, (row.since + _window() - now).total_seconds()))


def _window() -> timedelta:
    return timedelta(minutes=settings.ENVIRONMENT.sign_in_minutes)


def _digest(text: str) -> str:
    """Return what is kept of a name or address: people type passwords into the wrong field."""
    return salted_hmac("accounts.throttle", text, algorithm="sha256").hexdigest()
