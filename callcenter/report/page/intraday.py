"""The page of a day seen at a moment: the day so far, the band, and the three words."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.clock import clock_text
from callcenter.intraday import Intraday
from callcenter.intraday import sentences as words
from callcenter.language import gettext as _
from callcenter.report.figures.intraday import day_so_far
from callcenter.report.page.blocks import Block, Bullets, Code, Facts, Gallery, Page, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.tables.intraday import agents_table, options_table, promises_table


def intraday_page(day: Intraday, command: str = "") -> Page:
    """Gather the page of a day."""
    sections = [
        Section("answer", _("Act, wait, or too early to say"), _("Answer"), list(_answer(day))),
        Section("rest", _("The rest of the day"), _("Rest"), list(_rest(day))),
        Section("options", _("What might be done"), _("Options"), list(_options(day))),
        Section("method", _("How it is found"), _("Method"), list(_method())),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), [Code(command)] if command else []),
    ]
    title = _("{scenario}, at {time}").format(scenario=day.scenario.name, time=clock_text(day.actuals.now))
    parts = [wording.plural(len(day.tallies[0]), "replication"), _("seed {seed}").format(seed=day.seed)]
    footer = _("The same figures for a spreadsheet: results.xlsx and intraday.csv beside this file.")
    return Page(title, " · ".join(parts), [each for each in sections if each.blocks], footer)


def _answer(day: Intraday) -> Iterator[Block]:
    yield Text(words.headline(day), "answer")
    yield Text(wording.together(words.so_far(day), words.advice(day)))
    yield promises_table(day)
    if day.notes:
        yield Text(_("Please note:"))
        yield Bullets(day.notes)


def _rest(day: Intraday) -> Iterator[Block]:
    yield Text(words.rest(day))
    caption = _(
        "Bars: calls that came; steps: what was expected before the day; orange: where 80% and 95% of days "
        "lie, given what has come."
    )
    yield Gallery([picture(day_so_far(day), "day-so-far", _("The day so far"), caption, kind="full")])
    yield agents_table(day)


def _options(day: Intraday) -> Iterator[Block]:
    if day.tried:
        yield options_table(day)


def _method() -> Iterator[Block]:
    yield Facts(
        [
            (_("act"), _("in at least 9 of 10 simulated days a promise is broken if nothing is done")),
            (_("wait"), _("in at least 9 of 10 simulated days every promise is kept if nothing is done")),
            (_("too early to say"), _("the band of 80% of days holds both answers")),
        ]
    )
    yield Text(
        _(
            "How busy and how slow the day is follows from what has come so far. The rest is simulated from "
            "those who wait and talk now; the morning counts as it was. Options meet the same callers. "
            "Agents to add are by Erlang A, interval by interval; the row of that name says what they are "
            "worth."
        )
    )
