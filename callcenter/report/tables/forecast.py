"""A forecast: its days, the errors of every method, how far ahead, and special days of the past."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from callcenter.clock import clock_text
from callcenter.forecast import Forecast
from callcenter.forecast.series import Series
from callcenter.language import gettext as _
from callcenter.report.tables.layout import Cell, Column, Row, Table
from callcenter.report.tables.units import COUNT, HOURS, RATIO, SHARE, TEXT, WHOLE
from callcenter.scenario.parts.calendar import date_text, short_date


def days_table(forecast: Forecast) -> Table:
    """Return a row for each day: calls, bands, and what is special about it."""
    columns = [
        Column(_("day"), key="date"),
        Column(_("calls"), WHOLE, "calls"),
        Column(_("80% of days"), key="band_80"),
        Column(_("95% of days"), key="band_95"),
        *(Column(name, WHOLE, f"calls_{name}") for name in _names(forecast)),
        Column(_("note"), key="note"),
    ]
    rows = list(_days(forecast))
    if all(row.cells[-1].value is None for row in rows):
        columns, rows = columns[:-1], [row._replace(cells=row.cells[:-1]) for row in rows]
    return Table(_("Days ahead"), columns, rows)


def _names(forecast: Forecast) -> list[str]:
    return list(forecast.tiers) if forecast.has_tiers else []


def _days(forecast: Forecast) -> Iterator[Row]:
    total = forecast.total
    for place, day in enumerate(forecast.days):
        is_open = bool(total.calls[place].sum() > 0)
        bands = [
            f"{low[place]:,.0f} – {high[place]:,.0f}" if is_open else None
            for low, high in total.day_bands.values()
        ]
        yield Row(
            [
                Cell(short_date(day)),
                Cell(float(total.calls[place].sum()) if is_open else None),
                *map(Cell, bands),
                *(Cell(float(forecast.tiers[name].calls[place].sum())) for name in _names(forecast)),
                Cell(_note(forecast, place) or (None if is_open else _("not open"))),
            ],
            "group" if day.weekday() == 0 and place else "",
        )


def _note(forecast: Forecast, place: int) -> str:
    """Return the holiday and the events of a day."""
    day = forecast.days[place]
    names = [forecast.special.calendar.name_of(day)]
    names += [
        f"x{event.factor:g} {event.name}".strip()
        for event in forecast.events
        if event.first <= day <= event.last
    ]
    return _(", ").join(filter(None, names))


def methods_table(forecast: Forecast, series: Series | None = None) -> Table:
    """Return a row for each method: errors a day and a week ahead, and agent-hours a day for the promise."""
    own = series or forecast.total
    week = next((test for lead, test in own.tests.items() if lead > 1), None)
    cost = forecast.cost if series is None else None
    columns = [
        Column(_("method"), key="method"),
        Column(_("interval error"), SHARE, "wape_interval"),
        Column(_("day error"), SHARE, "wape_day"),
    ]
    if week is not None:
        columns.append(Column(_("{days} days ahead").format(days=week.lead), SHARE, "wape_interval_week"))
    if cost is not None:
        columns.append(Column(_("agent-hours"), HOURS, "hours"))
    later = {each.method: each for each in forecast.by_method(week)} if week is not None else {}
    rows = []
    for errors in forecast.by_method(own.one_day):
        ahead = [later[errors.method].interval] if later else []
        hours = [cost.methods.get(errors.method)] if cost is not None else []
        cells = [errors.interval, errors.day, *ahead, *hours]
        rows.append(Row([Cell(_(errors.method)), *(Cell(figure) for figure in cells)]))
    chosen = forecast.as_chosen(own.one_day, series)
    ahead = []
    if week is not None:
        ahead = [forecast.as_chosen(week, series).interval]
    hours = [cost.chosen] if cost is not None else []
    cells = [chosen.interval, chosen.day, *ahead, *hours]
    rows.append(Row([Cell(_("as chosen then")), *(Cell(figure) for figure in cells)], "shown"))
    if cost is not None:
        blanks = [Cell() for _each in range(len(columns) - 2)]
        rows.append(Row([Cell(_("calls known before")), *blanks, Cell(cost.known)]))
    return Table(_("Errors of every method, on days that it had not seen"), columns, rows)


def leads_table(forecast: Forecast) -> Table:
    """Return a row for each lead: the method, its errors, and what the bands have held."""
    columns = [
        Column(_("days ahead"), WHOLE, "lead_days"),
        Column(_("method"), TEXT, "method"),
        Column(_("interval error"), SHARE, "wape_interval"),
        Column(_("day error"), SHARE, "wape_day"),
        Column(_("in 80%"), SHARE, "coverage_80"),
        Column(_("in 95%"), SHARE, "coverage_95"),
    ]
    rows = []
    for lead, test in forecast.total.tests.items():
        errors = forecast.as_chosen(test)
        cells: list[float | str] = [float(lead), _(errors.method), errors.interval, errors.day]
        cells += [test.coverages["80"], test.coverages["95"]]
        rows.append(Row([Cell(each) for each in cells]))
    return Table(_("How far ahead, and what the bands have held"), columns, rows)


def special_table(forecast: Forecast) -> Table:
    """Return a row for each special day of the past, beside what an ordinary day would have brought."""
    columns = [
        Column(_("day"), key="date"),
        Column(_("name"), key="name"),
        Column(_("calls"), WHOLE, "calls"),
        Column(_("usual"), WHOLE, "usual"),
        Column(_("times the usual"), RATIO, "factor"),
    ]
    rows = [
        Row(
            [
                Cell(date_text(each.day)),
                Cell(each.name),
                Cell(each.calls),
                Cell(each.usual),
                Cell(each.factor),
            ]
        )
        for each in forecast.special.past
    ]
    return Table(_("Special days of the past"), columns, rows)


def intervals_table(forecast: Forecast) -> Table:
    """Return a row for each interval of each open day, with the bands."""
    columns = [
        Column(_("day"), key="date"),
        Column(_("start"), key="start"),
        Column(_("calls"), COUNT, "calls"),
        *(
            Column(
                _("{level}, {end}").format(level=f"{level:.0%}", end=end), COUNT, f"{key}_{level:.0%}"[:-1]
            )
            for level in forecast.total.bands
            for key, end in (("low", _("low")), ("high", _("high")))
        ),
        *(Column(name, COUNT, f"calls_{name}") for name in _names(forecast)),
    ]
    rows = []
    for place in np.flatnonzero(forecast.totals > 0):
        for cell, start in enumerate(forecast.counts.hours.starts):
            ends = [float(end[place, cell]) for band in forecast.total.bands.values() for end in band]
            own = [float(forecast.tiers[name].calls[place, cell]) for name in _names(forecast)]
            figures = [float(forecast.total.calls[place, cell]), *ends, *own]
            day = str(forecast.days[place])
            rows.append(Row([Cell(day), Cell(clock_text(float(start))), *map(Cell, figures)]))
    return Table(_("Intervals ahead"), columns, rows)
