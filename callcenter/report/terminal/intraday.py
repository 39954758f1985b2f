"""A day seen at a moment, for a terminal."""

from __future__ import annotations

from callcenter.intraday import Intraday
from callcenter.intraday import sentences as words
from callcenter.language import gettext as _
from callcenter.report.tables.intraday import agents_table, options_table, promises_table
from callcenter.report.terminal import layout


def intraday_views(day: Intraday) -> list[layout.Fitted]:
    """Return the tables: promises, the rest of the day, and options where there are any."""
    tables = [promises_table(day), agents_table(day)]
    if day.tried:
        tables.append(options_table(day))
    return [layout.laid_out(table) for table in tables]


def intraday_lines(day: Intraday) -> list[str]:
    """Return the verdict, what came and what is to come, the best option, and what must be kept in mind."""
    notes = [_("note: {remark}").format(remark=note) for note in day.notes]
    return [
        words.headline(day),
        words.so_far(day),
        words.rest(day),
        *filter(None, [words.advice(day)]),
        *notes,
    ]
