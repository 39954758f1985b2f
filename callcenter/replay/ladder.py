"""The steps from all that is recorded to the plan alone: where the error enters, the model is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.engine import prepare, resolve_engine
from callcenter.language import noted
from callcenter.measure import Tally, tally
from callcenter.measure.tally import COUNTS
from callcenter.replay.beside import Beside
from callcenter.replay.parts import Parts, parts_of, total_of
from callcenter.replay.recorded import Recorded
from callcenter.replay.stage import COUNTED, DRAWN, Stage, staged
from callcenter.replay.taking import USUAL
from callcenter.replay.tapes import Traits
from callcenter.replay.variants import one_day
from callcenter.scenario import Scenario

KNOWN, DRAWN_TRAITS, DRAWN_ARRIVALS, FORECAST, PLANNED = STEPS = (
    "known",
    "talk_and_patience_drawn",
    "arrivals_drawn",
    "forecast",
    "planned",
)

MEANING = {
    KNOWN: noted("all taken from the records"),
    DRAWN_TRAITS: noted("talk and patience drawn"),
    DRAWN_ARRIVALS: noted("arrivals drawn within recorded counts"),
    FORECAST: noted("demand of the scenario"),
    PLANNED: noted("demand and staffing of the scenario"),
}
FREED = {
    KNOWN: noted("the rules of the line, who serves whom, and the staffing of the records"),
    DRAWN_TRAITS: noted("handle time and patience"),
    DRAWN_ARRIVALS: noted("how calls come within an interval"),
    FORECAST: noted("the demand"),
    PLANNED: noted("the staffing"),
}
"""What each step frees that the one before takes from the records."""

Progress = Callable[[int, int], None]


class Runs(NamedTuple):
    """What was recorded, and simulated on one step of the ladder."""

    beside: Beside
    offered: Floats
    """Recorded calls of all tiers, those without a target too, shape (days, intervals)."""
    offered_simulated: Floats
    """The same as simulated, on average, shape (days,)."""

    @property
    def recorded(self) -> Parts:
        """Shape (days, measures, 2, intervals)."""
        return self.beside.recorded

    @property
    def simulated(self) -> Parts:
        """Shape (days, replications, measures, 2, intervals)."""
        return self.beside.simulated


def stages(scenario: Scenario, recorded: Recorded, seed: int) -> tuple[dict[str, Stage], list[str]]:
    """Return the stage of each step, and remarks; without recorded staffing there is no last step."""
    known, remarks = staged(scenario, recorded, frozenset(USUAL), seed)
    drawn = replace(known, traits=Traits(True, False, False), levels=recorded.levels)
    counted = replace(drawn, arrivals=COUNTED)
    forecast = replace(drawn, arrivals=DRAWN, scenario=one_day(scenario))
    steps = {KNOWN: known, DRAWN_TRAITS: drawn, DRAWN_ARRIVALS: counted, FORECAST: forecast}
    if known.levels is not None:
        steps[PLANNED] = replace(forecast, levels=None)
    return steps, remarks


def climb(stage: Stage, replications: int, engine: str, advance: Callable[[], None]) -> Runs:
    """Return the runs of a step."""
    tally(*prepare(resolve_engine(engine)))
    members = list(total_of(stage.scenario).members)
    days = range(len(stage.recorded))
    own = [tally(stage.scenario, stage.log(day)) for day in days]
    offered = np.zeros(len(own))
    rows: list[list[Parts]] = [[] for _day in days]
    waits = np.zeros_like(own[0].wait_bins[0])
    for day in days:
        for replication in range(replications):
            counted = tally(stage.scenario, stage.run(day, replication, engine))
            rows[day].append(parts_of(stage.scenario, counted))
            offered[day] += _offered(counted).sum() / replications
            waits += counted.wait_bins[members].sum(axis=0)
            advance()
    beside = Beside(
        stage.recorded.calls.days,
        stage.scenario.day.open,
        stage.scenario.day.interval,
        np.array([parts_of(stage.scenario, each) for each in own]),
        np.array(rows),
        np.sum([each.wait_bins[members].sum(axis=0) for each in own], axis=0),
        waits,
    )
    return Runs(
        beside,
        np.array([_offered(each) for each in own]),
        offered,
    )


def _offered(counted: Tally) -> Floats:
    calls: Floats = counted.counts[COUNTS.index("offered")].sum(axis=0).astype(float)
    return calls


def distance(runs: Runs) -> float:
    """Return the Kolmogorov-Smirnov distance of waits, nan where nobody asked for a person."""
    ours, theirs = runs.beside.simulated_waits, runs.beside.recorded_waits
    if not ours.sum() or not theirs.sum():
        return float("nan")
    gaps: Floats = np.cumsum(ours) / ours.sum() - np.cumsum(theirs) / theirs.sum()
    return float(np.abs(gaps).max())
