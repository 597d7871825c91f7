"""How the evaluator and the search are compiled, and where the machine code is kept.

Numba keeps compiled functions on disk but notices only changes of a function's own file, while a caller's
machine code contains what it calls. So a function's code is kept in a folder named after the sources that it
can have anything from: its module and all of ours that are imported from there on. A new version never meets
code of an old one, and a change compiles only what it reaches.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba as nb
from numba import types
from numba.core.caching import UserProvidedCacheLocator

P = ParamSpec("P")
R = TypeVar("R")

OPTIONS: Any = {"cache": True, "nogil": True, "_nrt": False}
unliteral: Any = types.unliteral

SOLVER = Path(__file__).resolve().parents[1]

FROM = re.compile(rf"^[ \t]*from ({SOLVER.name}[\w.]*) import (\([^)]*\)|[^\n]*)", re.MULTILINE)
IMPORT = re.compile(rf"^[ \t]*import ({SOLVER.name}[\w.]*)", re.MULTILINE)
COMMENT = re.compile(r"#[^\n]*")


def cache_folder() -> Path:
    """Folder of all machine code: ``NUMBA_CACHE_DIR``, or in the user's cache folder without it."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else home / "marshrut"


def named(module: str) -> Path | None:
    """Source file of a module of the solver; None for anything else."""
    path = SOLVER.parent.joinpath(*module.split("."))
    for source in (path.with_suffix(".py"), path / "__init__.py"):
        if module.startswith(SOLVER.name) and source.exists():
            return source
    return None


@cache
def imports(source: Path) -> frozenset[Path]:
    """Sources of the solver that a source names in its imports.

    They are looked for in its text: to parse all of them would take a good part of every start.
    """
    text = COMMENT.sub("", source.read_text(encoding="utf-8"))

    def names() -> Iterator[str]:
        for module, parts in FROM.findall(text):
            inside = [f"{module}.{part.split()[0]}" for part in parts.strip("()\n ,").split(",")]
            modules = [name for name in inside if named(name)]
            yield from modules
            if len(modules) < len(inside):
                yield module
        yield from IMPORT.findall(text)

    return frozenset(found for name in names() if (found := named(name)))


@cache
def digest(source: Path) -> str:
    """Name for a source and everything that it imports, by what they say."""
    reached, left = {source}, [source]
    while left:
        new = imports(left.pop()) - reached
        reached |= new
        left += new
    total = sha256(nb.__version__.encode())
    for path in sorted(reached):
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


class ByImports(UserProvidedCacheLocator):
    """Numba's hook that says where the code of a function is kept."""

    def __init__(self, py_func: Any, py_file: str) -> None:
        super().__init__(py_func, py_file)
        source = Path(py_file).resolve()
        self.name = digest(source)
        self._cache_path = str(cache_folder() / f"{source.stem}-{self.name}")

    def get_source_stamp(self) -> str:
        """What the code was made from."""
        return self.name


configuration: Any = nb.config
configuration.CACHE_DIR = str(cache_folder())
configuration.CACHE_LOCATOR_CLASSES = f"{__name__}.{ByImports.__name__}"


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function as `compiled` does, and put it into each of its callers: for a line or two only."""
    return _compile(function, {"forceinline": True})


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile to machine code that runs beside other threads and is kept on disk.

    Compiled functions never make arrays, so reference counting is left out (``_nrt``): it would cost an
    atomic operation for every array that a function takes in its hands. A constant argument makes no
    version of its own, which halves the time of compiling.
    """
    return _compile(function, {})


def _compile(function: Callable[P, R], options: Mapping[str, Any]) -> Callable[P, R]:
    dispatcher: Any = nb.njit(**OPTIONS, **options)(function)
    template = dispatcher.get_call_template

    def without_literals(args: Iterable[Any], kws: Mapping[str, Any]) -> Any:
        plain = {name: unliteral(kind) for name, kind in kws.items()}
        return template(tuple(unliteral(kind) for kind in args), plain)

    dispatcher.get_call_template = without_literals
    return dispatcher
