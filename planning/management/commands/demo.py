"""Makes a company to try everything with; never in production."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Company, User
from accounts.roles import Role
from planning import datasets
from planning.models import Dataset
from planning.samples.heidelberg import heidelberg_json

PASSWORD = "demo-password"  # printed on the start page of a trial, refused in production
USERS = (
    ("admin", "Alex Admin", [Role.OVERLORD]),
    ("dispatcher", "Dana Dispatcher", [Role.USER]),
    ("client", "API client", [Role.BOT]),
)


class Command(BaseCommand):
    """Make the company ``demo``, its users, and the sample of the dispatcher; what exists stays as it is."""

    help = "Makes the demo company with users admin, dispatcher and client (not in production)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing.

        Raises
        ------
        CommandError
            In production.
        """
        if settings.ENVIRONMENT.production:
            raise CommandError("Demo users have a known password: not in production.")
        with transaction.atomic():
            company, _made = Company.objects.get_or_create(key="demo", defaults={"name": "Demo"})
            for username, name, roles in USERS:
                if not User.objects.filter(username=username).exists():
                    User.objects.create_user(
                        username, PASSWORD, company, specification=name, roles=roles, timezone=2
                    )
        dispatcher = User.objects.get(username="dispatcher")
        if not dispatcher.datasets.exists():
            datasets.keep(dispatcher, heidelberg_json(), Dataset.Source.JSON)
        self.stdout.write(f"Users {', '.join(user[0] for user in USERS)} with the password {PASSWORD}.")
