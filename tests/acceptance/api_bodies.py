"""Bodies for trying the API: beside made-up ones, tasks that hold and tasks with one thing spoilt."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import schemathesis
from hypothesis import strategies as st

from tests.planning.fake_solver import example
from tests.solver.checks.corruption import corrupt, rich

KINDS = ("plan", "actualize", "replan")


def good(operation: str) -> dict[str, Any] | None:
    """A body the operation can work with; None for one that takes no task."""
    kind = next((kind for kind in (*KINDS, "statistics") if f"_{kind}" in operation), "")
    if "convert_json" in operation:
        return rich()
    if not kind:
        return None
    name = "statistics" if operation.endswith("statistics") else kind
    task: dict[str, Any] = json.loads(example(f"{name}.request"))
    settings = task.setdefault("plan_settings", {})
    settings.setdefault("geo_settings", {})["flight_distance"] = True
    settings["calculation_settings"] = {"max_calculation_time": "PT1S", "max_waiting_time": "PT1M"}
    return task


@schemathesis.hook
def before_generate_body(
    context: schemathesis.HookContext, strategy: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    name = context.operation.definition.raw.get("operationId", "")
    task = good(name)
    if task is None:
        return strategy
    spoilt = st.integers(0, 2**32).map(lambda seed: corrupt(good(name), Random(seed)))
    return st.one_of(strategy, st.builds(good, st.just(name)), spoilt)
