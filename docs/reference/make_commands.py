"""Write commands.md: every command with its `--help`.  python docs/reference/make_commands.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import typer

from callcenter.cli import app

HEAD = """# Commands

`callcenter COMMAND --help` prints the same; `python simulate.py COMMAND` is the same uninstalled.
Exit status: 0 done, 1 internal error, 2 wrong input, 3 a target is missed (with `--fail-on-target`), 4 the
precision was not reached, 130 interrupted. What `--out` keeps is not simulated again.
"""

GUIDES = {
    "init": "[From a clone to a verdict](../tutorial.md)",
    "run": "[From a clone to a verdict](../tutorial.md)",
    "sweep": "[Sweeps](../guides/sweeps.md)",
    "status": "[Large studies](../guides/large-studies.md)",
    "compare": "[Comparing scenarios](../guides/compare.md)",
    "staff": "[How many agents](../guides/staffing.md)",
    "records": "[Records of real calls](../guides/records.md)",
    "quick": "[Reading the report](../guides/reading-the-report.md)",
    "report": "[Reading the report](../guides/reading-the-report.md)",
    "check": "[The scenario language](scenario.md)",
    "presets": "[Will I meet the law?](../guides/law.md)",
    "schema": "[The scenario language](scenario.md)",
    "doctor": "[The two engines](../guides/engines.md)",
    "serve": "[The what-if page](../guides/what-if-page.md)",
}


def main() -> None:
    """Write the page beside this script."""
    names = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    page = Path(__file__).with_name("commands.md")
    page.write_text(HEAD + "".join(map(section, names)), encoding="utf-8")


def section(name: str) -> str:
    """Return a command's heading, what it prints with `--help`, and its guide."""
    words = [sys.executable, "-m", "callcenter", name, "--help"]
    plain = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    printed = subprocess.run(words, env=plain, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603
    lines = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    guide = f"\nMore: {GUIDES[name]}.\n" if name in GUIDES else ""
    return f"\n## {name}\n\n```console\n$ callcenter {name} --help\n{lines}\n```\n{guide}"


if __name__ == "__main__":
    main()
