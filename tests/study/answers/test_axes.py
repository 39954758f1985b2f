"""What a sweep varies, as the axes of a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.study.answers.axes import parameters, plane
from tests.report import studies


@pytest.mark.parametrize(
    ("vary", "design", "is_plane"),
    [
        ({"demand.volume": [0.5, 1.0], "pools.desk.agents": [2, 3]}, "grid", True),
        ({"demand.volume": [0.5, 1.0, 1.5], "pools.desk.agents": [2, 3, 4]}, "zip", False),
        (
            {"demand.volume": [0.5, 1.0], "tiers.vip.priority": [0, 1], "pools.desk.agents": [2, 3]},
            "grid",
            False,
        ),
        ({"demand.volume": [1.0], "pools.desk.agents": [2, 3]}, "grid", False),
    ],
)
def test_what_spans_a_plane(vary: dict[str, object], design: str, is_plane: bool, tmp_path: Path) -> None:
    """Two parameters whose combinations are mostly there."""
    assert is_plane == (plane(studies.sweep(tmp_path, vary, design, replications=1)) is not None)


def test_parameters_in_order(tmp_path: Path) -> None:
    """Quantities are sorted by size, anything else stays in the order of the sweep."""
    vary = {
        "ivr.self_service": ["20%", "5%"],
        "tiers.vip.target": ["none", {"share": "80%", "within": "20 s"}],
    }
    data = {**vary, "ivr.time": ["10 s"]}
    share, target = parameters(studies.sweep(tmp_path, data, replications=1))

    assert ("5%", "20%") == share.ticks
    assert (0.05, 0.2) == share.magnitudes
    assert ("none", "{share: 80%, within: 20 s}") == target.ticks
    assert target.magnitudes is None
