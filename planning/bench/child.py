"""Measurements in processes of their own: JSON in, JSON out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """Give the environment of a measured process: compiled code is kept beside the checkout by default."""
    ours = {"DJANGO_SETTINGS_MODULE": "config.settings", "NUMBA_CACHE_DIR": str(CHECKOUT / "var" / "numba")}
    return {**ours, **os.environ, **more}


def ask_child(module: str, job: dict[str, Any], seconds: float, **more: str) -> dict[str, Any]:
    """Run a module on a job; its last line is the answer.

    Parameters
    ----------
    seconds
        The longest it may take.
    more
        Variables of its environment.

    Raises
    ------
    subprocess.CalledProcessError, subprocess.TimeoutExpired
        When it fails, or takes longer.
    """
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=CHECKOUT,
        env=environment(**more),
        input=json.dumps(job).encode(),
        stdout=subprocess.PIPE,
        timeout=seconds,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
