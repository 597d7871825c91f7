"""Who may see a page: nobody without signing in, and everybody only what is his (AC1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


class SignedIn(HttpRequest):
    """A request of a user."""

    user: User
    htmx: HtmxDetails


def search_text(request: HttpRequest) -> str:
    """What somebody looks for (`q`), without the character no database takes."""
    return request.GET.get("q", "").replace("\0", "").strip()


def signed_in(
    view: Callable[Concatenate[SignedIn, P], Response],
) -> Callable[Concatenate[SignedIn, P], Response | HttpResponse]:
    """Send whoever is not signed in to the sign-in page, also from within a part of a page."""

    def guarded(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> Response | HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.htmx:
            page = redirect_to_login(request.htmx.current_url_abs_path or "/")
            return HttpResponseClientRedirect(page.url)
        return redirect_to_login(request.get_full_path())

    update_wrapper(guarded, view)
    return guarded
