"""Which request of whom is being answered (H2)."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User
from solver.contract import ProcessType, Service, Tracedata

NOBODY = "anonymous"

answered = Signal()
"""Sent with ``trace`` and ``http_status`` after each request of the API, also a refused one."""


@dataclass(frozen=True, slots=True)
class Points:
    """What a request asks for.

    Attributes
    ----------
    count
        Points: its demands.
    places
        Distinct geopoints of them, each as one number.
    """

    count: int
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Spent:
    """Points that were counted, the planned demands with them, and the counter of the day that has both."""

    points: Points
    counter: int
    elements: int = 0


@dataclass(slots=True)
class Trace:
    """One request of one process.

    Attributes
    ----------
    process_code
        New, until the request turns out to be about an earlier process.
    request_code
        Always new.
    joined
        The request is about a process that an earlier request opened.
    recorded_status
        The answer's code that the audit already holds; None while it holds nothing of this request.
    body, answer
        What came and what was answered, where it is to be kept (AC5).
    kept_input
        Name of the file the body is kept in, empty while it is in none.
    spent
        What was counted when the request was accepted (AC3).
    """

    service: Service
    operation: str
    process_type: ProcessType = ProcessType.NOTRACE
    user: User | None = None
    process_code: uuid.UUID = field(default_factory=uuid.uuid4)
    request_code: uuid.UUID = field(default_factory=uuid.uuid4)
    time: datetime = field(default_factory=timezone.now)
    joined: bool = False
    recorded_status: int | None = None
    body: bytes | None = None
    answer: bytes | None = None
    kept_input: str = ""
    spent: Spent | None = None

    @property
    def username(self) -> str:
        """Name of the user, a fixed one for nobody."""
        return self.user.username if self.user else NOBODY

    @property
    def company(self) -> str:
        """Key of the user's company, a fixed one for nobody."""
        return self.user.company.key if self.user else NOBODY

    def joins(self, process_code: uuid.UUID) -> None:
        """Note that the request is about an earlier process."""
        self.process_code = process_code
        self.joined = True

    def signed_by(self, user: User | AnonymousUser) -> None:
        """Note who asks."""
        self.user = user if isinstance(user, User) else None

    @property
    def tracedata(self) -> Tracedata:
        """The contract's object for the answer."""
        return Tracedata(
            process_code=self.process_code,
            request_code=self.request_code,
            username=self.username,
            company=self.company,
            service=self.service,
            operation=self.operation,
            env=settings.ENVIRONMENT.env,
            pod=settings.ENVIRONMENT.pod,
            time=self.time,
        )
