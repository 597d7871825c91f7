"""Ways to spoil a valid plan, each with the rule that then is broken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Document = dict[str, Any]
Change = Callable[[Document, Document], None]


@dataclass(frozen=True)
class Spoilt:
    """One spoilt plan.

    Attributes
    ----------
    rule : str
        What the oracle names.
    plan : str
        Name of the valid plan.
    about : str
        The rule the change is about; mostly the same.
    """

    rule: str
    plan: str
    about: str
    change: Change

    @property
    def name(self) -> str:
        return f"{self.about}-{self.change.__name__}"


ALL: list[Spoilt] = []


def breaks(rule: str, plan: str = "rich", about: str = "") -> Callable[[Change], Change]:
    """The change breaks the rule in the plan."""

    def keep(change: Change) -> Change:
        ALL.append(Spoilt(rule, plan, about or rule, change))
        return change

    return keep


def find(items: list[Document], key: str) -> Document:
    return next(item for item in items if item["key"] == key)


def place(task: Document, key: str) -> Document:
    return find(task["locations"], key)


def order(task: Document, key: str) -> Document:
    return find(task["orders"], key)


def demand(task: Document, key: str) -> Document:
    return next(d for o in task["orders"] for d in o["demands"] if d["key"] == key)


def event(task: Document, key: str, number: int = 0) -> Document:
    found: Document = demand(task, key)["possible_events"][number]
    return found


def cargo(task: Document, key: str) -> Document:
    return next(c for o in task["orders"] for c in o.get("cargos", []) if c["key"] == key)


def work(task: Document, number: int = 0) -> Document:
    found: Document = task["performers"][number]["shifts"][0]
    return found


def use(task: Document, number: int = 0) -> Document:
    found: Document = task["transports"][number]["shifts"][0]
    return found


def states(result: Document, trip: int = 0) -> list[Document]:
    found: list[Document] = result["trips"][trip]["states"]
    return found


def served(result: Document, key: str, further: int = 0, trip: int = 0) -> Document:
    """The state in which a demand is served, or one so many states further on."""
    there = states(result, trip)
    first = next(i for i, s in enumerate(there) if s.get("demand_key") == key)
    return there[first + further]


def doing(result: Document, flag: str, number: int = 0, trip: int = 0) -> Document:
    return [state for state in states(result, trip) if flag in state["flags"]][number]


def figures(result: Document, trip: int = 0) -> Document:
    found: Document = result["statistics"]["trips_statistics"][trip]
    return found


def general(result: Document, trip: int = 0) -> Document:
    found: Document = figures(result, trip)["general_statistics"]
    return found


def later(text: str, seconds: int) -> str:
    return (datetime.fromisoformat(text) + timedelta(seconds=seconds)).isoformat()


def drop_flag(state: Document, flag: str) -> None:
    state["flags"].remove(flag)


def reverse(route: Document, rows: str) -> None:
    route["matrix"][rows] = [[value + 1 if value else 0 for value in row] for row in route["matrix"][rows]]


def matrix(task: Document, kind: str) -> Document:
    found = next(item for item in task["external_routing"] if item["transport_type"] == kind)
    copied: Document = {**found, "matrix": {**found["matrix"]}}
    task["external_routing"] = [copied if item is found else item for item in task["external_routing"]]
    return copied


def shifted(result: Document, seconds: int, trip: int = 0) -> None:
    """Move a whole trip in time; its statistics stay behind."""
    there = result["trips"][trip]
    for state in there["states"]:
        state["time"] = later(state["time"], seconds)
    for who in ("performer", "transport"):
        span = there[who]["shift_time"]
        there[who]["shift_time"] = {side: later(text, seconds) for side, text in span.items()}
