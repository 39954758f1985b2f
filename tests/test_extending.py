"""The recipes for contributors: whoever follows them gets what they promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.commands import ROOT
from tests.report.page.test_page_tables import Cells

PAGE = ROOT / "docs" / "extending.md"
_EDIT = re.compile(r"```text\n(callcenter/\S+)\n(.*?)```", re.DOTALL)


def edits(section: str) -> list[tuple[str, str, str]]:
    """Return the edits of a section: file, the line that is there, and the lines below it that are new."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return [
        (
            match[1],
            next(line for line in match[2].splitlines() if not line.startswith("+")),
            "\n".join(f" {line[1:]}" for line in match[2].splitlines() if line.startswith("+")),
        )
        for match in _EDIT.finditer(text)
    ]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that may be changed, in a directory of its own."""
    shutil.copytree(
        ROOT / "callcenter", tmp_path / "callcenter", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def follow(section: str, folder: Path) -> set[str]:
    """Change the copy as a section says; return the files that it took."""
    for file, line, lines in edits(section):
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert 1 == text.count(f"{line}\n"), file
        path.write_text(text.replace(f"{line}\n", f"{line}\n{lines}\n"), encoding="utf-8")
    return {file for file, _line, _lines in edits(section)}


def run(folder: Path, *arguments: str) -> str:
    """Run the changed package on a command line; return what it prints."""
    command = [sys.executable, "-m", "callcenter", *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONIOENCODING": "utf-8",
        "NUMBA_DISABLE_JIT": "1",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def test_kpi(package: Path) -> None:
    """Two files; then it stands under its head in JSON, CSV, on the terminal and the page."""
    files = follow("A KPI", package)
    (package / "desk.yaml").write_text(DESK, encoding="utf-8")
    arguments = ("run", "desk.yaml", "-n", "3", "--engine", "simpy", "--out", "out", "--json", "all.json")

    terminal = run(package, *arguments).splitlines()

    tier = json.loads((package / "all.json").read_text(encoding="utf-8"))["tiers"]["all"]
    counts, figure = tier["counts"], tier["unanswered"]["value"]
    assert 2 == len(files)
    assert pytest.approx(1 - counts["answered"] / counts["offered"]) == figure
    assert 0.0 < figure != tier["abandonment"]["value"]
    kpis = pd.read_csv(package / "out" / "kpis.csv", encoding="utf-8-sig").set_index("tier")
    assert pytest.approx(figure) == kpis.loc["all", "unanswered"]
    assert f"{figure:.1%}" == _below(terminal, "unanswered")
    page = Cells((package / "out" / "report.html").read_text(encoding="utf-8")).rows
    assert f"{figure:.1%}" == _in_row_of_all([[text for text, _note in row] for row in page], "unanswered")


def _in_row_of_all(rows: list[list[Any]], head: str) -> Any:
    """Return what stands below a head, in the row of the total."""
    top = next(number for number, row in enumerate(rows) if head in row)
    total = next(row for row in rows[top:] if "all" in row)
    return total[rows[top].index(head)]


def _below(lines: list[str], head: str) -> str:
    """Return what stands on the last row of a table of the terminal below a head, which it ends with."""
    top = next(number for number, line in enumerate(lines) if head in line)
    end = lines[top].index(head) + len(head)
    last = next(line for line in lines[top:] if line.startswith("all "))
    return last[:end].split()[-1]


DESK = """\
name: desk
seed: 7
day: {open: 08:00, close: 12:00, interval: 1 h}
demand: {calls: [60, 70, 70, 60], mix: {regular: 100%}}
tiers:
  regular:
    priority: 1
    target: {within: 20 s, share: 85%}
    patience: {exponential: 1 min}
    talk: {exponential: 3 min}
    balk_above: 1 min
pools:
  desk: {serves: [regular], agents: 3}
"""
