"""Bearer tokens: signed by the installation, ended by a new password or by switching off (AC2)."""

from datetime import timedelta

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User

VERSION = "version"


def issue_token(user: User, ttl_seconds: int) -> str:
    """Return a new token that is good for so many seconds."""
    token = AccessToken()
    token.set_exp(lifetime=timedelta(seconds=ttl_seconds))
    token["sub"] = str(user.pk)
    token[VERSION] = user.token_version
    return str(token)


def holder(token: str) -> User | None:
    """Return the enabled user a token speaks for; None for anything else, whatever the text is."""
    try:
        claims = AccessToken(token.encode())  # type: ignore[arg-type]  # as the library's own authentication does
    except (TokenError, UnicodeEncodeError):
        return None
    subject = claims.get("sub", "")
    if not str(subject).isdecimal():
        return None
    user = User.objects.select_related("company").filter(pk=subject).first()
    return user if user and user.is_active and user.token_version == claims.get(VERSION) else None
