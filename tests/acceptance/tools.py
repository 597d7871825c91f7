"""The independent tools beside the checkout."""

import importlib
import sys
from types import ModuleType

from tests.shared import SHARED


def tool(name: str) -> ModuleType:
    """Import one of the tools; they have short names, so they come last on the path."""
    folder = str(SHARED / "tools")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)
