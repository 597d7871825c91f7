"""Datasets, calculations, and files on their way in or out."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Company


class Dataset(models.Model):
    """A task somebody keeps (E4); a change is a new version that names its parent.

    ``places`` tells where entities that warnings name stood in the workbook the task was read from: sheet,
    row and column by `planning.outline.path_key`.
    """

    class Source(models.TextChoices):
        """Where a dataset came from."""

        XLSX = "XLSX", _("Workbook")
        JSON = "JSON", _("JSON file")
        API = "API", _("API process")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="datasets", verbose_name=_("owner")
    )
    company = models.ForeignKey(Company, models.PROTECT, related_name="datasets", verbose_name=_("company"))
    name = models.CharField(_("name"), max_length=512, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    task = models.CharField(_("task file"), max_length=256)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    places = models.JSONField(_("places in the workbook"), default=dict, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="versions", verbose_name=_("made from")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    locked = models.BooleanField(_("locked"), default=False)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="dataset_of_owner")]

    def __str__(self) -> str:
        return self.name or str(self.id)


class Calculation(models.Model):
    """One calculation: its primary key is the API's process code.

    Only ``planning.calculations`` writes the status and what belongs to it. Times to wait, to search and
    to keep the API's result are seconds. ``input`` and ``result`` are names of files in ``audit.blobs``;
    ``result`` is the best plan so far while the search runs. ``withdrawn_at`` is set when the API's result
    ended (deleted or expired); a calculation of a dataset stays all the same (E3).
    """

    class Kind(models.TextChoices):
        """What is calculated."""

        PLAN = "plan", _("Plan")
        ACTUALIZE = "actualize", _("Actualize")
        REPLAN = "replan", _("Replan")

    class Status(models.TextChoices):
        """The contract's calculation statuses (table H)."""

        WAITING = "WAITING", _("Waiting")
        IN_PROGRESS = "IN_PROGRESS", _("In progress")
        FINISHED_IN_TIME = "FINISHED_IN_TIME", _("Finished")
        FINISHED_OUT_OF_TIME = "FINISHED_OUT_OF_TIME", _("Finished, out of time")
        CANCELED = "CANCELED", _("Canceled")
        CANCELED_BY_TIMEOUT = "CANCELED_BY_TIMEOUT", _("Canceled, waited too long")
        CANCELED_BY_QUOTA = "CANCELED_BY_QUOTA", _("Canceled, switched off or no quota")
        FAILED = "FAILED", _("Failed")

    ACTIVE = (Status.WAITING, Status.IN_PROGRESS)
    FINISHED = (Status.FINISHED_IN_TIME, Status.FINISHED_OUT_OF_TIME)

    process_code = models.UUIDField(_("process code"), primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.PLAN)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calculations", verbose_name=_("user")
    )
    company = models.ForeignKey(
        Company, models.PROTECT, related_name="calculations", verbose_name=_("company")
    )
    dataset = models.ForeignKey(
        Dataset, models.CASCADE, null=True, blank=True, related_name="calculations", verbose_name=_("dataset")
    )
    name = models.CharField(_("name"), max_length=512, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    settings_used = models.JSONField(_("settings used"), default=dict, blank=True)
    input = models.CharField(_("input file"), max_length=256)
    result = models.CharField(_("result file"), max_length=256, blank=True)
    result_version = models.PositiveIntegerField(_("result version"), default=0)

    status = models.CharField(_("status"), max_length=32, choices=Status.choices, default=Status.WAITING)
    progress = models.PositiveSmallIntegerField(
        _("progress, %"), default=0, validators=[MaxValueValidator(100)]
    )
    phase = models.CharField(_("phase"), max_length=128, blank=True)
    message = models.TextField(_("message"), blank=True)
    figures = models.JSONField(_("best figures"), default=dict, blank=True)
    curve = models.JSONField(_("curve of best values"), default=list, blank=True)
    timings = models.JSONField(_("timings, s"), default=dict, blank=True)

    max_calculation = models.PositiveIntegerField(_("longest search, s"))
    max_waiting = models.PositiveIntegerField(_("longest waiting, s"))
    result_ttl = models.PositiveIntegerField(_("result kept for, s"))

    created_at = models.DateTimeField(_("accepted"), default=timezone.now)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("result kept until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("API result ended"), null=True, blank=True)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    cancel_requested = models.BooleanField(_("cancel requested"), default=False)

    class Meta:
        verbose_name = _("calculation")
        verbose_name_plural = _("calculations")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="calculation_of_user"),
            models.Index(fields=["status", "created_at"], name="calculation_by_status"),
            models.Index(fields=["expires_at"], name="calculation_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.process_code)

    @property
    def reason(self) -> str:
        """The message in the reader's language; empty where there is none."""
        return gettext(self.message) if self.message else ""

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.status in self.ACTIVE

    @property
    def is_finished(self) -> bool:
        """Whether it ended with a plan of its own will."""
        return self.status in self.FINISHED


class Transfer(models.Model):
    """A workbook that a worker writes, or a dropped file that it reads, while a page shows the progress.

    Only ``planning.transfers`` writes the status and what belongs to it. ``input`` and ``output`` are names
    of files in ``planning.blobs``; ``findings`` are what a page shows of a file that was refused.
    """

    class Kind(models.TextChoices):
        """Which way it goes."""

        EXPORT = "export", _("Workbook of a plan")
        IMPORT = "import", _("Dropped file")

    class Status(models.TextChoices):
        """How it stands."""

        WAITING = "WAITING", _("Waiting")
        IN_PROGRESS = "IN_PROGRESS", _("In progress")
        FINISHED = "FINISHED", _("Finished")
        REFUSED = "REFUSED", _("Refused")
        FAILED = "FAILED", _("Failed")

    ACTIVE = (Status.WAITING, Status.IN_PROGRESS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="transfers", verbose_name=_("owner")
    )
    dataset = models.ForeignKey(
        Dataset, models.CASCADE, null=True, blank=True, related_name="transfers", verbose_name=_("dataset")
    )
    name = models.CharField(_("name"), max_length=512, blank=True)
    file_name = models.CharField(_("file"), max_length=512, blank=True)
    language = models.CharField(_("language"), max_length=16)
    input = models.CharField(_("input file"), max_length=256, blank=True)
    output = models.CharField(_("output file"), max_length=256, blank=True)
    findings = models.JSONField(_("findings"), default=dict, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.WAITING)
    progress = models.PositiveSmallIntegerField(
        _("progress, %"), default=0, validators=[MaxValueValidator(100)]
    )
    created_at = models.DateTimeField(_("accepted"), default=timezone.now)
    queued_at = models.DateTimeField(_("queued"), default=timezone.now)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    class Meta:
        verbose_name = _("file transfer")
        verbose_name_plural = _("file transfers")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["status", "created_at"], name="transfer_by_status"),
            models.Index(fields=["expires_at"], name="transfer_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.id)

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.status in self.ACTIVE
