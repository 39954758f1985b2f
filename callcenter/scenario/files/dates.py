"""Columns of dates: which number is the month is decided over the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from callcenter.scenario.files.columns import folded
from callcenter.scenario.parts.calendar import WEEKDAYS

MOST_KEPT = 2**14
"""Texts of long columns that are not read again, as most of them come many times."""

Order = Literal["d/m/y", "m/d/y"]
ORDERS: tuple[Order, ...] = ("d/m/y", "m/d/y")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january",
            "feb februar february",
            "mar mär märz mrz march",
            "apr april",
            "may mai",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "oct okt oktober october",
            "nov november",
            "dec dez dezember december",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_BEFORE = rf"(?:{_WEEKDAY}[.,]?\s+|{_WEEKDAY},)?"
_AFTER = rf"(?:日)?(?:\s*\(?{_WEEKDAY}\)?)?"
_LEADING = re.compile(_BEFORE, re.IGNORECASE)
_YEAR_FIRST = re.compile(
    rf"{_BEFORE}(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})(?!\d){_AFTER}", re.I
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d{1,3}(?!\d)|\d{5})")
_NO_YEAR = re.compile(rf"(\d{{1,2}})月(\d{{1,2}})日{_AFTER}")
_DAY_NAME = re.compile(
    rf"{_BEFORE}(\d{{1,2}})\.?[- /]?\s*([^\W\d_]{{3,9}})\.?[-, /]?\s*(\d{{4}}|\d{{2}}(?!:))(?!\d)", re.I
)
_NAME_DAY = re.compile(
    rf"{_BEFORE}([^\W\d_]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I
)
_NUMBERS = re.compile(
    rf"{_BEFORE}(\d{{1,2}})([-/.])\s*(\d{{1,2}})\2\s*(\d{{4}}|\d{{2}})(?!\d)(?!:){_AFTER}", re.I
)


class Day(NamedTuple):
    """A day; its year is 0 where the file does not say it."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """Return the day in ISO form."""
        return (
            f"{self.year:04}-{self.month:02}-{self.day:02}" if self.year else f"{self.month:02}-{self.day:02}"
        )


class Dated(NamedTuple):
    """A day at the beginning of a text, and what stands behind it."""

    day: Day
    rest: str


def is_same(one: Day, other: Day) -> bool:
    """Whether two days may be one; a missing year fits any."""
    return one[1:] == other[1:] and (one.year == other.year or not one.year or not other.year)


def order_of(texts: Iterable[str]) -> set[Order]:
    """Return the orders of day and month by which every date of a column can be read."""
    possible = set(ORDERS)
    for first, second in {_numbers_of(text) for text in texts} - {None}:  # type: ignore[misc]
        if first > 12:
            possible.discard("m/d/y")
        if second > 12:
            possible.discard("d/m/y")
    return possible


def fitting_order(texts: Iterable[str], order: Order | None = None) -> Order:
    """Return an order by which the dates of a column can be read: the one given, or what they show."""
    return order or min(order_of(texts) or ORDERS)


def dated_either_way(text: str) -> Dated | None:
    """Return the day that a text begins with by either order, for those who only ask whether there is one."""
    return dated(text, "d/m/y") or dated(text, "m/d/y")


@lru_cache(MOST_KEPT)
def _numbers_of(text: str) -> tuple[int, int] | None:
    match = _NUMBERS.match(folded(text).lower())
    return None if match is None or match[2] == "." else (int(match[1]), int(match[3]))


@lru_cache(MOST_KEPT)
def dated(text: str, order: Order = "d/m/y") -> Dated | None:
    """Return the day that a text begins with; None if it begins with none."""
    spoken = folded(text).strip().lower()
    for day, end in _days(spoken, order):
        try:
            date(day.year or 2000, day.month, day.day)
        except ValueError:
            continue
        return Dated(day, spoken[end:].lstrip(", ").removeprefix("t").lstrip())
    return None


def day_of(text: str, order: Order = "d/m/y") -> Day | None:
    """Return the day of a text that says nothing else; None if it says anything else."""
    stamp = dated(text, order)
    return stamp.day if stamp is not None and not stamp.rest else None


@lru_cache(MOST_KEPT)
def weekday_of(text: str) -> int | None:
    """Return the weekday that a text names, 0 is Monday; None if it names none."""
    return WEEKDAYS.get(folded(text).strip().lower().rstrip("."))


def weekday_before(text: str) -> int | None:
    """Return the weekday that stands in front of a date, as in `Mon 23/11/2026`; None if none does."""
    match = _LEADING.match(folded(text).strip().lower())
    return weekday_of(match[0].strip(" ,")) if match is not None and match[0] else None


def without_weekday(text: str) -> str:
    """Return a text without the weekday in front of it."""
    return _LEADING.sub("", text)


def _days(text: str, order: Order) -> Iterator[tuple[Day, int]]:
    for pattern in (_YEAR_FIRST, _COMPACT):
        match = pattern.match(text)
        if match is not None:
            yield Day(int(match[1]), int(match[2]), int(match[3])), match.end()
    match = _NUMBERS.match(text)
    if match is not None:
        first, second = int(match[1]), int(match[3])
        month_first = match[2] != "." and order == "m/d/y"
        yield Day(_year(match[4]), *((first, second) if month_first else (second, first))), match.end()
    yield from _named(text)


def _named(text: str) -> Iterator[tuple[Day, int]]:
    match = _DAY_NAME.match(text)
    if match is not None and match[2] in _MONTHS:
        yield Day(_year(match[3]), _MONTHS[match[2]], int(match[1])), match.end()
    match = _NAME_DAY.match(text)
    if match is not None and match[1] in _MONTHS:
        yield Day(int(match[3]), _MONTHS[match[1]], int(match[2])), match.end()
    match = _NO_YEAR.match(text)
    if match is not None:
        yield Day(0, int(match[1]), int(match[2])), match.end()


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)
