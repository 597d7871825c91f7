"""The command line: solve, demo, warm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from planning import datasets
from planning.management.commands import solve
from planning.models import Dataset
from planning.samples.heidelberg import heidelberg_json, heidelberg_xlsx
from solver import Finish
from solver.contract import PlanResult, read
from tests.planning.fake_solver import FakeSolver, example


@pytest.fixture
def task(tmp_path: Path) -> Path:
    path = tmp_path / "task.json"
    path.write_bytes(example("plan.request"))
    return path


def planned(task: Path, *options: str) -> PlanResult:
    out = task.with_name("result.json")
    call_command("solve", str(task), "--out", str(out), *options)
    return read(PlanResult, out.read_bytes())


def test_solve_plans_a_json_task(task: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = planned(task, "--max-time", "5", "--seed", "1")
    assert plan.statistics.total_statistics.plan_orders_count == 3
    assert (plan.calculation_info.status, plan.calculation_progress) == ("FINISHED_IN_TIME", 100)
    assert capsys.readouterr().out.startswith("3 of 3 orders planned, 1 trips, ")


def test_solve_shows_progress(
    task: Path, solver: FakeSolver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(solve, "QUIET_SECONDS", 0.0)
    solver.reports = [7, 50]
    solver.finish = Finish.OUT_OF_TIME
    assert (
        planned(task, "--max-time", "3", "--threads", "2").calculation_info.status == "FINISHED_OUT_OF_TIME"
    )
    lines = capsys.readouterr().err.split("\r")
    assert lines[1].strip() == "7 % improve: 3 orders; unplanned 0, distance 100"
    assert lines[2].strip().startswith("50 %")
    assert [(effort.seconds, effort.threads) for effort in solver.efforts] == [(3, 2)]


def test_solve_is_quiet_for_a_moment(
    task: Path, solver: FakeSolver, capsys: pytest.CaptureFixture[str]
) -> None:
    planned(task)
    assert capsys.readouterr().err == ""


def test_solve_reads_a_workbook(tmp_path: Path, solver: FakeSolver) -> None:
    path = tmp_path / "task.xlsx"
    path.write_bytes(heidelberg_xlsx())
    planned(path)
    assert solver.efforts[0].seconds == 120, "the task's own time"


def test_solve_lists_every_reason(tmp_path: Path) -> None:
    task = json.loads(example("plan.request"))
    task["orders"][0]["demands"][0]["possible_events"][0]["location_key"] = "nowhere"
    task["orders"][1]["key"] = task["orders"][0]["key"]
    path = tmp_path / "task.json"
    path.write_text(json.dumps(task))
    with pytest.raises(CommandError) as refused:
        planned(path)
    lines = str(refused.value).splitlines()
    assert lines[0] == "The task has logical errors."
    assert any("INCONSISTENT_REFERENCE: ORDER order_1 > DEMAND demand_1_drop" in line for line in lines)
    assert any("UNIQUE_IDS_VIOLATION: ORDER order_1" in line for line in lines)


def test_solve_asks_for_an_engine(task: Path, solver: FakeSolver) -> None:
    planned(task, "--engine", "routing")
    planned(task)
    assert [effort.engine for effort in solver.efforts] == ["routing", None]


def test_solve_names_everything_the_engine_cannot_carry(tmp_path: Path) -> None:
    task = json.loads(example("plan.request"))
    task["plan_settings"]["trips_settings"]["configuration"] = "visual_grouping"
    rules = {"break_rules": {"first": {"relocating_duration_sum": "PT4H", "duration": "PT30M"}}}
    task["performers"][0]["shifts"][0]["work_and_rest_rules"] = rules
    path = tmp_path / "task.json"
    path.write_text(json.dumps(task))
    with pytest.raises(CommandError) as refused:
        planned(path, "--engine", "routing")
    lines = str(refused.value).splitlines()
    assert [line.rsplit("routing; ")[1] for line in lines] == [
        "configuration (Z7-Z10)",
        "work_and_rest_rules (B1-B5)",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("task.json", b"{}", "locations: "),
        ("task.json", b"no json", "wanted JSON"),
        ("task.xlsx", b"no workbook", "xlsx"),
        ("task.json", None, "No such file"),
    ],
)
def test_solve_refuses_what_is_no_task(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        planned(path)
    assert not (tmp_path / "result.json").exists()


@pytest.mark.django_db
def test_demo_makes_what_is_missing_and_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    dispatcher = User.objects.get(username="dispatcher")
    dispatcher.set_password("changed-by-its-user")
    dispatcher.save()
    call_command("demo")
    users = User.objects.order_by("username")
    assert [(user.username, user.company.key, user.roles) for user in users] == [
        ("admin", "demo", ["OVERLORD"]),
        ("client", "demo", ["BOT"]),
        ("dispatcher", "demo", ["USER"]),
    ]
    assert User.objects.get(username="dispatcher").check_password("changed-by-its-user")
    assert "demo-password" in capsys.readouterr().out
    sample = Dataset.objects.get()
    assert (sample.owner, sample.name) == (dispatcher, "Rhine-Neckar, 17 June 2026")
    assert datasets.task_bytes(sample) == heidelberg_json()
