"""The acceptance material beside the checkout, for tests that use it (they skip without it)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the acceptance material in ../shared beside the checkout"
)
