"""Working memory that knows the compiled evaluator's address, for `judge`."""

from typing import Any

import numba as nb
from numba import types

from solver.problem.arrays import Tables
from solver.schedule.evaluate import evaluate
from solver.schedule.judge import ROUTE
from solver.schedule.scratch import Scratch, scratch


def attach(tables: Tables, work: Scratch) -> None:
    """Compile the evaluator, or load it, and leave its address in ``work.judge``."""
    dispatcher: Any = evaluate
    typeof: Any = nb.typeof
    signature = (typeof(tables), typeof(work), types.int64, ROUTE, types.int64, types.boolean)
    dispatcher.compile(signature)
    found = dispatcher.overloads[signature]
    work.judge[0] = found.library.get_pointer_to_function(found.fndesc.llvm_func_name)


def judging_scratch(tables: Tables) -> Scratch:
    """Working memory with the evaluator attached."""
    work = scratch(tables)
    attach(tables, work)
    return work
