"""The workbook of a day seen at a moment."""

from __future__ import annotations

from pathlib import Path

from callcenter.clock import clock_text
from callcenter.intraday import Intraday
from callcenter.intraday import sentences as words
from callcenter.language import gettext as _
from callcenter.report.tables.intraday import agents_table, options_table, promises_table
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.inputs import origin_lines
from callcenter.report.workbook.recorded import summary_sheet
from callcenter.report.workbook.tables import table_sheet


def write_intraday_workbook(day: Intraday, path: Path, command: str = "") -> None:
    """Write the workbook: the word, each promise, the options, and the rest of the day by interval."""
    title = _("{scenario}, at {time}").format(scenario=day.scenario.name, time=clock_text(day.actuals.now))
    book = Book(title)
    texts = [words.headline(day), words.so_far(day), words.rest(day), words.advice(day)]
    tables = [promises_table(day), *([options_table(day)] if day.tried else [])]
    summary_sheet(book, title, [text for text in texts if text], day.notes, tables)
    table_sheet(book, _("Intervals"), agents_table(day))
    origin = [
        (_("command"), command),
        (_("replications"), f"{len(day.tallies[0]):,}"),
        (_("seed"), str(day.seed)),
    ]
    origin_lines(book, origin, [(day.scenario.name, day.scenario)])
    book.save(path)
