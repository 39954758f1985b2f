"""What the values of a table are: how they are written in words, and in which format in a spreadsheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted


class Unit(NamedTuple):
    """How a value is written; `text` is never given one that is missing."""

    text: Callable[[Any], str]
    number_format: str = "General"
    suffix: str = "{figure}"
    """Put around the name of a figure whose number does not show its unit, as in a spreadsheet."""
    difference: Unit | None = None
    """What the difference of two such values is."""
    is_signed: bool = False
    """Whether it is a difference, written with its sign."""
    is_share: bool = False
    """Whether an interval of no width is worth a word: all days were alike, by chance."""
    parts: Mapping[str, tuple[str, Unit]] = {}
    """Of a value that is a mapping: name and unit of each part, where these need columns of their own."""

    def write(self, value: Any) -> str:
        """Return the value in words; a dash where there is none."""
        return wording.NOTHING if is_missing(value) else self.text(value)

    def interval(self, low: float | None, high: float | None) -> str:
        """Return the ends of an interval in words; empty where chance has no part in it, as in a roster."""
        if is_missing(low) or is_missing(high) or (low == high and not self.is_share):
            return ""
        return wording.interval({"low": low, "high": high}, self.text, is_signed=self.is_signed)

    def named(self, name: str) -> str:
        """Return the name of a figure with its unit: `ASA (s)`."""
        return name if self.suffix == "{figure}" else _(self.suffix).format(figure=name)


def is_missing(value: object) -> bool:
    """Whether there is no value: None, or not a number."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def _heads(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _signed_whole(number: float) -> str:
    return wording.with_sign(_whole, number)


def _ratio(number: float) -> str:
    return f"{number:.2f}"


def _signed_ratio(number: float) -> str:
    return wording.with_sign(_ratio, number)


def _fine_percent(share: float) -> str:
    return wording.percent(share, 2)


def _size(share: float) -> str:
    return f"{100 * share:.1f}"


def _signed_money(amount: float) -> str:
    return wording.with_sign(wording.money, amount)


def _signed_seconds(seconds: float) -> str:
    return wording.with_sign(wording.wait, seconds)


def _signed_hours(hours: float) -> str:
    return wording.with_sign(wording.hours, hours)


def _signed_count(number: float) -> str:
    return wording.with_sign(wording.count, number)


SECONDS_SUFFIX, HOURS_SUFFIX = noted("{figure} (s)"), noted("{figure} (h)")

TEXT = Unit(str)
"""Names and sentences; all other units are aligned to the right."""

POINTS = Unit(wording.points, "+0.0%;-0.0%;0.0%", is_signed=True)
"""Differences of shares, in percentage points."""
SHARE = Unit(wording.percent, "0.0%", difference=POINTS, is_share=True)
DAYS = Unit(wording.of_days, "0.0%", difference=POINTS, is_share=True)
"""Shares of days, beside those of calls."""
FINE_SHARE = Unit(_fine_percent, "0.00%", difference=POINTS, is_share=True)
MARGIN = Unit(wording.margin, "0.00%")
"""Half the width of a share's interval, in percentage points."""

SIZE = Unit(_size, "0.0%")
"""The size of an error in percentage points, which has no sign."""

SIGNED_SECONDS = Unit(_signed_seconds, "+#,##0.0;-#,##0.0;0.0", SECONDS_SUFFIX, is_signed=True)
SECONDS = Unit(wording.wait, "#,##0.0", SECONDS_SUFFIX, SIGNED_SECONDS)

SIGNED_HOURS = Unit(_signed_hours, "+#,##0.0;-#,##0.0;0.0", HOURS_SUFFIX, is_signed=True)
HOURS = Unit(wording.hours, "#,##0.0", HOURS_SUFFIX, SIGNED_HOURS)

SIGNED_COUNT = Unit(_signed_count, "+#,##0.0;-#,##0.0;0.0", is_signed=True)
COUNT = Unit(wording.count, "#,##0.0", difference=SIGNED_COUNT)
"""Means of numbers of things."""

SIGNED_WHOLE = Unit(_signed_whole, "+#,##0;-#,##0;0", is_signed=True)
HEADS = Unit(_heads, "General", difference=SIGNED_COUNT)
"""Agents, of whom the last may count in part."""
WHOLE = Unit(_whole, "#,##0", difference=SIGNED_WHOLE)

SIGNED_MONEY = Unit(_signed_money, "+#,##0.00;-#,##0.00;0.00", is_signed=True)
MONEY = Unit(wording.money, "#,##0.00", difference=SIGNED_MONEY)

CORRELATION = Unit(_signed_ratio, "+0.00;-0.00;0.00", is_signed=True)
RATIO = Unit(_ratio, "0.00", difference=CORRELATION)
FACTOR = Unit("{:g}".format)
TIMES = Unit(wording.times_the_days, '[>1000]"> 1,000";#,##0.0')
"""How many times as many days."""
CHANCE = Unit(wording.chance, "0.0000")

VERDICT = Unit(wording.verdict)
"""`met`, `missed` or `unclear`, written with its sign."""

TARGET = Unit(
    wording.target,
    parts={"target": (noted("target"), SHARE), "within_s": (noted("in time: within"), SECONDS)},
)
"""A promise: a mapping with `target` and `within_s`."""
