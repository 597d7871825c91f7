"""Calling the evaluator by its address.

Numba compiles what a function calls into the function itself, again at every level of callers. The evaluator
is large and called from everywhere in the search, so it is called through a pointer there: it is compiled
once, and the search in half the time. This module does not import it: a change of the evaluator leaves the
compiled search as it is.
"""

from typing import Any

from numba import types
from numba.extending import intrinsic

ROUTE = types.Array(types.int64, 1, "C")


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
