"""A day seen at a moment: its promises, options and agents to add."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.intraday import Intraday
from callcenter.intraday.result import Band, Promise, entry_of
from callcenter.intraday.sentences import OPTION_WORDS, word
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.measure import Rank
from callcenter.report.tables.units import HEADS, POINTS, SHARE, WHOLE
from callcenter.study.sentences.targets import target_text, whose


def promises_table(day: Intraday) -> Table:
    """Return a row for each target: the chance that the day keeps it, the whole day's figure, the word."""
    columns = [
        Column(_("tier"), key="tier"),
        Column(_("target"), key="target"),
        Column(_("chance to keep it"), SHARE, "chance"),
        Column(_("whole day, 80% of days"), key="day"),
        Column(_("verdict"), key="verdict"),
    ]
    rows = [
        Row(
            [
                Cell(whose(entry_of(each))),
                Cell(target_text(entry_of(each))),
                Cell(each.chance.as_dict()),
                Cell(_band(each)),
                Cell(word(each.word)),
            ]
        )
        for each in day.promises
    ]
    return Table(_("Each promise by the end of the day"), columns, rows)


def _band(promise: Promise) -> str:
    form = wording.wait if promise.goal.measure == "mean_wait" else wording.percent
    if not np.isfinite(promise.day.value):
        return wording.NOTHING
    return wording.interval({"low": promise.day.low80, "high": promise.day.high80}, form)


def options_table(day: Intraday) -> Table:
    """Return a row for each option, on the same chance as what is planned; best first."""
    columns = [
        Column(_("option"), key="option"),
        Column(_("change"), key="change", ranked=Rank.FIGURE),  # who asked for it knows it
        Column(_("chance to keep all"), SHARE, "chance", ranked=Rank.JUDGED),
        Column(_("gain in points"), POINTS, "gain", is_exact=True),
        Column(_("verdict"), key="verdict"),
    ]
    planned = Row([Cell(_("as planned")), Cell(), Cell(day.chance.as_dict()), Cell(), Cell()])
    rows = [
        Row(
            [
                Cell(one.name),
                Cell(one.change),
                Cell(one.chance.as_dict()),
                Cell(one.gain.as_dict()),
                Cell(_(OPTION_WORDS[one.verdict])),
            ]
        )
        for one in day.tried
    ]
    return Table(_("Options, on the same chance"), columns, [planned, *rows])


def agents_table(day: Intraday) -> Table:
    """Return a row for each interval to come: calls with their band, agents, and agents to add."""
    pools = [name for place, name in enumerate(day.scenario.pools) if day.add[place].any()]
    columns = [
        Column(_("start"), key="start"),
        Column(_("expected"), WHOLE, "expected"),
        Column(_("now expected"), WHOLE, "coming"),
        Column(_("80% of days"), key="band"),
        Column(_("agents"), HEADS, "agents"),
        *(Column(_("add {pool}").format(pool=pool), HEADS, f"add_{pool}") for pool in pools),
    ]
    return Table(_("The rest of the day by interval"), columns, list(_intervals(day, pools)))


def _intervals(day: Intraday, pools: list[str]) -> Iterator[Row]:
    names, hours = list(day.scenario.pools), day.scenario.day
    for place in np.flatnonzero(day.share < 1):
        band = Band.of(day.coming[:, place])
        yield Row(
            [
                Cell(clock_text(hours.open + place * hours.interval)),
                Cell(float(day.expected[place] * (1 - day.share[place]))),
                Cell(band.value),
                Cell(f"{band.low80:,.0f} – {band.high80:,.0f}"),
                Cell(float(day.scheduled[:, place].sum())),
                *(Cell(float(day.add[names.index(pool), place]) or None) for pool in pools),
            ]
        )
