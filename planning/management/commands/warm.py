"""Compiles the solver's code into its cache, for an image or a machine that is being set up."""

from typing import Any

from django.core.management.base import BaseCommand

from planning.warming import warm


class Command(BaseCommand):
    """Plan the sample for a moment."""

    help = "Compiles the solver's code into NUMBA_CACHE_DIR."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan for as long as it takes to call everything once."""
        self.stdout.write("Compiling; this takes up to a minute on a new machine ...")
        warm()
