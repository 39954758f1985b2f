"""How numbers, times and verdicts are put into words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from callcenter.language import gettext as _
from callcenter.language import ngettext, noted, noted_plural
from callcenter.totals import ALL, HOTLINE

NOTHING = "–"
"""Stands where there is no value: nothing was offered, or one replication has no interval."""

DEFINITIONS = {
    "of_offered": noted("answered in time ÷ offered"),
    "ignoring_quick_abandons": noted("answered in time ÷ (offered − abandoned in time)"),
    "counting_quick_abandons": noted("(answered in time + abandoned in time) ÷ offered"),
    "of_answered": noted("answered in time ÷ answered"),
    "excluding_short_abandons": noted("answered in time ÷ (offered − abandoned within {short})"),
}

MOST_DIGITS = 9
"""Decimals of a per cent that tell the ends of a narrow interval apart, and one more."""

MOST_TIMES = 1000
"""Factors above are rounded off."""

VERDICTS = {"met": noted("✓ met"), "missed": noted("✗ missed"), "unclear": noted("? unclear")}
"""Begin with a sign, in every language."""

VERDICT_WORDS = {"met": noted("met"), "missed": noted("missed"), "unclear": noted("unclear")}

NOUNS = {
    "attempt": noted_plural("{n} attempt", "{n} attempts"),
    "condition": noted_plural("{n} condition", "{n} conditions"),
    "day": noted_plural("{n} day", "{n} days"),
    "fit": noted_plural("{n} fit", "{n} fits"),
    "interval": noted_plural("{n} interval", "{n} intervals"),
    "point": noted_plural("{n} point", "{n} points"),
    "replication": noted_plural("{n} replication", "{n} replications"),
    "roster": noted_plural("{n} roster", "{n} rosters"),
    "smaller staffing": noted_plural("{n} smaller staffing", "{n} smaller staffings"),
    "target": noted_plural("{n} target", "{n} targets"),
}
"""What `plural` can count."""

CERTAIN = 0.001
"""Chance below which it is not written out."""

LONGEST_IN_MINUTES = 7200
"""Seconds; longer durations are given in hours and minutes."""

_UNITS = ((86_400, 2, noted("{n} d")), (3600, 1, noted("{n} h")), (60, 1, noted("{n} min")))
"""Seconds, from how many on, text; a single day is 24 h, as in the promise of a callback."""

_FIGURE = re.compile(r"([+−]?[\d.,:]+)(\D*)")
"""A number and its unit."""

Estimate = Mapping[str, Any]
"""`value`, `low` and `high`; each may be None."""


def in_a_row(sentences: Iterable[str]) -> str:
    """Return sentences one after the other, empty ones left out: with a space between them but after `。`."""
    text = ""
    for each in filter(None, sentences):
        text += each if not text or text.endswith("。") else f" {each}"
    return text


def number(figure: float | None) -> float:
    """Return the figure, nan for none."""
    return math.nan if figure is None else float(figure)


def percent(share: float | None, decimals: int = 1) -> str:
    """Return `91.3%`."""
    figure = 100 * number(share)
    return NOTHING if math.isnan(figure) else f"{figure:.{decimals}f}%"


def percents(shares: Sequence[float], decimals: int = 1) -> str:
    """Return `17%`, or `5% to 13%` where shares differ."""
    low, high = (percent(end(shares), decimals) for end in (min, max))
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def of_days(share: float | None) -> str:
    """Return `91.3% of days`."""
    return _("{share} of days").format(share=percent(share))


def margin(share: float) -> str:
    """Return half the width of an interval of a share in percentage points: `± 1.25`."""
    return f"± {100 * share:.2f}"


def chance(p: float) -> str:
    """Return a chance with three decimals, `<0.001` below."""
    return f"<{CERTAIN}" if p < CERTAIN else f"{p:.3f}"


def times_the_days(factor: float) -> str:
    """Return `3.4x the days`."""
    return _("{factor}x the days").format(factor=times(factor))


def times(factor: float) -> str:
    """Return a factor: `3.1`, `12`; beyond a thousand the exact number says nothing."""
    if factor > MOST_TIMES:
        return _("over {factor}").format(factor=f"{MOST_TIMES:,}")
    return f"{factor:,.0f}" if factor >= 10 else f"{factor:.1f}"


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points: `+1.3`, `−0.4`, `0.0`."""
    return signed(100 * difference)


def signed(figure: float) -> str:
    """Return a difference with its sign and one decimal; one that rounds to nothing has no sign."""
    text = f"{figure:+,.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def with_sign(form: Callable[[float], str], figure: float) -> str:
    """Return a difference as a figure is written, with its sign; one that rounds to nothing has none."""
    text = form(abs(figure))
    if text == form(0.0):
        return text
    return ("−" if figure < 0 else "+") + text


def count(figure: float | None) -> str:
    """Return a mean number of things: `45,012`, `7.3`."""
    mean = number(figure)
    if math.isnan(mean):
        return NOTHING
    return f"{mean:,.0f}" if mean >= 100 else f"{mean:.1f}"


