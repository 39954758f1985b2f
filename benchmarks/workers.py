"""Two workers beside one: wall time of a whole study, its workers started and warm."""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

from benchmarks.day import TIER_DAY
from benchmarks.findings import Findings, Goal, Table, figure
from benchmarks.speed import WEEKDAY
from callcenter.scenario import Scenario, load
from callcenter.study import run

ROUNDS = 5
DAYS = {"tier day": (TIER_DAY, 600), "10010 weekday": (WEEKDAY, 250)}
"""Scenario, and replications enough for some seconds of work."""


def measure(_: int) -> Findings:
    """Compare on both days, in interleaved rounds."""
    rows, ratios = [], []
    for name, (path, replications) in DAYS.items():
        one, two, ratio = medians(load(path), replications)
        ratios.append(ratio)
        rows.append((name, str(replications), figure(one), figure(two), figure(ratio)))
    return Findings([table(rows)], [Goal("two workers beside one, tier day", 1.9, ratios[0])])


def medians(scenario: Scenario, replications: int) -> tuple[float, float, float]:
    """Return seconds with one worker and with two, and the median ratio of the two within a round."""
    rounds = [[seconds(scenario, replications, workers) for workers in (1, 2)] for _ in range(ROUNDS)]
    one, two = (median(times) for times in zip(*rounds, strict=True))
    return one, two, median(first / second for first, second in rounds)


def seconds(scenario: Scenario, replications: int, workers: int) -> float:
    """Return the wall time of a study; workers that have been idle are started again before."""
    run(scenario, 4 * workers, workers=workers)
    start = time.perf_counter()
    run(scenario, replications, workers=workers)
    return time.perf_counter() - start


def table(rows: Sequence[tuple[str, ...]]) -> Table:
    """One row per day."""
    return Table(
        "Two workers",
        "Seconds on the clock for `callcenter.study.run` with the compiled engine, workers started before.\n"
        "The ratio says something about the program only where two cores have nothing else to do.",
        ("", "replications", "1 worker, s", "2 workers, s", "ratio"),
        rows,
    )
