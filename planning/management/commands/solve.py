"""Plans a file without a server: the same way through the house, with a progress line."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from pydantic_core import to_json

import solver
from accounts.refusal import Refused
from accounts.trace import Trace
from planning import intake, outline, results
from planning.jobs import ENDINGS
from planning.xlsx import read_workbook
from solver.checks.engines import ENGINES
from solver.contract import (
    CalculationInfo,
    CalculationStatus,
    EntityError,
    EntityWarning,
    ProcessType,
    Service,
)

QUIET_SECONDS = 2.0


class Command(BaseCommand):
    """Read a task, plan it, write the result."""

    help = "Plans a task file (JSON or XLSX) and writes the result as JSON."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("task", type=Path, help="a plan task, .json or .xlsx")
        parser.add_argument("--out", type=Path, required=True, help="where to write the result, .json")
        parser.add_argument("--max-time", type=float, help="longest search in seconds; else the task's own")
        parser.add_argument("--threads", type=int, default=1)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--engine", choices=ENGINES, help="else the task's own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan.

        Raises
        ------
        CommandError
            The task is refused; every reason is listed.
        """
        try:
            task, _warnings = intake.check_task(task_bytes(options["task"]))
        except Refused as refused:
            raise CommandError("\n".join(reasons(refused))) from None
        seconds = options["max_time"]
        if seconds is None:
            seconds = task.plan_settings.calculation_settings.max_calculation_time
        effort = solver.Effort(
            seconds=seconds, threads=options["threads"], seed=options["seed"], engine=options["engine"]
        )
        try:
            with ProgressLine() as line:
                plan = solver.plan(task, effort, on_progress=line)
        except solver.LogicalErrors as refused:
            raise CommandError("\n".join(map(told, refused.errors))) from None
        options["out"].write_bytes(result(plan))
        total = plan.statistics.total_statistics
        self.stdout.write(
            f"{total.plan_orders_count} of {len(task.orders)} orders planned, {total.trips_count} trips, "
            f"{total.measurements.distance / 1000:.1f} km, {plan.finish.name.lower()}"
        )


def task_bytes(path: Path) -> bytes:
    """Return the JSON of a task file.

    Raises
    ------
    CommandError
        The file cannot be read, or a workbook has findings; all of them are listed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(str(error)) from None
    if path.suffix.lower() != ".xlsx":
        return data
    reading = read_workbook(data)
    if reading.findings:
        raise CommandError("\n".join(map(str, reading.findings)))
    return to_json(reading.data)


def reasons(refused: Refused) -> list[str]:
    """Return a refusal as lines."""
    lines = [refused.message]
    lines += [f"{error.entity}: {error.message}" for error in refused.schema_errors]
    issues: list[EntityError | EntityWarning] = [*refused.logical_errors, *refused.warnings]
    return lines + [told(issue) for issue in issues]


def told(issue: EntityError | EntityWarning) -> str:
    """Return an error or a warning as a line."""
    return f"{issue.type}: {', '.join(map(outline.path_key, issue.entities))} {issue.info or ''}".rstrip()


def result(plan: solver.Plan) -> bytes:
    """Return the contract's PlanResult of a plan that no process stands for."""
    spent = plan.timings
    info = CalculationInfo(
        status=CalculationStatus(ENDINGS[plan.finish]),
        result_version=1,
        preparing_time=round(spent.preparing),
        business_validation_time=round(spent.business_validation),
        math_validation_time=round(spent.math_validation),
        waiting_time=0,
        calculation_time=round(spent.calculation),
    )
    trace = Trace(Service.UNIVERSAL, "run_plan_calculation", ProcessType.PLAN)
    return results.head(trace, 100, info) + results.result_body(plan)[1:]


class ProgressLine:
    """Shows on stderr how far a search is, in one line that is written over; nothing for a short one."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._width:
            sys.stderr.write("\n")

    def __call__(self, found: solver.Progress, best: Callable[[], solver.Plan]) -> None:
        """Take one report of the solver."""
        if time.monotonic() - self._began < QUIET_SECONDS:
            return
        values = ", ".join(
            f"{name} {value:g}" for name, value in zip(found.names, found.objective, strict=True)
        )
        line = f"{found.percent:3d} % {found.phase}: {found.planned} orders; {values}"
        sys.stderr.write("\r" + line.ljust(self._width))
        sys.stderr.flush()
        self._width = len(line)
