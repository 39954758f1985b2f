"""Sentences about missed targets: when, why, and how many more agents would do."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.study.insights import Gain, Stretch


def when(stretch: Stretch) -> str:
    """Return `10:00 to 11:30`, with its day where there are several."""
    hours = _("{start} to {end}").format(start=stretch.start, end=stretch.end)
    return hours if stretch.day is None else _("day {day}, {hours}").format(day=stretch.day + 1, hours=hours)


def when_gained(gain: Gain) -> str:
    """Return when one more agent comes: in the stretch, or in these hours of every day."""
    if not gain.every_day:
        return when(gain.stretch)
    hours = _("{start} to {end}").format(start=gain.stretch.start, end=gain.stretch.end)
    return _("{hours} every day").format(hours=hours)
