"""Compiled code is found again exactly while nothing it contains has changed."""

import ast
from pathlib import Path

import pytest

from solver.problem import compiled

SCHEDULE = compiled.SOLVER / "schedule"
SEARCH = compiled.SOLVER / "search"


def reached(source: Path) -> set[Path]:
    found, left = {source}, [source]
    while left:
        new = compiled.imports(left.pop()) - found
        found |= new
        left += new
    return found


def test_the_evaluators_code_is_named_after_every_rule_in_it() -> None:
    assert {SCHEDULE / f"{rule}.py" for rule in ("timing", "loads", "packing", "tags", "money")} <= reached(
        SCHEDULE / "evaluate.py"
    )


def test_a_change_of_the_evaluator_leaves_the_compiled_search_as_it_is() -> None:
    assert SCHEDULE / "evaluate.py" not in reached(SEARCH / "anneal.py")


def test_the_name_changes_with_what_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    solver = tmp_path / "solver"
    solver.mkdir()
    caller, callee = solver / "caller.py", solver / "callee.py"
    caller.write_text("from solver.callee import answer\n")
    monkeypatch.setattr(compiled, "SOLVER", solver)

    def name(text: str) -> str:
        callee.write_text(text)
        compiled.imports.cache_clear()
        compiled.digest.cache_clear()
        return compiled.digest(caller)

    assert name("answer = 1\n") == name("answer = 1\n") != name("answer = 2\n")
    compiled.imports.cache_clear()
    compiled.digest.cache_clear()


def parsed(source: Path) -> set[Path]:
    found = set()
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {compiled.named(f"{node.module}.{alias.name}") for alias in node.names}
            found |= {compiled.named(node.module)} | inside if None in inside else inside
        elif isinstance(node, ast.Import):
            found |= {compiled.named(alias.name) for alias in node.names}
    return {path for path in found if path}


def test_the_text_tells_the_same_imports_as_a_parser() -> None:
    sources = list(compiled.SOLVER.rglob("*.py"))
    assert {source: set(compiled.imports(source)) for source in sources} == {
        source: parsed(source) for source in sources
    }
