"""What must fit together across a scenario, judged on the data as written so that one slip hides no other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, shown, wrong
from callcenter.scenario.part import Context, Fault
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.transfers import is_nothing, reached, transfer_faults
from callcenter.scenario.values import seconds, whole
from callcenter.totals import ALL

MOST_DAYS = 366

_NAME = re.compile(r"\w[\w -]{0,59}")

days_of = whole(1, MOST_DAYS)


def context_of(data: Mapping[str, Any]) -> Context:
    """Return what single values must fit, as far as the data says."""
    tiers = data.get("tiers")
    names = tuple(tiers) if isinstance(tiers, dict) else None
    day, days = day_of(data.get("day")), _days(data)
    cool_down = _seconds(data.get("cool_down", 0)) or 0.0
    run_days = None if days is None else days + math.ceil(cool_down / SECONDS_PER_DAY)
    return Context(
        day.intervals if day else None,
        days,
        names,
        day.date if day else None,
        run_days if (run_days or 0) <= MOST_DAYS else None,
    )


def day_of(day: object) -> Day | None:
    """Return the day that a scenario states, None if that is wrong."""
    try:
        return Day.model_validate(day, context=Context())
    except ValidationError:
        return None


def _days(data: Mapping[str, Any]) -> int | None:
    try:
        return days_of(data.get("days", 1))
    except PydanticCustomError:
        return None


def incoherent(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults between sections of a scenario."""
    yield from _names(data, "tiers")
    yield from _names(data, "pools")
    yield from transfer_faults(data.get("tiers"))
    yield from _unserved(data)
    yield from _never_counted(data)
    yield from _too_long(data)


def _names(data: Mapping[str, Any], section: str) -> Iterator[Fault]:
    names = data.get(section)
    if not isinstance(names, dict):
        return
    for name in names:
        if name == ALL and section == "tiers" and len(names) > 1:
            yield (section, name), fault(_("`all` is the name of the total; choose another name"), "key")
        elif not _NAME.fullmatch(name):
            message = _("is no usable name, given {given}; use letters, digits, spaces, `_` and `-`").format(
                given=shown(name)
            )
            yield (section, name), fault(message, "key")


def _unserved(data: Mapping[str, Any]) -> Iterator[Fault]:
    served = _served(data.get("pools"))
    tiers = data.get("tiers")
    if served is None or not isinstance(tiers, dict):
        return
    calling = [name for name in tiers if _calls(data.get("demand"), name)]
    for name, sender in reached(tiers, calling).items():
        if name not in served:
            message = _("no pool serves `{name}`; add it to the `serves` of a pool")
            if sender:
                message = _(
                    "no pool serves `{name}`, to which `{sender}` is transferred; "
                    "add it to the `serves` of a pool"
                )
            yield ("tiers", name), fault(message.format(name=name, sender=sender), "key")


def _served(pools: object) -> set[str] | None:
    """Return the tiers that some pool serves, None if that cannot be known."""
    if not isinstance(pools, dict) or not pools:
        return None
    served: set[str] = set()
    for pool in pools.values():
        serves = pool.get("serves") if isinstance(pool, dict) else None
        if not isinstance(serves, dict | list):
            return None
        served.update(map(str, serves))
    return served


def _calls(demand: object, tier: str) -> bool:
    if not isinstance(demand, dict):
        return False
    for key in ("tiers", "mix"):
        if isinstance(demand.get(key), dict):
            return tier in demand[key] and not is_nothing(demand[key][tier])
    return "calls" in demand


def _never_counted(data: Mapping[str, Any]) -> Iterator[Fault]:
    day, days = day_of(data.get("day")), _days(data)
    warm_up = _seconds(data.get("warm_up", 0))
    if day is None or days is None or warm_up is None:
        return
    run = (days - 1) * SECONDS_PER_DAY + day.length
    if warm_up >= run:
        what = _("must be shorter than the run of {run:g} h, so that some calls count").format(run=run / 3600)
        yield ("warm_up",), wrong(what, data["warm_up"], _("write less, or more `days`"))


def _too_long(data: Mapping[str, Any]) -> Iterator[Fault]:
    days, cool_down = _days(data), _seconds(data.get("cool_down", 0))
    if days is not None and cool_down is not None and days + cool_down / SECONDS_PER_DAY > MOST_DAYS:
        what = _("leads to a run of more than {most} days").format(most=MOST_DAYS)
        yield ("cool_down",), wrong(what, data["cool_down"], _("write for example 24 h"))


def _seconds(value: object) -> float | None:
    try:
        return seconds(value)
    except PydanticCustomError:
        return None
