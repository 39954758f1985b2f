"""The minimum: how many agents of a pool are there in every interval, whatever the targets take."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from callcenter.language import gettext as _
from callcenter.scenario import Scenario
from callcenter.study.staffing.errors import StaffingError
from callcenter.study.staffing.trials import Levels

MOST = 10_000
"""Agents that may be asked for: a slip of the hand is refused rather than simulated for hours."""

AtLeast = int | Mapping[str, int]
"""Agents of every pool that is searched for, or by pool."""


def minimum_of(at_least: AtLeast, scenario: Scenario, fixed: Collection[str] = ()) -> dict[str, int]:
    """Return the least agents by pool, those with none left out; StaffingError for what cannot be asked."""
    searched = [name for name in scenario.pools if name not in fixed]
    by_pool = at_least if isinstance(at_least, Mapping) else dict.fromkeys(searched, at_least)
    for name, agents in by_pool.items():
        if name not in scenario.pools:
            raise StaffingError(
                _("at least: there is no pool {name}; the pools are {names}").format(
                    name=name, names=_(", ").join(scenario.pools)
                )
            )
        if name in fixed:
            raise StaffingError(
                _(
                    "at least: {name} keeps the agents of the scenario; the pools to be staffed are {names}"
                ).format(name=name, names=_(", ").join(searched))
            )
        if not _is_number(agents):
            raise StaffingError(_wrong(agents))
    return {name: by_pool[name] for name in searched if by_pool.get(name)}


def least_of(minimum: Mapping[str, int], scenario: Scenario) -> Levels:
    """Return the least agents by interval, shape (pools, intervals)."""
    agents = np.array([minimum.get(name, 0) for name in scenario.pools], np.int64)
    return np.repeat(agents[:, None], scenario.day.intervals, axis=1)


def minimum_from(texts: Sequence[str], searched: Sequence[str]) -> dict[str, int]:
    """Read `2` for every pool searched and `desk=1` for one, which goes before; StaffingError for others."""
    by_pool: dict[str, int] = {}
    for text in sorted(texts, key=lambda text: "=" in text):
        pool, _equals, number = text.rpartition("=")
        if not number.strip().removeprefix("-").isdecimal():
            raise StaffingError(_wrong(text))
        by_pool |= dict.fromkeys([pool.strip()] if pool else searched, int(number))
    return by_pool


def _is_number(agents: object) -> bool:
    return isinstance(agents, int) and not isinstance(agents, bool) and 0 <= agents <= MOST


def _wrong(agents: object) -> str:
    return _(
        "at least: cannot ask for `{agents}`; write a whole number from 0 to {most:,}, or desk=1"
    ).format(agents=agents, most=MOST)
