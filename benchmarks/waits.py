"""What a planner waits for: CPU seconds of whole commands, each a process of its own."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.findings import Findings, Table, figure
from benchmarks.speed import WEEKDAY

ROOT = Path(__file__).parents[1]
ROUNDS = 3
DESK = """\
name: desk
day: {open: "08:00", close: "12:00", interval: 30 min}
demand: {calls: 100}
tiers: {all: {priority: 0, talk: 3 min, patience: 5 min, target: {within: 20 s, share: 80%}}}
pools: {desk: {serves: [all], agents: 11}}
"""


def measure(_: int) -> Findings:
    """Time the commands in turn; the first run of a version, which compiles, and `staff` only once."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk.yaml"
        desk.write_text(DESK, encoding="utf-8")
        often: dict[str, tuple[object, ...]] = {
            "`callcenter --help`": ("--help",),
            "`run` of a desk of 800 calls, 5 days": ("run", desk, "--replications", 5),
            "`run` of the 10010 weekday, 30 days": ("run", WEEKDAY),
            "the same with its report": ("run", WEEKDAY, "--fresh", "--out", Path(folder) / "report"),
        }
        rounds = [{name: seconds(ROOT, *words) for name, words in often.items()} for _ in range(ROUNDS)]
        times = {name: median(each[name] for each in rounds) for name in often}
        times["first `run` of a version, which compiles"] = compiling(desk)
        times["`staff` for the 10010 weekday"] = seconds(ROOT, "staff", WEEKDAY)
    return Findings([table(times)], [])


def seconds(where: Path, *words: object) -> float:
    """Return the CPU time of a command of the package that lies in a folder, its children included."""
    before = _used()
    command = [sys.executable, "-m", "callcenter", *map(str, words)]
    subprocess.run(  # noqa: S603 (our own words)
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(where)},
    )
    return _used() - before


def compiling(desk: Path) -> float:
    """Return the CPU time of the first run of a copy of the package, which has nothing compiled yet."""
    with tempfile.TemporaryDirectory() as folder:
        leave_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "callcenter", Path(folder) / "callcenter", ignore=leave_out)
        return seconds(Path(folder), "run", desk, "--replications", 5)


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def table(times: dict[str, float]) -> Table:
    """One row per command."""
    return Table(
        "What a planner waits for",
        "CPU seconds of a command in a process of its own, start included; two cores share them where the\n"
        "work can be shared.",
        ("", "s"),
        [(name, figure(taken)) for name, taken in times.items()],
    )
