"""A long search begins as a short one does, and so is not worse."""

import pytest

from solver.search import Budget, Search, control
from solver.search.pace import FEWEST, first_iterations, quantum_of
from tests.solver.search.town import problem_of, town


class Watched(Search):
    """A search that keeps the price of its plan after every round."""

    def watched(self) -> list[tuple[int, float]]:
        """Iterations and price after each round."""
        self.trail: list[tuple[int, float]] = []
        self.run()
        return self.trail

    def _round(self, number: int, length: float) -> float:
        taken = super()._round(number, length)
        self.trail.append((self.workers[0].engine.iterations(), self.total))
        return taken


def watched(thousands: int, configuration: str) -> list[tuple[int, float]]:
    """Search by a clock that ticks with the iterations, so that a busy machine changes nothing."""
    searches: list[Watched] = []
    budget = Budget(thousands, clock=lambda: sum(s.workers[0].engine.iterations() for s in searches) / 1000)
    problem = problem_of(town(3, orders=40, configuration=configuration))
    searches.append(Watched(problem, budget, 1, 5, lambda: False, lambda _: None))
    return searches[0].watched()


@pytest.mark.parametrize("configuration", ["optimize_distance", "optimize_cars_then_time", "optimize_money"])
def test_a_long_search_begins_as_a_short_one(configuration: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "first_iterations", lambda *_: 64)
    short, long = watched(1, configuration), watched(3, configuration)
    shared = short[:-1]  # the clock ended the last one
    assert len(shared) > 2
    assert long[: len(shared)] == shared
    assert long[-1][1] <= short[-1][1] + 1e-3 * abs(short[-1][1])  # that its last round found by luck


def test_more_time_for_the_first_round_means_more_iterations() -> None:
    search = Search(problem_of(town(3)), Budget(60), 1, 5, lambda: False, lambda _: None)
    engine = search.workers[0].engine
    engine.load([])
    engine.construct()
    few, many = (first_iterations(search.setup, engine.best(), seconds) for seconds in (0.01, 10.0))
    assert FEWEST <= few < many


@pytest.mark.parametrize(
    ("iterations", "quantum"), [(0.0, 16), (1000.0, 1024), (1900.0, 1024), (2100.0, 4096)]
)
def test_lengths_of_rounds_are_far_apart(iterations: float, quantum: int) -> None:
    assert quantum_of(iterations) == quantum
