"""What a fit has found, before it becomes a scenario, a summary or a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callcenter.fit.arrivals import Profile, Unrest, WithinDay
from callcenter.fit.day_classes import DayClass
from callcenter.fit.days import Choice
from callcenter.fit.estimates import Estimate
from callcenter.fit.hours import Hours
from callcenter.fit.ivr import Ivr
from callcenter.fit.patience import Patience
from callcenter.fit.poisson import PoissonTest
from callcenter.fit.ranks import Ranks
from callcenter.fit.redial import Return
from callcenter.fit.staffing.breaks import Breaks
from callcenter.fit.staffing.levels import Levels
from callcenter.fit.survival import Hazard
from callcenter.fit.talk import Level, Talk
from callcenter.fit.tiers import Shares
from callcenter.fit.wrap_up import WrapUp

if TYPE_CHECKING:
    from callcenter.fit.untold import Untold


@dataclass(frozen=True)
class TierFit:
    """What was found of one tier."""

    name: str
    calls_per_day: Estimate
    talk: Talk | None
    patience: Patience
    ivr: Ivr | None = None
    wrap_up: WrapUp | None = None
    is_talk_pooled: bool = False
    handle_s: Estimate | None = None
    """Mean talk and wrap-up, where records hold only that."""


@dataclass(frozen=True)
class TalkByTime:
    """How talk differs by time: factors over the mean of each tier."""

    by_hour: tuple[Level, ...] = ()
    by_month: tuple[Level, ...] = ()
    day: Estimate | None = None
    """Coefficient of variation of the day factor."""
    per_interval: tuple[float, ...] = ()
    """Factor of each interval; () where hours do not differ enough to matter."""


@dataclass(frozen=True)
class Fitted:
    """A model of a hotline, with how sure each part of it is."""

    days: tuple[str, ...]
    choice: Choice
    calls: int
    hours: Hours
    profile: Profile
    tiers: tuple[TierFit, ...]
    serves: dict[str, tuple[str, ...]]
    """Pool -> tiers that it takes, in the order in which a caller is offered to pools."""
    levels: Levels
    """Agents there."""
    unrest: Unrest
    day_cv: Estimate
    """Of the calls of days, whatever makes them differ."""
    within: WithinDay | None
    weekdays: dict[int, Estimate] = field(default_factory=dict)
    weekdays_differ: float = 1.0
    classes: tuple[DayClass, ...] = ()
    """Holidays and days beside them, where a calendar names them."""
    talk_by_time: TalkByTime = field(default_factory=TalkByTime)
    shares: tuple[Shares, ...] = ()
    ranks: Ranks | None = None
    breaks: Breaks | None = None
    with_breaks: Levels | None = None
    """Agents there or on a break, where breaks are recorded: the scenario staffs them and simulates these."""
    returns: tuple[Return, ...] = ()
    busy: Levels | None = None
    """Agents with callers, where agents are named."""
    first_to_last: Levels | None = None
    """Agents between their first and last call of a day, away or not."""
    hazard: Hazard | None = None
    announcements: tuple[tuple[float, float], ...] = ()
    """Stretches of waiting in which more hang up than before and after."""
    load_p: float | None = None
    """p-value that patience is the same in quiet and in busy hours."""
    poisson: PoissonTest | None = None
    """Whether arrivals are Poisson, given the rate of their interval."""
    remarks: tuple[str, ...] = ()
    cannot_tell: tuple[Untold, ...] = ()

    @property
    def staffed(self) -> Levels:
        """The agents of the scenario."""
        return self.levels if self.with_breaks is None else self.with_breaks
