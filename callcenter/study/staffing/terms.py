"""Agents called in on the day: on what terms they may be, by what rule they are, and what that is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from pydantic_core import PydanticCustomError

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.scenario import Scenario
from callcenter.scenario.values import clock
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.trials import Levels

_CLOCK = r"(\d{1,2}:\d{2})"
_TERMS = re.compile(
    rf"\s*(\S.*?)\s+at\s+{_CLOCK}\s+from\s+{_CLOCK}\s+to\s+{_CLOCK}(?:\s+for\s+(\d{{1,4}}(?:\.\d+)?)\s*%)?\s*"
)


class Terms(NamedTuple):
    """On what terms agents may be called in; times in seconds since 00:00."""

    pool: str
    at: float
    """When it is decided."""
    start: float
    end: float
    price: float
    """Of an hour, as a multiple of one that is planned."""


class Rule(NamedTuple):
    """When agents are called in, and how many."""

    agents: int
    above: float
    """Calls so far over those expected by then, above which they are."""


class Flexible(NamedTuple):
    """Agents planned and called in that meet every target together, beside those who do it without."""

    terms: Terms
    rule: Rule
    need: Scenario
    """With the agents planned."""
    called_in: Scenario
    """The same on a day on which agents are called in."""
    share: float
    """Of the fresh days, on which agents are called in."""
    hours: float
    """Agent-hours planned a day."""
    hours_called_in: float
    """Agent-hours called in a day, on average."""
    cost: float
    """Of both a day, weighted by cost per hour, 1 where not priced."""
    fixed_cost: float
    """Of a day of the fewest agents without anybody called in."""
    is_met: bool
    """As `Certainty.is_met`."""
    looks: int
    """How often such a staffing was judged on fresh days, each time on others."""
    fresh: Summary
    """The verdict of these days."""
    days: int
    """How many they are."""

    @property
    def saved(self) -> float:
        """What it saves a day to be able to call agents in; below 0 it saves nothing."""
        return self.fixed_cost - self.cost

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        terms = self.terms
        return {
            "pool": terms.pool,
            "at": clock_text(terms.at),
            "from": clock_text(terms.start),
            "to": clock_text(terms.end),
            "price": terms.price,
            "agents": self.rule.agents,
            "above": self.rule.above,
            "share_of_days": self.share,
            "planned": {name: list(self.need.rostered(name)) for name in self.need.pools},
            "hours": self.hours,
            "hours_called_in": self.hours_called_in,
            "cost": self.cost,
            "fixed_cost": self.fixed_cost,
            "saved": self.saved,
            "is_met": self.is_met,
            "looks": self.looks,
            "fresh_replications": self.days,
            "targets": self.fresh["targets"],
        }


def terms_of(text: str, scenario: Scenario, searched: Sequence[str]) -> Terms:
    """Read ``desk at 11:00 from 12:00 to 18:00 for 150%``; StaffingError if it cannot be, or not here."""
    match = _TERMS.fullmatch(text)
    if match is None:
        raise StaffingError(
            _("call-in `{text}`: write for example desk at 11:00 from 12:00 to 18:00 for 150%").format(
                text=text
            )
        )
    pool, at, start, end, price = match.groups()
    try:
        times = clock(at), clock(start), clock(end)
    except PydanticCustomError as error:
        raise StaffingError(_("call-in `{text}`: {wrong}").format(text=text, wrong=error.message())) from None
    terms = Terms(pool, *times, float(price or 100) / 100)
    wrong = _wrong(terms, scenario, searched)
    if wrong:
        raise StaffingError(_("call-in `{text}`: {wrong}").format(text=text, wrong=wrong))
    return terms


def more_agents(terms: Terms, scenario: Scenario, agents: int) -> Levels:
    """Return the agents called in, shape (pools, intervals)."""
    day = scenario.day
    more = np.zeros((len(scenario.pools), day.intervals), np.int64)
    first, last = (round((each - day.open) / day.interval) for each in (terms.start, terms.end))
    more[list(scenario.pools).index(terms.pool), first:last] = agents
    return more


def _wrong(terms: Terms, scenario: Scenario, searched: Sequence[str]) -> str:
    day = scenario.day
    if terms.pool not in searched:
        return _("the pools to be staffed are {names}").format(names=_(", ").join(searched))
    if scenario.run_days != 1:
        return _("agents are called in day by day; write a scenario of one day without warm_up and cool_down")
    if scenario.demand.recording is not None:
        return _("recorded days have no forecast to hold them against; write calls in place of replay")
    if not day.open < terms.at <= terms.start < terms.end <= day.close:
        return _("the decision comes after the hotline opens, then they come, and go before it closes")
    if any((each - day.open) % day.interval for each in (terms.at, terms.start, terms.end)):
        return _("write times at which intervals of the day begin")
    return ""
