"""What a staffing must keep: the targets, judged as they say or as asked for, and the callbacks owed."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.measure.targets import busiest_hour
from callcenter.scenario import Goal, Scenario
from callcenter.study.staffing.callbacks import MOST_LEFT
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.further import further_goals, is_of_tier
from callcenter.study.staffing.trials import Counts

ROUNDING = 1e-6
"""Calls by which a margin may be negative, since a share such as 0.85 is no exact number."""


class Meet(NamedTuple):
    """How targets are judged."""

    days: float | None = None
    """Share of days that must meet each target; None: the mean over all days must."""
    every_interval: bool = False
    """Whether each target must also be met in each interval of the day, on average."""


class Requirement(NamedTuple):
    """One target, and where its counts are."""

    name: str
    """The tiers, or the pool, that it is about."""
    row: int
    bound: float
    meet: Meet
    at_least: bool = True
    hours: slice = slice(None)
    """Intervals of the day that count."""
    is_worst_interval: bool = False
    """Whether a day is as good as its worst interval."""
    is_answer_rate: bool = True


class Goals(NamedTuple):
    """Requirements of a staffing; a margin is what is above one, in calls or seconds per replication."""

    targets: tuple[Requirement, ...]
    days: int
    """Days per replication."""

    @property
    def every_interval(self) -> list[int]:
        """Positions of the targets that must be met in each interval, too."""
        return [place for place, target in enumerate(self.targets) if target.meet.every_interval]

    def moved(self, place: int, bound: float) -> Goals:
        """Return the goals with another bound of one target."""
        targets = list(self.targets)
        targets[place] = targets[place]._replace(bound=bound)
        return self._replace(targets=tuple(targets))

    def above(self, counts: Counts) -> Any:
        """Return what is above each target, shape (replications, targets, days, intervals)."""
        rows = [target.row for target in self.targets]
        bounds = np.array([target.bound for target in self.targets])[:, None]
        signs = np.array([1 if target.at_least else -1 for target in self.targets])[:, None]
        above = signs * (counts.within[:, rows] - bounds * counts.asked[:, rows])
        by_day = above.reshape(*above.shape[:2], self.days, -1)
        for place, target in enumerate(self.targets):
            outside = np.ones(by_day.shape[-1], bool)
            outside[target.hours] = False
            by_day[:, place][..., outside] = 0
        return by_day

    def margins(self, counts: Counts) -> Floats:
        """Return the margin of each target, of its intervals where these count, and of callbacks."""
        above = self.above(counts)
        parts = [[_daily(target, above[:, place]) for place, target in enumerate(self.targets)]]
        parts += [above[:, place].sum(axis=1).mean(axis=0) for place in self.every_interval]
        late, owed = counts.jobs[..., 0], counts.jobs[..., 1]
        return np.concatenate([*parts, [float((MOST_LEFT * owed - late).mean())]]).astype(np.float64)

    def are_met(self, counts: Counts) -> bool:
        """Whether a staffing keeps every requirement."""
        return bool((self.margins(counts) >= -ROUNDING).all())


def _daily(target: Requirement, above: Any) -> float:
    """Return the margin of a target: the mean of replications, or that of the day that just must hold."""
    if target.meet.days is None:
        return float(above.sum(axis=(-2, -1)).mean())
    by_day = above.min(axis=-1) if target.is_worst_interval else above.sum(axis=-1)
    every = np.sort(by_day.ravel())
    allowed = every.size - math.ceil(target.meet.days * every.size - 1e-9)
    return float(every[min(allowed, every.size - 1)])


def goals_of(scenario: Scenario, meet: Meet) -> Goals:
    """Return the goals of a scenario; StaffingError if it has no target.

    ``meet`` says how those targets are judged that do not say it themselves.
    """
    if not scenario.goals:
        raise StaffingError(
            _("{name}: no tier has a target, so any staffing will do; give a `target`").format(
                name=scenario.name
            )
        )
    further = further_goals(scenario)
    return Goals(
        targets=tuple(_requirement(scenario, goal, meet, further) for goal in scenario.goals),
        days=scenario.days,
    )


def _requirement(scenario: Scenario, goal: Goal, meet: Meet, further: list[Goal]) -> Requirement:
    tiers = list(scenario.tiers)
    of_tier = is_of_tier(scenario, goal)
    return Requirement(
        name=goal.pool or _(", ").join(goal.tiers),
        row=tiers.index(goal.tiers[0]) if of_tier else len(tiers) + further.index(goal),
        bound=goal.bound,
        meet=meet if goal.over == "run" else _own(goal),
        at_least=goal.at_least,
        hours=busiest_hour(scenario, goal) if goal.over == "busiest_hour" else slice(None),
        is_worst_interval=goal.over == "interval",
        is_answer_rate=goal.measure == "answered",
    )


def _own(goal: Goal) -> Meet:
    """Return how a target says itself that it is judged."""
    if goal.counts_days:
        return Meet(1.0 if goal.on is None else goal.on)
    return Meet(None, goal.over == "interval")


def meet_of(text: str, every_interval: bool = False) -> Meet:
    """Return how targets are judged: `mean`, or `90%-of-days`; StaffingError for anything else."""
    if text.strip() == "mean":
        return Meet(None, every_interval)
    share, _dash, unit = text.strip().partition("-")
    try:
        figure = float(share.removesuffix("%").strip()) / 100 if share.endswith("%") else math.nan
    except ValueError:
        figure = math.nan
    if unit != "of-days" or not 0 < figure <= 1:
        raise StaffingError(
            _("cannot judge targets by `{text}`; write mean, or a share of days such as 90%-of-days").format(
                text=text
            )
        )
    return Meet(figure, every_interval)
