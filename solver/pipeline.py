"""Planning from a task to a plan: every stage by its name, on one screen."""

import time
from collections.abc import Callable
from typing import TypeVar

from solver.checks import Findings, Limits, check
from solver.checks.engines import engine_of, with_engine
from solver.contract import PlanTask, TimeWindow
from solver.crew import crew, planned_orders, with_room
from solver.geo import MatrixSource
from solver.outcome import Effort, Finish, OnProgress, Plan, Progress, ShouldStop, Timings
from solver.problem import Problem, build
from solver.reasons import Driven, why
from solver.reasons import warnings as told_reasons
from solver.refine import Refined, assume, horizon, refine
from solver.report import report
from solver.schedule.scratch import scratch
from solver.search import Budget, Halted, News, Route, names, never, objective, searching

Result = TypeVar("Result")


def plan(
    task: PlanTask,
    effort: Effort,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    roads: MatrixSource | None = None,
    limits: Limits | None = None,
    language: str = "en",
    report_stopped: bool = True,
) -> Plan:
    """Plan a task.

    Parameters
    ----------
    task : PlanTask
    effort : Effort
    on_progress : callable, optional
        Called about twice a second from this thread with the progress and a maker of the best plan so far.
    should_stop : callable, optional
        Polled several times a second; once it is true the best plan so far is returned within two seconds.
    roads : MatrixSource, optional
        Geo provider for legs that the task does not bring itself.
    limits : Limits, optional
        Ceilings and surroundings of the server, for what warnings tell; the effort is not cut to them.
    language : str
        Of warnings and reasons: ``en`` or ``ru``.
    report_stopped : bool
        Whether a stopped search ends with its plan; a large one takes seconds to be told, so who has stored
        one of the reported plans can have `Halted` instead.

    Raises
    ------
    LogicalErrors
        If the task as a whole is pointless, or the engine cannot carry what it asks for.
    Halted
        If ``should_stop`` became true before there was a plan, or no plan is to be told then.
    """
    stop = should_stop or never
    planning = _Planning(task, effort, roads, limits or Limits(), language, stop)
    planning.report_stopped = report_stopped
    return planning.run(on_progress)


class _Planning:
    """One run of the pipeline."""

    def __init__(
        self,
        task: PlanTask,
        effort: Effort,
        roads: MatrixSource | None,
        limits: Limits,
        language: str,
        should_stop: ShouldStop,
    ) -> None:
        self.effort, self.language, self.should_stop = effort, language, should_stop
        self.report_stopped = True
        task = with_engine(task, effort.engine) if effort.engine else task
        self.timings = Timings()
        first, last = horizon(task)
        self.horizon = TimeWindow(start=first, end=last)
        findings: Findings = self._timed(
            "business_validation", lambda: check(task, limits=limits, language=language)
        )
        self.refined: Refined = self._timed(
            "preparing", lambda: refine(task, limits=limits, findings=findings, language=language)
        )
        effective = assume(self.refined.task)
        epoch = int(first.timestamp())
        self.problem: Problem = self._timed("math_validation", lambda: build(effective, epoch, roads))
        self.names = names(self.problem)
        self.percent = 0

    def _timed(self, stage: str, work: Callable[[], Result]) -> Result:
        if self.should_stop():
            raise Halted
        began = time.monotonic()
        result = work()
        setattr(self.timings, stage, getattr(self.timings, stage) + time.monotonic() - began)
        return result

    def run(self, on_progress: OnProgress | None) -> Plan:
        """Search and report."""

        def tell(news: News) -> None:
            if on_progress is not None:
                on_progress(self._progress(news), lambda: self._report(news.routes, Finish.STOPPED))

        routes, finish = self._search(tell)
        return self._report(routes, finish)

    def _search(self, tell: Callable[[News], None]) -> tuple[list[Route], Finish]:
        if not len(self.problem.tables.vehicle) or not len(self.problem.tables.order):
            return [], Finish.CONVERGED
        budget = Budget(self.effort.seconds, self.effort.iterations)
        engine = engine_of(self.refined.task)
        search = searching(
            engine, self.problem, budget, self.effort.threads, self.effort.seed, self.should_stop, tell
        )
        routes, ending = search.run()
        self.timings.calculation = budget.elapsed()
        return routes, Finish(ending.value)

    def _progress(self, news: News) -> Progress:
        self.percent = max(self.percent, min(99, int(100 * news.fraction)))
        return Progress(
            percent=self.percent,
            phase=news.phase,
            planned=len(planned_orders(self.problem, news.routes)),
            objective=self._objective(news.routes),
            names=self.names,
            seconds_left=max(0.0, self.effort.seconds * (1.0 - news.fraction)),
            exact_shares=news.account.shares(),
        )

    def _objective(self, routes: list[Route]) -> tuple[float, ...]:
        return objective(self.problem, scratch(self.problem.tables), routes)

    def _may_halt(self) -> None:
        """End here if somebody has stopped this and wants no plan."""
        if not self.report_stopped and self.should_stop():
            raise Halted

    def _report(self, routes: list[Route], finish: Finish) -> Plan:
        self._may_halt()
        routes = with_room(self.problem, routes)
        self._may_halt()
        schedules = crew(self.problem, routes)
        self._may_halt()
        told = report(
            self.problem.catalog,
            schedules,
            horizon=self.horizon,
            seed=self.effort.seed,
            language=self.language,
        )
        self._may_halt()
        driven = [Driven.of(schedule) for schedule in schedules]
        reasons = why(self.problem, driven, told.trips, told.unplanned.order_keys, self.language)
        return Plan(
            trips=told.trips,
            statistics=told.statistics,
            warnings=[*self.refined.warnings, *told.warnings, *told_reasons(reasons)],
            unplanned_items=told.unplanned,
            reasons=reasons,
            removed_items=self.refined.removed,
            finish=finish,
            timings=self.timings,
            objective=self._objective(routes),
            names=self.names,
        )
