"""Columns of durations: seconds, `0:02:14`, `02:14`, `PT2M14S`, `2分14秒`, times of a workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from callcenter.scenario.files.columns import folded, unit_of
from callcenter.scenario.files.dates import MOST_KEPT
from callcenter.scenario.files.native import Native
from callcenter.scenario.files.numbers import Sign, read_numbers

_CLOCK = re.compile(r"(?:(\d+):)?(\d{0,3}):(\d{2}(?:[.,]\d+)?)")
_ISO = re.compile(
    r"p(?:(\d+(?:\.\d+)?)d)?(?:t(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?)?",
    re.IGNORECASE,
)
_SPELT = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:d|days?|tage?|天|日)\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:h|hrs?|hours?|std|stunden?|小时|时)\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:m|min|mins|minutes?|minuten?|分钟|分|')\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?|sek|sekunden?|秒钟?|\")\s*)?",
    re.IGNORECASE,
)
_EPOCH = datetime(1899, 12, 30)
_SECONDS = (86_400, 3600, 60, 1)


class Durations(NamedTuple):
    """The seconds of a column; None where a cell holds no duration."""

    values: list[float | None]
    question: str = ""
    """A number that may mean two things."""

    are_parts_of_a_day: bool = False
    """Whether all bare numbers are so small that a spreadsheet must have meant parts of a day."""

    minutes: str = ""
    """A cell such as `02:14`, read as minutes and seconds."""


def read_durations(texts: Sequence[str], head: str = "", sign: Sign | None = None) -> Durations:
    """Return the durations of a column in seconds; bare numbers are in the unit of its head, else seconds."""
    single = [_single(text) for text in texts]
    bare = [text for text, seconds in zip(texts, single, strict=True) if seconds is None]
    numbers = read_numbers(bare, "seconds", sign)
    unit = unit_of(head)
    values = iter(numbers.values)
    merged = [_scaled(next(values), unit or 1.0) if seconds is None else seconds for seconds in single]
    small = [value for value in numbers.values if value]
    minutes = next((text for text in texts if _is_minutes(text)), "")
    return Durations(merged, numbers.question, unit is None and bool(small) and max(small) < 1, minutes)


def _scaled(number: float | None, unit: float) -> float | None:
    return None if number is None else number * unit


def _is_minutes(text: str) -> bool:
    match = None if isinstance(text, Native) else _CLOCK.fullmatch(folded(text))
    return match is not None and match[1] is None


def _single(text: str) -> float | None:
    """Return the seconds of a cell that says its unit; None if it holds a bare number or no duration."""
    return _held(text) if isinstance(text, Native) else _spoken(text)


@lru_cache(MOST_KEPT)
def _spoken(text: str) -> float | None:
    spoken = folded(text).strip()
    match = _CLOCK.fullmatch(spoken)
    if match is not None:
        seconds = float(match[3].replace(",", "."))
        fits = seconds < 60 and (match[1] is None or int(match[2] or 0) < 60)
        return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + seconds if fits else None
    for pattern in (_ISO, _SPELT):
        match = pattern.fullmatch(spoken)
        if match is not None and any(match.groups()):
            return sum(float(part or 0) * size for part, size in zip(match.groups(), _SECONDS, strict=True))
    return None


def _held(text: Native) -> float | None:
    if isinstance(text.held, timedelta):
        return text.held.total_seconds()
    if isinstance(text.held, time):
        return text.held.hour * 3600 + text.held.minute * 60 + text.held.second + text.held.microsecond / 1e6
    if isinstance(text.held, datetime) and text.held.year <= 1900:
        return (text.held - _EPOCH).total_seconds()
    return None
