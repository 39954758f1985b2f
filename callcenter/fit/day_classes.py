"""Holidays and the days beside them: days of a class of their own, where their calls say so.

Calls of a day are quasi-Poisson with a mean of its weekday times that of its class.  A class that the F test
does not tell apart is merged with the ordinary days.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from scipy import special, stats

from callcenter.arrays import Floats, Ints
from callcenter.fit.days import Choice, Rule, choose, weekdays_asked
from callcenter.fit.diary import Diary
from callcenter.fit.estimates import LEVEL, Estimate
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.special_days.calendar import Calendar

HOLIDAY, BEFORE, AFTER, BESIDE = "holiday", "before", "after", "beside"
NAMES = {
    HOLIDAY: noted("holidays"),
    BEFORE: noted("days before a holiday"),
    AFTER: noted("days after a holiday"),
    BESIDE: noted("days before or after a holiday"),
}
FEWEST = 3
"""Days that make a class."""
APART = 0.05
"""p-value below which a class is one of its own."""
_LONGEST_STEP = 4
"""Days from an open day to the next, beyond which neither is beside the other."""
_ROUNDS = 50


class DayClass(NamedTuple):
    """Days with something in common, and their calls over those of ordinary days."""

    kind: str
    days: tuple[str, ...]
    factor: Estimate | None
    """None where the days are too few."""
    p: float
    """That the calls of ordinary days make such a difference by chance."""

    @property
    def is_apart(self) -> bool:
        """Whether the days are not fitted with the ordinary ones."""
        return self.factor is not None and self.p < APART

    def plain(self) -> dict[str, Any]:
        """Return the class ready for JSON."""
        factor = None if self.factor is None else self.factor.plain()
        return {"days": list(self.days), "factor": factor, "p": self.p, "is_apart": self.is_apart}

    def text(self) -> str:
        """Return the class in words."""
        name = _(NAMES[self.kind])
        if self.factor is None:
            text = _("Of {name} the records have too few ({days}): they are fitted as any other day.")
            return text.format(name=name, days=len(self.days))
        own, together = (
            _("a class of their own, left out of the fit"),
            _("not told apart, fitted with the others"),
        )
        text = _(
            "Calls on {name} are {value:.2f} times those of ordinary days ({low:.2f} to {high:.2f}, "
            "{days} days, p = {p:.2g}): {what}."
        )
        ends = {"value": self.factor.value, "low": self.factor.low, "high": self.factor.high}
        what = own if self.is_apart else together
        return text.format(name=name, **ends, days=len(self.days), p=self.p, what=what)


def chosen(diary: Diary, rule: Rule, calendar: Calendar | None) -> tuple[Choice, tuple[DayClass, ...]]:
    """Return the days that are fitted, and the classes of the others; without a calendar there are none."""
    if calendar is None:
        return choose(diary, rule), ()
    kinds = _kinds(diary, calendar, weekdays_asked(diary, rule))
    within = {day: kind for day, kind in kinds.items() if _is_asked(day, rule)}
    ordinary = choose(diary, rule, dict.fromkeys(kinds, "")).used
    classes = _classes(diary, ordinary, within)
    apart = {day: _(NAMES[each.kind]) for each in classes if each.is_apart for day in each.days}
    return choose(diary, rule, apart), classes


def _is_asked(day: str, rule: Rule) -> bool:
    is_inside = (rule.first or day) <= day <= (rule.last or day)
    return is_inside and day not in rule.left_out


def _kinds(diary: Diary, calendar: Calendar, weekdays: frozenset[int]) -> dict[str, str]:
    """Return the days that are holidays or stand beside one, as far as their weekdays are asked for."""
    kinds = {}
    for name, weekday in zip(diary.days, diary.weekdays.tolist(), strict=True):
        if weekday not in weekdays:
            continue
        day = date.fromisoformat(name)
        if calendar.kind_of(day) == "holiday":
            kinds[name] = HOLIDAY
        elif _is_beside(day, 1, calendar, weekdays):
            kinds[name] = BEFORE
        elif _is_beside(day, -1, calendar, weekdays):
            kinds[name] = AFTER
    return kinds


def _is_beside(day: date, step: int, calendar: Calendar, weekdays: frozenset[int]) -> bool:
    """Whether the next open day in a direction is a holiday, or a holiday lies between."""
    for number in range(1, _LONGEST_STEP + 1):
        other = day + timedelta(days=step * number)
        if calendar.kind_of(other) == "holiday":
            return True
        if other.weekday() in weekdays:
            return False
    return False


def _classes(diary: Diary, ordinary: Sequence[int], kinds: Mapping[str, str]) -> tuple[DayClass, ...]:
    places = {name: place for place, name in enumerate(diary.days)}
    known = set(diary.weekdays[list(ordinary)].tolist())
    of_kind = {
        kind: [
            places[day] for day, own in kinds.items() if own == kind and diary.weekdays[places[day]] in known
        ]
        for kind in (HOLIDAY, BEFORE, AFTER)
    }
    before, after = of_kind[BEFORE], of_kind[AFTER]
    if before and after and _are_alike(diary, ordinary, before, after):
        of_kind = {HOLIDAY: of_kind[HOLIDAY], BESIDE: sorted(before + after)}
    return tuple(_class(diary, kind, own, ordinary) for kind, own in of_kind.items() if own)


def _are_alike(diary: Diary, ordinary: Sequence[int], before: list[int], after: list[int]) -> bool:
    """Whether days before and after holidays are too few, or not told apart, and make one class."""
    if min(len(before), len(after)) < FEWEST:
        return True
    days = np.array([*ordinary, *before, *after])
    of_class = np.repeat([0, 1, 2], [len(ordinary), len(before), len(after)])
    return _p_value(diary, days, np.minimum(of_class, 1), of_class) >= APART


def _class(diary: Diary, kind: str, own: list[int], ordinary: Sequence[int]) -> DayClass:
    names = tuple(diary.days[day] for day in own)
    days = np.array([*ordinary, *own])
    of_class = np.repeat([0, 1], [len(ordinary), len(own)])
    weekdays = np.unique(diary.weekdays[days], return_inverse=True)[1]
    freedom = len(days) - int(weekdays.max()) - 2
    if len(own) < FEWEST or freedom < FEWEST:
        return DayClass(kind, names, None, 1.0)
    calls = diary.calls[days]
    mean = _means(calls, weekdays, of_class)
    factor = _factor(calls, mean, weekdays, of_class, freedom)
    return DayClass(kind, names, factor, _p_value(diary, days, np.zeros_like(of_class), of_class))


def _means(calls: Floats, weekdays: Ints, of_class: Ints) -> Floats:
    """Return means of weekday times class, the likeliest: they have the calls of each weekday and class."""
    mean = np.ones(len(calls))
    for _round in range(_ROUNDS):
        for group in (weekdays, of_class):
            mean = mean * (np.bincount(group, calls) / np.maximum(np.bincount(group, mean), 1e-9))[group]
    return mean


def _p_value(diary: Diary, days: Ints, fewer: Ints, more: Ints) -> float:
    """Return the p-value of the F test that classes of days are no more than some of them merged."""
    calls = diary.calls[days]
    weekdays = np.unique(diary.weekdays[days], return_inverse=True)[1]
    small, large = (_means(calls, weekdays, classes) for classes in (fewer, more))
    freedom = len(days) - int(weekdays.max()) - int(more.max()) - 1
    dispersion = float(((calls - large) ** 2 / large).sum()) / freedom
    gained = 2 * float((special.xlogy(calls, large) - special.xlogy(calls, small)).sum())
    added = int(more.max()) - int(fewer.max())
    return float(stats.f.sf(max(gained, 0.0) / added / dispersion, added, freedom)) if dispersion else 1.0


def _factor(calls: Floats, mean: Floats, weekdays: Ints, of_class: Ints, freedom: int) -> Estimate:
    """Return the mean of a class over that of ordinary days of the same weekdays.

    The factors of days scatter alike in both, beside chance; each weekday says how two means compare.
    """
    own = of_class == 1
    ordinary = np.bincount(weekdays[~own], mean[~own]) / np.bincount(weekdays[~own])
    value = float((mean[own] / ordinary[weekdays[own]]).mean())
    variance = float(((calls[~own] / mean[~own] - 1) ** 2).sum()) / freedom
    beyond = max(variance - float((1 / mean[~own]).mean()), 0.0)
    sure = (
        np.bincount(weekdays, of_class / (beyond + 1 / mean)),
        np.bincount(weekdays, (1 - of_class) / variance),
    )
    error = float((sure[0] * sure[1] / (sure[0] + sure[1])).sum()) ** -0.5
    reach = math.exp(float(stats.t.ppf(0.5 + LEVEL / 2, freedom)) * error)
    method = noted("quasi-Poisson, given the weekday")
    return Estimate(value, value / reach, value * reach, int(own.sum()), method)
