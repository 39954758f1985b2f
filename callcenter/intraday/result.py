"""What is to be expected of a day: the calls still to come, each promise, agents to add, options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import clock_text
from callcenter.forecast.conditioned import Outlook
from callcenter.intraday.actuals import Actuals
from callcenter.measure.days import share_of_days
from callcenter.measure.estimates import Estimate, divide, plain
from callcenter.measure.joint import joint_days
from callcenter.measure.replicated import Replicated
from callcenter.measure.tally import Tally
from callcenter.measure.targets import Judged, asked, judged, windows_of
from callcenter.scenario import Goal, Scenario
from callcenter.study.differences.kept_days import KeptDays, gain_of_days
from callcenter.version import __version__

Word = Literal["act", "wait", "too_early"]

BAND = 0.80
"""A day whose band of this width holds both answers is too early to judge."""
LEAST_DAYS = 10
"""Recorded days that must have shown how restless days are, before a verdict is given."""


class Band(NamedTuple):
    """What may come: mean, and the ends that leave out equal chances on either side."""

    value: float
    low80: float
    high80: float
    low95: float
    high95: float

    @classmethod
    def of(cls, draws: Floats) -> Band:
        """Return the band of draws; nan where there are none."""
        known = draws[np.isfinite(draws)]
        if not known.size:
            return cls(*[np.nan] * 5)
        return cls(float(known.mean()), *map(float, np.quantile(known, (0.1, 0.9, 0.025, 0.975))))

    def as_dict(self) -> dict[str, float | None]:
        """Return plain numbers."""
        return {name: plain(np.asarray(value)) for name, value in self._asdict().items()}


class Promise(NamedTuple):
    """A target by the end of the day."""

    goal: Goal
    within: float | None
    chance: Estimate
    """That the day keeps it."""
    day: Band
    """The measure over the whole day, the morning counted."""
    word: Word | None


class Tried(NamedTuple):
    """An option, beside what goes on as planned, on the same chance."""

    name: str
    change: str
    chance: Estimate
    """That the day keeps all targets."""
    gain: Estimate
    """By how much that chance is higher."""

    @property
    def verdict(self) -> str:
        """Whether the difference shows."""
        if self.gain.low > 0:
            return "better"
        return "worse" if self.gain.high < 0 else "unclear"


@dataclass(frozen=True, eq=False)
class Intraday:
    """A day seen at a moment."""

    scenario: Scenario
    actuals: Actuals
    outlook: Outlook
    expected: Floats
    """Calls by interval that the scenario expects."""
    share: Floats
    """Part of each interval that is over."""
    rest: Floats
    """Draws of the calls that are still to come."""
    coming: Floats
    """The same by interval, shape (draws, intervals)."""
    tallies: Sequence[Sequence[Tally]]
    """Of the whole day by option, the first as planned, and replication."""
    options: Sequence[tuple[str, str]]
    """Name and change of each option that was tried."""
    add: Floats
    """Agents to add, shape (pools, intervals)."""
    scheduled: Floats
    """Agents on the phones as planned, of the same shape."""
    seed: int
    days_known: int | None
    """Recorded days that the unrest was found in; None: the scenario says it."""
    is_restless: bool
    """Whether scenario or records say how days differ."""
    notes: tuple[str, ...]

    @property
    def may_judge(self) -> bool:
        """Whether enough is known of how days differ."""
        return self.is_restless and (self.days_known is None or self.days_known >= LEAST_DAYS)

    @cached_property
    def _judged(self) -> list[list[Judged]]:
        return [judged(self.scenario, Replicated(self.scenario, each)) for each in self.tallies]

    @cached_property
    def promises(self) -> list[Promise]:
        """Every target, as planned."""
        replicated = Replicated(self.scenario, self.tallies[0])
        return [
            Promise(
                target.goal,
                target.within,
                share_of_days(target.holds),
                Band.of(_by_day(self.scenario, replicated, target.goal)),
                self._word(target.holds),
            )
            for target in self._judged[0]
        ]

    def _word(self, holds: Floats) -> Word | None:
        """Return `wait` if nearly all days keep the target, `act` if nearly none does."""
        known = holds[~np.isnan(holds)]
        if not self.may_judge or not known.size:
            return None
        left_out = (1 - BAND) / 2
        share = float(known.mean())
        return "wait" if share >= 1 - left_out else "act" if share <= left_out else "too_early"

    @cached_property
    def word(self) -> Word | None:
        """The verdict on the day: act if a promise will be broken, wait if all will be kept."""
        words = [promise.word for promise in self.promises]
        if not words or None in words:
            return None
        return "act" if "act" in words else self._word(joint_days(self._judged[0]))

    @cached_property
    def chance(self) -> Estimate:
        """The chance that the day keeps all targets as planned."""
        return share_of_days(joint_days(self._judged[0]))

    @cached_property
    def tried(self) -> list[Tried]:
        """Every option, best first."""
        before = KeptDays(joint_days(self._judged[0]))
        tried = []
        for (name, change), targets in zip(self.options, self._judged[1:], strict=True):
            days = joint_days(targets)
            tried.append(Tried(name, change, share_of_days(days), gain_of_days(before, KeptDays(days))[0]))
        return sorted(tried, key=lambda one: -float(one.chance.value))

    @property
    def so_far(self) -> tuple[float, float]:
        """Calls that came so far, and those that were expected by now."""
        counts = self.actuals.counts.sum(axis=0)
        known = np.isfinite(counts) & (self.share > 0)
        return float(counts[known].sum()), float((self.expected * self.share)[known].sum())

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Every figure as plain data."""
        came, by_now = self.so_far
        handled = self.actuals.handled
        return {
            "version": __version__,
            "scenario": self.scenario.name,
            "now": clock_text(self.actuals.now),
            "seed": self.seed,
            "replications": len(self.tallies[0]),
            "verdict": self.word,
            "days_known": self.days_known,
            "so_far": {
                "calls": came,
                "expected": by_now,
                "handle_time_s": handled.mean if handled else None,
                "handled": handled.calls if handled else None,
                "in_line": self.actuals.in_line,
                "busy": self.actuals.busy,
            },
            "rest": {
                "calls": Band.of(self.rest).as_dict(),
                "expected": float((self.expected * (1 - self.share)).sum()),
                "talk_factor": Band.of(self.outlook.talks).as_dict(),
            },
            "chance": self.chance.as_dict(),
            "targets": [_target(promise) for promise in self.promises],
            "options": [
                {
                    "name": one.name,
                    "change": one.change,
                    "chance": one.chance.as_dict(),
                    "gain": one.gain.as_dict(),
                    "verdict": one.verdict,
                }
                for one in self.tried
            ],
            "intervals": list(self._intervals()),
            "notes": list(self.notes),
        }

    def _intervals(self) -> Any:
        day, counts = self.scenario.day, self.actuals.counts.sum(axis=0)
        for place in range(day.intervals):
            yield {
                "start": clock_text(day.open + place * day.interval),
                "expected": float(self.expected[place]),
                "actual": plain(np.asarray(counts[place])) if self.share[place] == 1 else None,
                "coming": Band.of(self.coming[:, place]).as_dict() if self.share[place] < 1 else None,
                "scheduled": _by_pool(self.scenario, self.scheduled[:, place]),
                "add": _by_pool(self.scenario, self.add[:, place]) if self.share[place] < 1 else None,
            }


def entry_of(promise: Promise) -> dict[str, Any]:
    """Return what a target asks, as in a summary."""
    return asked(promise.goal, promise.within)


def _target(promise: Promise) -> dict[str, Any]:
    return {
        **entry_of(promise),
        "chance": promise.chance.as_dict(),
        "day": promise.day.as_dict(),
        "verdict": promise.word,
    }


def _by_pool(scenario: Scenario, figures: Floats) -> Mapping[str, float]:
    return dict(zip(scenario.pools, map(float, figures), strict=True))


def _by_day(scenario: Scenario, replicated: Replicated, goal: Goal) -> Floats:
    """Return the measure of each simulated day; of several windows the worst."""
    ratios = divide(*windows_of(scenario, replicated, goal)).reshape(len(replicated.of_days.counts), -1)
    filled = np.where(np.isnan(ratios), np.inf if goal.at_least else -np.inf, ratios)
    worst = filled.min(axis=1) if goal.at_least else filled.max(axis=1)
    return np.asarray(np.where(np.isinf(worst), np.nan, worst), np.float64)
