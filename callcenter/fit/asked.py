"""How a fit was asked for: written beside the scenario, so that it can be done again on other days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from callcenter.fit.like import Base
from callcenter.scenario.marks import Tree
from callcenter.special_days.calendar import Calendar


class Asked(NamedTuple):
    """The options of a fit."""

    days: str | None = None
    first: str | None = None
    last: str | None = None
    interval: str = "30 min"
    patience: str | None = None
    base: Base | None = None
    calendar: Calendar | None = None

    def plain(self) -> dict[str, Any]:
        """Return the options ready for JSON, the base with all that it says."""
        like = None if self.base is None else {"name": self.base.name, "says": _plain(self.base.tree.data)}
        return {
            "days": self.days,
            "from": self.first,
            "to": self.last,
            "interval": self.interval,
            "patience": self.patience,
            "like": like,
            "calendar": None if self.calendar is None else _dated(self.calendar),
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Asked:
        """Return the options that `plain` wrote; KeyError or TypeError where it is something else."""
        like = plain["like"]
        base = None if like is None else Base(Tree(dict(like["says"])), str(like["name"]))
        special = plain["calendar"]
        calendar = (
            None
            if special is None
            else Calendar(*(_dates(special[kind]) for kind in ("holidays", "workdays")))
        )
        days, first, last, patience = (_text(plain[key]) for key in ("days", "from", "to", "patience"))
        return cls(days, first, last, str(plain["interval"]), patience, base, calendar)


def _dated(calendar: Calendar) -> dict[str, dict[str, str]]:
    kinds = {"holidays": calendar.holidays, "workdays": calendar.workdays}
    return {
        kind: {day.isoformat(): name for day, name in sorted(days.items())} for kind, days in kinds.items()
    }


def _dates(days: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): name for day, name in days.items()}


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(value)


def _plain(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))
