"""Judges a result by the oracle: the rules of the planning model, read a second time."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from planning.management.commands.solve import QUIET_SECONDS, task_bytes
from solver.contract import PlanResult, PlanTask, SchemaErrors, read
from solver.oracle import verify

T = TypeVar("T")


class Command(BaseCommand):
    """Read a task and its result, print every broken rule."""

    help = "Checks a result (JSON) against its task (JSON or XLSX); exit code 1 if a rule is broken."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("task", type=Path, help="the plan task, .json or .xlsx")
        parser.add_argument("result", type=Path, help="the result, .json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify.

        Raises
        ------
        CommandError
            A file cannot be read, or rules are broken; all of them are listed.
        """
        task = read_file(PlanTask, options["task"])
        result = read_file(PlanResult, options["result"])
        with TripCounter(len(result.trips)) as counter:
            found = verify(task, result, counter)
        for violation in found:
            self.stdout.write(str(violation))
        if found:
            rules = ", ".join(sorted({violation.rule for violation in found}))
            raise CommandError(f"{len(found)} violations of {rules}")
        self.stdout.write(f"{len(result.trips)} trips keep every rule")


def read_file(kind: type[T], path: Path) -> T:
    """Read an object of the contract from a file.

    Raises
    ------
    CommandError
        With everything that is wrong in it.
    """
    try:
        return read(kind, task_bytes(path))
    except SchemaErrors as error:
        raise CommandError(f"{path}:\n{error}") from None


class TripCounter:
    """Shows on stderr how many trips are judged, in one line; nothing for a short run."""

    def __init__(self, trips: int) -> None:
        self._trips = trips
        self._began = time.monotonic()
        self._shown = False

    def __enter__(self) -> TripCounter:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            sys.stderr.write("\n")

    def __call__(self, judged: int) -> None:
        """Take the number of trips judged so far."""
        if time.monotonic() - self._began < QUIET_SECONDS:
            return
        self._shown = True
        sys.stderr.write(f"\r{judged} of {self._trips} trips")
        sys.stderr.flush()
