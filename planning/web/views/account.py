"""Signing in and out, and what a user changes of himself."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from planning.web.forms import ProfileForm, SignInForm
from planning.web.views.access import SignedIn, signed_in

A_YEAR = 365 * 24 * 3600

sign_in = LoginView.as_view(
    template_name="web/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = LogoutView.as_view()


@require_http_methods(["GET", "POST"])
@signed_in
def me(request: SignedIn) -> HttpResponse:
    """Name, contacts, time zone and password."""
    sent = request.POST if request.method == "POST" else None
    changes_password = sent is not None and "old_password" in sent
    profile = ProfileForm(None if changes_password else sent, instance=request.user)
    password = PasswordChangeForm(request.user, sent if changes_password else None)
    password.label_suffix = ""
    password.fields["old_password"].widget.attrs.pop("autofocus", None)
    form = password if changes_password else profile
    if sent is not None and form.is_valid():
        user = form.save()
        if changes_password:
            update_session_auth_hash(request, user)
            messages.success(
                request, gettext("The password is changed. Earlier tokens and sessions have ended.")
            )
        else:
            messages.success(request, gettext("Saved."))
        return redirect("web:me")
    status = 422 if sent is not None else 200
    return render(request, "web/me.html", {"profile": profile, "password": password}, status=status)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark, or the system's own theme in a cookie."""
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure()):
        there = "/"
    answer = redirect(there)
    chosen = request.POST.get("theme", "")
    if chosen in {"light", "dark"}:
        answer.set_cookie(
            "theme",
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    else:
        answer.delete_cookie("theme")
    return answer
