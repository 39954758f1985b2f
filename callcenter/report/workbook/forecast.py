"""The workbook of a forecast."""

from __future__ import annotations

from pathlib import Path

from callcenter.forecast import Forecast
from callcenter.forecast import sentences as words
from callcenter.language import gettext as _
from callcenter.report.tables.forecast import (
    days_table,
    intervals_table,
    leads_table,
    methods_table,
    special_table,
)
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.inputs import origin_lines
from callcenter.report.workbook.recorded import summary_sheet
from callcenter.report.workbook.tables import table_sheet


def write_forecast_workbook(forecast: Forecast, path: Path, command: str = "") -> None:
    """Write the workbook: days, errors, and every interval with its bands."""
    title = _("Forecast, {first} to {last}").format(first=forecast.days[0], last=forecast.days[-1])
    book = Book(title)
    texts = [words.headline(forecast), words.how_good(forecast), words.method(forecast)]
    notes = [*filter(None, [words.cost(forecast.cost)]), words.restless(forecast), *forecast.notes]
    summary_sheet(book, title, texts, notes, [methods_table(forecast), leads_table(forecast)])
    table_sheet(book, _("Days"), days_table(forecast))
    table_sheet(book, _("Intervals"), intervals_table(forecast), names=2)
    if forecast.special.past:
        table_sheet(book, _("Special days"), special_table(forecast))
    history = _("{days} days, {first} to {last}").format(
        days=len(forecast.counts.days), first=forecast.counts.days[0], last=forecast.counts.days[-1]
    )
    origin_lines(book, [(_("command"), command), (_("history"), history)], [])
    book.save(path)
