"""Inputs and outputs of universal operations, kept compressed while their retention lasts (AC5)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.trace import Trace
from audit import blobs

FOLDER = "audit"
KEPT_ANSWERS = frozenset({200, 400})
"""Requests with other answers leave no bodies: what is over a quota or fails must not fill the disk."""


def keep_input(trace: Trace) -> str:
    """Store the body of a request that has one; return its file's name."""
    if trace.body is not None and not trace.kept_input:
        trace.kept_input = blobs.save(_name(trace.process_code, "input"), trace.body)
    return trace.kept_input


def keep_output(process_code: UUID, body: Iterable[bytes]) -> str:
    """Store what a process ended with; return its file's name."""
    return blobs.save_pieces(_name(process_code, "output"), body)


def forget_input(trace: Trace) -> None:
    """Remove the kept body of a request that was not recorded after all."""
    blobs.delete(trace.kept_input)
    trace.kept_input = ""


def folder_of(day: date) -> str:
    """Return where the bodies of a day are."""
    return f"{FOLDER}/{day.isoformat()}"


def _name(process_code: UUID, what: str) -> str:
    return f"{folder_of(timezone.now().date())}/{process_code}-{what}"
