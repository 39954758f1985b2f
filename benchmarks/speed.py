"""Calls per second of a thread: the engines, the textbook model and other simulators on the same day.

Every round times each of them once, in turn, so that a busy machine slows all alike; medians of CPU time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import bare_loop, textbook
from benchmarks.day import LARGE, TIER_DAY, Day
from benchmarks.findings import Findings, Goal, Table, figure
from benchmarks.peers.choice import PEERS, Model
from callcenter.demand import CallTape, draw
from callcenter.engine import simulate
from callcenter.measure import tally
from callcenter.scenario import Scenario, load
from callcenter.study import run

WEEKDAY = Path(__file__).parents[1] / "scenarios/unicom_10010.yaml"
LEAST_SECONDS = 0.2
"""A day is repeated until it has taken so long; the quickest take milliseconds."""
CALLS_AT_ONCE = 1_000_000
"""Calls, about, of the replications that a study is asked for."""

TEXTBOOK = "textbook SimPy"
SIMPY_ALONE, SIMPY_WAY = "SimPy engine alone", "SimPy engine, whole way"
ALONE, SHARED_TAPE, WAY = (
    "compiled engine alone",
    "compiled engine, simulate + tally",
    "compiled engine, whole way",
)
BARE_ALONE, BARE_WAY = "bare numba loop, tape drawn", "bare numba loop, with drawing"

Run = Callable[[int], int]
"""Simulate the day of this number; returns how many calls it had."""
Speeds = dict[str, float]
"""Calls per second."""


def measure(rounds: int) -> Findings:
    """Compare on the tier day and on the 10010 weekday."""
    day = medians(lambda number: tier_day_runs(load(TIER_DAY), number), rounds)
    weekday = medians(lambda number: engine_runs(load(WEEKDAY), number), rounds)
    return Findings(
        [
            tier_day_table(day),
            weekday_table(weekday),
        ],
        goals(day),
    )


def medians(runs_of: Callable[[int], dict[str, Run]], rounds: int) -> Speeds:
    """Return the median speed of each over interleaved rounds, after one that warms up."""
    measured: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for name, simulated in runs_of(number).items():
            measured.setdefault(name, []).append(speed(simulated, first=1000 * number))
    return {name: median(speeds[1:]) for name, speeds in measured.items()}


def speed(run: Run, first: int) -> float:
    """Return calls per second of CPU time, over as many days as it takes for a time that can be trusted."""
    calls, number, start = 0, first, time.process_time()
    while (taken := time.process_time() - start) < LEAST_SECONDS:
        calls += run(number)
        number += 1
    return calls / taken


def tier_day_runs(scenario: Scenario, number: int) -> dict[str, Run]:
    """Return all that can simulate the tier day."""
    tape = draw(scenario, scenario.seed, number)
    return {
        **peer_runs(LARGE),
        **engine_runs(scenario, number),
        BARE_ALONE: lambda _: bare_loop.answers(callers_of(tape)).size,
        BARE_WAY: lambda seed: bare_loop.answers(bare_loop.drawn(seed)).size,
    }


def peer_runs(day: Day) -> dict[str, Run]:
    """Return the textbook model and the other simulators."""
    peers = {peer.name: peer.model() for peer in PEERS if peer.is_installed}
    models = {**peers, TEXTBOOK: textbook.simulate_day}
    return {name: counting(model, day) for name, model in models.items()}


def engine_runs(scenario: Scenario, number: int) -> dict[str, Run]:
    """Return our engines: alone on a tape drawn beforehand, with the tally, and whole studies."""
    tape = draw(scenario, scenario.seed, number)

    def alone(engine: str) -> Run:
        return lambda _: len(simulate(scenario, tape, engine).tier)

    return {
        SIMPY_ALONE: alone("simpy"),
        SIMPY_WAY: lambda day: tallied(scenario, draw(scenario, scenario.seed, day), "simpy"),
        ALONE: alone("compiled"),
        SHARED_TAPE: lambda _: tallied(scenario, tape, "compiled"),
        WAY: lambda seed: studied(scenario, seed),
    }


def counting(model: Model, day: Day) -> Run:
    """Return how many calls a model had."""
    return lambda seed: model(seed, day).calls


def tallied(scenario: Scenario, tape: CallTape, engine: str) -> int:
    """Simulate and tally a tape, as a sweep does at each of its points."""
    log = simulate(scenario, tape, engine)
    tally(scenario, log)
    return len(log.tier)


def studied(scenario: Scenario, seed: int) -> int:
    """Run a study of many replications, from the scenario to the figures printed.

    Returns how many calls were simulated, those of the cool-down, which no figure counts, in proportion.
    """
    a_day = scenario.run_days * sum(sum(scenario.demand.expected(tier)) for tier in scenario.tiers)
    replications = max(round(CALLS_AT_ONCE / a_day), 2)
    summary = run(scenario, replications, seed=seed).summary
    calls: float = summary["tiers"]["all"]["counts"]["called"]
    return round(calls * replications * scenario.run_days / scenario.days)


def callers_of(tape: CallTape) -> bare_loop.Callers:
    """Return what the bare loop needs of a tape."""
    return bare_loop.Callers(tape.arrived, tape.tier, tape.patience, tape.talk)


def tier_day_table(speeds: Speeds) -> Table:
    """Beside the textbook model and the peers, slowest first."""
    ordered = sorted(speeds, key=lambda name: speeds[name])
    return Table(
        "The tier day",
        "24 hours, three Poisson tiers at 2, 6 and 12 calls per minute, exponential talk of 240 s and\n"
        "patience of 120 s, 85 agents, strict priority: about 28,800 calls. The peers draw while they\n"
        "simulate, and count no more than offered and abandoned calls; the whole way is `cc.run`: it draws,\n"
        "simulates, tallies all measures and estimates them with their intervals.",
        ("one thread", "calls/s", "x textbook"),
        [(name, figure(speeds[name]), figure(speeds[name] / speeds[TEXTBOOK])) for name in ordered],
    )


def weekday_table(speeds: Speeds) -> Table:
    """Beside the SimPy engine, which is the only other one that knows these rules."""
    return Table(
        "The 10010 weekday",
        "`scenarios/unicom_10010.yaml`: 45,000 calls, IVR, four tiers, three pools whose staffing changes\n"
        "every half hour, agents kept idle, overflow, callbacks.",
        ("one thread", "calls/s", "x SimPy engine"),
        [(name, figure(value), figure(value / speeds[SIMPY_ALONE])) for name, value in speeds.items()],
    )


def goals(speeds: Speeds) -> list[Goal]:
    """Compare with the goals for the tier day."""
    textbook_speed, cimba = speeds[TEXTBOOK], speeds.get("Cimba")
    return [
        Goal("SimPy engine alone beside textbook SimPy", 2, speeds[SIMPY_ALONE] / textbook_speed),
        Goal("whole way beside textbook SimPy", 150, speeds[WAY] / textbook_speed),
        Goal("compiled engine alone beside textbook SimPy", 150, speeds[ALONE] / textbook_speed),
        Goal("compiled engine alone beside Cimba", 15, speeds[ALONE] / cimba if cimba else None),
    ]
