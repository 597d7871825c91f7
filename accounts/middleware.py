"""What pages answer when somebody may not try to sign in for a while."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.throttle import TooManyAttempts


class SignInThrottle:
    """Answers 429 on every form that takes a password; the API has answers of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return a page that says when to come again; None for other exceptions."""
        if not isinstance(exception, TooManyAttempts):
            return None
        minutes = -(-exception.wait // 60)
        answer = render(request, "429.html", {"minutes": minutes}, status=429)
        answer.headers["Retry-After"] = str(exception.wait)
        return answer
