"""Going on with trips, for actualize and replan: from a task to a plan (rules Q1-Q11)."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np

from solver.checks import Findings, Limits, check
from solver.checks.engines import engine_of, with_engine
from solver.contract import (
    ActualizeTask,
    EntityWarning,
    PlanTask,
    RemovedItems,
    ReplanTask,
    TimeWindow,
    UnplannedOrder,
)
from solver.contract.collector import collector_paused
from solver.crew import planned_orders
from solver.geo import MatrixSource
from solver.outcome import Effort, Finish, OnProgress, Plan, Progress, ShouldStop, Timings
from solver.problem import Problem, build
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, Ints
from solver.reasons import Driven, why
from solver.reasons import warnings as told_reasons
from solver.refine import LogicalErrors, Refined, horizon, refine
from solver.replan import Continuation, GivenTrip, continuation
from solver.report import limit_warnings, statistics, unplanned_items
from solver.retelling import Assigned, Retelling, assign
from solver.schedule.scratch import scratch
from solver.search import Budget, Halted, News, Route, names, objective, searching
from solver.trim import Rooms, SequenceJudge, fewest_out

T = TypeVar("T")

KINDS = ("order", "performer", "transport", "hardlink", "location", "fact")


def examine(
    task: ActualizeTask | ReplanTask, *, now: datetime | None = None, limits: Limits | None = None,
    language: str = "en",
) -> Findings:  # fmt: skip
    """Check a task: its own logic, then the plan task that goes on with its trips (V3, Q11)."""
    found = check(task, limits=limits, language=language)
    if found.errors:
        return found
    left = continuation(task, now or datetime.now(UTC))
    return found if left.is_empty else check(left.task, limits=limits, language=language)


def refine_rest(
    task: ActualizeTask | ReplanTask, *, now: datetime | None = None, remove_locations: bool = False,
    limits: Limits | None = None, language: str = "en",
) -> Refined:  # fmt: skip
    """Make the plain plan task that goes on with the trips, and refine it (Q11).

    Raises
    ------
    LogicalErrors
    """
    found = check(task, limits=limits, language=language)
    if found.errors:
        raise LogicalErrors(found.errors, found.warnings)
    left = continuation(task, now or datetime.now(UTC))
    if left.is_empty:
        return Refined(left.task, [], left.removed)
    refined = refine(left.task, remove_locations=remove_locations, limits=limits, language=language)
    return Refined(refined.task, refined.warnings, together(left.removed, refined.removed))


def together(one: RemovedItems, other: RemovedItems, without: frozenset[str] = frozenset()) -> RemovedItems:
    """What two steps removed, but for orders and resources that are in trips all the same."""
    joined = RemovedItems()
    for kind in KINDS:
        both = dict.fromkeys([*getattr(one, f"{kind}_keys"), *getattr(other, f"{kind}_keys")])
        keys = [key for key in both if key not in without]
        setattr(joined, f"{kind}_keys", keys)
        setattr(joined, f"{kind}_keys_count", len(keys))
    return joined


def replan(
    task: ActualizeTask | ReplanTask,
    effort: Effort,
    *,
    now: datetime | None = None,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    roads: MatrixSource | None = None,
    limits: Limits | None = None,
    language: str = "en",
) -> Plan:
    """Go on with the trips of a task.

    Actualize, and a replan that may change nothing, keep every sequence and look for none (Q9); any other
    replan starts its search from the given trips and is never worse than they are (Q10).

    Parameters
    ----------
    task : ActualizeTask or ReplanTask
    effort : Effort
    now : datetime, optional
        The moment of the request, where the task names no ``current_time`` (Q3).
    on_progress, should_stop, roads, limits, language
        As for `solver.plan`.

    Raises
    ------
    LogicalErrors
        If the task as a whole, or what is left of it, is pointless.
    """
    with collector_paused():
        replanning = _Replanning(task, effort, now or datetime.now(UTC), roads, limits or Limits(), language)
    return replanning.run(on_progress, should_stop)


@dataclass(slots=True)
class _Arena:
    """Where routes are found and judged; there is none when nothing is left to plan."""

    problem: Problem
    rooms: Rooms
    vehicles: dict[tuple[int, int], int]
    performer_kinds: dict[str, int]
    transport_kinds: dict[str, int]
    visits: dict[tuple[str, str], int]

    @classmethod
    def of(cls, problem: Problem) -> "_Arena":
        """The arena of a problem."""
        catalog, rows = problem.catalog, problem.tables.vehicle
        return cls(
            problem,
            Rooms(problem),
            {
                (int(row[F_PERFORMER]), int(row[F_TRANSPORT])): number
                for number, row in reversed([*enumerate(rows)])
            },
            {
                catalog.performer_shifts[i][1].key: k
                for k, x in enumerate(problem.performer_shifts)
                for i in x
            },
            {
                catalog.transport_shifts[i][1].key: k
                for k, x in enumerate(problem.transport_shifts)
                for i in x
            },
            {(visit.demand.key, visit.event.key): i for i, visit in enumerate(catalog.visits)},
        )

    def vehicle(self, given: GivenTrip) -> int | None:
        """The vehicle of a trip; None where its shifts cannot go on."""
        performer = self.performer_kinds.get(given.performer_shift)
        transport = self.transport_kinds.get(given.transport_shift)
        return None if performer is None or transport is None else self.vehicles.get((performer, transport))


class _Replanning:
    """One run of the pipeline."""

    def __init__(
        self, task: ActualizeTask | ReplanTask, effort: Effort, now: datetime,
        roads: MatrixSource | None, limits: Limits, language: str,
    ) -> None:  # fmt: skip
        self.effort, self.language, self.timings = effort, language, Timings()
        task = with_engine(task, effort.engine) if effort.engine else task
        found = self._timed("business_validation", lambda: check(task, limits=limits, language=language))
        if found.errors:
            raise LogicalErrors(found.errors, found.warnings)
        first, last = horizon(task)
        self.horizon = TimeWindow(start=first, end=last)
        self.left: Continuation = self._timed("preparing", lambda: continuation(task, now))
        self.refined = Refined(self.left.task, [], RemovedItems())
        self.arena: _Arena | None = None
        if not self.left.is_empty:
            self.refined = self._timed(
                "preparing",
                lambda: refine(self.left.task, limits=limits, language=language),
            )
        if not self.left.is_empty and not self.refined.is_empty:
            epoch = int(first.timestamp())
            problem = self._timed("math_validation", lambda: build(self.refined.task, epoch, roads))
            if len(problem.tables.vehicle):
                self.arena = _Arena.of(problem)
        self.orders = {order.key: order for order in self.left.task.orders}
        self.percent = 0

    def _timed(self, stage: str, work: Callable[[], T]) -> T:
        began = time.monotonic()
        result = work()
        setattr(self.timings, stage, getattr(self.timings, stage) + time.monotonic() - began)
        return result

    def run(self, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> Plan:
        """Trim, search where that is allowed, report."""
        if self.arena is None:
            return self._report([], Finish.CONVERGED)
        arena, began = self.arena, time.monotonic()
        given = list(self._given_routes(arena))
        assigned, finish = given, Finish.CONVERGED
        if not self.left.freedom.is_fixed:

            def tell(news: News) -> None:
                if on_progress is not None:
                    routes = self._assigned(arena, news.routes)
                    on_progress(self._progress(arena, news), lambda: self._report(routes, Finish.STOPPED))

            assigned, finish = self._searched(arena, given, tell, should_stop or (lambda: False))
        self.timings.calculation = time.monotonic() - began
        return self._report(assigned, finish)

    # --- routes ---

    def _given_routes(self, arena: _Arena) -> Iterator[Assigned]:
        """The given trips as they can still be carried out, in their sequence (Q9)."""
        catalog = arena.problem.catalog
        for given in self.left.trips:
            vehicle = arena.vehicle(given)
            if vehicle is None:
                continue
            visits = np.array(self._visits(arena, given), dtype=np.int64)
            route = self._trimmed(arena, vehicle, visits, given.orders)
            if len(route):
                yield Assigned(
                    Route(vehicle, route),
                    next(
                        i for i, x in enumerate(catalog.performer_shifts) if x[1].key == given.performer_shift
                    ),
                    next(
                        i for i, x in enumerate(catalog.transport_shifts) if x[1].key == given.transport_shift
                    ),
                )

    def _visits(self, arena: _Arena, given: GivenTrip) -> list[int]:
        """Visits of a trip in their order, without orders that are no longer whole in it."""
        found = [
            (demand, self._visit(arena, demand, event))
            for demand, event in given.visits
        ]  # fmt: skip
        known = {demand for demand, visit in found if visit is not None}
        catalog = arena.problem.catalog
        whole = {
            order.key for order in catalog.orders if all(demand.key in known for demand in order.demands)
        }
        return [visit for _, visit in found if visit is not None and catalog.visits[visit].order.key in whole]

    def _visit(self, arena: _Arena, demand: str, event: str | None) -> int | None:
        """The visit of a demand at the event that was chosen."""
        return arena.visits.get((demand, event or ""))

    def _trimmed(self, arena: _Arena, vehicle: int, visits: Ints, bound: list[str]) -> Ints:
        """A sequence without the orders that no longer fit in it."""
        catalog = arena.problem.catalog
        inside = {catalog.visits[int(visit)].order.key for visit in visits}
        waiting = [self.orders[key] for key in bound if key in self.orders and key not in inside]
        if not len(visits):
            return visits
        judge = SequenceJudge(arena.rooms, vehicle, visits, waiting)
        return judge.left(fewest_out(judge))

    def _searched(
        self,
        arena: _Arena,
        given: list[Assigned],
        tell: Callable[[News], None],
        should_stop: ShouldStop,
    ) -> tuple[list[Assigned], Finish]:
        """The best of the given routes and those a search makes of them."""
        budget = Budget(self.effort.seconds, self.effort.iterations)
        try:
            search = searching(
                engine_of(self.refined.task), arena.problem, budget, self.effort.threads, self.effort.seed,
                should_stop, tell,
            )  # fmt: skip
            routes, ending = search.run([item.route for item in given])
        except Halted:
            return given, Finish.STOPPED
        found = self._assigned(arena, routes)
        better = self._objective(arena, found) < self._objective(arena, given)
        return (found if better else given), Finish(ending.value)

    def _assigned(self, arena: _Arena, routes: list[Route]) -> list[Assigned]:
        """Routes of a search on shifts, each without what the waitlist leaves no room for (L5)."""
        bound = {
            (given.performer_shift, given.transport_shift): given.orders for given in self.left.trips
        }  # fmt: skip
        found = []
        for item in assign(arena.problem, routes, self.left.trips):
            orders = bound.get(item.shifts(arena.problem.catalog), [])
            first = self._serving_first(arena, item)
            left = self._trimmed(arena, item.route.vehicle, first, orders)
            if len(left):
                found.append(replace(item, route=Route(item.route.vehicle, left)))
        return found

    def _serving_first(self, arena: _Arena, item: Assigned) -> Ints:
        """The visits with what is being served at the head: at one moment and place, order is free (Q7)."""
        serving = set(self.left.serving.values())
        catalog = arena.problem.catalog
        is_open = np.array(
            [catalog.visits[int(v)].demand.key in serving for v in item.route.visits], dtype=bool
        )
        return np.concatenate((item.route.visits[is_open], item.route.visits[~is_open]))

    # --- telling ---

    def _objective(self, arena: _Arena, assigned: list[Assigned]) -> tuple[float, ...]:
        routes = [item.route for item in assigned]
        return objective(arena.problem, scratch(arena.problem.tables), routes)

    def _progress(self, arena: _Arena, news: News) -> Progress:
        self.percent = max(self.percent, min(99, int(100 * news.fraction)))
        assigned = [Assigned(route, -1, -1) for route in news.routes]
        return Progress(
            percent=self.percent,
            phase=news.phase,
            planned=len(planned_orders(arena.problem, news.routes)),
            objective=self._objective(arena, assigned),
            names=names(arena.problem),
            seconds_left=max(0.0, self.effort.seconds * (1.0 - news.fraction)),
        )

    def _report(self, assigned: list[Assigned], finish: Finish) -> Plan:
        with collector_paused():
            told = Retelling(self.left, self.effort.seed)
            trips = told.trips(self.arena.rooms if self.arena else None, assigned)
        figures = statistics(self.left.told, trips, self.horizon)
        known: PlanTask = self.refined.task
        unplanned = unplanned_items(known, trips)
        warnings: list[EntityWarning] = [*self.refined.warnings]
        warnings += limit_warnings(self.left.told, figures, self.language)
        reasons: list[UnplannedOrder] = []
        if self.arena is not None:
            driven = [Driven(x.performer_shift, x.transport_shift, x.route.visits) for x in assigned]
            reasons = why(self.arena.problem, driven, trips, unplanned.order_keys, self.language)
            warnings += told_reasons(reasons)
        used = frozenset(
            key
            for trip in trips
            for key in (*trip.waitlist, trip.performer.performer_key, trip.transport.transport_key)
        )
        return Plan(
            trips=trips,
            statistics=figures,
            warnings=warnings,
            unplanned_items=unplanned,
            reasons=reasons,
            removed_items=together(self.left.removed, self.refined.removed, used),
            finish=finish,
            timings=self.timings,
            objective=self._objective(self.arena, assigned) if self.arena else (),
            names=names(self.arena.problem) if self.arena else (),
        )
