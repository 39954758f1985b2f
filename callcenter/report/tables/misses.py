"""Where a promise is missed, who works there, and what one more agent there changes."""

from __future__ import annotations

from collections.abc import Sequence

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table, measured
from callcenter.report.tables.measures import ANSWER_RATE, OFFERED, POOL
from callcenter.report.tables.units import COUNT, POINTS, SHARE, SIGNED_COUNT, SIGNED_HOURS
from callcenter.study.insights import Gain, Miss
from callcenter.study.sentences.misses import when, when_gained
from callcenter.totals import ALL

OCCUPANCY = next(measure for measure in POOL if measure.key == "occupancy")


def stretch_table(miss: Miss) -> Table:
    """Return the parts of the day in which most of the late calls arrive, worst first."""
    columns = [
        Column(_("when"), key="when"),
        Column(OFFERED.head, COUNT, "offered", OFFERED),
        Column(_("late"), COUNT, "late"),
        Column(_("share of all late"), SHARE, "share"),
        Column(ANSWER_RATE.head, SHARE, "service_level", ANSWER_RATE),
    ]
    rows = [
        Row([Cell(when(each)), *map(Cell, (each.offered, each.late, each.share, each.rate))])
        for each in miss.stretches
    ]
    caption = _("{tier}: where most calls are not answered in time, mean of a replication").format(
        tier=miss.tier
    )
    return Table(caption, columns, rows, "compact")


def then_table(miss: Miss) -> Table:
    """Return the pools that serve the tier as they were in these parts of the day."""
    columns = [
        Column(_("pool"), key="pool"),
        Column(OCCUPANCY.head, SHARE, "occupancy", OCCUPANCY),
        Column(_("idle agents"), COUNT, "idle"),
        Column(_("scheduled"), COUNT, "scheduled"),
        Column(_("required"), COUNT, "required"),
        Column(_("over or under"), SIGNED_COUNT, "net"),
    ]
    rows = [
        Row(
            [
                Cell(pool.pool),
                *map(Cell, (pool.occupancy, pool.idle, pool.scheduled, pool.required)),
                Cell(pool.scheduled - pool.required),
            ]
        )
        for pool in miss.pools
    ]
    caption = _("Who works for {tier} then; required: by the formula, see the figures by interval").format(
        tier=miss.tier
    )
    return Table(caption, columns, rows, "compact")


def gain_table(gains: Sequence[Gain], tiers: Sequence[str]) -> Table:
    """Return how much one more agent in each pool, there only, raises the answer rates, in % points."""
    names = [name for name in (*tiers, ALL) if any(name in gain.rises for gain in gains)]
    columns = [
        Column(_("one more agent in"), key="pool"),
        Column(_("when"), key="when"),
        Column(_("agent-hours"), SIGNED_HOURS, "hours"),
        *(Column(wording.tier(name), POINTS, name) for name in names),
    ]
    rows = [
        Row(
            [
                *(Cell(gain.pool), Cell(when_gained(gain)), Cell(gain.hours)),
                *(Cell(measured(gain.rises[name])) if name in gain.rises else Cell() for name in names),
            ]
        )
        for gain in gains
    ]
    caption = _(
        "What one more agent there changes: rise of the answer rates in % points, 95% interval below; "
        "the same callers"
    )
    return Table(caption, columns, rows, "compact wide")
