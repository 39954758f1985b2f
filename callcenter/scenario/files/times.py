"""Columns of times: clock times and stamps, or bare numbers: `0800`, hours, serials of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import noted
from callcenter.scenario.files.columns import folded
from callcenter.scenario.files.dates import Order, dated
from callcenter.scenario.files.moments import Moment, moment, of_stamp, seconds_of_day
from callcenter.scenario.files.native import Native

_BARE = re.compile(r"\d+(?:\.\d+)?")
_SERIALS = (20_000, 80_000)
"""Days since 1899-12-30 of the years 1954 to 2119."""

_LAST_OF_FOUR = 2400
"""Hours and minutes of the end of the day, in four digits."""

_NEAR = 10
"""Seconds by which a time of the day in four decimals may miss its minute."""

_EPOCHS = (10**9, 10**10)
_ORIGIN = datetime(1899, 12, 30)


class Times(NamedTuple):
    """The moments of a column; None where a cell holds none."""

    values: list[Moment | None]
    form: str = ""
    """How bare numbers were read, such as `hours`; empty where the cells say it themselves."""


def read_times(texts: Sequence[str], order: Order = "d/m/y", *, is_named: bool = False) -> Times:
    """Return the times of a column; bare numbers are times only if its head names a time (`is_named`)."""
    if texts and all(_is_bare(text) for text in texts if text):
        return _bare(texts, is_named=is_named)
    moments = [moment(text, order) for text in texts]
    if not any(moments):
        return _spans(texts, is_named=is_named)
    return Times(
        [_part_of_a_day(text) if when is None else when for text, when in zip(texts, moments, strict=True)]
    )


def _part_of_a_day(text: str) -> Moment | None:
    """Return the time of a number among times, as spreadsheets hold them; 0 is midnight."""
    if text == "0":
        return Moment(0.0)
    held = text.held if isinstance(text, Native) else None
    return _of_fraction(repr(held)) if isinstance(held, float) and 0 < held < 1 else None


def _is_bare(text: str) -> bool:
    if isinstance(text, Native):
        return isinstance(text.held, float)
    return _BARE.fullmatch(folded(text)) is not None


def _bare(texts: Sequence[str], *, is_named: bool) -> Times:
    """Return the times that bare numbers stand for, by the first form that all of them fit."""
    filled = [folded(text) for text in texts if text]
    figures = [float(text) for text in filled]
    is_padded = all(len(text) in (4, 6) for text in filled) and any(text.startswith("0") for text in filled)
    for form, fits, read in _FORMS:
        if (is_named or (form == "hours and minutes" and is_padded)) and fits(filled, figures):
            return Times([read(folded(text)) if text else None for text in texts], form)
    return Times([None] * len(texts))


def of_form(form: str) -> Callable[[str], Moment | None]:
    """Return what reads one bare number of a column whose form has been decided."""
    return next(read for name, _fits, read in _FORMS if name == form)


def _is_whole(figures: Sequence[float]) -> bool:
    return all(figure.is_integer() for figure in figures)


def _are_stamps(texts: Sequence[str], _: Sequence[float]) -> bool:
    return all(len(text) in (12, 14) and _digits_as_stamp(text) for text in texts)


def _are_epochs(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(_EPOCHS[0] <= _epoch(figure) < _EPOCHS[1] for figure in figures)


def _are_serials(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(_SERIALS[0] <= figure < _SERIALS[1] for figure in figures)


def _are_seconds(_: Sequence[str], figures: Sequence[float]) -> bool:
    steps = all(figure % 300 == 0 and figure <= SECONDS_PER_DAY for figure in figures)
    return steps and len(set(figures)) > 1 and max(figures) > _LAST_OF_FOUR


def _are_minutes(_: Sequence[str], figures: Sequence[float]) -> bool:
    steps = all(figure % 5 == 0 and figure <= SECONDS_PER_DAY / 60 for figure in figures)
    return steps and len(set(figures)) > 1 and max(figures) >= 100


def _are_fractions(_: Sequence[str], figures: Sequence[float]) -> bool:
    return all(0 <= figure <= 1 for figure in figures) and not _is_whole(figures)


def _are_hours(texts: Sequence[str], figures: Sequence[float]) -> bool:
    quarters = {text.partition(".")[2].ljust(2, "0") for text in texts} <= {"00", "25", "50", "75"}
    return quarters and all(figure <= 24 for figure in figures) and not any(map(_is_four, texts))


def _are_dotted(texts: Sequence[str], _: Sequence[float]) -> bool:
    return all(re.fullmatch(r"\d{1,2}\.[0-5]\d", text) for text in texts)


def _are_hours_and_minutes(texts: Sequence[str], figures: Sequence[float]) -> bool:
    return _is_whole(figures) and max(figures) >= 100 and all(_of_digits(text) is not None for text in texts)


def _is_four(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


def _epoch(figure: float) -> float:
    return figure / 1000 if figure >= 10**11 else figure


def _of_epoch(text: str) -> Moment | None:
    stamp = datetime.fromtimestamp(round(_epoch(float(text))), UTC).replace(tzinfo=None)
    return of_stamp(stamp)._replace(zone="utc")


def _of_serial(text: str) -> Moment | None:
    stamp = of_stamp(_ORIGIN + timedelta(days=float(text)))
    return stamp._replace(start=_whole_minute(stamp.start))


def _of_fraction(text: str) -> Moment | None:
    return Moment(_whole_minute(float(text) * SECONDS_PER_DAY))


def _whole_minute(seconds: float) -> float:
    """Return the minute next to a time that was written with few decimals, the second if none is near."""
    minute = round(seconds / 60) * 60.0
    return minute if abs(seconds - minute) <= _NEAR else float(round(seconds))


def _of_hours(text: str) -> Moment | None:
    return Moment(float(round(float(text) * 3600)))


def _of_seconds(text: str) -> Moment | None:
    return Moment(float(text))


def _of_minutes(text: str) -> Moment | None:
    return Moment(float(text) * 60)


def _of_dotted(text: str) -> Moment | None:
    hours, _, minutes = text.partition(".")
    return _moment_at(int(hours), int(minutes))


def _of_digits(text: str) -> Moment | None:
    """Return the time of `0800`, `830` or `083000`."""
    digits = text.partition(".")[0].zfill(4)
    if len(digits) not in (4, 6):
        return None
    return _moment_at(int(digits[:2]), int(digits[2:4]), int(digits[4:] or 0))


def _digits_as_stamp(text: str) -> Moment | None:
    stamp = dated(f"{text[:4]}-{text[4:6]}-{text[6:8]}")
    clock = _of_digits(text[8:])
    return None if stamp is None or clock is None else clock._replace(day=stamp.day)


def _moment_at(hours: int, minutes: int, seconds: int = 0) -> Moment | None:
    total = seconds_of_day(hours, minutes, seconds, "")
    return None if total is None else Moment(total)


_FORMS: tuple[
    tuple[str, Callable[[Sequence[str], Sequence[float]], bool], Callable[[str], Moment | None]], ...
] = (
    (noted("stamps"), _are_stamps, _digits_as_stamp),
    (noted("seconds since 1970"), _are_epochs, _of_epoch),
    (noted("seconds since midnight"), _are_seconds, _of_seconds),
    (noted("days since 1900"), _are_serials, _of_serial),
    (noted("parts of a day"), _are_fractions, _of_fraction),
    (noted("hours"), _are_hours, _of_hours),
    (noted("hours.minutes"), _are_dotted, _of_dotted),
    (noted("hours and minutes"), _are_hours_and_minutes, _of_digits),
    (noted("minutes since midnight"), _are_minutes, _of_minutes),
)

_SPAN = re.compile(r"(\d{1,2}|\d{4})\s*(?:-|–|—|~|至|到|to|bis)\s*(\d{1,2}|\d{4})(?:\s*(?:uhr|时|点|h))?")


def _spans(texts: Sequence[str], *, is_named: bool) -> Times:
    """Return the times of spans such as `8-9` or `0800-0830`, all of one length."""
    moments = [_span(folded(text).lower()) for text in texts]
    lengths = {span.end - span.start for span in moments if span is not None and span.end is not None}
    is_mostly = 2 * sum(span is not None for span in moments) > len(moments)
    fits = len(lengths) == 1 and min(lengths) > 0 and (is_mostly if is_named else all(moments))
    return Times(moments if fits else [None] * len(texts))


def _span(text: str) -> Moment | None:
    match = _SPAN.fullmatch(text)
    if match is None or len(match[1]) == 3:
        return None
    ends = [_of_digits(part if len(part) == 4 else f"{part}00") for part in match.groups()]
    if ends[0] is None or ends[1] is None:
        return None
    return Moment(ends[0].start, None, ends[1].start or SECONDS_PER_DAY)
