"""Fits that roll with the records: each judged day is known only by a fit of the days before it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Ints
from callcenter.fit import Fit
from callcenter.fit.asked import Asked
from callcenter.fit.fitting import as_asked
from callcenter.fit.hours import Hours
from callcenter.fit.result import FIGURES
from callcenter.fit.source import Source
from callcenter.language import gettext as _
from callcenter.replay.errors import ReplayError
from callcenter.replay.recorded import Log, Recorded
from callcenter.scenario import Scenario
from callcenter.scenario.errors import nearest

DAY, WEEK, MONTH = EVERY = ("day", "week", "month")
"""How often a fit is made anew."""
DAYS_OF = {DAY: 1, WEEK: 7, MONTH: 28}
"""The same for days without dates."""
FEWEST = 20
"""Days of a fit before any day is judged by it."""
BESIDE = 28
"""Recorded days before the judged ones, from which it is inferred with them who was there."""


class Refit(NamedTuple):
    """A fit, and the days that were judged by it."""

    judged: tuple[str, ...]
    fitted: tuple[str, ...]
    """The days that it was fitted to."""
    calls_per_day: float
    talk_s: float
    """Mean talk of all callers."""

    def plain(self) -> dict[str, Any]:
        """Return the fit ready for JSON."""
        return {
            "judged": list(self.judged),
            "fitted": {"days": len(self.fitted), "first": self.fitted[0], "last": self.fitted[-1]},
            "calls_per_day": self.calls_per_day,
            "talk_s": self.talk_s,
        }


class Rolled(NamedTuple):
    """How often a fit was made anew, and each of the fits."""

    every: str
    """`day`, `week` or `month`."""
    refits: tuple[Refit, ...]

    def plain(self) -> dict[str, Any]:
        """Return the fits ready for JSON."""
        fits = [refit.plain() for refit in self.refits]
        return {"every": self.every, "number": len(fits), "fits": fits}


class Turn(NamedTuple):
    """Some days beside the scenario that was fitted to the days before them."""

    refit: Refit
    scenario: Scenario
    recorded: Recorded


class Rolling(NamedTuple):
    """What is read, how it is fitted, and which days are judged by which fit."""

    source: Source
    log: Log
    asked: Asked
    hours: Hours
    name: str
    groups: tuple[tuple[int, ...], ...]
    """Days by number, those of a group judged by one fit."""
    every_weekday: bool
    """Days of weekdays that a fit has never seen are judged, too."""

    @property
    def number_of_days(self) -> int:
        """How many days may be judged: enough are recorded before them."""
        return sum(len(group) for group in self.groups if group[0] >= FEWEST)

    def turns(self) -> Iterator[Turn]:
        """Yield the groups of which enough days came before, each with its fit; raises FitError."""
        for group in self.groups:
            if group[0] < FEWEST:
                continue
            fitted = as_asked(
                self.source.before(self.log.calls.days[group[0]]), self.asked, self.name, self.hours
            )
            judged = self._of_its_weekdays(fitted, group)
            if len(fitted.model.days) >= FEWEST and judged:
                yield Turn(
                    _refit(fitted, [self.log.calls.days[day] for day in judged]),
                    fitted.scenario,
                    self._recorded(fitted.scenario, judged),
                )

    def _of_its_weekdays(self, fitted: Fit, group: Sequence[int]) -> list[int]:
        weekdays = self.log.calls.weekdays
        if self.every_weekday or weekdays[0] < 0:
            return list(group)
        known = {date.fromisoformat(name).weekday() for name in fitted.model.days}
        return [day for day in group if weekdays[day] in known]

    def _recorded(self, scenario: Scenario, judged: Sequence[int]) -> Recorded:
        """Return days as a scenario sees them; nothing after them says who was there."""
        first = max(judged[0] - BESIDE, 0)
        numbers = np.array([*range(first, judged[0]), *judged])
        return self.log.seen_by(scenario, numbers).on(range(judged[0] - first, len(numbers)))


def _refit(fitted: Fit, judged: Sequence[str]) -> Refit:
    model = fitted.model
    calls = sum(tier.calls_per_day.value for tier in model.tiers)
    talks = [
        (each.calls_per_day.value, each.talk.mean.value) for each in model.tiers if each.talk is not None
    ]
    weights, means = zip(*talks, strict=True)  # without any answered call there is no fit
    return Refit(tuple(judged), model.days, calls, float(np.average(means, weights=weights)))


def rolling(scenario: Scenario, source: Source, log: Log, every: str, days: Ints, is_all: bool) -> Rolling:
    """Return how the days of a log are judged by fits of the days before; raises ReplayError.

    `is_all` where no weekdays were asked for: then each fit judges days of the weekdays that it has seen.
    """
    if every not in EVERY:
        text = _("--rolling {name}: write how often to fit anew: {known}; {remedy}")
        remedy = nearest(every, EVERY, _("known names"))
        raise ReplayError(text.format(name=every, known=", ".join(EVERY), remedy=remedy))
    asked = asked_of(scenario)
    if days[-1] < FEWEST:
        text = _("--rolling: a fit takes {fewest} days, and before {day} only {days} are recorded")
        raise ReplayError(text.format(fewest=FEWEST, day=log.calls.days[days[-1]], days=int(days[-1])))
    hours = Hours(scenario.day.open, scenario.day.close, scenario.day.interval)
    keys = _keys(log, every)
    grouped = itertools.groupby(days.tolist(), key=lambda day: keys[day])
    groups = tuple(tuple(own) for _key, own in grouped)
    return Rolling(source, log, asked._replace(last=None), hours, scenario.name, groups, not is_all)


def _keys(log: Log, every: str) -> list[Any]:
    """Return for each day of a log what days that are judged by one fit have in common."""
    names = log.calls.days
    if log.calls.weekdays[0] < 0:
        return [number // DAYS_OF[every] for number in range(len(names))]
    if every == DAY:
        return list(names)
    if every == MONTH:
        return [name[:7] for name in names]
    return [date.fromisoformat(name).isocalendar()[:2] for name in names]


def asked_of(scenario: Scenario) -> Asked:
    """Return how `fit` was asked for the scenario, by the file that it wrote beside it; or ReplayError."""
    file = Path(scenario.source).with_name(FIGURES) if scenario.source else None
    try:
        if file is not None:
            return Asked.of(json.loads(file.read_text(encoding="utf-8"))["asked"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    text = _(
        "--rolling fits anew as the scenario was fitted, and there is no {file} beside it that says how; "
        "make both with `callcenter fit RECORDS --out DIR`, and name DIR/scenario.yaml"
    )
    raise ReplayError(text.format(file=FIGURES))
