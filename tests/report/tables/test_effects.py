"""Main effects in the terminal and as a tornado in the report."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import yaml
from rich.console import Console

import callcenter as cc
from callcenter.language import speaking
from callcenter.report import write_report
from callcenter.report.csv_files import table_frame
from callcenter.report.figures import tornado
from callcenter.report.page.sections.points import sweep_gallery
from callcenter.report.tables.effects import effects_table, tier_effects
from callcenter.report.tables.layout import Cell, Column, Limit, Row, Table
from callcenter.report.terminal.layout import laid_out
from callcenter.report.terminal.sweep import sweep_table
from tests.report import studies
from tests.report.test_every_target import TARGETS

VARY = {
    "demand.volume": {"from": 0.7, "to": 1.3},
    "pools.desk.agents": {"scale": {"from": 1, "to": 3}},
    "tiers.regular.patience": ["1 min", "5 min"],
}


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> cc.SweepResult:
    """Sixteen points over three paths, two of them ranges."""
    folder = tmp_path_factory.mktemp("spread")
    return studies.sweep(folder, VARY, "latin_hypercube", points=16)


def printed(study: cc.SweepResult) -> str:
    """Return what the terminal shows."""
    text = StringIO()
    Console(width=200, file=text).print(sweep_table(study))
    return text.getvalue()


def test_the_largest_effect_is_on_top(spread: cc.SweepResult) -> None:
    """Bars in order of their effect, from one value to the other, in the names of the axes."""
    effects = tier_effects(spread)
    ax = tornado(effects["regular"])
    order = effects["regular"].drop_duplicates("factor").sort_values("effect", key=abs, ascending=False)

    names = [label.get_text() for label in ax.get_yticklabels()]
    assert [path.partition(".")[2] for path in order["factor"]] == names
    assert pytest.approx(order["effect"].to_list()) == [bar.get_width() for bar in ax.patches]  # type: ignore[attr-defined]
    assert all(0 <= tick <= 1 for tick in ax.get_xticks())


@pytest.mark.slow
def test_the_report_has_a_tornado_for_each_promise(spread: cc.SweepResult, tmp_path: Path) -> None:
    """In place of dots, which say nothing where every point is another."""
    titles = [picture.title for picture in sweep_gallery(spread).pictures]

    assert ["regular: what moves the answer rate", "vip: what moves the answer rate"] == titles[:2]
    assert not any("by point" in title for title in titles)
    assert "what moves the answer rate" in write_report(spread, tmp_path).read_text(encoding="utf-8")


def test_the_terminal_has_a_table(spread: cc.SweepResult, grid: cc.SweepResult) -> None:
    """Below the points; a plain grid of two paths needs none."""
    text = printed(spread)

    assert "effects on" in text
    assert "rank correlation" in text
    assert "effects on" not in printed(grid)


def test_files_name_figures_in_no_language(tmp_path: Path) -> None:
    """What people read is in their language; programs find the tier and the figure beside it."""
    vary = {"demand.volume": [0.9, 1.1], "pools.desk.agents": [6, 8], "tiers.regular.priority": [0, 1]}
    (tmp_path / "promises.yaml").write_text(yaml.safe_dump(TARGETS), encoding="utf-8")
    file = tmp_path / "sweep.yaml"
    plan = {"scenario": "promises.yaml", "replications": 2, "vary": vary}
    file.write_text(yaml.safe_dump(plan), encoding="utf-8")
    study = cc.sweep(file, engine="simpy")
    frames = {}
    for language in ("en", "zh"):
        with speaking(language):
            table = effects_table(study)
            assert table is not None
            frames[language] = table_frame(table)

    keys = ["tier", "figure", "path"]
    assert frames["en"][keys].equals(frames["zh"][keys])
    assert not frames["en"]["name"].equals(frames["zh"]["name"])
    assert {"service_level", "target:abandoned_after_30s:run", "target:all:day"} <= set(
        frames["zh"]["figure"]
    )
    assert {"vip", "regular", "vip, regular", "desk", "all"} == set(frames["zh"]["tier"])


def test_long_tables_say_how_much_more_there_is() -> None:
    """The terminal shows as many rows as the page, and where the others are."""
    rows = [Row([Cell(f"row {number}")]) for number in range(7)]
    table = Table("", [Column("name")], rows, limit=Limit(5, "target", "targets.csv"))
    text = StringIO()
    Console(width=80, file=text).print(laid_out(table))

    assert "row 4" in text.getvalue()
    assert "row 5" not in text.getvalue()
    assert "2 targets more; `--out DIR` writes all into targets.csv." in text.getvalue()


def test_scattered_points_are_counted(spread: cc.SweepResult) -> None:
    """One staffing at each of many conditions has no fewest agents; the sentence counts the points."""
    met = sum(
        all(tier["service_level"]["verdict"] in ("met", None) for tier in summary["tiers"].values())
        for summary in spread.summaries
    )

    assert spread.answer.startswith(f"Every target is met at {met} of 16 points")
