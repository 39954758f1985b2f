"""Studies that several tests look at, simulated once."""

from __future__ import annotations

import pytest

import callcenter as cc
from tests.report import studies


@pytest.fixture(scope="session")
def desk() -> cc.Result:
    """Four days of the desk; nobody calls in the first hour."""
    return studies.result()


@pytest.fixture(scope="session")
def grid(tmp_path_factory: pytest.TempPathFactory) -> cc.SweepResult:
    """Three volumes and four staffings."""
    vary = {"demand.volume": [0.7, 1.0, 1.3], "pools.desk.agents": {"scale": [1, 2, 3, 4]}}
    return studies.sweep(tmp_path_factory.mktemp("grid"), vary)
