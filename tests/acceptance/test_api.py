"""A short run of what ``python -m tests.acceptance.api`` does for ten minutes."""

import pytest

from tests.acceptance.api import SERVICES, try_out


@pytest.mark.slow
@pytest.mark.parametrize("service", SERVICES)
def test_H1_no_failure_and_no_answer_off_its_schema(service: str) -> None:
    assert try_out(30, seed=1, services=(service,)) == 0
