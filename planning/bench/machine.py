"""What the figures were measured on: processor, memory, versions."""

import os
import platform
import re
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path


def machine() -> str:
    """Describe this computer in a line."""
    cores = len(os.sched_getaffinity(0))
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {cores} cores, {gibibytes:.0f} GiB, {platform.system()} {platform.machine()}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found.group(1) if found else platform.processor() or "unknown processor"


def versions(distributions: Sequence[str]) -> dict[str, str]:
    """Give the versions of Python and of what is installed among the named distributions."""
    found = {"python": platform.python_version()}
    for name in distributions:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
