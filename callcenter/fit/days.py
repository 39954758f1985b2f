"""Which days are fitted: weekdays that were asked for, without those that were out of the ordinary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

import numpy as np

from callcenter.fit.diary import Diary
from callcenter.fit.errors import FitError
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.records.days import CLOCK_CHANGE, GAP

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

WINDOW = 21
"""Days on either side whose median a day is measured by."""
ODD = 0.30
"""Largest logarithm of calls over that median."""
LATE_OPENING, EARLY_CLOSING = 36 * 60.0, 2 * 3600.0
"""How much later than usual the first answer may be, and how much earlier the last."""

FEWEST = 10

UNASKED = noted("weekday not asked for")
OUTSIDE = noted("before or after the dates asked for")
LEFT_OUT = noted("left out by name")
VOLUME = noted("calls far from the median of the days around")
HOURS = noted("opened late or closed early")
APART = noted("days of a class of their own")
OTHER_KIND = noted("weekday of another kind; fit it on its own")

_OF_RECORDS = {
    CLOCK_CHANGE: noted("clocks went forward or back"),
    GAP: noted("hours without a call, perhaps a system was down"),
}
"""Reasons for which records leave days out already."""


def reason_text(reason: str) -> str:
    """Return why days are left out, in words."""
    return _(_OF_RECORDS.get(reason, reason))


_DATE = re.compile(r"([+-]?)(\d{4}-\d{2}-\d{2})")
_STEP = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?")


@dataclass(frozen=True)
class Rule:
    """Which days: weekdays, dates kept or left out by name, and whether odd days are kept."""

    weekdays: frozenset[int] | None = None
    """None: those that are alike, around the usual number of calls."""
    kept: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    keeps_odd: bool = False
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Choice:
    """The days used, by number, and why the others are not."""

    used: tuple[int, ...]
    dropped: dict[str, dict[str, str]] = field(default_factory=dict)
    """Reason -> day -> what was seen."""

    def also(self, dropped: Mapping[str, Mapping[str, str]], rule: Rule) -> Choice:
        """Return the choice with days that had been left out before, as far as they were asked for."""
        together = {reason: dict(days) for reason, days in self.dropped.items()}
        for reason, days in dropped.items():
            for day, seen in days.items():
                why, text = _reason(day, _is_asked(day, rule), (reason, seen), rule) or (reason, seen)
                together.setdefault(why, {})[day] = text
        return Choice(self.used, together)

    @property
    def asked(self) -> Mapping[str, Mapping[str, str]]:
        """The days that were asked for and are out of the ordinary, by reason."""
        return {name: days for name, days in self.dropped.items() if name not in (UNASKED, OUTSIDE)}


def rule_of(text: str | None, first: str | None = None, last: str | None = None) -> Rule:
    """Return the rule that `--days` states, such as `sun-thu,-2026-10-01`; FitError if it states none."""
    weekdays: set[int] = set()
    named: dict[str, set[str]] = {"+": set(), "-": set(), "": set()}
    keeps_odd = False
    for word in re.split(r"[,\s]+", (text or "regular").lower().strip()):
        date, step = _DATE.fullmatch(word), _STEP.fullmatch(word)
        if word == "all":
            keeps_odd = True
        elif date:
            named[date[1]].add(date[2])
        elif step and word not in ("regular", "") and {step[1], step[2] or step[1]} <= set(WEEKDAYS):
            weekdays |= _between(step[1], step[2] or step[1])
        elif word not in ("regular", ""):
            raise FitError(
                _(
                    "--days {given}: `{word}` is no rule; write weekdays such as mon-fri or sun-thu, `all` "
                    "to keep odd days too, and dates with - to leave out or + to keep, such as "
                    "mon-fri,-2026-10-01"
                ).format(given=text, word=word)
            )
    asked = frozenset(weekdays) or (frozenset(range(7)) if keeps_odd else None)
    return Rule(asked, frozenset(named["+"] | named[""]), frozenset(named["-"]), keeps_odd, first, last)


def _between(first: str, last: str) -> set[int]:
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return {(start + step) % 7 for step in range((end - start) % 7 + 1)}


def weekdays_asked(diary: Diary, rule: Rule) -> frozenset[int]:
    """Return the weekdays that a rule names, or those that are alike."""
    return _alike(diary) if rule.weekdays is None else rule.weekdays


def choose(diary: Diary, rule: Rule, apart: Mapping[str, str] = MappingProxyType({})) -> Choice:
    """Return the days that a rule leaves; a day named with + is kept whatever it looks like.

    Days that stand `apart`, by name and with what they are, are left out, and tell nothing of others.  What
    is usual is told by all other days of the weekdays asked for, not by the dates asked for alone.
    """
    if (rule.first or rule.last) and (diary.weekdays < 0).all():
        raise FitError(_("the records have no dates; leave --from and --to out"))
    dropped: dict[str, dict[str, str]] = {}
    weekdays = weekdays_asked(diary, rule)
    asked = [day for day, weekday in enumerate(diary.weekdays) if weekday in weekdays or weekday < 0]
    among = [day for day in asked if diary.days[day] not in apart]
    odd: dict[int, tuple[str, str]] = {} if rule.keeps_odd else _odd(diary, among)
    odd |= {day: (APART, apart[diary.days[day]]) for day in asked if diary.days[day] in apart}
    used = []
    for day, name in enumerate(diary.days):
        reason = _reason(name, day in asked, odd.get(day), rule)
        if reason is None:
            used.append(day)
        else:
            dropped.setdefault(reason[0], {})[name] = reason[1]
    return Choice(tuple(used), dropped)


def _reason(name: str, is_asked: bool, odd: tuple[str, str] | None, rule: Rule) -> tuple[str, str] | None:
    if (rule.first and name < rule.first) or (rule.last and name > rule.last):
        return OUTSIDE, ""
    if name in rule.kept:
        return None
    if name in rule.left_out:
        return LEFT_OUT, ""
    return odd if is_asked else (OTHER_KIND if rule.weekdays is None else UNASKED, "")


def _is_asked(day: str, rule: Rule) -> bool:
    """Whether a day has a weekday that was asked for; one without a date has none."""
    is_dated = _DATE.fullmatch(day) is not None
    return rule.weekdays is None or not is_dated or date.fromisoformat(day).weekday() in rule.weekdays


def _alike(diary: Diary) -> frozenset[int]:
    """Return the weekdays with about as many calls as the usual one."""
    seen = sorted(set(diary.weekdays[diary.weekdays >= 0]))
    usual = {weekday: float(np.median(diary.calls[diary.weekdays == weekday])) for weekday in seen}
    middle = max(float(np.median(list(usual.values()))), 1.0) if usual else 1.0
    return frozenset(
        int(weekday) for weekday, calls in usual.items() if abs(np.log(max(calls, 1) / middle)) <= ODD
    )


def _odd(diary: Diary, among: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the days out of the ordinary, each with its reason and what was seen."""
    oddities: dict[int, tuple[str, str]] = {}
    counts, places = diary.calls, diary.places[list(among)]
    for day in among:
        near = np.abs(places - diary.places[day]) <= WINDOW
        usual = float(np.median(counts[among][near]))
        if counts[day] <= 0 or abs(np.log(counts[day] / max(usual, 1.0))) > ODD:
            text = _("{calls:,.0f} calls, the median of the days around is {usual:,.0f}")
            oddities[day] = VOLUME, text.format(calls=counts[day], usual=usual)
    for day, text in _short_days(diary, among):
        oddities.setdefault(day, (HOURS, text))
    return oddities


def _short_days(diary: Diary, among: Sequence[int]) -> list[tuple[int, str]]:
    """Return the days whose first answer in working hours came late, or whose last came early."""
    first, last = diary.first, diary.last
    seen = [number for number in among if np.isfinite(first[number])]
    if not seen:
        return []
    latest = float(np.median(first[seen])) + LATE_OPENING
    earliest = float(np.median(last[seen])) - EARLY_CLOSING
    text = _("answered from {first} to {last}")
    return [
        (number, text.format(first=_hour(first[number]), last=_hour(last[number])))
        for number in among
        if first[number] > latest or last[number] < earliest
    ]


def _hour(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}" if np.isfinite(seconds) else "-"


def warning(choice: Choice, days: int) -> str | None:
    """Return what to say where few days are left; FitError where none is."""
    if not choice.used:
        raise FitError(_("no day is left of {days}; see --days, --from and --to").format(days=days))
    if len(choice.used) < FEWEST:
        return _("days fitted: {days}; how days differ is hardly known, 20 and more are good").format(
            days=len(choice.used)
        )
    return None
