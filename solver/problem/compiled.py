"""How the evaluator and the search are compiled, and where the machine code is kept.

Numba keeps compiled functions on disk but notices only changes of a function's own file, while a caller's
machine code contains what it calls. So the code is kept in a folder named after all sources together: a new
version never meets code of an old one.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba as nb
from numba import types

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS: Any = {"cache": True, "nogil": True, "_nrt": False}
unliteral: Any = types.unliteral

ROOMS = ("problem", "schedule", "search", "report")


def cache_folder() -> Path:
    """Folder of the machine code: below ``NUMBA_CACHE_DIR``, or the user's cache folder without it."""
    digest = sha256(nb.__version__.encode())
    root = Path(__file__).resolve().parents[1]
    for room in ROOMS:
        for source in sorted((root / room).glob("*.py")):
            digest.update(source.read_bytes())
    given = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(given) if given else home / "marshrut") / digest.hexdigest()[:16]


configuration: Any = nb.config
configuration.CACHE_DIR = str(cache_folder())


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile to machine code that runs beside other threads and is kept on disk.

    Compiled functions never make arrays, so reference counting is left out (``_nrt``): it would cost an
    atomic operation for every array that a function takes in its hands. A constant argument makes no
    version of its own, which halves the time of compiling.
    """
    dispatcher: Any = nb.njit(**OPTIONS)(function)
    template = dispatcher.get_call_template

    def without_literals(args: Iterable[Any], kws: Mapping[str, Any]) -> Any:
        plain = {name: unliteral(kind) for name, kind in kws.items()}
        return template(tuple(unliteral(kind) for kind in args), plain)

    dispatcher.get_call_template = without_literals
    return dispatcher
