"""A stage: recorded days on which a scenario is simulated, with what is taken of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from callcenter.calllog import CallLog
from callcenter.demand import CallTape, draw
from callcenter.demand.drawing import any_follow
from callcenter.engine import FloorPlan, simulate
from callcenter.language import gettext as _
from callcenter.replay.levels import Levels, plan_of_day
from callcenter.replay.logs import log_of
from callcenter.replay.recorded import Recorded
from callcenter.replay.taking import ARRIVALS, LEVELS, PATIENCE, REDIALS, TALK, Take
from callcenter.replay.tapes import Taped, Traits, as_counted, as_recorded, taped
from callcenter.replay.variants import on_date, one_day
from callcenter.scenario import Scenario

DAYS_APART = 1 << 20
"""From the replications of one day to those of the next, so that no two days have the same chance."""

DRAWN, COUNTED, RECORDED = "drawn", "counted", "recorded"
"""Arrivals by the demand of the scenario, at random within recorded counts, or each as it came."""


@dataclass(frozen=True)
class Stage:
    """How recorded days are simulated."""

    scenario: Scenario
    recorded: Recorded
    arrivals: str = RECORDED
    traits: Traits = field(default_factory=Traits)
    levels: Levels | None = None
    more: Mapping[str, float] = field(default_factory=dict)
    firsts_only: bool = False
    seed: int = 0

    def chance(self, day: int, replication: int) -> tuple[int, int]:
        """Return the seed, and the replication in which a day is simulated."""
        return self.seed, replication + DAYS_APART * self.recorded.numbers[day]

    @cached_property
    def _dated(self) -> dict[str, Scenario]:
        return {}

    def scenario_on(self, day: int) -> Scenario:
        """Return the scenario as it is on a recorded day, whose date may decide calls and agents."""
        name = self.recorded.calls.days[day]
        if name not in self._dated:
            self._dated[name] = on_date(self.scenario, name)
        return self._dated[name]

    def _staffed_on(self, day: int) -> Scenario:
        """Return the scenario whose agents are there: a plan need not know of days with recorded agents."""
        return self.scenario if self.levels is not None else self.scenario_on(day)

    def tape(self, day: int, replication: int) -> Taped:
        """Return the callers of a day."""
        chance = self.chance(day, replication)
        if self.arrivals == DRAWN:
            return Taped(draw(self.scenario_on(day), *chance), 0)
        calls = self.recorded.day(day, self.firsts_only)
        came = as_recorded(calls) if self.arrivals == RECORDED else as_counted(self.scenario, calls, *chance)
        return taped(self.scenario, came, calls, self.traits, *chance)

    def plan(self, day: int, replication: int) -> FloorPlan:
        """Return who is there."""
        return plan_of_day(self._staffed_on(day), self.levels, day, self.chance(day, replication), self.more)

    def run(self, day: int, replication: int, engine: str = "auto") -> CallLog:
        """Simulate a day."""
        tape: CallTape = self.tape(day, replication).tape
        return simulate(self.scenario, tape, engine, plan=self.plan(day, replication))

    def log(self, day: int) -> CallLog:
        """Return what was recorded of a day."""
        plan = plan_of_day(self._staffed_on(day), self.levels, day, self.chance(day, 0))
        return log_of(self.scenario, self.recorded.day(day), plan)


def staged(scenario: Scenario, recorded: Recorded, take: Take, seed: int) -> tuple[Stage, list[str]]:
    """Return the stage of what is taken, and what the user must know of it."""
    remarks = list(recorded.remarks)
    follows = any_follow(scenario)
    models_follow_ups = follows and recorded.knows_attempts and REDIALS not in take
    if ARRIVALS in take and REDIALS not in take:
        remarks += trap(recorded, follows, models_follow_ups)
    levels = (recorded.roster if TALK in take else recorded.levels) if LEVELS in take else None
    if LEVELS in take and levels is None:
        remarks.append(own_staffing())
    single = one_day(scenario, models_follow_ups or ARRIVALS not in take)
    stage = Stage(
        single,
        recorded,
        RECORDED if ARRIVALS in take else DRAWN,
        Traits(True, TALK in take, PATIENCE in take),
        levels,
        firsts_only=models_follow_ups,
        seed=seed,
    )
    return stage, [*remarks, *_contradictions(stage)]


def own_staffing() -> str:
    """Return that records do not tell who was there."""
    return _("The records name no agents: the staffing is the scenario's own.")


def trap(recorded: Recorded, follows: bool, models_follow_ups: bool) -> list[str]:
    """Return what is to be said of redials among recorded calls."""
    again = int(recorded.follows.sum())
    if models_follow_ups and again:
        text = _(
            "{again:,} recorded calls follow others; the scenario makes redials, repeats and transfers anew."
        )
        return [text.format(again=again)]
    if recorded.knows_attempts and not again:
        return []
    text = (
        _("{again:,} recorded calls are redials, repeats or transfers").format(again=again)
        if recorded.knows_attempts
        else _("Recorded calls contain redials, and these records do not tell which")
    )
    off = _("; the scenario's own are left out") if follows else ""
    meaning = _(
        "{text}{off}. They stay as many when callers wait less: the gain of better staffing is understated."
    )
    return [meaning.format(text=text, off=off)]


def _contradictions(stage: Stage) -> list[str]:
    """Return how many callers waited longer than the scenario allows, on the first day."""
    if not stage.traits.patience or stage.arrivals != RECORDED:
        return []
    number = stage.tape(0, 0).contradicted
    text = _(
        "{number:,} callers of {day} waited longer than the patience of the scenario ever lasts; "
        "theirs is taken to end with their wait."
    )
    return [text.format(number=number, day=stage.recorded.calls.days[0])] if number else []
