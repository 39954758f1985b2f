"""Run the benchmarks: ``python -m benchmarks``, or ``make bench``."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import growth, memory, small_days, speed, waits, workers
from benchmarks.findings import Findings, Goal
from benchmarks.page import goals_table, page
from benchmarks.peers.choice import missing
from callcenter.engine import prepare

PAGE = Path(__file__).parents[1] / "docs/benchmarks.md"
PARTS: dict[str, Callable[[int], Findings]] = {
    "speed": speed.measure,
    "small_days": small_days.measure,
    "workers": workers.measure,
    "waits": waits.measure,
    "memory": memory.measure,
    "growth": growth.measure,
}


def chosen(only: str) -> list[str]:
    """Return the parts asked for."""
    names = [name.strip() for name in only.split(",")]
    if unknown := [name for name in names if name not in PARTS]:
        raise typer.BadParameter(f"there is no part '{unknown[0]}'; write some of: {','.join(PARTS)}")
    return names


def measured(names: list[str], rounds: int) -> list[Findings]:
    """Run the parts and print the tables of each as soon as they are there."""
    prepare("compiled")
    findings = []
    for name in names:
        print(f"\nMeasuring {name} ...", flush=True)
        findings.append(PARTS[name](rounds))
        print(*(f"\n{table.markdown()}" for table in findings[-1].tables), sep="\n", flush=True)
    return findings


def check(goals: list[Goal], require: float) -> None:
    """Exit with status 1 if the SimPy engine is too slow beside the textbook model."""
    ratio = next((goal.measured for goal in goals if goal.name.startswith("SimPy engine")), None)
    if ratio is not None and ratio < require:
        sys.exit(f"the SimPy engine alone is {ratio:.2f} x textbook, {require:g} x is required")


def main(
    only: Annotated[str, typer.Option(help="Parts to run.")] = ",".join(PARTS),
    rounds: Annotated[int, typer.Option(min=1, help="Times each contender's speed is taken.")] = 5,
    require: Annotated[
        float, typer.Option(help="Fail if the SimPy engine alone is slower than this x textbook.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Page to write; docs/benchmarks.md if all parts ran.")
    ] = None,
) -> None:
    """Measure, print, and write the page."""
    names = chosen(only)
    print(*missing(), sep="\n")
    findings = measured(names, rounds)
    goals = [goal for each in findings for goal in each.goals]
    print(f"\n{goals_table(goals).markdown()}")
    if out := out or (PAGE if set(names) == set(PARTS) else None):
        command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
        out.write_text(page(findings, command), encoding="utf-8")
        print(f"\nWritten to {out}")
    check(goals, require)


if __name__ == "__main__":
    typer.run(main)
