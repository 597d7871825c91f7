"""Who sent a request, by its ``Authorization: Bearer`` header."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User
from accounts.tokens import holder

CHALLENGE = 'Bearer realm="api"'


class BearerToken(BaseAuthentication):
    """Accepts a token of ours; a request without one stays anonymous."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        """Return the token's user.

        Raises
        ------
        AuthenticationFailed
            The token is malformed, expired, ended, or of somebody who is switched off (AC1, AC2).
        """
        scheme, _space, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        user = holder(token.strip())
        if user is None:
            raise AuthenticationFailed(_("The token is not valid."))
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a request without a good token is told to send."""
        return CHALLENGE
