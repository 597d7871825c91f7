"""Calling the evaluator by its address.

Numba compiles what a function calls into the function itself, again at every level of callers. The evaluator
is large and called from everywhere in the search, so it is called through a pointer there: it is compiled
once, and the search in half the time.
"""

from typing import Any

import numba as nb
from numba import types
from numba.extending import intrinsic

from solver.problem.arrays import Tables
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import Scratch, scratch

ROUTE = types.Array(types.int64, 1, "C")


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


def _judge(
    _context: Any,
    tables: Any,
    work: Any,
    _vehicle: Any,
    _route: Any,
    _count: Any,
    _lowest_cost: Any,
    _address: Any,
) -> Any:
    """Compiled form of ``evaluate(tables, work, vehicle, route, count, lowest_cost)`` at an address."""
    arguments = (tables, work, types.int64, ROUTE, types.int64, types.boolean)

    def generate(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        convention = context.call_conv
        kind = convention.get_function_type(types.int64, arguments)
        function = builder.inttoptr(args[-1], kind.as_pointer())
        status, result = convention.call_function(builder, function, types.int64, arguments, args[:-1])
        with builder.if_then(status.is_error, likely=False):
            convention.return_status_propagate(builder, status)
        return result

    return types.int64(*arguments, types.int64), generate


judge: Any = intrinsic(_judge)
