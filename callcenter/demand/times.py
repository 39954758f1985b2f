"""Times of the day and days in words, as sentences about a scenario have them."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter.clock import clock_text
from callcenter.demand.days import Span
from callcenter.language import gettext as _
from callcenter.language import ngettext
from callcenter.scenario import Scenario
from callcenter.scenario.parts.calendar import dates_text

MOST_SPANS = 4
"""Times that a sentence lists."""


def when_text(scenario: Scenario, spans: Sequence[Span], days: Sequence[int]) -> str:
    """Return spans with the days, counted from 0, on which they are; these are left out where all are."""
    if len(days) == scenario.days:
        return times_text(spans)
    on = _day_list(scenario, [day + 1 for day in days])
    return _("{times} on {days}").format(times=times_text(spans), days=on)


def times_text(spans: Sequence[Span]) -> str:
    """Return spans in words, the first few if there are many."""
    times = [
        _("{start} to {end}").format(start=clock_text(start), end=clock_text(end))
        for start, end in spans[:MOST_SPANS]
    ]
    more = len(spans) - MOST_SPANS
    if more > 0:
        return _("from {times} and {more} more times").format(times=_(", ").join(times), more=more)
    return _("from {times}").format(times=listed(times))


def listed(names: Sequence[str]) -> str:
    """Return names one after the other, the last after an `and`."""
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=_(", ").join(names[:-1]), last=names[-1])


def _day_list(scenario: Scenario, days: Sequence[int]) -> str:
    if scenario.day.date is not None:
        return dates_text([date for day in days if (date := scenario.date_of(day - 1)) is not None])
    if len(days) > MOST_SPANS:
        return _("{count} days, first on day {first}").format(count=len(days), first=days[0])
    return ngettext("day {days}", "days {days}", len(days)).format(days=listed([str(day) for day in days]))
