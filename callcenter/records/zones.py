"""Time zones: clock times of the centre from stamps of another zone, and the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.scenario.errors import nearest, wrong

AS_WRITTEN = "as written"
"""Says that stamps show the clocks of the centre, whatever zone stands behind them."""

_QUARTER = 900
_HOUR = 3600


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name; raises the error of a value where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = nearest(name, [*available_timezones(), AS_WRITTEN])
        remedy = near if near.startswith("did") else _("write for example Asia/Shanghai, or `as written`")
        raise wrong(_("there is no time zone of this name"), name, remedy) from None


def local(utc: Floats, name: str) -> Floats:
    """Return what the clocks of a zone show at instants in UTC, as seconds since 1970-01-01 00:00 on them."""
    zone = zone_of(name)
    quarters, at = np.unique(np.floor(utc / _QUARTER), return_inverse=True)
    offsets = np.array(
        [_offset(zone, quarter * _QUARTER) if np.isfinite(quarter) else 0.0 for quarter in quarters]
    )
    return np.asarray(utc + offsets[at])


def instants(clocks: Floats, name: str) -> Floats:
    """Return the instants in UTC at which the clocks of a zone show these seconds since 1970-01-01 00:00."""
    zone = zone_of(name)
    quarters, at = np.unique(np.floor(clocks / _QUARTER), return_inverse=True)
    offsets = np.array(
        [_offset_at_clock(zone, quarter * _QUARTER) if np.isfinite(quarter) else 0.0 for quarter in quarters]
    )
    return np.asarray(clocks - offsets[at])


def _offset(zone: ZoneInfo, utc: float) -> float:
    offset = datetime.fromtimestamp(utc, UTC).astimezone(zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()


def _offset_at_clock(zone: ZoneInfo, clock: float) -> float:
    offset = datetime.fromtimestamp(clock, UTC).replace(tzinfo=zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()


def hours_of(day: date, name: str) -> float:
    """Return how many hours a day has in a zone: 23 or 25 where clocks change, else 24."""
    zone = zone_of(name)
    start, end = (
        datetime(each.year, each.month, each.day, tzinfo=zone) for each in (day, day + timedelta(days=1))
    )
    seconds = SECONDS_PER_DAY + _shift(start) - _shift(end)
    return seconds / _HOUR


def _shift(moment: datetime) -> float:
    offset = moment.utcoffset()
    return 0.0 if offset is None else offset.total_seconds()