def money(amount: float | None) -> str:
    """Return an amount of money, `12,345`, `0.84` or `−20.00`."""
    figure = number(amount)
    if math.isnan(figure):
        return NOTHING
    decimals = 0 if abs(figure) >= 100 else 2
    return f"{figure:,.{decimals}f}".replace("-", "−")


def duration(seconds: float | None) -> str:
    """Return `7.4 s`, `24 h` or, where no larger unit divides it, `4 min 12 s`."""
    length = number(seconds)
    if math.isnan(length):
        return NOTHING
    if math.isinf(length):
        return _("never")
    if length < 60:
        return _("{n} s").format(n=f"{length:.1f}".removesuffix(".0"))
    whole = round(length)
    even = (
        _(text).format(n=whole // size)
        for size, least, text in _UNITS
        if whole % size == 0 and whole >= least * size and (size != 60 or whole <= LONGEST_IN_MINUTES)
    )
    return next(even, _two_units(whole))


def _two_units(seconds: int) -> str:
    if seconds < 3600:
        return _("{minutes} min {seconds} s").format(minutes=seconds // 60, seconds=seconds % 60)
    minutes = round(seconds / 60)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def wait(seconds: float | None) -> str:
    """Return `9.6 s`, `1:37 min` or `2:05 h`, short enough for a column of figures."""
    length = number(seconds)
    if math.isnan(length):
        return NOTHING
    if math.isinf(length):
        return _("grows for ever")
    if round(length, 1) < 60:
        return _("{n} s").format(n=f"{length:.1f}")
    if round(length) < 3600:
        minutes, seconds = divmod(round(length), 60)
        return _("{minutes}:{seconds} min").format(minutes=minutes, seconds=f"{seconds:02d}")
    hours, minutes = divmod(round(length / 60), 60)
    return _("{hours}:{minutes} h").format(hours=hours, minutes=f"{minutes:02d}")


def hours(figure: float | None) -> str:
    """Return `12.5 h`."""
    return NOTHING if figure is None else _("{n} h").format(n=f"{figure:,.1f}")


def interval(estimate: Estimate, form: Callable[[float], str] = percent, *, is_signed: bool = False) -> str:
    """Return the ends of an estimate's interval, `90.2 – 92.4%`, or `−0.3 … +1.2` of a difference.

    Empty if it has none.
    """
    if estimate["low"] is None or math.isnan(estimate["low"]):
        return ""
    low, high = _told_apart(estimate["low"], estimate["high"], form)
    if is_signed:
        return f"{low} … {high}"  # a dash beside a minus would be read as one
    below, above = _FIGURE.fullmatch(low), _FIGURE.fullmatch(high)
    has_one_unit = below and above and below[2] == above[2]
    return f"{below[1] if below and has_one_unit else low} – {high}"


def _told_apart(low: float, high: float, form: Callable[[float], str]) -> tuple[str, str]:
    """Return both ends in words, shares with as many digits as tell them apart: `99.97%` and `100.00%`."""
    ends = form(low), form(high)
    if form is not percent or low == high:
        return ends
    finer = ((percent(low, digits), percent(high, digits)) for digits in range(1, MOST_DIGITS))
    return next((each for each in finer if each[0] != each[1]), ends)


def target(level: Mapping[str, Any]) -> str:
    """Return the promise to a tier: `90% in 20 s`."""
    share, within = number(level["target"]), duration(level["within_s"])
    if math.isnan(share):
        return _("no target")
    return _("{share}% in {duration}").format(share=f"{round(100 * share, 2):g}", duration=within)


def definition(name: str, short_abandon: float) -> str:
    """Return the formula of a service level in words."""
    return _(DEFINITIONS[name]).format(short=duration(short_abandon))


def verdict(name: str | None) -> str:
    """Return sign and word of a verdict."""
    return _(VERDICTS[name]) if name else NOTHING


def verdict_word(name: str | None) -> str:
    """Return the word of a verdict."""
    return _(VERDICT_WORDS[name]) if name else NOTHING


def tier(name: str) -> str:
    """Return the name of a tier, or that of the total."""
    return _("all") if name == ALL else name


def part(name: str) -> str:
    """Return the name of what a figure of a comparison belongs to: a tier, their total or the hotline."""
    return _("hotline") if name == HOTLINE else tier(name)


def versions(names: Mapping[str, str]) -> str:
    """Return names with their versions in one line."""
    return ", ".join(f"{name} {version}" for name, version in names.items())


def replications(numbers: Sequence[int]) -> str:
    """Return how many replications the points of a study have: `30 replications`, `30 to 120 ...`."""
    fewest, most = min(numbers), max(numbers)
    if fewest == most:
        return plural(most, "replication")
    return _("{fewest} to {most} replications").format(fewest=f"{fewest:,}", most=f"{most:,}")


def together(*sentences: str) -> str:
    """Return sentences one after the other; no space follows a Chinese full stop, which is as wide itself."""
    return " ".join(filter(None, sentences)).replace("。 ", "。")


def plural(number_of: int, noun: str) -> str:
    """Return `1 day`, `3 days`."""
    return ngettext(*NOUNS[noun], number_of).format(n=f"{number_of:,}")
