"""A forecast, for a terminal."""

from __future__ import annotations

from callcenter.forecast import Forecast
from callcenter.forecast import sentences as words
from callcenter.language import gettext as _
from callcenter.report.tables.forecast import days_table, leads_table, methods_table
from callcenter.report.terminal import layout


def forecast_views(forecast: Forecast) -> list[layout.Fitted]:
    """Return the tables: days ahead, errors of every method, how far ahead."""
    tables = (days_table(forecast), methods_table(forecast), leads_table(forecast))
    return [layout.laid_out(table) for table in tables]


def forecast_lines(forecast: Forecast) -> list[str]:
    """Return what is expected, how good that is, what an error costs, and what must be kept in mind."""
    notes = [_("note: {remark}").format(remark=note) for note in forecast.notes]
    lines = [words.headline(forecast), words.how_good(forecast), words.method(forecast)]
    return [*lines, words.cost(forecast.cost), words.restless(forecast), *notes]
