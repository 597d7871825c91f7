"""Tokens: getting one, and asking what one is worth."""

from typing import Annotated

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.views import Operation
from accounts.models import User
from accounts.tokens import holder, issue_token
from solver.contract import Service, TokenRequest, TokenValidationResult, UserRole
from solver.contract.scalars import Text

AnyToken = Annotated[str, Text(10, 1000)]


class TokenGeneration(Operation):
    """Gives a token for a name and a password."""

    service = Service.ACCOUNT
    operations = {"POST": "run_token_generation"}
    summaries = {"POST": gettext_lazy("Get a token by name and password.")}
    accepts, answers = TokenRequest, str
    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Request) -> Response:
        """Answer with a new token.

        Raises
        ------
        AuthenticationFailed
            One answer for an unknown name, a wrong password and somebody switched off.
        """
        wanted = self.read(TokenRequest, request)
        user = authenticate(request._request, username=wanted.username, password=wanted.password)
        if not isinstance(user, User):
            raise AuthenticationFailed(_("The name or the password is wrong."))
        self.trace.signed_by(user)
        return Response(issue_token(user, wanted.ttl_seconds))


class TokenValidation(Operation):
    """Tells whether a text is a good token, and of which roles; never an error for a bad one (AC2)."""

    service = Service.ACCOUNT
    operations = {"POST": "run_token_validation"}
    summaries = {"POST": gettext_lazy("Ask whether a token is good, and of which roles.")}
    accepts, answers = AnyToken, TokenValidationResult
    authentication_classes = ()
    permission_classes = ()

    def post(self, request: Request) -> Response:
        """Answer with what the token is worth now."""
        user = holder(self.read(AnyToken, request))
        roles = [UserRole(role) for role in user.roles] if user else []
        return Response(TokenValidationResult(valid=user is not None, roles=roles))
