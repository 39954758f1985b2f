"""The report as a whole: what it holds, what it escapes, what it does without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import callcenter as cc
from callcenter.report import write_report
from callcenter.report.figures import answer_rate_by_interval, svg_element
from callcenter.report.page.blocks import (
    Block,
    Bullets,
    Cards,
    Code,
    Details,
    Facts,
    Gallery,
    Page,
    Section,
    Terms,
    Text,
)
from callcenter.report.page.cards import cards
from callcenter.report.page.html import render
from callcenter.report.page.picture import picture
from callcenter.report.tables.layout import Cell, Column, Row, Table
from tests.report import studies
from tests.report.studies import Reader

SECTIONS = [
    "answer",
    "points",
    "comparison",
    "kpis",
    "intervals",
    "priorities",
    "callbacks",
    "trust",
    "theory",
    "inputs",
    "reproduce",
]
LINKS = {"src", "href", "xlink:href", "action", "data", "poster", "srcset", "background"}
NASTY = "<script>alert('x')</script> & co"


def page_of(study: cc.Result | cc.SweepResult, folder: Path) -> str:
    """Write the report and return its page."""
    return write_report(study, folder).read_text(encoding="utf-8")


def test_it_writes_the_page_and_the_files(grid_page: Path) -> None:
    """The page and a file for each kind of figures, in a directory that is made."""
    names = [
        "callback_intervals.csv",
        "intervals.csv",
        "kpis.csv",
        "pool_intervals.csv",
        "report.html",
        "results.xlsx",
    ]
    assert ("deep", "out", "report.html") == grid_page.parts[-3:]
    assert names == sorted(path.name for path in grid_page.parent.iterdir())


def test_it_has_every_section_in_order(grid_page: Path) -> None:
    """The answer first; every section can be reached from the navigation by keyboard."""
    page = Reader(grid_page.read_text(encoding="utf-8"))

    assert SECTIONS == [section["id"] for section in page.tags("section")]
    assert {f"#{name}" for name in SECTIONS} <= {link["href"] for link in page.tags("a")}
    assert "en" == page.tags("html")[0]["lang"]


def test_nothing_is_fetched_from_anywhere(grid_page: Path) -> None:
    """No address, no script and no reference that leads out of the file."""
    text = grid_page.read_text(encoding="utf-8")
    page = Reader(text)
    links = [value for _, tag in page.elements for key, value in tag.items() if key in LINKS]

    assert links
    assert all(str(link).startswith("#") for link in links)
    assert all(found.startswith("#") for found in re.findall(r"url\(([^)]*)\)", text))
    assert [] == re.findall(r"https?:|//[a-z]|@import", text)
    assert [] == page.tags("script") + page.tags("link") + page.tags("iframe") + page.tags("img")


def test_the_ids_are_unique_and_every_reference_is_there(grid_page: Path) -> None:
    """Several figures on one page do not take each other's clips and hatches."""
    text = grid_page.read_text(encoding="utf-8")
    ids = [str(tag["id"]) for _, tag in Reader(text).elements if "id" in tag]
    targets = set(re.findall(r'url\(#([^)"]+)\)', text)) | set(re.findall(r'href="#([^"]+)"', text))

    assert len(set(ids)) == len(ids)
    assert targets <= set(ids)


def test_every_figure_can_be_read_out(grid_page: Path) -> None:
    """Each has a title and a description, named by its label."""
    page = Reader(grid_page.read_text(encoding="utf-8"))
    ids = {tag["id"] for _, tag in page.elements if "id" in tag}
    figures = page.tags("svg")

    assert len(page.tags("figure")) == len(figures) >= 8
    assert all(figure["role"] == "img" for figure in figures)
    assert all(set(str(figure["aria-labelledby"]).split()) <= ids for figure in figures)


@pytest.mark.slow
def test_it_is_the_same_every_time(grid: cc.SweepResult, grid_page: Path, tmp_path: Path) -> None:
    """The page of a study depends on the study alone."""
    assert grid_page.read_text(encoding="utf-8") == page_of(grid, tmp_path)


@pytest.mark.slow
def test_text_of_users_stays_text(tmp_path: Path) -> None:
    """Name and free text are escaped wherever they stand."""
    nasty = cc.load({**studies.DESK, "name": NASTY, "about": NASTY})
    page = Reader(page_of(cc.run(nasty, replications=2, engine="simpy"), tmp_path))

    assert [] == page.tags("script")
    assert 3 <= sum(NASTY == text.strip() for text in page.texts)


