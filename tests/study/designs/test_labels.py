"""Short names of what is varied."""

from __future__ import annotations

import pytest

from callcenter.study.designs.labels import label, point_label, short_path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"scale": 0.9}, "x0.9"),
        (1.0, "1.0"),
        ("24 h", "24 h"),
        (None, "none"),
        ({"on": ["abandoned", "closed"]}, "{on: [abandoned, closed]}"),
        (list(range(48)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"),
    ],
)
def test_label(value: object, text: str) -> None:
    """A value is shown as it is written, and shortened where it is long."""
    assert label(value) == text


def test_sections_are_left_out() -> None:
    """What says nothing about the path is not repeated in every label."""
    assert [short_path(path) for path in ("pools.desk.agents", "demand.volume", "days", "ivr.hangs_up")] == [
        "desk.agents",
        "volume",
        "days",
        "ivr.hangs_up",
    ]


def test_point_label() -> None:
    """A point is named by what it sets at the paths asked for."""
    settings = {"demand.volume": 1.1, "pools.desk.agents": {"scale": 0.9}}

    assert "volume 1.1, desk.agents x0.9" == point_label(settings, settings)
    assert "desk.agents x0.9" == point_label(settings, ["pools.desk.agents"])
    assert "" == point_label(settings, [])
