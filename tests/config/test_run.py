"""``./run`` as a user starts it: everything comes up, a plan is made, everything ends."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.planning.fake_solver import example
from tests.planning.installation import REAL, Installation
from tests.shared import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.database]


class Started(Installation):
    """An installation that ``./run`` makes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, REAL)
        cache = os.environ["NUMBA_CACHE_DIR"]  # of the tests, so that not every run compiles anew
        self.environment |= {"PORT": str(self.port), "NUMBA_CACHE_DIR": cache}
        with (folder / "log").open("ab") as log:
            self.run = subprocess.Popen(
                ["./run"], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def processes(self) -> list[str]:
        """Everything of its session that lives."""
        listed = subprocess.run(
            ["ps", "-o", "stat=,pid=,args=", "-s", str(self.run.pid)], capture_output=True, text=True
        )
        return [line for line in listed.stdout.splitlines() if not line.startswith("Z")]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    with Started(tmp_path_factory.mktemp("run")) as installation:
        try:
            installation.until(lambda: installation("GET", "/universal/system/version")[0] == 200, 180)
            wanted = {"username": "client", "password": "demo-password"}
            installation.token = installation("POST", "/account/token/generation", wanted)[1]
            installation.until(lambda: installation("GET", "/universal/system/check")[1]["health"] == 1, 400)
            yield installation
        finally:
            if installation.run.poll() is None:
                os.killpg(installation.run.pid, signal.SIGKILL)


def test_plans_the_printed_example(started: Started) -> None:
    process_code = started.submit(example("plan.request"))
    started.until(lambda: started.status(process_code) == "FINISHED_IN_TIME", 60)


def test_e5_dead_worker_is_started_again(started: Started) -> None:
    [worker] = [line for line in started.processes() if line.endswith("manage.py worker")][:1]
    os.kill(int(worker.split()[1]), signal.SIGKILL)
    process_code = started.submit(example("plan.request"))
    started.until(lambda: started.status(process_code) == "FINISHED_IN_TIME", 60)


def test_files_are_the_owners(started: Started) -> None:
    assert started.folder.stat().st_mode & 0o077 == 0


def test_term_ends_all_of_it(started: Started) -> None:
    assert len(started.processes()) > 4
    started.run.send_signal(signal.SIGTERM)
    assert started.run.wait(20) == 0
    started.until(lambda: started.processes() == [], 5)
