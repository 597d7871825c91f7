"""Compression of long answers."""

import gzip
import io
import secrets

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

LONG = 256 * 1024
"""Bytes from which the time to compress counts for more than the size."""


class QuickGZip(GZipMiddleware):
    """Django's middleware, but long answers in a third of the time: an audit's page has over 3 MB.

    What Django does for the rest it does for them: headers, and a random length against BREACH.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress an answer where the client takes it and it gets shorter."""
        accepted = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        if not accepted or response.has_header("Content-Encoding") or not isinstance(response, HttpResponse):
            return super().process_response(request, response)
        packed = self._packed(response.content) if len(response.content) >= LONG else response.content
        if len(packed) >= len(response.content):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = packed
        response.headers["Content-Length"] = str(len(packed))
        response.headers["Content-Encoding"] = "gzip"
        tag = response.headers.get("ETag", "")
        if tag.startswith('"'):  # other bytes than the tag told of
            response.headers["ETag"] = f"W/{tag}"
        return response

    def _packed(self, content: bytes) -> bytes:
        packed = io.BytesIO()
        name = "a" * (1 + secrets.randbelow(self.max_random_bytes))
        with gzip.GzipFile(name, "wb", compresslevel=1, fileobj=packed, mtime=0) as file:
            file.write(content)
        return packed.getvalue()
