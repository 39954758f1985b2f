"""Options of the day: what might be changed from a moment on, as planners write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.engine import FloorPlan, floor_plan
from callcenter.intraday.errors import IntradayError
from callcenter.language import gettext as _
from callcenter.scenario import Scenario

_AGENTS = re.compile(r"pools\.(.+)\.agents")
_MORE = re.compile(r"\s*([+-]\s*\d+)\s*")
_SINCE = re.compile(r"\s+from\s+(\d{1,2}:\d{2})(?:\s+to\s+(\d{1,2}:\d{2}))?\s*$")


class Option(NamedTuple):
    """What is changed, and from when to when; seconds since 00:00."""

    name: str
    scenario: Scenario
    """With all changes but agents more or fewer."""
    more: Mapping[int, Floats]
    """By pool: agents more or fewer; one figure, or one for each interval of the day."""
    since: float
    until: float

    others: Mapping[str, str]
    """Changes of more than the agents on the phones, by path."""
    text: str


def option_of(text: str, scenario: Scenario, now: float) -> Option:
    """Read ``NAME: PATH=VALUE; PATH=VALUE from 15:00 to 18:00``; IntradayError if it cannot be read.

    ``pools.desk.agents=+2`` adds to those who are there; every other value is one of `--set`.
    """
    name, colon, body = text.partition(":")
    if not colon or "=" in name:
        name, body = text, text
    since, until, span = now, np.inf, _SINCE.search(body)
    if span:
        body = body[: span.start()]
        since = max(_clock(span[1]), now)
        until = _clock(span[2]) if span[2] else np.inf
    more: dict[int, Floats] = {}
    others: dict[str, str] = {}
    for change in filter(None, (part.strip() for part in body.split(";"))):
        path, equals, value = (part.strip() for part in change.partition("="))
        if not equals or not value:
            message = _(
                "option `{text}`: write NAME: PATH=VALUE, such as overtime: pools.desk.agents=+2 from 15:00"
            )
            raise IntradayError(message.format(text=text))
        pool, amount = _AGENTS.fullmatch(path), _MORE.fullmatch(value)
        if pool and amount:
            more[_pool(scenario, pool[1])] = np.full(1, float(amount[1].replace(" ", "")))
        else:
            others[path] = value
    changed = scenario.with_(others) if others else scenario
    if list(changed.pools) != list(scenario.pools) or list(changed.tiers) != list(scenario.tiers):
        raise IntradayError(_("option `{text}`: an option cannot add pools or tiers").format(text=text))
    if others and np.isfinite(until):
        raise IntradayError(_("option `{text}`: only agents more or fewer can end again").format(text=text))
    return Option(
        name.strip(),
        changed,
        more,
        since,
        until,
        others,
        (text if name == text else text.partition(":")[2]).strip(),
    )


def _clock(text: str) -> float:
    hours, minutes = text.split(":")
    return int(hours) * 3600.0 + int(minutes) * 60.0


def _pool(scenario: Scenario, name: str) -> int:
    if name not in scenario.pools:
        text = _("there is no pool {name}; known: {names}")
        raise IntradayError(text.format(name=name, names=_(", ").join(scenario.pools)))
    return list(scenario.pools).index(name)


def plan_of(
    base: FloorPlan, option: Option, day: tuple[float, float], seed: int, replication: int
) -> FloorPlan:
    """Return the plan of an option: agents as in the base up to its beginning, then its own.

    ``day`` is when the day opens and how long an interval is.
    """
    own = floor_plan(option.scenario, seed, replication) if option.others else base
    steps = [option.since, option.until]
    for added in option.more.values():
        if added.size > 1:
            steps += [day[0] + day[1] * number for number in range(added.size)]
    inside = [step for step in steps if base.days.change_at[0] < step < base.days.change_at[-1]]
    at = np.unique(np.concatenate([base.days.change_at, own.days.change_at, inside]))
    known = [np.searchsorted(plan.days.change_at, at, side="right") - 1 for plan in (base, own)]
    is_new = at >= option.since
    levels, rostered = (
        np.where(is_new[:, None], getattr(own.days, name)[known[1]], getattr(base.days, name)[known[0]])
        for name in ("levels", "rostered")
    )
    acts = is_new & (at < option.until)
    closed = (levels == 0).all(axis=1) & (rostered == 0).all(axis=1) & (at >= base.days.open_end[-1])
    for pool, added in option.more.items():
        cell = np.clip((at - day[0]) // day[1], 0, added.size - 1).astype(np.int64)
        extra = np.where(acts & ~closed, added[cell], 0.0)
        levels[:, pool] = np.maximum(levels[:, pool] + extra, 0).astype(levels.dtype)
        rostered[:, pool] = np.maximum(rostered[:, pool] + extra, 0)
    old = base.days.change_at
    days = own.days._replace(
        change_at=at,
        levels=levels,
        rostered=rostered,
        opens=np.isin(at, old[base.days.opens]),
        closes=np.isin(at, old[base.days.closes]),
    )
    return own._replace(days=days)


def none_of(scenario: Scenario, now: float, more: Mapping[int, Any] | None = None, name: str = "") -> Option:
    """Return what goes on as planned, perhaps with more agents by interval."""
    return Option(name, scenario, more or {}, now, np.inf, {}, name)
