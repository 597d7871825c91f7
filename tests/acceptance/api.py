"""Try the API by its own OpenAPI documents: no failure, no answer off its schema.

``python -m tests.acceptance.api`` tries both services for ten minutes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.planning.installation import REAL, Installation
from tests.shared import ROOT

SERVICES = ("universal", "account")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "use_after_free",
)


def try_out(seconds: int, seed: int, services: tuple[str, ...] = SERVICES) -> int:
    """Try every operation of each service, alone and one after the other, for so many seconds in all.

    Returns
    -------
    0 when everything held; what is wrong is printed.
    """
    with tempfile.TemporaryDirectory() as folder, Installation(Path(folder), REAL) as installation:
        installation.manage("warm")  # whoever waits for a calculation waits for no compiler
        installation.worker()
        installation.web()
        share = max(1, seconds // len(services))
        return max(tried(installation, service, share, seed) for service in services)


def tried(installation: Installation, service: str, seconds: int, seed: int) -> int:
    home = f"http://127.0.0.1:{installation.port}"
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{home}/api/docs/{service}.json"),
        *("--url", home, "--header", f"Authorization: Bearer {installation.token}"),
        *("--phases", "coverage,fuzzing,stateful", "--checks", ",".join(CHECKS)),
        *("--request-timeout", "60"),  # a synchronous calculation waits for its turn
        *("--max-time", str(seconds), "--seed", str(seed), "--suppress-health-check", "all"),
        *("--continue-on-failure", "--warnings", "off", "--no-color", "--generation-database", "none"),
    ]
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": "tests.acceptance.api_bodies", "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(installation.folder),
    }  # fmt: skip
    return subprocess.run(command, check=False, cwd=installation.folder, env=environment).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance.api", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for all services together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--services", nargs="+", default=SERVICES, choices=SERVICES)
    options = parser.parse_args()
    return try_out(options.seconds, options.seed, tuple(options.services))


if __name__ == "__main__":
    sys.exit(main())
