"""A task that is too large to guess, and problems made of tasks."""

from random import Random

from solver.contract import PlanTask, read_object
from solver.problem import Problem, build
from solver.refine import assume, horizon, refine
from tests.solver.report.tiny import Tiny


def town(seed: int = 1, orders: int = 24, configuration: str = "optimize_distance") -> Tiny:
    """Deliveries from a depot at random kilometres, some with windows, for three vans."""
    random = Random(seed)
    places = {f"p{number}": random.randint(-60, 60) for number in range(orders)}
    task = Tiny({"depot": 0, **places})
    task.settings = {"trips_settings": {"configuration": configuration}}
    for number, place in enumerate(places):
        opens = random.randint(8, 14)
        hard = random.choice(["0:00-23:59", f"{opens}:00-{opens + 3}:00"])
        task.delivery(f"o{number}", "depot", place, mass=random.randint(5, 25), minutes=5, hard=hard)
    for name in ("anna", "boris", "carl"):
        task.performer(name, start="depot", finish="depot", hours="8:00-17:00")
        task.transport(f"{name}s")
    return task


def problem_of(task: Tiny) -> Problem:
    """Arrays of a task, as the pipeline makes them."""
    typed = read_object(PlanTask, task.document())
    epoch = int(horizon(typed)[0].timestamp())
    return build(assume(refine(typed).task), epoch)
