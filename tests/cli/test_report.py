"""`callcenter report`, and what all commands that report have in common: language, browser, files."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from callcenter.language import spoken
from tests.cli.conftest import Command
from tests.report.studies import Reader


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what would be opened in a browser."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def page(path: str) -> Reader:
    """Read a report."""
    return Reader(Path(path).read_text(encoding="utf-8"))


@pytest.mark.slow
def test_a_run_opens_its_report(callcenter: Command, scenario_file: Path, opened: list[str]) -> None:
    """In a directory named after the scenario, where none is given."""
    done = callcenter("run", scenario_file, "-n", 2, "--open")

    path = Path("out") / scenario_file.stem / "report.html"
    assert done.exit_code == 0, done.output
    assert [path.resolve().as_uri()] == opened
    assert f"Report: {path}" in done.stdout


@pytest.mark.slow
def test_the_report_speaks_chinese(callcenter: Command, scenario_file: Path) -> None:
    """Table, page and workbook do; the command leaves no trace of it."""
    done = callcenter("run", scenario_file, "-n", 2, "--out", "out", "--lang", "zh-CN")

    assert "接通率" in done.stdout
    assert "报告：" in done.stdout
    assert "zh-CN" == page("out/report.html").tags("html")[0]["lang"]
    assert "en" == spoken()


@pytest.mark.slow
def test_it_is_written_again_in_the_other_language(callcenter: Command, scenario_file: Path) -> None:
    """From stored results, without simulating, with the same figures."""
    callcenter("run", scenario_file, "-n", 2, "--out", "out")
    english = page("out/report.html")
    done = callcenter("report", "out", "--lang", "zh")
    chinese = page("out/report.html")

    assert done.exit_code == 0, done.output
    assert len(english.rows) == len(chinese.rows)
    assert [section["id"] for section in english.tags("section")] == [
        section["id"] for section in chinese.tags("section")
    ]
    assert "结论" in chinese.texts


def test_an_unknown_language_is_refused(callcenter: Command, scenario_file: Path) -> None:
    """With those there are."""
    done = callcenter("run", scenario_file, "--lang", "klingon")

    assert 2 == done.exit_code
    assert "en or zh-CN" in done.stderr


@pytest.mark.slow
def test_every_figure_is_written_as_a_picture(callcenter: Command, scenario_file: Path) -> None:
    """When asked for, as many as the page has."""
    callcenter("run", scenario_file, "-n", 2, "--out", "out")
    assert not Path("out/figures").exists()
    callcenter("report", "out", "--png", "--quiet")

    assert len(page("out/report.html").tags("svg")) == len(list(Path("out/figures").glob("*.png")))


def test_a_comparison_is_reported_as_one(callcenter: Command, scenario_file: Path) -> None:
    """What was compared comes back from its store as a comparison, difference by difference."""
    variant = Path("variant.yaml")
    variant.write_text(f"extends: {scenario_file}\nname: variant\npools: {{desk: {{agents: 9}}}}\n")
    first = callcenter("compare", scenario_file, variant, "-n", 3, "--out", "out")
    assert first.exit_code == 0, first.output
    before = Path("out/comparison.csv").read_bytes(), page("out/report.html").rows
    for file in ("comparison.csv", "report.html", "results.xlsx"):
        (Path("out") / file).unlink()
    again = callcenter("report", "out")

    assert again.exit_code == 0, again.output
    assert before == (Path("out/comparison.csv").read_bytes(), page("out/report.html").rows)
    assert Path("out/results.xlsx").is_file()


def test_an_hour_that_moves(callcenter: Command, scenario_file: Path) -> None:
    """Of the first day; a time outside the opening hours is refused in plain words."""
    done = callcenter("run", scenario_file, "-n", 2, "--movie", "film/hour.html", "--movie-at", "09:00")
    wrong = callcenter("run", scenario_file, "-n", 2, "--movie", "film/other.html", "--movie-at", "03:00")

    assert done.exit_code == 0, done.output
    assert "Animated hour: film/hour.html" in done.stdout
    assert "<canvas" in Path("film/hour.html").read_text(encoding="utf-8")
    assert 2 == wrong.exit_code
    assert "--movie-at: 03:00 lies outside the opening hours" in wrong.stderr


def test_an_hour_that_nobody_chose(callcenter: Command, scenario_file: Path) -> None:
    """At 10:00, or when the day opens where it is closed then."""
    late = ("--set", "day.open=13:00", "--set", "day.close=17:00")
    usual, opening = (
        callcenter("run", scenario_file, "-n", 1, "--movie", f"{len(words)}.html", *words)
        for words in ((), late)
    )

    assert (0, 0) == (usual.exit_code, opening.exit_code), opening.output
    assert '"start":36000.0,' in Path("0.html").read_text(encoding="utf-8")
    assert '"start":46800.0,' in Path("4.html").read_text(encoding="utf-8")


def test_a_wrong_hour_is_told_before_anything_is_simulated(
    callcenter: Command, scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a long run to learn of a slip."""
    monkeypatch.setattr("callcenter.study.run", lambda *_, **__: pytest.fail("it was simulated"))
    wrong = callcenter("run", scenario_file, "--movie", "film/hour.html", "--movie-at", "99:99")

    assert 2 == wrong.exit_code
    assert "--movie-at: there is no such clock time, given '99:99'" in wrong.stderr
    assert not Path("film").exists()
