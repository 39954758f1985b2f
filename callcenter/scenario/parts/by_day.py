"""Series that differ from day to day: by date, by weekday, or drawn from days of the past."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault, nearest, wrong
from callcenter.scenario.part import Context, Fault, failure
from callcenter.scenario.parts.calendar import SHORT, dates_text, iso_date, weekdays_in

BY_DATE, BY_WEEKDAY, DRAW = "by_date", "by_weekday", "draw"
BY = (BY_DATE, BY_WEEKDAY)
DRAWS = "days"
"""What `draw` says."""

Row = tuple[float, ...]
"""One value for each interval of a day."""


class ByDay(NamedTuple):
    """A series that differs from day to day: a row of values for each day of the run, or of the past."""

    rows: tuple[Row, ...]
    counted: int
    """So many of the first rows are days that count; those of the cool-down follow."""
    drawn_from: tuple[str, ...] = ()
    """Dates of the rows if each simulated day takes that of one of them by chance; else there are none."""

    @property
    def mean(self) -> Row:
        """The mean day of those that count, or of the past."""
        return _mean(self.rows[: self.counted])

    def on(self, day: int) -> Row | None:
        """Return the values of a day of the run, counted from 0; None if chance decides."""
        return None if self.drawn_from else self.rows[day]


@lru_cache(maxsize=1024)
def _mean(rows: tuple[Row, ...]) -> Row:
    return tuple(math.fsum(values) / len(rows) for values in zip(*rows, strict=True))


def mean_day(series: Row | ByDay) -> Row:
    """Return the values of the mean day of a series."""
    return series.mean if isinstance(series, ByDay) else series


def rows_of(series: Row | ByDay) -> tuple[Row, ...]:
    """Return a row for each day of the run or of the past, one in all if every day is alike."""
    return series.rows if isinstance(series, ByDay) else (series,)


def is_by_day(value: object) -> bool:
    """Whether a value as written is a series that differs from day to day."""
    return isinstance(value, Mapping) and any(key in value for key in BY)


def each_value(written: Any, change: Callable[[Any, int | None], Any], place: int | None = None) -> Any:
    """Return a series as written with every value changed; ``change`` is told the interval, None for all."""
    if isinstance(written, Mapping):
        return {
            key: {day: each_value(row, change) for day, row in value.items()} if key in BY else value
            for key, value in written.items()
        }
    if isinstance(written, list | tuple):
        return [each_value(value, change, index) for index, value in enumerate(written)]
    return change(written, place)


def by_day(
    written: Mapping[str, Any], row_of: Callable[[Any], Row], context: Context, can_draw: bool
) -> ByDay:
    """Return the series of a mapping of days; ``row_of`` checks the values of one day.

    Raises the faults of all that is wrong: keys, days that are none or missing, values.
    """
    _refuse_keys(written, can_draw)
    key = next(key for key in BY if key in written)
    if not isinstance(written[key], Mapping) or not written[key]:
        example = (
            "{2026-11-23: 120, 2026-11-24: 110}" if key == BY_DATE else "{Mon-Fri: 120, Sat: 60, Sun: 0}"
        )
        raise failure(
            [
                (
                    (key,),
                    wrong(
                        _("must map days to their values"),
                        written[key],
                        _("write for example {example}").format(example=example),
                    ),
                )
            ]
        )
    rows, faults = _rows(written[key], key, row_of)
    if faults:
        raise failure(faults)
    if DRAW in written:
        return ByDay(tuple(rows.values()), len(rows), tuple(map(str, rows)))
    return _of_run(dict(sorted(rows.items())), key, context)


def _refuse_keys(written: Mapping[str, Any], can_draw: bool) -> None:
    known = (*BY, DRAW) if can_draw else BY
    faults: list[Fault] = [
        (
            (str(key),),
            fault(_("unknown key; {remedy}").format(remedy=nearest(key, known, _("known keys"))), "key"),
        )
        for key in written
        if key not in known
    ]
    if all(key in written for key in BY):
        faults.append(
            ((BY_WEEKDAY,), fault(_("says what `by_date` says in another way; keep one of the two"), "key"))
        )
    if DRAW in written and can_draw:
        if written[DRAW] != DRAWS:
            faults.append(
                ((DRAW,), wrong(_("is none of the choices"), written[DRAW], _("write `draw: days`")))
            )
        if BY_DATE not in written:
            faults.append(
                (
                    (DRAW,),
                    fault(
                        _(
                            "needs rosters by date to draw from; "
                            "write `by_date`, or a file with a column of dates"
                        ),
                        "key",
                    ),
                )
            )
    if faults:
        raise failure(faults)


def _rows(
    written: Mapping[str, Any], key: str, row_of: Callable[[Any], Row]
) -> tuple[dict[Any, Row], list[Fault]]:
    """Return the values by date or by number of the weekday, in order of time."""
    rows: dict[Any, Row] = {}
    faults: list[Fault] = []
    for name, values in written.items():
        days = _days(name, key)
        if isinstance(days, PydanticCustomError):
            faults.append(((key, str(name)), days))
            continue
        twice = [day for day in days if day in rows]
        if twice:
            faults.append(
                ((key, str(name)), fault(_("names a day that stands above; keep one of the two"), "key"))
            )
        try:
            rows |= dict.fromkeys(days, row_of(values))
        except ValidationError as error:
            faults += [
                ((key, str(name), *line["loc"]), fault(line["msg"], line["type"]))
                for line in error.errors(include_url=False)
            ]
        except PydanticCustomError as error:
            faults.append(((key, str(name)), error))
    return {day: rows[day] for day in sorted(rows)}, faults


def _days(name: object, key: str) -> list[Any] | PydanticCustomError:
    if key == BY_DATE:
        day = iso_date(name)
        return (
            wrong(_("is no date of the calendar"), name, _("write year-month-day, such as 2026-11-23"))
            if day is None
            else [day]
        )
    weekdays = weekdays_in(name)
    return (
        wrong(_("is no weekday"), name, _("write Mon to Sun, or Mon-Fri"))
        if weekdays is None
        else list(weekdays)
    )


def run_dates(context: Context) -> Iterator[date]:
    """Yield the date of each day of a run, of the cool-down too; the first day must be known."""
    first, days = context.first, context.run_days
    if first is not None and days is not None:
        yield from (first + timedelta(days=day) for day in range(days))


def _of_run(rows: Mapping[Any, Row], key: str, context: Context) -> ByDay:
    """Return the rows of the days of a run; refuses days that have none."""
    some = next(iter(rows.values()))
    if context.intervals is None or context.days is None or context.run_days is None:
        return ByDay((some,), 1)  # which is wrong elsewhere, and said there
    if context.first is None:
        raise fault(
            _(
                "differs from day to day, and nothing says which day is the first; "
                "write `date: 2026-11-23` in `day`"
            )
        )
    dates = list(run_dates(context))
    at = {day: day if key == BY_DATE else day.weekday() for day in dates}
    missing = [day for day in dates if at[day] not in rows]
    if missing:
        raise _missing(missing, dates, context.days, key)
    return ByDay(tuple(rows[at[day]] for day in dates), context.days)


def _missing(missing: list[date], dates: list[date], days: int, key: str) -> PydanticCustomError:
    if key == BY_WEEKDAY:
        names = _(", ").join(_(SHORT[number]) for number in sorted({day.weekday() for day in missing}))
        return fault(
            _("says nothing of {weekdays}, on which days of the run fall; add them").format(weekdays=names)
        )
    message = _(
        "says nothing of {dates}; the run goes from {first} to {last}; add what is missing, "
        "or change `date` of `day`, or `days`"
    )
    if missing[0] > dates[days - 1]:
        message = _(
            "says nothing of {dates}, after the last day; the run goes to {last}; add what is missing, "
            "or shorten `cool_down`"
        )
    return fault(
        message.format(dates=dates_text(missing), first=dates_text(dates[:1]), last=dates_text(dates[-1:]))
    )
