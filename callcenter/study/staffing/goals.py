"""What a staffing must keep: the targets, judged as asked for, and the callbacks that are owed."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.staffing.callbacks import MOST_LEFT
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.trials import Counts

ROUNDING = 1e-6
"""Calls by which a margin may be negative, since a share such as 0.85 is no exact number."""


class Meet(NamedTuple):
    """How targets are judged."""

    days: float | None = None
    """Share of days that must meet each target; None: the mean over all days must."""
    every_interval: bool = False
    """Whether each target must also be met in each interval of the day, on average."""


class Goals(NamedTuple):
    """Requirements of a staffing; a margin is what is above a requirement, in calls per replication."""

    tiers: tuple[int, ...]
    """Positions of the tiers with a target."""
    shares: tuple[float, ...]
    meet: Meet
    days: int
    """Days per replication."""
    names: tuple[str, ...]

    def margins(self, counts: Counts) -> Floats:
        """Return the margin of each requirement, of one staffing."""
        within, asked = self._columns(counts)
        parts = [self._daily(within, asked)]
        if self.meet.every_interval:
            parts.append(
                self._above(self._by_interval(within), self._by_interval(asked)).mean(axis=0).ravel()
            )
        late, owed = counts.jobs[..., 0], counts.jobs[..., 1]
        return np.concatenate([*parts, [float((MOST_LEFT * owed - late).mean())]])

    def rises(self, counts: Counts) -> Floats:
        """Return what differences of margins are estimated by: mean margins, (replications, requirements).

        Beside `margins` in every case but one: a share of days is no mean of replications, so its gradient
        is that of the mean.
        """
        within, asked = self._columns(counts)
        parts = [self._above(within.sum(axis=-1), asked.sum(axis=-1))]
        if self.meet.every_interval:
            by_interval = self._above(self._by_interval(within), self._by_interval(asked))
            parts.append(by_interval.reshape(len(by_interval), -1))
        jobs = MOST_LEFT * counts.jobs[..., 1] - counts.jobs[..., 0]
        return np.concatenate([*parts, jobs[:, None]], axis=1)

    def are_met(self, counts: Counts) -> bool:
        """Whether a staffing keeps every requirement."""
        return bool((self.margins(counts) >= -ROUNDING).all())

    def _columns(self, counts: Counts) -> tuple[Any, Any]:
        return counts.within[:, list(self.tiers)], counts.asked[:, list(self.tiers)]

    def _allowed(self, days: int) -> int:
        return days - math.ceil((self.meet.days or 0.0) * days - 1e-9)

    def _by_day(self, within: Any, asked: Any) -> Any:
        """Return calls above the target, shape (tiers, days of all replications)."""
        by_day = (len(within), len(self.tiers), self.days, -1)
        above = self._above(within.reshape(by_day).sum(axis=-1), asked.reshape(by_day).sum(axis=-1))
        return above.swapaxes(0, 1).reshape(len(self.tiers), -1)

    def _daily(self, within: Any, asked: Any) -> Floats:
        if self.meet.days is None:
            return _floats(self._above(within.sum(axis=-1), asked.sum(axis=-1)).mean(axis=0))
        every = np.sort(self._by_day(within, asked), axis=1)
        return _floats(every[:, min(self._allowed(every.shape[1]), every.shape[1] - 1)])

    def _above(self, within: Any, asked: Any) -> Any:
        shares = np.array(self.shares).reshape(-1, *[1] * (within.ndim - 2))
        return within - shares * asked

    def _by_interval(self, column: Any) -> Any:
        shape = (*column.shape[:2], self.days, column.shape[2] // self.days)
        return column.reshape(shape).sum(axis=2)


def goals_of(scenario: Scenario, meet: Meet) -> Goals:
    """Return the goals of a scenario; StaffingError if it has no target."""
    targets = [
        (place, name, tier.target)
        for place, (name, tier) in enumerate(scenario.tiers.items())
        if tier.target is not None
    ]
    if not targets:
        raise StaffingError(
            _("{name}: no tier has a target, so any staffing will do; give a `target`").format(
                name=scenario.name
            )
        )
    return Goals(
        tiers=tuple(place for place, _, _ in targets),
        shares=tuple(target.share for _, _, target in targets),
        meet=meet,
        days=scenario.days,
        names=tuple(name for _, name, _ in targets),
    )


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


def _floats(values: Any) -> Floats:
    return np.asarray(values, np.float64)
