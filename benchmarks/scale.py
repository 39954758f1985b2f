"""What a million cells need: ``python -m benchmarks.scale``, or ``make scale``; writes docs/scale.md."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

from benchmarks.canned import Canned
from benchmarks.findings import Goal, Table
from benchmarks.machine import cores, processor
from benchmarks.page import goals_table
from callcenter.demand import draw
from callcenter.engine import prepare, simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario, load
from callcenter.study.designs.design import Design, design_of, point
from callcenter.study.store.database import FILE
from callcenter.study.sweeps import Kept, conduct
from callcenter.study.workers.cluster import connected
from callcenter.study.workers.effort import Effort

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/scale.md"
DAYS = {"tier day": ROOT / "benchmarks/tier_day.yaml", "10010 weekday": ROOT / "scenarios/unicom_10010.yaml"}
ROUNDS = 20
SOME = 200, 100
"""Points and replications of a measurement of throughput."""
MANY = 1_000, 100
"""Likewise of a resumed study."""
MILLION = 1_000_000
WORKERS = 2

HEAD = """\
# Scale: what a million cells need

A cell is one replication of one scenario. `make scale` measures what it costs and writes this page; do not
edit it. How a large study is run is in [Large studies](guides/large-studies.md).

Written on {day} by `python -m benchmarks.scale`
on {processor}, {cores}.
"""

SENSE = """\
## What follows

{plan}

- **Cores decide.** The process that hands out the work and stores the results keeps up with about
  {keeps:,.0f} cores simulating the tier day, or {keeps_weekday:,.0f} the 10010 weekday; beyond that, run the
  points of a study as several sweeps, each into a directory of its own.
- **Memory does not grow with the number of cells.** Tasks are cut while others are under way, and results are
  written as they come; what is kept in memory is a scenario for each point.
- **One transaction per task**, confirmed by the disk: up to two seconds of a worker's work, hundreds of small
  cells. That is what a power cut, a full disk or a killed process can cost.
"""


class Day(NamedTuple):
    """What one cell of a scenario costs a core, and what its tally takes."""

    scenario: Scenario
    seconds: float
    answer: bytes


def main() -> None:
    """Measure, print, and write the page."""
    tally(*prepare("compiled"))
    days = {name: measured_day(load(path)) for name, path in DAYS.items()}
    rates = {name: throughput(days[day], how) for name, (day, how) in CASES.items()}
    size, resumed = stored(days["tier day"])
    goals = [Goal(f"coordinator, {name}", 1000, rate, "cells/s") for name, rate in rates.items()] + [
        Goal(f"overhead of resuming {MANY[0] * MANY[1]:,} stored cells", 2, resumed, "s", at_most=True)
    ]
    text = page(days, rates, size, goals)
    PAGE.write_text(text, encoding="utf-8")
    print(text)


def measured_day(scenario: Scenario) -> Day:
    """Simulate some cells one after the other, on this core."""
    begun = perf_counter()
    for number in range(ROUNDS):
        answer = tally(scenario, simulate(scenario, draw(scenario, 1, number), "compiled")).to_bytes()
    return Day(scenario, (perf_counter() - begun) / ROUNDS, answer)


def study(day: Day, points: int, replications: int) -> Design:
    """Return a study whose points have the same callers, as when agents are varied."""
    variants = [
        point(day.scenario.with_({"service_level.short_abandon": f"{number} s"}), {"number": number})
        for number in range(1, points + 1)
    ]
    return design_of("scale", variants, 1, replications)


@contextmanager
def processes() -> Iterator[Executor]:
    """Provide worker processes on this machine."""
    from loky import get_reusable_executor

    yield get_reusable_executor(max_workers=WORKERS)


@contextmanager
def dask() -> Iterator[Executor]:
    """Provide a scheduler and workers on loopback."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        where = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
        worker = ("worker", *where, "--nthreads", "1", "--no-nanny")
        started = [spawn("scheduler", *where, "--port", "0"), *(spawn(*worker) for _ in range(WORKERS))]
        try:
            while not file.exists():
                sleep(0.05)
            with connected(address_in(file)) as executor:
                yield executor
        finally:
            for process in started:
                process.kill()
                process.wait()


