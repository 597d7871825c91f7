"""Workers and servers that die, with real processes (E5)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planning.fake_solver import example
from tests.planning.installation import FAKE, Installation

pytestmark = [pytest.mark.slow, pytest.mark.database]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with Installation(tmp_path_factory.mktemp("installation"), FAKE) as started:
        started.web()
        yield started


@pytest.fixture
def installation(served: Installation) -> Iterator[Installation]:
    """One web server for all, workers of each test's own."""
    for name in ("pids", "done"):
        (served.folder / name).unlink(missing_ok=True)
    yield served
    served.stop(served.workers)


def runs(installation: Installation, process_code: str, times: int = 1) -> int:
    """Number of the process that calculates, once so many have taken it up."""
    pids = installation.folder / "pids"
    installation.until(lambda: pids.exists() and len(pids.read_text().split()) >= times, 60)
    assert installation.status(process_code) == "IN_PROGRESS"
    return int(pids.read_text().split()[-1])


def finishes(installation: Installation, process_code: str) -> None:
    (installation.folder / "done").touch()
    installation.until(lambda: installation.status(process_code) == "FINISHED_IN_TIME", 20)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]


def test_e5_killed_worker_process_is_replaced(installation: Installation) -> None:
    installation.worker()
    process_code = installation.submit(example("plan.request"))
    os.kill(runs(installation, process_code), signal.SIGKILL)
    runs(installation, process_code, times=2)
    finishes(installation, process_code)


def test_e5_a_second_death_is_a_failure(installation: Installation) -> None:
    installation.worker()
    process_code = installation.submit(example("plan.request"))
    os.kill(runs(installation, process_code), signal.SIGKILL)
    os.kill(runs(installation, process_code, times=2), signal.SIGKILL)
    installation.until(lambda: installation.status(process_code) == "FAILED", 60)


def test_e5_killed_worker_command_takes_its_processes_along(installation: Installation) -> None:
    worker = installation.worker()
    process_code = installation.submit(example("plan.request"))
    child = runs(installation, process_code)
    worker.kill()
    worker.wait()
    installation.until(lambda: not alive(child), 10)
    installation.worker()
    runs(installation, process_code, times=2)
    finishes(installation, process_code)


def test_e5_stopped_worker_gives_back_what_it_runs(installation: Installation) -> None:
    worker = installation.worker()
    process_code = installation.submit(example("plan.request"))
    runs(installation, process_code)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert installation.status(process_code) == "WAITING"
    installation.worker()
    runs(installation, process_code, times=2)
    finishes(installation, process_code)


def test_e5_restarted_web_server_loses_nothing(installation: Installation) -> None:
    process_code = installation.submit(example("plan.request"))
    installation.stop(installation.servers)
    assert installation.status(process_code) == "no answer"
    installation.web()
    assert installation.status(process_code) == "WAITING"
    installation.worker()
    runs(installation, process_code)
    finishes(installation, process_code)


def test_h_cancel_stops_within_two_seconds(installation: Installation) -> None:
    installation.worker()
    process_code = installation.submit(example("plan.request"))
    runs(installation, process_code)
    assert installation("DELETE", f"/universal/plan/calculation-async/{process_code}")[0] == 204
    assert installation.until(lambda: installation.status(process_code) == "CANCELED", 10) < 2
    code, plan = installation("GET", f"/universal/plan/result/{process_code}")
    assert (code, len(plan["trips"])) == (299, 1)


def test_killed_idle_worker_does_not_stop_the_queue(installation: Installation) -> None:
    installation.worker()
    first = installation.submit(example("plan.request"))
    child = runs(installation, first)
    finishes(installation, first)
    os.kill(child, signal.SIGKILL)
    second = installation.submit(example("plan.request"))

    def finished() -> bool:
        if installation.workers[-1].poll() is not None:
            installation.worker()  # as ./run does
        return installation.status(second) == "FINISHED_IN_TIME"

    installation.until(finished, 120)
