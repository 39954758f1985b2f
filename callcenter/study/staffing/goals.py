"""What a staffing must keep: the targets, judged as they say or as asked for, and the callbacks owed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.measure.joint import DaysKept
from callcenter.measure.targets import busiest_hour
from callcenter.scenario import Goal, Scenario
from callcenter.scenario.parts.targets import TierTarget
from callcenter.study.staffing.callbacks import MOST_LEFT, promises_callbacks
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.further import further_goals, is_of_tier
from callcenter.study.staffing.trials import Counts

ROUNDING = 1e-6
"""Calls by which a margin may be negative, since a share such as 0.85 is no exact number."""
NOBODY = -1.0
"""Margin of a mean wait where nobody was answered."""

SURE = 0.9
"""Chance to keep the targets on so many of so many days that is asked for."""


class Meet(NamedTuple):
    """How targets are judged."""

    days: float | None = None
    """Share of days that must meet each target; None: the mean over all days must."""
    every_interval: bool = False
    """Whether each target must also be met in each interval of the day, on average."""
    kept: DaysKept | None = None
    """On how many of how many days all targets must hold together, with the chance SURE."""


class Requirement(NamedTuple):
    """One target, and where its counts are."""

    name: str
    """The tiers, or the pool, that it is about."""
    goal: Goal
    """The target as it is written."""
    row: int
    bound: float
    meet: Meet
    at_least: bool = True
    hours: slice = slice(None)
    """Intervals of the day that count."""
    is_worst_interval: bool = False
    """Whether a day is as good as its worst interval."""
    is_answer_rate: bool = True
    is_share: bool = True
    """Whether its bound is a share, not a time."""

    def is_empty(self, counts: Counts) -> bool:
        """Whether it is about waits, and nobody was answered who could have waited: that keeps no promise."""
        return not self.is_share and not counts.asked[:, self.row].any()

    @property
    def allows_no_exception(self) -> bool:
        """Whether all of it is asked for, on all days: one call or callback breaks it."""
        return self.bound == 1.0 and self.is_share and self.at_least and self.meet.days in (None, 1.0)


class Goals(NamedTuple):
    """Requirements of a staffing; a margin is what is above one, in calls or seconds per replication."""

    targets: tuple[Requirement, ...]
    days: int
    """Days per replication."""
    promises_callbacks: bool = False
    """Whether callbacks have a target of their own; else few may be left over."""
    reserves: tuple[float, ...] = ()
    """What a margin must be above 0, so that other days are met, too; none where empty."""

    @property
    def every_interval(self) -> list[int]:
        """Positions of the targets that must be met in each interval, too."""
        return [place for place, target in enumerate(self.targets) if target.meet.every_interval]

    @property
    def are_means(self) -> bool:
        """Whether every margin is a mean of replications: no target is about a share of days."""
        return all(target.meet.days is None for target in self.targets)

    @property
    def allow_no_exception(self) -> bool:
        """Whether no target allows one, so that no share of days or calls is to be estimated."""
        return all(target.allows_no_exception for target in self.targets)

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
        parts = [
            [
                NOBODY if target.is_empty(counts) else _daily(target, above[:, place])
                for place, target in enumerate(self.targets)
            ]
        ]
        parts += [above[:, place].sum(axis=1).mean(axis=0) for place in self.every_interval]
        margins: Floats = np.concatenate([*parts, [self._few_left(counts)]]).astype(np.float64)
        return margins - np.array(self.reserves) if self.reserves else margins

    def by_replication(self, counts: Counts) -> Floats:
        """Return what margins are means of, shape (replications, margins); nan where one is no mean."""
        above = self.above(counts)
        sums = above.sum(axis=(2, 3))
        sums[:, [target.meet.days is not None for target in self.targets]] = np.nan
        parts = [sums, *(above[:, place].sum(axis=1) for place in self.every_interval)]
        late, owed = counts.jobs[..., 0], counts.jobs[..., 1]
        return np.column_stack([*parts, MOST_LEFT * owed - late]).astype(np.float64)

    def _few_left(self, counts: Counts) -> float:
        if self.promises_callbacks:
            return 0.0
        late, owed = counts.jobs[..., 0], counts.jobs[..., 1]
        return float((MOST_LEFT * owed - late).mean())

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


def goals_of(scenario: Scenario, meet: Meet, only: Sequence[str] = ()) -> Goals:
    """Return the goals of a scenario; StaffingError if it has no target.

    ``meet`` says how those targets are judged that do not say it themselves.  With ``only``, these pools are
    to be staffed, and only what their agents may keep counts.
    """
    own = [goal for goal in scenario.goals if is_kept_by(scenario, goal, only)]
    if not own:
        raise StaffingError(
            _("{name}: no tier has a target, so any staffing will do; give a `target`").format(
                name=scenario.name
            )
        )
    further = further_goals(scenario)
    return Goals(
        targets=tuple(_requirement(scenario, goal, meet, further) for goal in own),
        days=scenario.days,
        promises_callbacks=promises_callbacks(scenario),
    )


def _requirement(scenario: Scenario, goal: Goal, meet: Meet, further: list[Goal]) -> Requirement:
    tiers = list(scenario.tiers)
    of_tier = is_of_tier(scenario, goal)
    return Requirement(
        name=goal.pool or _(", ").join(goal.tiers),
        goal=goal,
        row=tiers.index(goal.tiers[0]) if of_tier else len(tiers) + further.index(goal),
        bound=goal.bound,
        meet=meet if goal.over == "run" else _own(goal),
        at_least=goal.at_least,
        hours=busiest_hour(scenario, goal) if goal.over == "busiest_hour" else slice(None),
        is_worst_interval=goal.over == "interval",
        is_answer_rate=goal.measure == "answered",
        is_share=goal.measure != "mean_wait",
    )


def is_kept_by(scenario: Scenario, goal: Goal, pools: Sequence[str]) -> bool:
    """Whether agents of these pools have a part in keeping a target; without any, all pools have."""
    if not pools or goal.pool:
        return not pools or goal.pool in pools
    if goal.measure == "callbacks":
        return any(scenario.pools[name].callbacks is not None for name in pools)
    served = {
        tier
        for name in pools
        for tier, serve in scenario.pools[name].serves.items()
        if serve.after < scenario.day.length
    }
    return bool(served & set(goal.tiers))


def with_callbacks(scenario: Scenario, only: Sequence[str]) -> Scenario:
    """Return the scenario with the promise of `callbacks.within` as a target, where that is all to keep.

    That is where the pools to be staffed keep no other target: they make callbacks.
    """
    owed = [name for name, tier in scenario.tiers.items() if tier.owes_callbacks]
    if not only or not owed or any(is_kept_by(scenario, goal, only) for goal in scenario.goals):
        return scenario
    every = {"callbacks": 1.0, "tiers": owed}
    return scenario.with_({"targets": [*scenario.to_dict().get("targets", ()), every]})


def _own(goal: Goal) -> Meet:
    """Return how a target says itself that it is judged."""
    if goal.counts_days:
        return Meet(1.0 if goal.on is None else goal.on)
    return Meet(None, goal.over == "interval")


def meet_of(text: str, every_interval: bool = False) -> Meet:
    """Return how targets are judged: `mean`, `90%-of-days` or `28-of-30-days`; StaffingError for others."""
    asked = text.strip()
    if asked == "mean":
        return Meet(None, every_interval)
    match = _DAYS.fullmatch(asked)
    if match and match["share"] and 0 < (share := float(match["share"]) / 100) <= 1:
        return Meet(share, every_interval)
    if match and match["kept"] and 0 < int(match["kept"]) <= int(match["of"]) <= MOST_DAYS:
        kept = DaysKept(int(match["kept"]), int(match["of"]))
        return Meet(_share_for(kept), every_interval, kept)
    raise StaffingError(
        _(
            "cannot judge targets by `{text}`; write mean, or a share of days such as 90%-of-days, or days "
            "to keep such as 28-of-30-days"
        ).format(text=text)
    )


_DAYS = re.compile(r"(?:(?P<share>\d+(?:\.\d+)?) ?%|(?P<kept>\d{1,3})-of-(?P<of>\d{1,3}))-(?:of-)?days")
MOST_DAYS = 366


def _share_for(asked: DaysKept) -> float:
    """Return the share of days, independent of each other, that keeps so many with the chance SURE."""
    from scipy.special import betaincinv  # takes 0.2 s, which a report need not wait for

    return float(betaincinv(asked.kept, asked.of - asked.kept + 1, SURE))


def asked_of(scenario: Scenario, meet: Meet) -> Scenario:
    """Return the scenario with the targets that are asked for in each interval, if they are, to be judged."""
    if not meet.every_interval:
        return scenario
    tiers = {
        name: tier.model_copy(update={"short_target": None, "targets": _with_intervals(tier.goals(name))})
        for name, tier in scenario.tiers.items()
    }
    return scenario.model_copy(update={"tiers": tiers})


def _with_intervals(goals: tuple[Goal, ...]) -> tuple[TierTarget, ...]:
    """Return targets as they are, and those that are judged over the run also in each interval."""
    targets = []
    for goal in goals:
        for period in (goal.over, "interval") if goal.over == "run" else (goal.over,):
            given: dict[str, Any] = {goal.measure: goal.bound, "over": period, "on": goal.on}
            given["within"] = goal.within
            targets.append(TierTarget.model_construct(None, **given))
    return tuple(targets)
