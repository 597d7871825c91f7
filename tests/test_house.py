"""The habits of the house, held by tests: sizes, words, layout, imports."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT

ROOMS = ("config", "accounts", "planning", "solver", "audit")
TOP_LEVEL = {
    *ROOMS, "templates", "static", "tests", "docs", "locale", ".ci",
    "manage.py", "run", "test", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
    "README.md", "LICENSE", ".gitignore", ".pre-commit-config.yaml",
}  # fmt: skip
TEXTS = {".py", ".html", ".js", ".css", ".md", ".toml", ".yaml", ".sh", ".po", ".txt", ""}
MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 40
SHARE_OF_LONG_FUNCTIONS = 0.02  # "mostly under": a compiled loop may be longer
# Spelt in pieces, so that this file does not find itself.
CDNS = ("cdn." + "jsdelivr", "unpkg" + ".com", "cdn" + "js.", "googleapis" + ".com", "gstatic" + ".com")
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")
ELSEWHERE = ("/" + "work/", "/" + "root/", "/" + "home/")


def committed() -> list[Path]:
    """Files that git knows, or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [path for name in sorted(set(listed.split("\0")) - {""}) if (path := ROOT / name).is_file()]


FILES = committed()
SOURCES = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]


def lines_of(*kinds: str) -> Iterator[tuple[str, str]]:
    """Every line of our texts as (place, line)."""
    for path in FILES:
        if path.suffix in kinds and "data" not in path.relative_to(ROOT).parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def functions() -> Iterator[tuple[str, int]]:
    """Every function of ours as (place, lines without its docstring)."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if ast.get_docstring(node, clean=False) is not None:
                    text = node.body[0]
                    size -= (text.end_lineno or text.lineno) - text.lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", size


def places(words: tuple[str, ...], *kinds: str) -> list[str]:
    return [
        f"{place}: {line.strip()[:100]}" for place, line in lines_of(*kinds) if any(w in line for w in words)
    ]


def test_nothing_stands_at_the_top_but_the_rooms() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} <= TOP_LEVEL


def test_no_file_is_over_600_lines() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in SOURCES}
    assert {name: size for name, size in sizes.items() if size > MAX_FILE_LINES} == {}


def test_functions_are_mostly_under_40_lines() -> None:
    every = list(functions())
    long = [f"{place}: {size}" for place, size in every if size > MAX_FUNCTION_LINES]
    assert len(long) <= SHARE_OF_LONG_FUNCTIONS * len(every), "\n".join(long)


def test_no_mark_of_unfinished_work() -> None:
    assert places(UNFINISHED, *TEXTS) == []


def test_nothing_is_fetched_from_a_cdn() -> None:
    assert places(CDNS, ".py", ".html", ".js", ".css") == []


def test_no_place_of_one_machine_is_named() -> None:
    assert places(ELSEWHERE, *TEXTS) == []


def test_every_exception_to_a_check_gives_its_reason() -> None:
    """An exception names what it excepts and says why, in words."""
    bare = []
    for place, line in lines_of(".py"):
        for mark in ("# no" + "qa", "# type:" + " ignore"):
            if mark in line:
                words = line.split(mark, 1)[1].strip(" :#-").split()
                if len([word for word in words if word.islower() and word.isalpha()]) < 2:
                    bare.append(f"{place}: {line.strip()}")
    assert bare == []


def test_product_reads_nothing_beside_the_checkout() -> None:
    """Only tests, the documents and the benchmark's default folder may name it."""
    found = [
        place for place in places(("../" + "shared", '"shared"', "'shared'"), ".py", ".html", ".toml", "")
        if not place.startswith(("tests/", "planning/management/commands/bench.py", "pyproject.toml"))
    ]  # fmt: skip
    assert found == []


def modules() -> list[str]:
    names = (path.relative_to(ROOT).with_suffix("").parts for path in SOURCES)
    return [".".join(parts).removesuffix(".__init__") for parts in names if parts[0] in ROOMS]


@pytest.mark.parametrize("name", modules())
def test_module_can_be_imported(name: str) -> None:
    assert importlib.import_module(name) is not None


def test_solver_is_a_library() -> None:
    """Imported whole, it brings in no framework and no application."""
    ours = [name for name in modules() if name.split(".")[0] == "solver"]
    program = (
        "import importlib, sys\n"
        f"for name in {ours!r}: importlib.import_module(name)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    foreign = {"django", "rest_framework", "django_q", "requests", "httpx", "urllib3", "redis"}
    assert set(done.stdout.split()) & (foreign | set(ROOMS) - {"solver"}) == set()
