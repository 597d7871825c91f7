"""The planning application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Datasets, calculations and their pages."""

    name = "planning"
    verbose_name = _("Planning")
