"""Days of few calls, as most centres have: whole studies beside the textbook model and other simulators."""

from __future__ import annotations

from functools import partial

from benchmarks.day import SMALL, SMALLEST, TIER_DAY, Day
from benchmarks.findings import Findings, Goal, Table, figure
from benchmarks.speed import TEXTBOOK, WAY, WEEKDAY, Run, Speeds, medians, peer_runs, studied
from callcenter.scenario import Scenario, load

WEEK = WEEKDAY.with_name("unicom_10010_week.yaml")
DAYS = {"1,200 calls": (SMALL, 100), "240 calls": (SMALLEST, 40)}
"""Days, and how many times as fast as the textbook model a study is to be."""


def measure(rounds: int) -> Findings:
    """Compare on both days; and time the week, whose calls mostly come from calls before."""
    speeds = {name: medians(partial(runs, day), rounds) for name, (day, _) in DAYS.items()}
    week = medians(lambda _: {WAY: lambda seed: studied(load(WEEK), seed)}, rounds)[WAY]
    goals = [
        Goal(f"whole way beside textbook SimPy, {name}", goal, speeds[name][WAY] / speeds[name][TEXTBOOK])
        for name, (_, goal) in DAYS.items()
    ]
    week_goal = Goal("a call of the 10010 week", 1.0, 1e6 / week, "microseconds", at_most=True)
    return Findings([table(speeds)], [*goals, week_goal])


def runs(day: Day, _: int) -> dict[str, Run]:
    """Return all that can simulate a day."""
    scenario = scenario_of(day)
    return {**peer_runs(day), WAY: lambda seed: studied(scenario, seed)}


def scenario_of(day: Day) -> Scenario:
    """Return the tier day with the callers and agents of another."""
    large = load(TIER_DAY)
    calls = {
        f"demand.tiers.{tier}.calls": rate * large.day.interval / 60
        for tier, rate in zip(large.tiers, day.calls_per_minute, strict=True)
    }
    return large.with_({**calls, "pools.floor.agents": day.agents})


def table(speeds: dict[str, Speeds]) -> Table:
    """One row per contender, slowest first; two columns per day."""
    order = sorted(speeds["1,200 calls"], key=lambda name: speeds["1,200 calls"][name])
    columns = [column for name in speeds for column in (f"{name}: calls/s", "x textbook")]
    rows = [
        (name, *(text for day in speeds.values() for text in _cells(day[name], day[TEXTBOOK])))
        for name in order
    ]
    return Table(
        "Small days",
        "The tier day with fewer calls and agents: 1,200 calls for 5 agents, 240 calls for 2. The whole way\n"
        "is `cc.run` with so many replications that a million calls are made.",
        ("one thread", *columns),
        rows,
    )


def _cells(speed: float, textbook: float) -> tuple[str, str]:
    return figure(speed), figure(speed / textbook)
