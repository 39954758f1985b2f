"""`callcenter intraday`: tables and words, JSON, a report, and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callcenter.cli import app
from callcenter.language import speaking
from tests.commands import ROOT

RUNNER = CliRunner()
SCENARIOS = ROOT / "scenarios"
WORDS = ["intraday", str(SCENARIOS / "restless_day.yaml"), str(SCENARIOS / "data" / "today.csv")]
FEW = ["--now", "11:00", "-n", "4"]


def test_the_word_and_the_tables() -> None:
    """In English, with options; in Chinese."""
    option = ["--option", "overtime: pools.desk.agents=+2 from 15:00"]
    wide = {"COLUMNS": "200"}
    english = RUNNER.invoke(app, [*WORDS, *FEW, *option], env=wide).output
    chinese = RUNNER.invoke(app, [*WORDS, *FEW, "--lang", "zh"], env=wide).output

    assert "632 calls by 11:00; 580 were expected by then (+9.0%)." in english
    assert "pools.desk.agents=+2 from 15:00" in english
    assert "截至 11:00 来电 632 个；此前预期 580 个（+9.0%）。" in chinese


@pytest.mark.parametrize(("language", "head"), [("en", "chance to keep all"), ("zh", "全部守住的可能性")])
def test_a_narrow_terminal_keeps_the_chance(language: str, head: str) -> None:
    """Of 80 columns the change goes, which whoever asked for it knows, not the chance of an option."""
    option = ["--option", "overtime: pools.desk.agents=+2 from 15:00"]
    shown = RUNNER.invoke(app, [*WORDS, *FEW, *option, "--lang", language], env={"COLUMNS": "80"}).output

    assert head in next(line for line in shown.splitlines() if line.startswith(("option", "选项")))


def test_json_and_a_report(tmp_path: Path) -> None:
    """The same figures for programs, and a page with a figure beside a file for spreadsheets."""
    result = RUNNER.invoke(app, [*WORDS, *FEW, "--json", "-", "--out", str(tmp_path)])

    figures = json.loads(result.output)
    assert ("11:00", 632.0) == (figures["now"], figures["so_far"]["calls"])
    assert {"priority", "regular"} == {target["tiers"][0] for target in figures["targets"]}
    assert "restless-day, at 11:00" in (tmp_path / "report.html").read_text("utf-8")
    assert (tmp_path / "intraday.csv").read_text("utf-8-sig").startswith("start,")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([*WORDS, "--now", "23:00"], "outside of the opening hours"),
        ([*WORDS[:2], "nowhere.csv", "--now", "11:00"], "nowhere.csv"),
        ([*WORDS, *FEW, "--option", "x: pools.night.agents=+1"], "there is no pool night"),
    ],
)
def test_wrong_input_has_its_status(words: list[str], message: str) -> None:
    """Status 2 and one line that names the remedy."""
    result = RUNNER.invoke(app, words)

    assert 2 == result.exit_code
    assert message in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_sentences_exist_in_both_languages(tongue: str) -> None:
    """The three words are words."""
    from callcenter.intraday.sentences import word

    with speaking(tongue):
        assert 3 == len({word(name) for name in ("act", "wait", "too_early")})
