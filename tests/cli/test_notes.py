"""What is guessed or filled in when files are read is said by every command that simulates."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from callcenter.cli import app

SCENARIO = """\
name: notes
day: {open: 08:00, close: 10:00, interval: 30 min}
demand:
  tiers: {vip: {calls: {file: calls.csv, column: calls}}}
tiers: {vip: {priority: 0, talk: 3 min, target: {within: 20 s, share: 80%}}}
pools: {desk: {serves: [vip], agents: 6}}
"""
NEWEST_FIRST = "Hour,calls\n09:30,40\n09:00,30\n08:00,10\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["run", "notes.yaml", "--replications", "2"],
        ["sweep", "sweep.yaml"],
        ["compare", "notes.yaml", "--set", "demand.volume=1.1", "--replications", "2"],
        ["check", "notes.yaml"],
    ],
    ids=lambda words: str(words[0]),
)
def test_order_and_gaps_of_a_file_are_noted(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that are put in order, and a half-hour that the file leaves out."""
    (tmp_path / "notes.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "calls.csv").write_text(NEWEST_FIRST, encoding="utf-8")
    (tmp_path / "sweep.yaml").write_text(
        "scenario: notes.yaml\nreplications: 2\nvary: {demand.volume: [1.0, 1.1]}\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(app, words)

    assert 0 == done.exit_code, done.output
    for text in ("the rows are put in the order of `Hour`", "no calls are taken for 08:30"):
        assert text in done.output
