"""Compression of answers: quicker for long ones, and as the framework does it otherwise."""

from __future__ import annotations

import gzip
import random

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.compression import LONG, QuickGZip

TEXT = random.Random(1).randbytes(LONG // 2).hex().encode() + b" "
"""Longer than the limit; packed it is half as long."""


def asked(response: HttpResponse | StreamingHttpResponse, accepted: str = "br, gzip") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    answer = QuickGZip(lambda _: response)(request)
    assert isinstance(answer, type(response))
    return answer  # type: ignore[return-value]  # the same as was given


@pytest.mark.parametrize("content", [TEXT, TEXT[:1000]], ids=["long", "short"])
def test_packed_with_its_headers(content: bytes) -> None:
    answer = asked(HttpResponse(content, headers={"ETag": '"tag"', "Vary": "Cookie"}))
    assert gzip.decompress(answer.content) == content
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["ETag"] == 'W/"tag"'
    assert answer["Vary"] == "Cookie, Accept-Encoding"


def test_a_long_answer_is_packed_quickly() -> None:
    assert asked(HttpResponse(TEXT)).content[8] == 4  # the format's mark of the quickest way


def test_the_length_of_a_long_answer_tells_nothing() -> None:
    lengths = {len(asked(HttpResponse(TEXT)).content) for _ in range(10)}
    assert len(lengths) > 1
    assert max(lengths) - min(lengths) < QuickGZip.max_random_bytes


def test_left_as_it_is() -> None:
    plain = asked(HttpResponse(TEXT), "identity")
    assert plain.content == TEXT
    assert plain["Vary"] == "Accept-Encoding"
    noise = random.Random(2).randbytes(LONG)
    assert asked(HttpResponse(noise)).content == noise
    packed = HttpResponse(TEXT, headers={"Content-Encoding": "br"})
    assert asked(packed).content == TEXT


def test_pieces_are_packed_as_they_come() -> None:
    answer = asked(StreamingHttpResponse([TEXT, TEXT]))
    assert gzip.decompress(b"".join(answer)) == 2 * TEXT
