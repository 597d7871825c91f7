"""The independent tools beside the checkout, and one way for a task through our whole pipeline."""

import importlib
import json
import sys
from types import ModuleType
from typing import Any

import solver
from planning.management.commands.solve import result
from tests.shared import SHARED

Json = dict[str, Any]


def tool(name: str) -> ModuleType:
    """Import one of the tools; they have short names, so they come last on the path."""
    folder = str(SHARED / "tools")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)


def planned(task: Json, effort: solver.Effort) -> Json:
    """Plan a task from its JSON to the JSON of its result."""
    plan = solver.plan(solver.read_task(json.dumps(task).encode()), effort)
    written: Json = json.loads(result(plan))
    return written
