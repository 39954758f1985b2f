"""The tab of today: paste the day so far, and read act, wait, or too early to say."""

from __future__ import annotations

import html

import streamlit as st

from callcenter.clock import clock_text
from callcenter.intraday import Intraday, IntradayError
from callcenter.intraday import sentences as words
from callcenter.language import gettext as _
from callcenter.report.tables.intraday import agents_table, options_table, promises_table
from callcenter.report.tables.layout import Table
from callcenter.report.tables.units import is_missing
from callcenter.scenario import ScenarioError
from callcenter.web import today
from callcenter.web.sight import Sight
from callcenter.web.view import plain

MARKS = {"act": "✗ ", "wait": "✓ ", "too_early": "? "}


def show(sight: Sight | None) -> None:
    """Draw what to paste, and what becomes of the day with the agents that the page shows."""
    if sight is None:
        return
    st.caption(
        _(
            "Paste the day so far from a spreadsheet, heads included: start and calls; better also answered, "
            "in_time, handle_time, and in the last row in_line and busy."
        )
    )
    text = st.text_area(_("The day so far"), placeholder=today.SAMPLE, max_chars=today.LARGEST, key="so_far")
    day = sight.variant.day
    middle = clock_text(day.open + (day.close - day.open) // 3 // 1800 * 1800)
    left, right = st.columns([1, 4], gap="medium")
    now = left.text_input(_("Now"), middle, max_chars=8, key="now")
    note = _("Options, one a line, such as overtime: pools.NAME.agents=+2 from 15:00")
    options = right.text_area(note, height=68, max_chars=2000, key="options")
    if st.button(_("Look at the day"), type="primary", key="look"):
        _look(sight, text or "", now, options or "")
    seen: Intraday | None = st.session_state.get("today")
    if seen is not None:
        _answer(seen)


def _look(sight: Sight, text: str, now: str, options: str) -> None:
    asked = [line.strip() for line in options.splitlines() if line.strip()]
    try:
        st.session_state.today = today.look(sight.variant, text, now, asked)
    except (IntradayError, ScenarioError) as error:
        st.session_state.today = None
        st.error(plain(str(error)))


def _answer(day: Intraday) -> None:
    st.markdown(f"**{MARKS.get(day.word or '', '')}{plain(words.headline(day))}**")
    lines = [words.so_far(day), words.rest(day), words.advice(day), *day.notes]
    st.markdown("\n".join(f"- {plain(line)}" for line in filter(None, lines)))
    st.html(f'<figure class="whatif">{today.picture(day)}</figure>')
    _table(promises_table(day))
    if day.tried:
        _table(options_table(day))
    _table(agents_table(day))


def _table(table: Table) -> None:
    """Draw a table of the report: heads and cells as texts."""
    heads = "".join(f"<th>{html.escape(column.head)}</th>" for column in table.columns)
    lines = []
    for row in table.rows:
        texts = (
            "–" if is_missing(cell.number) else (cell.unit or column.unit).write(cell.number)
            for cell, column in zip(row.cells, table.columns, strict=True)
        )
        lines.append("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in texts) + "</tr>")
    st.html(
        f"<table><caption>{html.escape(table.caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
