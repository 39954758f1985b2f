"""The report, its figures and the answers in Chinese."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import callcenter as cc
from callcenter import wording
from callcenter.language import speaking
from callcenter.report import document, write_report
from callcenter.report.terminal.run import run_table
from callcenter.report.terminal.sweep import sweep_table
from callcenter.totals import ALL, HOTLINE
from tests.report import studies

ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    *(
        "desk",
        "office",
        "vip",
        "regular",
        "simpy",
        "compiled",
        "callcenter",
        "sweep",
        "plan",
        "yaml",
        "demand",
        "Holm",
    ),
    *(
        "volume",
        "pools",
        "agents",
        "python",
        "numpy",
        "numba",
        "scipy",
        "pandas",
        "run",
        "staff",
        "precision",
    ),
    *("CSV", "YAML", "Excel", "IVR", "ASA", "Erlang", "json", "csv", "xlsx", "scale", "cv"),
}
"""What stays as it is: names of the scenario, of files and programs, and abbreviations in use."""


@pytest.fixture
def chinese() -> Iterator[None]:
    """Speak Chinese during a test."""
    with speaking("zh-CN"):
        yield


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (7.44, "7.4 秒"),
        (90.0, "1 分 30 秒"),
        (180.0, "3 分钟"),
        (5430.0, "1 小时 30 分"),
        (86_400.0, "24 小时"),
        (172_800.0, "2 天"),
        (float("inf"), "永不"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    """The same units as in English."""
    assert text == wording.duration(seconds)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("low", "high", "form", "text"),
    [
        (0.902, 0.924, wording.percent, "90.2 – 92.4%"),
        (3.0, 9.5, wording.wait, "3.0 – 9.5 秒"),
        (30.0, 90.0, wording.wait, "30.0 秒 – 1分30秒"),
        (61.0, 90.0, wording.wait, "1分01秒 – 1分30秒"),
        (1.5, 2.5, wording.hours, "1.5 – 2.5 小时"),
        (-20.0, 130.0, wording.money, "−20.00 – 130"),
    ],
)
def test_intervals(low: float, high: float, form: Any, text: str) -> None:
    """A unit is said once where both ends are a number and this unit, never cut out of two units."""
    assert text == wording.interval({"low": low, "high": high}, form)


@pytest.mark.usefixtures("chinese")
def test_targets_and_verdicts() -> None:
    """As a Chinese planner writes them."""
    assert "20 秒内 90%" == wording.target({"target": 0.9, "within_s": 20.0})
    assert ["✓ 达标", "✗ 未达标", "? 不确定", "–"] == [
        wording.verdict(name) for name in ("met", "missed", "unclear", None)
    ]
    assert ["30 次仿真", "30 至 1,200 次仿真"] == [wording.replications(n) for n in ([30, 30], [1200, 30])]


def test_answers_follow_the_language_spoken(grid: cc.SweepResult) -> None:
    """A study that was asked in one language answers in the other when that is spoken."""
    before = grid.answer
    with speaking("zh-CN"):
        assert "\n达到全部目标的最少座席：volume 0.7 时，" in grid.answer
        assert grid.answer.endswith("。")
        assert grid.answer == grid.summary["answer"]
    assert before == grid.answer
    assert "\nThe fewest agents that met every target: at volume 0.7, " in before


def test_a_comparison_follows_the_language_spoken() -> None:
    """Sentences, notes and the summary; the keys of the summary stay."""
    scenarios = (cc.load(studies.DESK), cc.load({**studies.DESK, "name": "more"}))
    compared = cc.compare(*scenarios, replications=3, engine="simpy")
    english = compared.summary
    with speaking("zh-CN"):
        assert compared.sentence.startswith("more 对比 desk：vip、regular：相同。 目标：")
        assert list(english) == list(compared.summary)
        assert compared.sentence == compared.summary["sentence"]
    assert compared.sentence == english["sentence"]
    assert compared.sentence.startswith("more against desk: vip, regular: the same. Targets: ")


@pytest.mark.slow
def test_no_english_is_left_in_a_chinese_report(grid: cc.SweepResult, tmp_path: Path) -> None:
    """But for names, files and code."""
    page = write_report(grid, tmp_path, "zh-CN").read_text(encoding="utf-8")
    reader = studies.Reader(page.replace("<wbr>", "").replace(studies.DESK["about"], ""))
    assert [{"lang": "zh-CN"}] == reader.tags("html")
    assert set() == {word for text in _read(reader) for word in ENGLISH.findall(text)} - NAMES


def test_no_english_is_left_on_a_chinese_screen(desk: cc.Result, grid: cc.SweepResult) -> None:
    """The tables of a run and a sweep, with their footnotes."""
    console = Console(width=300, file=io.StringIO(), record=True)
    with speaking("zh-CN"):
        console.print(run_table(desk), sweep_table(grid))
    assert set() == set(ENGLISH.findall(_without_names(console.export_text()))) - NAMES


def _read(reader: studies.Reader) -> Iterator[str]:
    """Yield the texts of a page, but for style sheet and code."""
    for text in reader.texts:
        if "{" not in text and "\nseed: " not in text:
            yield _without_names(text)


def _without_names(text: str) -> str:
    """Leave out what stands in backticks, dotted and joined names, and options."""
    return re.sub(r"`[^`]*`|[\w-]+(?:[._][\w-]+)+|--\w+|model \w+", "", text)


@pytest.mark.slow
def test_files_for_machines_stay_english(desk: cc.Result, desk_page: Path, tmp_path: Path) -> None:
    """The same CSV files, to the byte, whatever is spoken."""
    write_report(desk, tmp_path, "zh-CN")
    names = sorted(path.name for path in desk_page.parent.glob("*.csv"))
    assert names
    for name in names:
        assert desk_page.with_name(name).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_figures_have_all_their_characters(language: str, tmp_path: Path) -> None:
    """Chinese names of tiers and pools are drawn in both languages: a missing glyph would be a warning."""
    scenario = copy.deepcopy(studies.DESK)
    scenario["name"] = "热线"
    scenario["demand"]["mix"] = {"贵宾客户": "25%", "普通客户": "75%"}
    scenario["tiers"] = dict(zip(scenario["demand"]["mix"], scenario["tiers"].values(), strict=True))
    scenario["pools"] = {
        "前台": {"serves": ["贵宾客户", "普通客户"], "agents": 3},
        "后台": {"serves": ["普通客户"], "agents": 1, "callbacks": {}},
    }
    with speaking(language):
        page = document._written(cc.run(cc.load(scenario), 3, engine="simpy"), tmp_path, "")
        pictures = document.write_pictures(page, tmp_path / "figures")
    assert len(document.pictures_of(page)) == len(pictures) > 5
    assert all(b"\x89PNG" == path.read_bytes()[:4] and path.stat().st_size > 3000 for path in pictures)


def test_totals_have_names_of_their_own() -> None:
    """`all` and `hotline` are words of ours, though they stand among the user's names."""
    with speaking("zh-CN"):
        assert ["整条热线", "合计", "vip"] == [wording.part(name) for name in (HOTLINE, ALL, "vip")]
