"""The people and clients of the planning tests."""

from tests.planning.conftest import api, company, own_blobs, solver, stranger, user

__all__ = ["api", "company", "own_blobs", "solver", "stranger", "user"]
