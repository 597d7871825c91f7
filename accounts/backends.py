"""Sign-in with a password, for enabled users of enabled companies only."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from accounts import throttle
from accounts.models import User

NUL = "\x00"
"""The one character a database may refuse in a text."""


class EnabledOnly(BaseBackend):
    """Checks passwords; knows nobody who is switched off (AC1)."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """Return the user with this name and password, or None.

        A name nobody has takes as long as a wrong password, so that the time does not tell names.

        Raises
        ------
        TooManyAttempts
            Also with the right password, which therefore cannot be guessed on.
        """
        if username is None or password is None or NUL in username:
            return None
        attempt = throttle.begin(request, username)
        user = User.objects.select_related("company").filter(username=username).first()
        if user is None:
            User().set_password(password)
            return None
        if not (user.check_password(password) and user.is_active):
            return None
        attempt.succeeded()
        return user

    def get_user(self, user_id: int) -> User | None:
        """Return the enabled user of a web session, or None."""
        user = User.objects.select_related("company").filter(pk=user_id).first()
        return user if user and user.is_active else None
