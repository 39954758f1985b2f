"""Records appear whole or not at all, and a guessed thousands sign is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.records import records
from callcenter.scenario import ScenarioError

HEAD = "date,start,offered,answered,abandoned\n"


def report(folder: Path, figure: str) -> Path:
    """Write an interval report of one day in which one count has a sign."""
    rows = [f"2026-11-23,{9 + hour}:00,{900 + hour},{900 + hour},0\n" for hour in range(6)]
    file = folder / "report.csv"
    file.write_text(HEAD.replace(",", ";") + "".join(rows).replace(",", ";").replace("902", figure), "utf-8")
    return file


def test_a_guessed_sign_is_said(tmp_path: Path) -> None:
    """Beside hundreds `1.012` is a thousand and twelve, which nobody can be sure of."""
    found = records(report(tmp_path, "1.012"))
    line = next(line for line in found.understood if line.startswith("offered"))
    assert "1.012 is read as 1012" in line
    assert "write `decimal` in a map" in line
    assert 1012 in found.intervals["offered"].tolist()
    sure = records(report(tmp_path, "902"))
    assert not any("is read as" in line for line in sure.understood)


def test_refused_records_leave_the_old_ones_whole(tmp_path: Path) -> None:
    """A log of which most rows are dropped is refused; what stood in the directory still stands there."""
    out = tmp_path / "records"
    good = records(report(tmp_path, "902"), out=out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    bad = tmp_path / "bad.csv"
    lines = [f"2026-11-23 {9 + n // 60:02}:{n % 60:02}:00,answered,20,60\n" for n in range(20)]
    lines += ["?,answered,20,60\n"] * 30
    bad.write_text("arrived,outcome,wait,talk_s\n" + "".join(lines), "utf-8")
    with pytest.raises(ScenarioError):
        records(bad, out=out)
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}
    assert good.intervals["offered"].tolist() == records(out).intervals["offered"].tolist()
