"""The page of the benchmarks, `docs/benchmarks.md`."""

from __future__ import annotations

from datetime import date

from benchmarks.findings import Findings, Goal, Table
from benchmarks.machine import cores, processor, versions
from benchmarks.peers.choice import missing

HEAD = """\
# Benchmarks

Speed and scale beside other simulators, all measured in one run: ratios carry over to other machines,
calls per second do not. `make bench` measures again and writes this page; do not edit it.

Written on {day} by `{command}`
on {processor}, {cores};
{versions}.

What is timed in one thread is CPU time, the median of rounds in which each contender has its turn.
Compilation is not counted: it happens once per version. A test holds each model's share of abandoned calls
against ours.
"""


def page(findings: list[Findings], command: str) -> str:
    """Return the page: goals first, then the tables they are taken from."""
    head = HEAD.format(
        day=date.today().isoformat(),
        command=command,
        processor=processor(),
        cores=cores(),
        versions=versions(),
    )
    tables = [goals_table([goal for part in findings for goal in part.goals])]
    tables += [table for part in findings for table in part.tables]
    sections = [head.strip(), *(table.markdown() for table in tables)]
    if missing():
        sections.append("\n".join(["Left out:", "", *(f"- {line}" for line in missing())]))
    return "\n\n".join(sections) + "\n"


def goals_table(goals: list[Goal]) -> Table:
    """Lay out goals beside what was measured."""
    return Table(
        "Goals",
        "Ratios of speed, wall time or cost within this run, and memory.",
        ("", "goal", "measured", ""),
        [goal.cells for goal in goals],
    )
