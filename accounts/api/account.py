"""What users see and change of themselves: password, data, quotas."""

import json

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import quotas, throttle
from accounts.api.views import Operation, body
from accounts.models import User as Person
from accounts.refusal import Refused
from accounts.tokens import issue_token
from solver.contract import (
    Attribute,
    InfoChangeRequest,
    PasswordChangeRequest,
    QuotasResult,
    SchemaError,
    Service,
    User,
    UserRole,
)

TOKEN_SECONDS = 86_400
"""How long the token lives that comes with a new password."""


class OfAccount(Operation):
    """An operation of a user on his account."""

    service = Service.ACCOUNT


class Password(OfAccount):
    """Changes the password (AC2)."""

    operations = {"POST": "change_password"}
    summaries = {"POST": gettext_lazy("Change the password; earlier tokens and sessions end.")}
    accepts, answers = PasswordChangeRequest, str

    def post(self, request: Request) -> Response:
        """Answer with a new token, the only one that is good from now on.

        Raises
        ------
        Refused
            The current password is wrong, or the new one too weak.
        TooManyAttempts
        """
        wanted = self.read(PasswordChangeRequest, request)
        try:
            validate_password(wanted.new_password or "", self.user)
        except ValidationError as weak:
            raise refused("new_password", weak.messages) from None
        attempt = throttle.begin(request._request, self.user.username)
        with transaction.atomic():  # of two at once the second one sees the first one's password
            person = Person.objects.select_for_update().get(pk=self.user.pk)
            if not person.check_password(wanted.current_password):
                raise refused("current_password", [_("The current password is wrong.")])
            person.set_password(wanted.new_password)
            person.save(update_fields=["password", "edited_at"])
        attempt.succeeded()
        return Response(issue_token(person, TOKEN_SECONDS))


class Info(OfAccount):
    """Tells and changes what is known of the user (AC7)."""

    operations = {"GET": "read_info", "PUT": "update_info"}
    summaries = {
        "GET": gettext_lazy("What is known of the user."),
        "PUT": gettext_lazy("Change what is known; an absent field stays, null clears it."),
    }
    accepts, answers = InfoChangeRequest, User

    def get(self, request: Request) -> Response:
        """Answer with the user."""
        return Response(described(self.user))

    def put(self, request: Request) -> Response:
        """Answer with the user as he is now.

        Raises
        ------
        Refused
            With everything that is wrong.
        """
        wanted = self.read(InfoChangeRequest, request)
        named = set(json.loads(body(request)))
        person = self.user
        texts = [name for name in ("specification", "email", "phone") if name in named]
        for name in texts:
            setattr(person, name, storable(getattr(wanted, name) or ""))
        changed = [*texts]
        if "attributes" in named:
            person.attributes = [
                {"key": storable(item.key), "value": storable(item.value)} for item in wanted.attributes
            ]
            changed.append("attributes")
        _refuse_wrong(person, changed)
        person.save(update_fields=[*changed, "edited_at"])
        return Response(described(person))


class Quota(OfAccount):
    """Tells what the user may spend (AC3)."""

    operations = {"GET": "read_quota"}
    summaries = {"GET": gettext_lazy("What the user may spend on each type of process.")}
    answers = QuotasResult

    def get(self, request: Request) -> Response:
        """Answer with the quotas that apply to the user now."""
        return Response(quotas.described(self.user))


def described(person: Person) -> User:
    """Return a user as the contract's object; never his password (AC5)."""
    return User(
        username=person.username,
        specification=person.specification or None,
        email=person.email or None,
        phone=person.phone or None,
        company_key=person.company.key,
        enabled=person.enabled,
        roles=[UserRole(role) for role in person.roles],
        timezone=person.timezone,
        edit_date=person.edited_at,
        creation_date=person.created_at,
        attributes=[Attribute(key=item["key"], value=item["value"]) for item in person.attributes],
    )


def storable(text: str) -> str:
    """Return a text without the character that databases refuse."""
    return text.replace("\x00", "")


def refused(entity: str, messages: list[str]) -> Refused:
    """Return the refusal of one field, with everything that is wrong with it."""
    errors = [SchemaError(entity=entity, message=text) for text in messages]
    return Refused(_("The body does not keep the contract."), schema_errors=errors)


def _refuse_wrong(person: Person, changed: list[str]) -> None:
    """Check changed fields as forms do: an address looks like one, keys of attributes differ."""
    others = [field.name for field in person._meta.fields if field.name not in changed]
    try:
        person.clean_fields(exclude=others)
    except ValidationError as wrong:
        errors = [
            SchemaError(entity=name, message=text)
            for name, texts in wrong.message_dict.items()
            for text in texts
        ]
        raise Refused(_("The body does not keep the contract."), schema_errors=errors) from None
