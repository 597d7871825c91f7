"""Plans of tiny tasks, told so briefly that a test can assert a whole plan."""

from dataclasses import dataclass
from typing import Any

import solver
from solver.contract import PlanResult, PlanTask, Trip, TripStateFlag, read_object
from solver.oracle import verify
from solver.report import Report
from tests.solver.oracle.plans import document, wrapped
from tests.solver.report.tiny import Tiny

Document = dict[str, Any]


@dataclass(slots=True)
class Told:
    """A plan in short.

    Attributes
    ----------
    trips : list of str
        "anna van: 8:00 depot, 8:10 x, 8:30 depot": who, the start, the start of every service, the finish.
    boxes : dict
        Box of every cargo that was loaded or unloaded.
    left : list of str
        Orders that are not planned, or that the checks have removed.
    metres, cost, reward : float
        Totals.
    """

    trips: list[str]
    boxes: dict[str, str]
    left: list[str]
    metres: int
    cost: float
    reward: float
    plan: solver.Plan


def planned(task: Tiny | Document, iterations: int = 200, seed: int = 1, engine: str | None = None) -> Told:
    """Plan with one thread, hold the plan against the oracle, tell it in short."""
    told = task.document() if isinstance(task, Tiny) else task
    typed = read_object(PlanTask, told)
    plan = solver.plan(typed, solver.Effort(iterations=iterations, seed=seed, engine=engine))
    broken = [str(violation) for violation in verify(read_object(PlanTask, told), result_of(plan))]
    assert broken == [], broken
    total = plan.statistics.total_statistics
    return Told(
        trips=[line(trip) for trip in plan.trips],
        boxes={a.cargo_key: a.box_key for trip in plan.trips for s in trip.states for a in s.cargo_actions},
        left=plan.unplanned_items.order_keys + plan.removed_items.order_keys,
        metres=total.measurements.distance,
        cost=total.cost,
        reward=total.reward,
        plan=plan,
    )


def result_of(plan: solver.Plan) -> PlanResult:
    """The plan as the contract's result."""
    told = Report(plan.trips, plan.statistics, plan.unplanned_items, plan.warnings)
    return read_object(PlanResult, {**wrapped(told), "removed_items": document(plan.removed_items)})


def line(trip: Trip) -> str:
    """One trip in short; of one with nothing but a waitlist, who has it."""
    if not trip.states:
        return f"{trip.performer.performer_key} {trip.transport.transport_key}"
    first, last = trip.states[0], trip.states[-1]
    parts = [f"{clock(first)} {first.location_key}"]
    served = [state for state in trip.states if TripStateFlag.ON_DEMAND in state.flags]
    starts = {
        state.demand_key: clock(state) for state in reversed(served)
    }  # a window's border is a state too
    parts += [f"{starts[key]} {key}" for key in dict.fromkeys(state.demand_key for state in served)]
    parts.append(f"{clock(last)} {last.location_key}")
    return f"{trip.performer.performer_key} {trip.transport.transport_key}: {', '.join(parts)}"


def clock(state: Any) -> str:
    """The time of day, "8:05", or "8:05:30" where seconds matter."""
    moment = state.time
    return f"{moment.hour}:{moment:%M:%S}" if moment.second else f"{moment.hour}:{moment:%M}"


def settings(**trips: Any) -> Document:
    """Plan settings from trips settings."""
    return {"trips_settings": trips}