def test_every_block_is_escaped(desk: cc.Result) -> None:
    """Whatever a tier, a pool, a column or a section is called."""
    table = Table(NASTY, [Column(NASTY, note=NASTY)], [Row([Cell(NASTY, note=NASTY)])], NASTY)
    figure = picture(answer_rate_by_interval(desk, "vip"), "figure", NASTY, NASTY)
    nasty_cards = [card._replace(tier=NASTY, target=NASTY) for card in cards(desk)]
    blocks: list[Block] = [
        Text(NASTY),
        Text(NASTY, "head"),
        Bullets([NASTY]),
        Terms([(NASTY, NASTY)]),
        Facts([(NASTY, NASTY)]),
        Gallery([figure], NASTY),
        Cards(nasty_cards),
        Code(NASTY),
        Details(NASTY, [Text(NASTY)]),
        table,
    ]
    page = Reader(render(Page(NASTY, NASTY, [Section("name", NASTY, NASTY, blocks, NASTY)], NASTY)))

    assert [] == page.tags("script")
    assert 28 <= sum(NASTY in text for text in page.texts)


def test_text_in_figures_stays_text(desk: cc.Result) -> None:
    """Neither markup nor formulas of mathematics are read out of a name."""
    ax = answer_rate_by_interval(desk, "vip")
    ax.set_title(f"{NASTY} $x_2$")
    page = Reader(svg_element(ax, "figure", NASTY, NASTY))

    assert [] == page.tags("script")
    assert f"{NASTY} $x_2$" in page.texts
    assert 2 == page.texts.count(NASTY)


@pytest.mark.slow
def test_labels_of_points_stay_text(tmp_path: Path) -> None:
    """What a sweep varies is text of the user too."""
    names = ["<b>bold</b>", "<script>"]
    page = Reader(page_of(studies.sweep(tmp_path, {"about": names, "pools.desk.agents": [3, 4]}), tmp_path))

    assert [] == page.tags("b") + page.tags("script")
    assert any("<b>bold</b>" in shown for shown in page.texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "replications"),
    [
        ({"tiers.vip.target": "none", "tiers.regular.target": "none"}, 2),
        ({"tiers.regular.callback": "none"}, 2),
        ({"demand.calls": 0}, 2),
        ({"demand.calls": 0.2}, 2),
        ({"days": 3, "callbacks.within": "2 h", "warm_up": "3 h"}, 2),
        ({"pools.desk.agents": 0, "pools.office.agents": 0}, 2),
        ({"day.interval": "6 h", "demand.calls": 100}, 2),
        ({"service_level.definition": "excluding_short_abandons"}, 2),
    ],
    ids=str,
)
def test_it_does_without(changes: dict[str, object], replications: int, tmp_path: Path) -> None:
    """No intervals, targets, callbacks or calls; several days; a single interval: still a page."""
    text = page_of(studies.result(changes, replications), tmp_path)

    assert "nan" not in " ".join(Reader(text).texts)
    assert "None" not in " ".join(Reader(text).texts)


def test_one_replication_says_that_it_has_no_interval(tmp_path: Path) -> None:
    """The verdict is unclear and no bounds are made up."""
    page = Reader(page_of(studies.result(replications=1), tmp_path))

    assert not any(word in " ".join(page.texts) for word in ("nan", "None"))
    assert 2 == page.texts.count("no interval: one replication")
    assert 2 == page.texts.count("? unclear")


@pytest.mark.slow
def test_an_unfinished_study_says_so(grid: cc.SweepResult, grid_page: Path, tmp_path: Path) -> None:
    """The figures of a part are not mistaken for those of the whole."""
    part = cc.SweepResult(grid.design, grid.origin, grid.results, incomplete=True)

    assert "Not finished:" in page_of(part, tmp_path)
    assert "Not finished:" not in grid_page.read_text(encoding="utf-8")


def test_it_says_how_to_do_it_again(grid: cc.SweepResult, grid_page: Path, tmp_path: Path) -> None:
    """The command, and the scenario of the point shown, which loads as it stands."""
    page = grid_page.read_text(encoding="utf-8")
    shown = max(Reader(page).texts[-50:], key=len)
    (tmp_path / "again.yaml").write_text(shown, encoding="utf-8")

    assert "callcenter sweep plan.yaml" in page
    assert cc.load(tmp_path / "again.yaml").fingerprint in {point.fingerprint for point in grid.design.points}


@pytest.mark.slow
def test_a_large_sweep_stays_a_small_page(tmp_path: Path) -> None:
    """Rows beyond the cap are counted, and all of them are in the file."""
    vary = {
        "demand.volume": [0.5 + 0.2 * step for step in range(6)],
        "pools.desk.agents": list(range(1, 21)),
    }
    study = studies.sweep(tmp_path, vary, replications=1)
    page = write_report(study, tmp_path)

    assert 2_000_000 > page.stat().st_size
    assert "60 points more in kpis.csv." in page.read_text(encoding="utf-8")
    assert 1 + 120 * 3 == len((tmp_path / "kpis.csv").read_text(encoding="utf-8-sig").splitlines())


def test_backticks_are_code() -> None:
    """Commands in sentences are set as code, and what stands in them is escaped all the same."""
    page = Page("", "", [Section("name", "", "", [Text("Say `callcenter staff <x>`, 5` wide.")])], "")
    html = render(page)

    assert "Say <code>callcenter staff &lt;x&gt;</code>, 5` wide." in html
