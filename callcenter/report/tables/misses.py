"""Where a promise is missed, who works there, and what one more agent there changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Row, Table, heads
from callcenter.study.insights import Gain, Measured, Miss, PoolThen, Stretch
from callcenter.totals import ALL


def stretch_table(miss: Miss) -> Table:
    """Return the parts of the day in which most of the late calls arrive, worst first."""
    names = [_("when"), _("offered"), _("not in time"), _("of all not in time"), _("answer rate there")]
    caption = _("{tier}: where most calls are not answered in time, mean of a replication").format(
        tier=miss.tier
    )
    return Table(caption, heads(names), [_stretch_row(stretch) for stretch in miss.stretches], kind="compact")


def _stretch_row(stretch: Stretch) -> Row:
    texts = [
        when(stretch),
        wording.count(stretch.offered),
        wording.count(stretch.late),
        wording.percent(stretch.share, 0),
        wording.percent(stretch.rate),
    ]
    return Row([*map(Cell, texts)])


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


def then_table(miss: Miss) -> Table:
    """Return the pools that serve the tier as they were in these parts of the day."""
    names = [_("pool"), _("occupancy"), _("idle agents"), _("scheduled"), _("required"), _("over or under")]
    caption = _("Who works for {tier} then; required: by the formula, see the figures by interval").format(
        tier=miss.tier
    )
    return Table(caption, heads(names), [_then_row(pool) for pool in miss.pools], kind="compact")


def _then_row(pool: PoolThen) -> Row:
    net = pool.scheduled - pool.required
    texts = [
        pool.pool,
        wording.percent(pool.occupancy, 0),
        wording.count(pool.idle),
        wording.count(pool.scheduled),
        wording.count(pool.required),
        wording.NOTHING if math.isnan(net) else wording.signed(net),
    ]
    return Row([*map(Cell, texts)])


def gain_table(gains: Sequence[Gain], tiers: Sequence[str]) -> Table:
    """Return how much one more agent in each pool, there only, raises the answer rates, in % points."""
    wanted = [name for name in (*tiers, ALL) if any(name in gain.rises for gain in gains)]
    shown = [wording.tier(name) for name in wanted]
    names = [_("one more agent in"), _("when"), _("agent-hours"), *shown]
    caption = _(
        "What one more agent there changes: rise of the answer rates in % points, 95% interval below; "
        "the same callers"
    )
    rows = [_gain_row(gain, wanted) for gain in gains]
    return Table(caption, heads(names, 2), rows, kind="compact wide")


def _gain_row(gain: Gain, tiers: Sequence[str]) -> Row:
    rises = [change_cell(gain.rises[name]) if name in gain.rises else Cell(wording.NOTHING) for name in tiers]
    place = [Cell(gain.pool, kind="text"), Cell(when_gained(gain), kind="text")]
    return Row([*place, Cell(_("{n} h").format(n=f"{gain.hours:+.1f}")), *rises])


def change_cell(change: Measured, form: Callable[[float], str] = wording.points) -> Cell:
    """Return a change with its interval below."""
    if math.isnan(change.value):
        return Cell(wording.NOTHING)
    ends = "" if math.isnan(change.low) else f"{form(change.low)} … {form(change.high)}"
    return Cell(form(change.value), ends)
