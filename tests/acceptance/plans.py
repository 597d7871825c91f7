"""One way for a task through our whole pipeline."""

import json
from typing import Any

import solver
from planning.management.commands.solve import result

Json = dict[str, Any]


def planned(task: Json, effort: solver.Effort) -> Json:
    """Plan a task from its JSON to the JSON of its result."""
    plan = solver.plan(solver.read_task(json.dumps(task).encode()), effort)
    written: Json = json.loads(result(plan))
    return written
