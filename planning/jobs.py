"""What workers run. The queue knows `run`, `transfer`, `clean` and `retain` and passes ids only."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override
from django_q.exceptions import TimeoutException

import solver
from audit import retention
from planning import calculations, intake, planner, transfers
from planning.models import Calculation
from planning.results import figures_of, reasons_body, result_body
from planning.web.carrying import Interrupted, carry
from solver.oracle import Violation

logger = logging.getLogger(__name__)

Status = Calculation.Status
ENDINGS = {
    solver.Finish.CONVERGED: Status.FINISHED_IN_TIME,
    solver.Finish.OUT_OF_TIME: Status.FINISHED_OUT_OF_TIME,
    solver.Finish.STOPPED: Status.CANCELED,
}
stopping = multiprocessing.Event()
"""Set when the service stops: running calculations are put back in line. Forked workers share it."""

PULSE_SECONDS = 1.0
PROGRESS_SECONDS = 1.0
BEST_SECONDS = 2.0
SHARE_OF_BEST = 0.1
"""Making and storing plans in between may take at most this share of the search's time."""

LONGEST_CURVE = 240
RETAIN_SECONDS = 10.0


def run(process_code: str) -> None:
    """Plan the calculation whose turn it is; nothing happens when nobody waits who may start.

    The id came with a calculation that was put in line; who starts is decided now (E6).
    """
    calculation = calculations.take()
    if calculation is None:
        logger.debug("Nobody is left in line for the message of %s", process_code)
        return
    _run(calculation)
    if not stopping.is_set():
        calculations.call_next()


def _run(calculation: Calculation) -> None:
    with Pulse(partial(calculations.beat, calculation)) as pulse:
        try:
            _plan(calculation, pulse)
        except (Exception, TimeoutException):
            logger.exception("Calculation %s failed", calculation.pk)
            calculations.fail(calculation, gettext_noop("The calculation failed inside the service."))


def transfer(key: str) -> None:
    """Write or read a waiting file; nothing happens when somebody else has it or it is gone."""
    taken = transfers.claim(UUID(key))
    if taken is None:
        return
    with Pulse(partial(transfers.beat, taken)) as pulse:
        try:
            carry(taken, pulse.lost.is_set)
        except Interrupted:
            transfers.give_back(taken)
        except (Exception, TimeoutException):
            logger.exception("Transfer %s failed", key)
            transfers.fail(taken)


def clean() -> None:
    """End results whose time is over."""
    calculations.clean()
    transfers.clean()


def retain() -> None:
    """Remove what the audit need not keep any longer; calculations do not wait for a long list to end."""
    retention.apply(timezone.now(), RETAIN_SECONDS)


def _plan(calculation: Calculation, pulse: Pulse) -> None:
    task = planner.task_of(calculation)
    language = calculation.settings_used["language"]
    try:
        plan = planner.plan(calculation, task, Observer(calculation), pulse.lost.is_set)
    except solver.Halted:
        if not (stopping.is_set() and calculations.give_back(calculation)):
            calculations.stop(calculation)
        return
    if stopping.is_set() and plan.finish == solver.Finish.STOPPED and calculations.give_back(calculation):
        return
    broken = broken_rules(calculation, task, plan)
    if broken:
        report = "\n".join(f"{item.rule} {item.where}: {item.message}" for item in broken)
        logger.error("The plan of calculation %s breaks rules:\n%s", calculation.pk, report)
        calculations.fail(calculation, _refusal(broken, language))
        return
    found = {**calculation.figures, **figures_of(plan)}
    calculations.finish(
        calculation,
        ENDINGS[plan.finish],
        result_body(plan),
        found,
        asdict(plan.timings),
        reasons=reasons_body(plan),
    )


def broken_rules(calculation: Calculation, task: intake.Calculated, plan: solver.Plan) -> list[Violation]:
    """Judge a finished plan by the oracle, up to the configured size: a wrong plan reaches no dispatcher."""
    if len(task.orders) > settings.ENVIRONMENT.oracle_orders:
        return []
    return solver.broken_rules(task, plan, planner.accepted_at(calculation))


def _refusal(broken: list[Violation], language: str) -> str:
    """Say in the user's language that a plan was not kept."""
    rules = ", ".join(sorted({item.rule for item in broken}))
    with override(language):
        return gettext("The plan broke rules of the model (%(rules)s) and was not kept.") % {"rules": rules}


class Pulse:
    """Shows signs of life from a thread of its own while the work is done.

    Parameters
    ----------
    beat
        Shows one; answers whether to go on.

    Attributes
    ----------
    lost
        Set when the work is to stop: canceled, taken by somebody else, or the service stops.
    """

    def __init__(self, beat: Callable[[], bool]) -> None:
        self.lost = threading.Event()
        self._done = threading.Event()
        self._show = beat
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._done.wait(PULSE_SECONDS):
                go_on = _despite_database(self._show, otherwise=True)
                if stopping.is_set() or not go_on:
                    self.lost.set()
        finally:
            connection.close()


class Observer:
    """Stores what the solver tells about its search, no more often than readers can notice."""

    def __init__(self, calculation: Calculation) -> None:
        self._calculation = calculation
        self._began = time.monotonic()
        self._curve: list[list[float]] = []
        self._known: tuple[float, ...] | None = None
        self._kept: tuple[float, ...] | None = None
        self._next_progress = self._next_best = 0.0

    def __call__(self, found: solver.Progress, best: Callable[[], solver.Plan]) -> None:
        """Take one report; ``best`` makes the best plan so far."""
        now = time.monotonic()
        if found.objective != self._known:
            self._known = found.objective
            self._curve.append([round(now - self._began, 1), found.planned, *found.objective])
            self._curve = thinned(self._curve)
        if found.objective != self._kept and found.planned and now >= self._next_best:
            _despite_database(self._keep, found, best, otherwise=None)
            self._next_best = time.monotonic() + max(BEST_SECONDS, (time.monotonic() - now) / SHARE_OF_BEST)
        if now >= self._next_progress:
            self._next_progress = now + PROGRESS_SECONDS
            _despite_database(self._tell, found, otherwise=None)

    def _tell(self, found: solver.Progress) -> None:
        calculations.progress(self._calculation, found.percent, phase=found.phase, curve=self._curve)

    def _keep(self, found: solver.Progress, best: Callable[[], solver.Plan]) -> None:
        plan = best()
        figures = {**figures_of(plan), "objective": found.objective, "names": found.names}
        reasons = reasons_body(plan)
        if calculations.keep_best(self._calculation, result_body(plan), figures, reasons=reasons):
            self._calculation.figures = figures
            self._kept = found.objective


def thinned(curve: list[list[float]]) -> list[list[float]]:
    """Return a curve with every other point, but the last, left out once it is too long."""
    return curve if len(curve) <= LONGEST_CURVE else [*curve[:-1:2], curve[-1]]


def _despite_database(act: Callable[..., Any], *args: Any, otherwise: Any) -> Any:
    """Do what only informs others; a database that is away for a moment must not end a search."""
    try:
        return act(*args)
    except DatabaseError:
        logger.warning("The database did not take a progress report", exc_info=True)
        connection.close_if_unusable_or_obsolete()
        return otherwise
