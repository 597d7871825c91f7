"""Companies, their users, and what each may spend."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.attributes import validate_attributes
from accounts.roles import MANAGED_APPS, STAFF, WATCHED_APPS, Role, validate_roles
from solver.contract import ProcessType, Service

has_a_word_character = RegexValidator(r"\w", _("At least one letter, digit or underscore"))
COUNTED = (ProcessType.PLAN, ProcessType.VALIDATE, ProcessType.CONVERT)
"""Process types of the universal service that spend points (AC4)."""


class Company(models.Model):
    """A customer of the installation; every user belongs to one."""

    key = models.CharField(
        _("key"), max_length=256, unique=True, validators=[MinLengthValidator(3), has_a_word_character]
    )
    name = models.CharField(_("name"), max_length=256, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited"), auto_now=True)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name or self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; switching a company off ends its users' tokens and web sessions for good (AC1)."""
        super().save(*args, **kwargs)
        if not self.enabled:
            self.users.update(token_version=models.F("token_version") + 1)


class UserManager(BaseUserManager["User"]):
    """Makes users with hashed passwords."""

    def create_user(self, username: str, password: str | None, company: Company, **fields: Any) -> "User":
        """Save a new user; without a password nobody can sign in as him."""
        user = self.model(username=username, company=company, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None, **fields: Any) -> "User":
        """Save an operator of the installation, of a company of its own unless one is given."""
        company = fields.pop("company", None) or Company.objects.get_or_create(key="installation")[0]
        return self.create_user(username, password, company, **{"roles": [Role.OVERLORD], **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this name, his company with him."""
        return self.select_related("company").get(username=username)


class User(AbstractBaseUser):
    """A person or a program that signs in.

    ``token_version`` is written into tokens and web sessions: raising it ends all earlier ones (AC2).
    """

    username = models.CharField(
        _("username"), max_length=256, unique=True, validators=[MinLengthValidator(2), has_a_word_character]
    )
    specification = models.CharField(
        _("full name"), max_length=256, blank=True, validators=[MinLengthValidator(2)]
    )
    email = models.EmailField(_("e-mail"), max_length=256, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True, validators=[MinLengthValidator(5)])
    company = models.ForeignKey(Company, models.PROTECT, related_name="users", verbose_name=_("company"))
    enabled = models.BooleanField(_("enabled"), default=True)
    roles = models.JSONField(_("roles"), default=list, blank=True, validators=[validate_roles])
    timezone = models.SmallIntegerField(
        _("time zone, hours from UTC"), default=0, validators=[MinValueValidator(-12), MaxValueValidator(12)]
    )
    assigned_companies = models.ManyToManyField(
        Company,
        blank=True,
        related_name="partners",
        verbose_name=_("assigned companies"),
        help_text=_("A partner sees what these companies do."),
    )
    attributes = models.JSONField(_("attributes"), default=list, blank=True, validators=[validate_attributes])
    token_version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    edited_at = models.DateTimeField(_("edited"), auto_now=True)

    _stored: tuple[str | None, bool | None] | None = None

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember what was stored, so that saving sees what ends tokens."""
        user = super().from_db(*args, **kwargs)
        user._stored = (user.__dict__.get("password"), user.__dict__.get("enabled"))
        return user

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new password or switching off ends earlier tokens and web sessions (AC1, AC2)."""
        if self._stored not in {None, (self.password, self.enabled)}:
            self.token_version += 1
            if fields := kwargs.get("update_fields"):
                kwargs["update_fields"] = {*fields, "token_version"}
        super().save(*args, **kwargs)
        self._stored = (self.password, self.enabled)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        content = f"{self.password}{self.token_version}"
        return salted_hmac("accounts.User.session", content, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's class attribute, here it follows two switches
        """Whether he may sign in and use his tokens: neither he nor his company is switched off."""
        return self.enabled and self.company.enabled

    @property
    def is_superuser(self) -> bool:
        """Whether he may do everything."""
        return Role.OVERLORD in self.roles

    @property
    def manages(self) -> bool:
        """Whether he manages his company, or everything."""
        return bool({Role.ADMIN, Role.OVERLORD} & set(self.roles))

    @property
    def is_staff(self) -> bool:
        """Whether he may open the admin."""
        return bool(STAFF & set(self.roles))

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Whether he may do it in the admin, which also shows everybody rows of his companies only."""
        app_label, _dot, what = perm.partition(".")
        return self.has_module_perms(app_label) and (self.manages or what.startswith("view_"))

    def has_perms(self, perm_list: list[str], obj: models.Model | None = None) -> bool:
        """Whether he may do all of it."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether he sees an application in the admin."""
        if not (self.is_active and self.is_staff):
            return False
        return self.is_superuser or app_label in (MANAGED_APPS if self.manages else WATCHED_APPS)


class Quota(models.Model):
    """What may be spent on processes of one type (AC3); zero allows nothing."""

    service = models.CharField(
        _("service"),
        max_length=16,
        default=Service.UNIVERSAL.value,
        choices=[(Service.UNIVERSAL.value, Service.UNIVERSAL.value)],
    )
    process_type = models.CharField(
        _("type"), max_length=16, choices=[(item.value, item.value) for item in COUNTED]
    )
    points_per_request = models.PositiveIntegerField(
        _("points of a request"), validators=[MaxValueValidator(1_000_000)]
    )
    points_per_day = models.PositiveIntegerField(
        _("points of a day"), validators=[MaxValueValidator(100_000_000)]
    )
    max_concurrent_execution = models.PositiveIntegerField(
        _("calculations at the same time"), validators=[MaxValueValidator(1_000)]
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.service} {self.process_type}"


class CompanyQuota(Quota):
    """What each user of a company may spend who has no quota of his own."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="quotas", verbose_name=_("company"))

    class Meta:
        verbose_name = _("company quota")
        verbose_name_plural = _("company quotas")
        ordering = ["company", "service", "process_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "service", "process_type"], name="one_quota_of_company"
            )
        ]


class UserQuota(Quota):
    """What one user may spend, in place of his company's default."""

    user = models.ForeignKey(User, models.CASCADE, related_name="quotas", verbose_name=_("user"))

    class Meta:
        verbose_name = _("user quota")
        verbose_name_plural = _("user quotas")
        ordering = ["user", "service", "process_type"]
        constraints = [
            models.UniqueConstraint(fields=["user", "service", "process_type"], name="one_quota_of_user")
        ]


class SignInFailures(models.Model):
    """How often signing in failed lately, by account and by address; what is counted is kept as a digest."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("failed sign-ins")
        verbose_name_plural = _("failed sign-ins")

    def __str__(self) -> str:
        return f"{self.failures} since {self.since}"
