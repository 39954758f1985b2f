"""A roster beside its need, by interval and by pool, and the weeks of those who work it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from callcenter.clock import clock_text
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Column, Row, Table, cells
from callcenter.report.tables.units import COUNT, SHARE, WHOLE
from callcenter.scenario.parts.calendar import SHORT
from callcenter.study.staffing.coverage import coverage, together
from callcenter.study.staffing.result import Staffing
from callcenter.study.staffing.rosters import Roster
from callcenter.study.staffing.weeks import DAYS, Weeks
from callcenter.totals import ALL
from callcenter.wording import tier


def fit_table(staffing: Staffing, roster: Roster) -> Table:
    """Return hours needed, paid, over and under for each pool and all together."""
    pools = coverage(staffing.need, roster.scenario)
    columns = [
        Column(_("pool"), key="pool"),
        Column(_("needed (h)"), COUNT, "needed_h"),
        Column(_("paid (h)"), COUNT, "paid_h"),
        Column(_("over (h)"), COUNT, "over_h"),
        Column(_("under (h)"), COUNT, "under_h"),
        Column(_("needed of paid"), SHARE, "efficiency"),
    ]
    rows = [
        Row(cells(name, each.needed_h, each.rostered_h, each.over_h, each.under_h, each.efficiency))
        for name, each in pools.items()
    ]
    if len(pools) > 1:
        sums = [sum(getattr(each, key) for each in pools.values()) for key in ("needed_h", "rostered_h")]
        parts = [sum(getattr(each, key) for each in pools.values()) for key in ("over_h", "under_h")]
        share = sums[0] / sums[1] if sums[1] else float("nan")
        rows.append(Row(cells(tier(ALL), *sums, *parts, share), "total"))
    return Table(_("How the roster fits the need"), columns, rows, "compact")


def coverage_table(staffing: Staffing, roster: Roster) -> Table:
    """Return agents needed and rostered in each interval, over and under pool by pool, all pools together."""
    pools = coverage(staffing.need, roster.scenario)
    whole, day = together(pools), staffing.need.day
    over = sum((np.maximum(each.net, 0.0) for each in pools.values()), np.zeros(day.intervals))
    under = sum((np.maximum(-each.net, 0.0) for each in pools.values()), np.zeros(day.intervals))
    columns = [
        Column(_("from"), key="start"),
        Column(_("needed"), COUNT, "needed"),
        Column(_("rostered"), COUNT, "rostered"),
        Column(_("over"), COUNT, "over"),
        Column(_("under"), COUNT, "under"),
    ]
    starts = (clock_text(day.open + place * day.interval) for place in range(day.intervals))
    values = zip(starts, whole.needed, whole.rostered, over, under, strict=True)
    rows = [Row(cells(start, *map(float, figures))) for start, *figures in values]
    return Table(_("Agents rostered beside those needed, all pools"), columns, rows, "compact long")


def weeks_table(roster: Roster) -> Table:
    """Return the weeks that people work: a row for each kind of week, days across."""
    columns = [
        Column(_("pool"), key="pool"),
        Column(_("people"), WHOLE, "people"),
        *(Column(_(name), key=f"day_{place + 1}") for place, name in enumerate(SHORT)),
    ]
    rows = [Row(cells(*row)) for row in _weeks(roster)]
    return Table(_("Weeks of the people who work the roster"), columns, rows, "compact wide long")


def _weeks(roster: Roster) -> Iterator[Sequence[str | int | None]]:
    for pool, weeks in roster.weeks.items():
        for days, number in weeks.lines:
            yield [pool, number, *(_day(weeks, shift) for shift in days[:DAYS])]


def _day(weeks: Weeks, shift: int | None) -> str | None:
    if shift is None:
        return None
    worked = weeks.shifts[shift]
    return f"{clock_text(worked.start)}-{clock_text(worked.end)}"
