"""``manage.py`` and a WSGI application with a solver that goes on until it is stopped or told to end."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import django


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    import pytest

    from solver import Finish
    from tests.planning.fake_solver import FakeSolver

    folder = Path(os.environ["DATA_DIR"])

    class UntilTold(FakeSolver):
        def plan(self, *args: Any, should_stop: Any = None, **more: Any) -> Any:
            found = super().plan(*args, **more)
            if should_stop is None:  # only to prepare the compiled code
                return found
            with (folder / "pids").open("a") as pids:
                pids.write(f"{os.getpid()}\n")
            while not (folder / "done").exists() and not should_stop():
                time.sleep(0.05)
            found.finish = Finish.STOPPED if should_stop() else Finish.CONVERGED
            return found

    UntilTold().install(pytest.MonkeyPatch())


def application() -> Any:
    set_up()
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


if __name__ == "__main__":
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
