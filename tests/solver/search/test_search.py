"""What every search keeps to, whatever it finds."""

import time

import pytest

import solver
import solver.oracle
from solver.contract import write
from solver.schedule.scratch import scratch
from solver.search import CONFIGURATIONS, Budget, Ending, News, Route, Search, objective
from tests.solver.features.told import result_of
from tests.solver.search.town import problem_of, town


def searched(task_seed: int, iterations: int, start: list[Route] | None = None) -> tuple[list[Route], float]:
    """Routes found in a town, and their total price."""
    problem = problem_of(town(task_seed))
    search = Search(problem, Budget(60, iterations), 1, 1, lambda: False, lambda _: None)
    routes, ending = search.run(start)
    assert ending is Ending.CONVERGED
    return routes, search.total


@pytest.mark.parametrize("configuration", ["optimize_distance", "optimize_cars_then_time", "optimize_money"])
def test_same_seed_and_iterations_give_the_same_plan(configuration: str) -> None:
    effort = solver.Effort(iterations=300, seed=7)
    first, second = (solver.plan(town(configuration=configuration).task(), effort) for _ in range(2))
    assert [write(trip) for trip in first.trips] == [write(trip) for trip in second.trips]
    assert first.objective == second.objective
    assert len(first.trips) > 0


def test_it_stops_within_two_seconds_of_the_signal() -> None:
    signalled: list[float] = []

    def should_stop() -> bool:
        if time.monotonic() - began > 0.5:
            signalled.append(time.monotonic())
        return bool(signalled)

    task = town(orders=60).task()
    solver.plan(task, solver.Effort(iterations=1))  # what is compiled is not what is measured
    began = time.monotonic()
    plan = solver.plan(task, solver.Effort(seconds=60, threads=2), should_stop=should_stop)
    assert time.monotonic() - signalled[0] < 2
    assert plan.finish is solver.Finish.STOPPED
    assert plan.trips


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 4])
def test_stopped_before_there_is_a_plan_it_says_so(calls: int) -> None:
    asked: list[None] = []

    def should_stop() -> bool:
        asked.append(None)
        return len(asked) > calls

    with pytest.raises(solver.Halted):
        solver.plan(town().task(), solver.Effort(seconds=60), should_stop=should_stop)
    assert len(asked) == calls + 1


def test_the_account_tells_what_the_exact_parts_gained() -> None:
    heard: list[News] = []
    search = Search(problem_of(town(orders=40)), Budget(60, 300), 1, 1, lambda: False, heard.append)
    search.run()
    account = heard[-1].account
    assert account.constructed is not None
    assert account.constructed > account.total == search.total
    assert min(account.partitioned, account.reassigned) >= 0
    partitioned, reassigned = account.shares()
    gain = account.constructed - account.total
    assert partitioned * gain == pytest.approx(account.partitioned)
    assert reassigned * gain == pytest.approx(account.reassigned)
    assert partitioned + reassigned <= 1


@pytest.mark.parametrize("configuration", sorted(CONFIGURATIONS))
def test_progress_never_falls_and_the_best_never_worsens(configuration: str) -> None:
    heard: list[solver.Progress] = []
    plan = solver.plan(
        town(configuration=configuration).task(),
        solver.Effort(iterations=200, seed=3),
        on_progress=lambda progress, _: heard.append(progress),
    )
    assert len(heard) > 2
    percents = [progress.percent for progress in heard]
    assert percents == sorted(percents)
    best = [progress.objective for progress in heard] + [plan.objective]
    assert best == sorted(best, reverse=True)
    assert {progress.names for progress in heard} == {plan.names}


def test_the_best_plan_so_far_is_a_whole_plan() -> None:
    plans: list[solver.Plan] = []
    task = town(orders=10).task()
    solver.plan(task, solver.Effort(iterations=50), on_progress=lambda _, best: plans.append(best()))
    for plan in plans:
        assert solver.oracle.verify(task, result_of(plan)) == []


@pytest.mark.parametrize("seed", range(3))
def test_a_warm_start_is_never_made_worse(seed: int) -> None:
    routes, before = searched(seed, iterations=100)
    problem = problem_of(town(seed))
    work = scratch(problem.tables)
    for iterations in (1, 50):
        again, after = searched(seed, iterations, routes)
        assert after <= before + 1e-6
        assert objective(problem, work, again) <= objective(problem, work, routes)


def test_a_warm_start_keeps_what_is_known_already() -> None:
    routes, _ = searched(1, iterations=300)
    heard: list[News] = []
    problem = problem_of(town(1))
    search = Search(problem, Budget(60, 1), 1, 1, lambda: False, heard.append)
    search.run(routes)
    work = scratch(problem.tables)
    assert objective(problem, work, heard[0].routes) <= objective(problem, work, routes)


def test_nothing_to_plan_is_told_at_once() -> None:
    task = town(orders=2)
    for performer in task.performers:
        performer["shifts"][0]["tariff"] = {"constraints": [{"stage_length": "PT1S", "cost_per_unit": 1}]}
    plan = solver.plan(task.task(), solver.Effort(seconds=60))
    assert (plan.trips, plan.finish) == ([], solver.Finish.CONVERGED)
