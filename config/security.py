"""Headers that tell a browser what a page may load."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


def policy() -> str:
    """Everything from ourselves; images also inline and, when tiles are configured, from their server."""
    tiles = urlsplit(settings.ENVIRONMENT.map_tiles)
    images = " ".join(["'self'", "data:"] + ([f"{tiles.scheme}://{tiles.netloc}"] if tiles.netloc else []))
    return (
        f"default-src 'self'; img-src {images}; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


class ContentSecurityPolicy:
    """Middleware that puts the policy on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the site does, with the header added."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