def spawn(role: str, *options: str) -> subprocess.Popen[bytes]:
    """Start a part of the cluster."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *options]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 (our own words)


def address_in(file: Path) -> str:
    """Return the address that a scheduler has written down."""
    import json

    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


WAYS = {"processes": processes, "Dask": dask}
CASES = {
    "two processes, tier day": ("tier day", "processes"),
    "two processes, 10010 weekday": ("10010 weekday", "processes"),
    "loopback cluster, tier day": ("tier day", "Dask"),
    "loopback cluster, 10010 weekday": ("10010 weekday", "Dask"),
}


def throughput(day: Day, how: str) -> float:
    """Return the cells per second cut, packed, sent, taken in and stored, none of them simulated."""
    warm, design = study(day, 4, 20), study(day, *SOME)
    with tempfile.TemporaryDirectory() as folder, WAYS[how]() as executor:
        effort = Effort(engine="compiled", executor=Canned(executor, WORKERS, day.answer))
        conduct(warm, effort)
        begun = perf_counter()
        conduct(design, effort, Kept(folder))
        return SOME[0] * SOME[1] / (perf_counter() - begun)


def stored(day: Day) -> tuple[float, float]:
    """Return the bytes a cell takes on disk, and the seconds that resuming a finished study takes."""
    design = study(day, *MANY)
    with tempfile.TemporaryDirectory() as folder:
        with processes() as executor:
            conduct(
                design,
                Effort(engine="compiled", executor=Canned(executor, WORKERS, day.answer)),
                Kept(folder),
            )
        begun = perf_counter()
        conduct(design, Effort(engine="compiled"), Kept(folder))
        resumed = perf_counter() - begun
        return (Path(folder) / FILE).stat().st_size / (MANY[0] * MANY[1]), resumed


def page(days: dict[str, Day], rates: dict[str, float], size: float, goals: list[Goal]) -> str:
    """Return the page: goals, measurements, and what a million cells need."""
    head = HEAD.format(day=date.today().isoformat(), processor=processor(), cores=cores())
    overhead = size / len(days["tier day"].answer)
    rows = [
        (name, f"{day.seconds * 1e3:.1f}", f"{len(day.answer):,}", f"{len(day.answer) * overhead:,.0f}")
        for name, day in days.items()
    ]
    columns = ("", "ms a cell", "bytes of its tally", "bytes in the store")
    cost = Table("A cell", "One core, compiled engine.", columns, rows)
    slowest = min(rates.values())
    sense = SENSE.format(
        plan=plan(days, overhead, slowest).markdown().replace("## ", "### "),
        keeps=slowest * days["tier day"].seconds,
        keeps_weekday=slowest * days["10010 weekday"].seconds,
    )
    return "\n\n".join([head.strip(), goals_table(goals).markdown(), cost.markdown(), sense.strip()]) + "\n"


def plan(days: dict[str, Day], overhead: float, rate: float) -> Table:
    """Return the time and room of a million cells; ``overhead``: bytes on disk for each byte of a tally."""
    rows = [
        (
            name,
            f"{MILLION * day.seconds / 3600:.1f}",
            *(f"{max(MILLION * day.seconds / number, MILLION / rate) / 3600:.2f}" for number in (8, 64)),
            f"{MILLION * len(day.answer) * overhead / 1e9:.1f}",
        )
        for name, day in days.items()
    ]
    columns = ("", "core-hours", "hours on 8 cores", "hours on 64 cores", "results, GB")
    return Table("A million cells", "From the figures above, the slowest coordinator taken.", columns, rows)


if __name__ == "__main__":
    main()
