"""Tiny plans partway through: trips and facts in short, and what goes on from there."""

from dataclasses import dataclass
from typing import Any

import solver
from solver.contract import ActualizeTask, ReplanTask, read_object
from tests.solver.features.told import line
from tests.solver.report.tiny import Tiny, moment, window

Document = dict[str, Any]
ROWS = {
    "---": (False, False, False),
    "x--": (True, False, False),
    "-x-": (False, True, False),
    "xx-": (True, True, False),
    "--x": (False, False, True),
    "x-x": (True, False, True),
    "-xx": (False, True, True),
    "xxx": (True, True, True),
}
"""Rows of Q10's table: reorder, plan_new_orders, create_new_trips."""


@dataclass(slots=True)
class GoneOn:
    """A continuation in short: trips as in `tests.solver.features.told`, waitlists by trip."""

    trips: list[str]
    waiting: dict[str, list[str]]
    boxes: dict[str, str]
    unplanned: list[str]
    removed: list[str]
    plan: solver.Plan


class Execution:
    """Trips that somebody drives.

    Parameters
    ----------
    task : Tiny
    """

    def __init__(self, task: Tiny) -> None:
        self.task = task
        self.trips: list[Document] = []
        self.facts: list[Document] = []

    def trip(
        self, *demands: str, performer: str = "anna", transport: str = "van",
        waitlist: tuple[str, ...] = (), boxes: dict[str, str] | None = None,
    ) -> "Execution":  # fmt: skip
        """A trip ``performer-trip`` by its demands, or "demand/event"; each has two states."""
        states: list[Document] = []
        for demand in demands:
            key, _, event = demand.partition("/")
            order, wanted = self._demand(key)
            chosen = next(e for e in wanted["possible_events"] if not event or e["key"] == event)
            common = {"time": moment("9:00"), "location_key": chosen["location_key"]}
            box = {**dict.fromkeys(wanted.get("target_cargos", []), f"{transport}-box"), **(boxes or {})}
            kind = "ADD" if wanted["demand_type"].startswith("PICKUP") else "REMOVE"
            moved = [
                {"box_key": box[cargo], "cargo_key": cargo, "cargo_action_type": kind}
                for cargo in wanted.get("target_cargos", [])
            ]
            keys = {"order_key": order["key"], "demand_key": key, "event_key": chosen["key"]}
            states.append({**common, **keys, "flags": ["AROUND_LOCATION", "INSIDE_LOCATION", "ON_DEMAND"]})
            flags = ["AROUND_LOCATION", "INSIDE_LOCATION"]
            states.append({**common, "flags": flags, "cargo_actions": moved})
        time = window("9:00-9:00")
        self.trips.append({
            "key": f"{performer}-trip", "states": states, "waitlist": list(waitlist),
            "performer": {"performer_key": performer, "shift_key": f"{performer}-shift", "shift_time": time},
            "transport": {"transport_key": transport, "shift_key": f"{transport}-shift", "shift_time": time},
        })  # fmt: skip
        return self

    def _demand(self, key: str) -> tuple[Document, Document]:
        return next((o, d) for o in self.task.orders for d in o["demands"] if d["key"] == key)

    def fact(self, kind: str, clock: str, about: str = "", performer: str = "anna") -> "Execution":
        """A fact of the performer's trip about a demand, an order or a place."""
        name = {"NEW_LOCATION": "location_key", "ORDER_DONE": "order_key"}.get(kind, "demand_key")
        told = {"key": f"fact-{len(self.facts)}", "type": kind, "time": moment(clock), name: about}
        self.facts.append({**told, "trip_key": f"{performer}-trip", "performer_key": performer})
        return self

    def document(self, now: str, row: str | None = None, delay: str = "PT3H") -> Document:
        """The ActualizeTask, or the ReplanTask of a row of Q10's table."""
        told = {**self.task.document(), "trips": self.trips, "facts": self.facts}
        told["actualize_settings"] = {"current_time": moment(now), "max_delay_duration": delay}
        if row is None:
            told.pop("hardlinks")
        else:
            names = ("reorder", "plan_new_orders", "create_new_trips")
            told["replan_settings"] = {"replan_strategy": dict(zip(names, ROWS[row], strict=True))}
        return told

    def actualized(self, now: str, delay: str = "PT3H") -> GoneOn:
        return gone_on(read_object(ActualizeTask, self.document(now, None, delay)))

    def replanned(self, now: str, row: str, delay: str = "PT3H") -> GoneOn:
        return gone_on(read_object(ReplanTask, self.document(now, row, delay)))


def gone_on(task: ActualizeTask | ReplanTask) -> GoneOn:
    """Go on with one thread, and tell what comes in short."""
    plan = solver.replan(task, solver.Effort(iterations=200, seed=1))
    return GoneOn(
        trips=[line(trip) for trip in plan.trips if trip.states],
        waiting={trip.key: trip.waitlist for trip in plan.trips if trip.waitlist},
        boxes={a.cargo_key: a.box_key for t in plan.trips for s in t.states for a in s.cargo_actions},
        unplanned=plan.unplanned_items.order_keys,
        removed=plan.removed_items.order_keys,
        plan=plan,
    )
