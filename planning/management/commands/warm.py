"""Compiles the solver's code into its cache, so that no calculation waits for it."""

from typing import Any

from django.core.management.base import BaseCommand

import solver
from planning.samples.heidelberg import heidelberg_json


class Command(BaseCommand):
    """Plan the sample for a moment."""

    help = "Compiles the solver's code into NUMBA_CACHE_DIR."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan for as long as it takes to call everything once."""
        solver.plan(solver.read_task(heidelberg_json()), solver.Effort(seconds=2.0))
