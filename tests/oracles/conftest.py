"""What the oracles share: the engines, and how long to simulate."""

from __future__ import annotations

import pytest

from callcenter.engine import ENGINES


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.slow) if name == "simpy" else name for name in ENGINES]
)
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine in turn."""
    name: str = request.param
    return name


@pytest.fixture(params=[1, pytest.param(8, marks=pytest.mark.long)])
def length(request: pytest.FixtureRequest) -> int:
    """How often the usual length a simulation is: eight times longer finds errors a third as large."""
    times: int = request.param
    return times


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long simulations out unless ``-m long`` asks for them."""
    if "long" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
