"""Processes and the requests that made, asked about or ended them (AC5); what users spent by day (AC3)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Company
from solver.contract import ProcessType

KEPT = ~models.Q(input_file="", output_file="")
"""Processes whose input or output is kept; an index of its own knows them."""

TYPES = [(item.value, item.value) for item in ProcessType]


class DailyCounter(models.Model):
    """What a user spent on processes of one type on one day of his (AC3, AC6).

    The only source of quotas, statistics and reports. ``processes`` are the accepted ones; the points of a
    calculation that failed have come back.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counters",
        verbose_name=_("user"),
    )
    username = models.CharField(_("username"), max_length=256)
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, blank=True, related_name="counters", verbose_name=_("company")
    )
    company_key = models.CharField(_("company key"), max_length=256)
    date = models.DateField(_("date"))
    service = models.CharField(_("service"), max_length=16)
    process_type = models.CharField(_("type"), max_length=16, choices=TYPES)
    points = models.PositiveIntegerField(_("points"), default=0)
    forgiven = models.PositiveIntegerField(
        _("forgiven points"), default=0, help_text=_("Spent, but not held against the quota of the day.")
    )
    unique_points = models.PositiveIntegerField(_("unique points"), default=0)
    elements = models.PositiveIntegerField(_("planned demands"), default=0)
    processes = models.PositiveIntegerField(_("processes"), default=0)

    class Meta:
        verbose_name = _("usage of a day")
        verbose_name_plural = _("usage by day")
        ordering = ["-date", "username", "service", "process_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "date", "service", "process_type"], name="one_counter_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["company", "date"], name="counter_of_company"),
            models.Index(fields=["date"], name="counter_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.date} {self.process_type}"


class DailyPlace(models.Model):
    """A geopoint that requests of a day named, and how many of them, so that a failed one can leave it again.

    ``place`` holds both coordinates, to a millionth of a degree; see ``audit.places``.
    """

    counter = models.ForeignKey(DailyCounter, models.CASCADE, related_name="places")
    place = models.BigIntegerField()
    uses = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["counter", "place"], name="place_once_a_day")]

    def __str__(self) -> str:
        return f"{self.place} x {self.uses}"


class Process(models.Model):
    """One piece of work; the names of its user and company stay when the rows they point to go.

    ``points`` are set when it was accepted and counted in ``counter``; ``input_file`` and ``output_file`` are
    names of kept bodies, empty for none.
    """

    process_code = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.CharField(_("service"), max_length=16)
    process_type = models.CharField(_("type"), max_length=16, choices=TYPES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="processes",
        verbose_name=_("user"),
    )
    username = models.CharField(_("username"), max_length=256)
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, blank=True, related_name="processes", verbose_name=_("company")
    )
    company_key = models.CharField(_("company key"), max_length=256)
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    status = models.CharField(_("status"), max_length=32, blank=True)
    calculation_info = models.JSONField(_("calculation"), default=dict, blank=True)
    points = models.PositiveIntegerField(_("points"), null=True, blank=True)
    elements = models.PositiveIntegerField(_("planned demands"), null=True, blank=True)
    counter = models.ForeignKey(
        DailyCounter, models.SET_NULL, null=True, blank=True, editable=False, related_name="counted"
    )
    input_file = models.CharField(_("kept input"), max_length=256, blank=True)
    output_file = models.CharField(_("kept output"), max_length=256, blank=True)

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "created_at"], name="process_of_user"),
            models.Index(fields=["company", "created_at"], name="process_of_company"),
            models.Index(fields=["created_at", "process_code"], name="process_by_time"),
            models.Index(fields=["created_at"], name="process_with_bodies", condition=KEPT),
        ]

    def __str__(self) -> str:
        return f"{self.process_type} {self.process_code}"


class Request(models.Model):
    """One answered request of a process: what its ``tracedata`` said (H2), and the code of the answer."""

    request_code = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.ForeignKey(Process, models.CASCADE, related_name="requests", verbose_name=_("process"))
    operation = models.CharField(_("operation"), max_length=256)
    username = models.CharField(_("username"), max_length=256)
    company_key = models.CharField(_("company key"), max_length=256)
    env = models.CharField(_("environment"), max_length=256)
    pod = models.CharField(_("pod"), max_length=256)
    time = models.DateTimeField(_("time"))
    http_status = models.PositiveSmallIntegerField(_("answer"))

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-time"]
        indexes = [
            models.Index(fields=["time"], name="request_by_time"),
            models.Index(fields=["operation", "process"], name="request_by_operation"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.http_status}"
