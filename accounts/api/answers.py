"""Answers as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BaseRenderer

from solver.contract import write


class JsonAnswer(BaseRenderer):
    """Writes objects of the contract, and plain texts, as compact JSON."""

    media_type = "application/json"
    format = "json"
    charset = None  # JSON is UTF-8 by definition

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the body; none for None."""
        if data is None:
            return b""
        return json.dumps(data).encode() if isinstance(data, str) else write(data)


class HtmlAnswer(JsonAnswer):
    """Lets a client ask for HTML where an operation makes it; errors are JSON all the same."""

    media_type = "text/html"
    format = "html"


class TextAnswer(JsonAnswer):
    """Lets a client ask for plain text, as `HtmlAnswer`."""

    media_type = "text/plain"
    format = "text"


class BinaryAnswer(JsonAnswer):
    """Lets a client ask for a file, as `TextAnswer` for a text; errors are JSON all the same."""

    media_type = "application/octet-stream"
    format = "binary"
