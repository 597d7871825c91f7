"""The one place every operation of the API goes through."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import CHALLENGE
from accounts.language import language
from accounts.models import COUNTED, User
from accounts.refusal import Refused
from accounts.trace import Trace, answered
from solver.contract import ProcessType, SchemaError, SchemaErrors, Service, read, read_texts

T = TypeVar("T")
MAX_ENTITY = 1_024
"""Characters of a schema error's entity."""


class Operation(APIView):
    """An address of the API: authenticates, opens the trace, answers errors, tells the audit.

    Attributes
    ----------
    service
        The service the address belongs to.
    operations
        The contract's name of the operation for each method.
    process_type
        What kind of process a request opens (AC4).
    summaries
        What each method does, in a sentence for the documents.
    accepts, answers
        The contract's types of the body and of the answer.
    parameters
        Type of the parameters of the address, after the question mark.
    codes
        What each method answers with when nothing is wrong; 204 for a removal and 200 else, unless said here.
    """

    service: ClassVar[Service] = Service.UNIVERSAL
    operations: ClassVar[dict[str, str]] = {}
    process_type: ClassVar[ProcessType] = ProcessType.NOTRACE
    summaries: ClassVar[dict[str, str | Promise]] = {}
    accepts: ClassVar[Any] = None
    answers: ClassVar[Any] = None
    parameters: ClassVar[type | None] = None
    codes: ClassVar[dict[str, tuple[int, ...]]] = {}
    http_method_names = ["get", "head", "post", "put", "delete"]
    trace: Trace

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """Open the trace before anything can go wrong."""
        known = self.operations.get(str(request.method), next(iter(self.operations.values())))
        self.trace = Trace(self.service, known, self.process_type)
        return super().initialize_request(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Note who asks; raises for a bad token."""
        self.trace.signed_by(request.user)

    @property
    def user(self) -> User:
        """Who asks; permissions let nobody else through."""
        if not isinstance(self.request.user, User):
            raise TypeError("an operation for users without a user")
        return self.request.user

    @property
    def keeps_bodies(self) -> bool:
        """Whether what comes and what is answered is kept; never for account operations (AC5)."""
        return self.process_type in COUNTED and self.request.method == "POST"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate and authorize, then take the body, so that a refused one is kept as well."""
        self.perform_authentication(request)  # first of all: every refusal names who asked (H2)
        super().initial(request, *args, **kwargs)
        if self.keeps_bodies:
            self.trace.body = body(request)

    def get_authenticate_header(self, request: Request) -> str:
        """Return the challenge of every 401, also where no token is asked for."""
        return CHALLENGE

    def finalize_response(  # type: ignore[override]  # the stubs leave out streamed answers
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Tell the audit how the request ended, and with which answer."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]  # as above
        if self.trace.body is not None and isinstance(response, HttpResponse):
            if isinstance(response, Response):
                response.render()
            self.trace.answer = response.content
        answered.send_robust(type(self), trace=self.trace, http_status=response.status_code)
        return response

    def read(self, kind: type[T], request: Request) -> T:
        """Return the request's body as an object of the contract.

        Raises
        ------
        Refused
            With every error of the schema.
        """
        try:
            return read(kind, body(request), language())
        except SchemaErrors as errors:
            raise Refused.of_schema(errors, _("The body does not keep the contract.")) from None

    def read_parameters(self, kind: type[T], request: Request) -> T:
        """Return the parameters of the address as an object of the contract.

        Raises
        ------
        Refused
            With every error of the schema.
        """
        given = request.query_params.dict()
        refuse_unstorable(given)
        try:
            return read_texts(kind, given, language())
        except SchemaErrors as errors:
            raise Refused.of_schema(errors, _("The address does not keep the contract.")) from None


class Open(Operation):
    """An operation without a bearer, of the service as such."""

    authentication_classes = ()
    permission_classes = ()


def refuse_unstorable(given: Mapping[str, str]) -> None:
    """Refuse parameters with the one character that a database cannot even look for.

    Raises
    ------
    Refused
    """
    errors = [
        SchemaError(entity=name.replace("\x00", "")[:MAX_ENTITY], message=_("A text without NUL is wanted."))
        for name, value in given.items()
        if "\x00" in value
    ]
    if errors:
        raise Refused(_("The address does not keep the contract."), schema_errors=errors)


def body(request: Request) -> bytes:
    """Return the bytes of the request's body, none for no body."""
    return request.data if isinstance(request.data, bytes) else b""
