"""Request bodies as bytes: capped, and unzipped where the client zipped them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from accounts.refusal import Refused
from solver.contract import SchemaError

PIECE = 256 * 1024
GZIP = 31
"""zlib's window bits for a stream with gzip's header and checksum."""


class TooLarge(APIException):
    """The body passes the cap."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE

    def __init__(self, limit: int) -> None:
        super().__init__(_("The body is larger than %(limit)d bytes.") % {"limit": limit})


def read_body(stream: IO[bytes], *, encoding: str, declared: int, limit: int) -> bytes:
    """Read a whole body.

    Parameters
    ----------
    encoding
        The ``Content-Encoding``: empty, ``identity`` or ``gzip``.
    declared
        The ``Content-Length``, in bytes.
    limit
        Most bytes allowed after unzipping; what would pass it is not unzipped any further.

    Raises
    ------
    TooLarge
    Refused
        The gzip is damaged.
    UnsupportedMediaType
        Another encoding.
    """
    if declared > limit:
        raise TooLarge(limit)
    pieces: Iterator[bytes] = iter(lambda: stream.read(PIECE), b"")
    if encoding == "gzip":
        pieces = unzipped(pieces)
    elif encoding not in {"", "identity"}:
        raise UnsupportedMediaType(encoding, _("Content-Encoding may be gzip or absent."))
    return b"".join(capped(pieces, limit))


def capped(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Pass pieces on until together they are longer than the limit, then raise `TooLarge`."""
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise TooLarge(limit)
        yield piece


def unzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unzip a stream of one or several gzip members, at most `PIECE` bytes at a time.

    Raises
    ------
    Refused
        It is no gzip, is damaged, or ends too early.
    """
    member = zlib.decompressobj(wbits=GZIP)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if member.eof:
                    member = zlib.decompressobj(wbits=GZIP)
                yield member.decompress(rest, PIECE)
                rest = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error:
        raise damaged() from None
    if not member.eof:
        raise damaged()


def damaged() -> Refused:
    """Return the refusal of a body that cannot be unzipped."""
    error = SchemaError(entity="", message="wanted a whole gzip stream, came a damaged one")
    return Refused(_("The body is damaged."), schema_errors=[error])


class JsonBytes(BaseParser):
    """Hands a JSON body to the view unread, for `solver.contract.read`."""

    media_type = "application/json"

    def parse(  # type: ignore[override]  # the body stays bytes
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return the bytes of the body; errors as in `read_body`."""
        headers = parser_context["request"].META if parser_context else {}
        return read_body(
            stream,
            encoding=headers.get("HTTP_CONTENT_ENCODING", "").strip().lower(),
            declared=int(headers.get("CONTENT_LENGTH") or 0),
            limit=settings.MAX_BODY_BYTES,
        )
