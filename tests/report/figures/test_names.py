"""Long and foreign names in figures, and a page that may load nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import callcenter as cc
from callcenter.report import write_report
from callcenter.report.figures.names import WIDEST, display_width, shortened
from tests.report import studies

LATIN, CHINESE = "W" * 60, "\u5ba2\u670d\u70ed\u7ebf" * 15


def test_a_name_loses_its_middle() -> None:
    """Both ends stay; a Chinese character takes the room of two letters."""
    assert "vip" == shortened("vip")
    assert "ab\u2026yz" == shortened("abcdefghijklmnopqrstuvwxyz", 5)
    assert "a b" == shortened("a\n b")
    assert (WIDEST, WIDEST - 1) == (display_width(shortened(LATIN)), display_width(shortened(CHINESE)))


def renamed(name: str) -> dict[str, Any]:
    """Return the desk with long names of tiers and pools that differ at their ends alone."""
    tiers, pools = {"vip": f"{name[:-1]}1", "regular": f"{name[:-1]}2"}, {"desk": f"{name[:-1]}3"}
    desk = studies.DESK
    return desk | {
        "demand": {"calls": 40, "mix": {tiers["vip"]: "25%", tiers["regular"]: "75%"}},
        "tiers": {tiers[old]: tier for old, tier in desk["tiers"].items()},
        "pools": {pools["desk"]: {"serves": list(tiers.values()), "agents": 3, "callbacks": {}}},
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [LATIN, CHINESE])
def test_the_longest_names_leave_room_for_the_figures(name: str, tmp_path: Path) -> None:
    """Matplotlib's warning of axes without room would be an error here; names stay whole in the tables."""
    page = write_report(cc.run(cc.load(renamed(name)), 2, engine="simpy"), tmp_path).read_text("utf-8")

    assert f"{name[:-1]}2" in page
    assert shortened(f"{name[:-1]}2") in page


@pytest.mark.slow
def test_very_many_tiers_leave_room_for_the_figures(tmp_path: Path) -> None:
    """A legend names as many as there is room for, and counts the others."""
    names = [f"tier number {number}" for number in range(40)]
    tiers = dict.fromkeys(names, studies.DESK["tiers"]["vip"])
    pools = {"desk": {"serves": names, "agents": 9}}
    many = cc.load(studies.DESK, {}).to_dict() | {"tiers": tiers, "pools": pools}
    many["demand"] = {"tiers": {name: {"calls": 1} for name in names}}
    result = cc.run(cc.load(many), 2, engine="simpy")
    legend = cc.plot.queue_by_interval(result).get_legend()

    assert legend is not None
    texts = [text.get_text() for text in legend.get_texts()]
    assert (names[: len(texts) - 1], f"{40 - len(texts) + 1} more") == (texts[:-1], texts[-1])
    assert write_report(result, tmp_path).is_file()


@pytest.mark.slow
def test_the_page_may_load_nothing(desk_page: Path) -> None:
    """A browser refuses scripts and requests, whatever a name might hold."""
    page = desk_page.read_text("utf-8")

    assert '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src' in page
    assert "script-src" not in page
