"""How the evaluator and the search are compiled."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba as nb

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile to machine code that runs beside other threads and is kept on disk.

    Compiled functions never make arrays, so reference counting is left out (``_nrt``): handing over a tuple
    of arrays would otherwise cost an atomic increment for each of them at every call.
    """
    return nb.njit(cache=True, nogil=True, _nrt=False)(function)  # type: ignore[no-any-return]
