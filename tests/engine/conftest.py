"""Every behaviour test runs on every engine."""

from __future__ import annotations

import pytest

from callcenter.engine import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Name of the engine under test."""
    return str(request.param)
