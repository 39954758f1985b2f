"""The scenario of a replay: one day, follow-up calls as records allow, and what `--with` asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from callcenter.demand.drawing import any_follow
from callcenter.language import gettext as _
from callcenter.replay.errors import ReplayError
from callcenter.scenario import Scenario, load

FOLLOW_UPS = ("redial", "repeat", "transfer")

_MORE = re.compile(r"\s*([+-]\s*\d+(?:\.\d+)?)\s*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_AGENTS = re.compile(r"pools\.(.+)\.agents")


class Asked(NamedTuple):
    """What another staffing or another scenario would have been."""

    scenario: Scenario
    more: dict[str, float]
    """Agents of a pool more or fewer, all day, whoever was there."""
    replaced: tuple[str, ...]
    """Pools whose agents are stated anew, so that recorded levels say nothing of them."""


def asked(scenario: Scenario, changes: Mapping[str, Any] | None) -> Asked:
    """Return the scenario with changes; `pools.NAME.agents: +2` is added to whoever was there."""
    more, others, replaced = {}, {}, []
    for path, value in (changes or {}).items():
        pool, amount = _AGENTS.fullmatch(path), _MORE.fullmatch(str(value))
        if pool and amount:
            more[_known(scenario, pool[1])] = float(amount[1].replace(" ", ""))
        else:
            others[path] = value
            replaced += [pool[1]] if pool else []
    return Asked(scenario.with_(others) if others else scenario, more, tuple(replaced))


def _known(scenario: Scenario, pool: str) -> str:
    if pool not in scenario.pools:
        text = _("--with pools.{name}.agents: there is no such pool; known: {names}")
        raise ReplayError(text.format(name=pool, names=", ".join(scenario.pools)))
    return pool


def one_day(scenario: Scenario, keeps_follow_ups: bool = True) -> Scenario:
    """Return the scenario of a single day, perhaps one in which no call is followed by another."""
    drops_follow_ups = not keeps_follow_ups and any_follow(scenario)
    is_single = scenario.days == scenario.run_days == 1 and scenario.demand.days is None
    if is_single and not drops_follow_ups:
        return scenario
    data = scenario.to_dict() | {"days": 1}
    data.pop("cool_down", None)
    data["demand"].pop("days", None)
    if scenario.warm_up >= scenario.day.close - scenario.day.open:
        data.pop("warm_up", None)
    for pool in data["pools"].values():
        if isinstance(pool.get("shifts"), list):
            pool["shifts"] = [_first_day(shift) for shift in pool["shifts"] if _works_first(shift)]
    for tier in data["tiers"].values() if drops_follow_ups else ():
        for key in FOLLOW_UPS:
            tier.pop(key, None)
    return load(data)


def on_date(scenario: Scenario, day: str) -> Scenario:
    """Return a scenario whose days have dates as that of a recorded day; as it is where either has none."""
    if scenario.day.date is None or scenario.day.date.isoformat() == day or not _DATE.fullmatch(day):
        return scenario
    return scenario.with_({"day.date": day})


def _works_first(shift: Mapping[str, Any]) -> bool:
    """Whether a shift is one of the first day; weekdays stay as they are, as the date decides."""
    days = shift.get("days", [1])
    return isinstance(days, str) or 1 in days


def _first_day(shift: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in shift.items() if key != "days" or isinstance(value, str)}
