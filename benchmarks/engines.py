"""Speed of the engine beside the textbook model, on the same day, in one run.

    python -m benchmarks.engines [--rounds 7] [--require 2]

Every round times each of them once, in turn, so that a busy machine slows all alike; medians (CPU time).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Annotated, NamedTuple

import typer

from benchmarks import textbook
from callcenter.demand import draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario, load

TIER_DAY = Path(__file__).with_name("tier_day.yaml")
TEXTBOOK, ENGINE, WHOLE_WAY = "textbook SimPy", "SimPy engine alone", "draw + simulate + tally"


class Timing(NamedTuple):
    """One run: how many calls it simulated, in how many seconds of CPU time."""

    calls: int
    seconds: float


def timed(run: Callable[[], int]) -> Timing:
    """Run once; ``run`` returns the number of calls it simulated."""
    start = time.process_time()
    calls = run()
    return Timing(calls, time.process_time() - start)


def runs(scenario: Scenario, seed: int) -> dict[str, Callable[[], int]]:
    """Return what is compared; the engine's tape is drawn beforehand."""
    tape = draw(scenario, seed, 0)
    return {
        TEXTBOOK: lambda: len(textbook.simulate_day(seed)),
        ENGINE: lambda: len(simulate(scenario, tape, "simpy").tier),
        WHOLE_WAY: lambda: whole_way(scenario, seed),
    }


def whole_way(scenario: Scenario, seed: int) -> int:
    """From the scenario to the tally of one day."""
    log = simulate(scenario, draw(scenario, seed, 0), "simpy")
    tally(scenario, log)
    return len(log.tier)


def measure(scenario: Scenario, rounds: int) -> dict[str, float]:
    """Median calls per second of each, over interleaved rounds after one that warms up."""
    timings: dict[str, list[Timing]] = {TEXTBOOK: [], ENGINE: [], WHOLE_WAY: []}
    for seed in range(rounds + 1):
        for name, run in runs(scenario, seed).items():
            timings[name].append(timed(run))
    return {name: median(calls / seconds for calls, seconds in done[1:]) for name, done in timings.items()}


def table(speeds: dict[str, float]) -> str:
    """Lay out calls per second and the ratio to the textbook model."""
    lines = [f"{'tier day':<26}{'calls/s':>10}{'x textbook':>12}"]
    lines += [f"{name:<26}{speed:>10,.0f}{speed / speeds[TEXTBOOK]:>12.2f}" for name, speed in speeds.items()]
    return "\n".join(lines)


def main(
    rounds: Annotated[int, typer.Option(help="Times each is run.")] = 7,
    require: Annotated[
        float, typer.Option(help="Fail if the engine alone is slower than this x textbook.")
    ] = 0,
) -> None:
    """Print the table; exit status 1 if the ratio that is required is not reached."""
    speeds = measure(load(TIER_DAY), rounds)
    print(table(speeds))
    ratio = speeds[ENGINE] / speeds[TEXTBOOK]
    if ratio < require:
        sys.exit(f"the SimPy engine alone is {ratio:.2f} x textbook, {require:g} x is required")


if __name__ == "__main__":
    typer.run(main)
