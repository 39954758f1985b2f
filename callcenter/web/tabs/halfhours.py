"""The tab with calls and agents interval by interval, to be edited or pasted from a spreadsheet."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from callcenter.language import gettext as _
from callcenter.web import controls
from callcenter.web.grid import Column, columns_of, edited, starts
from callcenter.web.sight import Sight

TALLEST = 560
"""Pixels."""


def show(sight: Sight | None) -> None:
    """Draw the grid; what is changed in it counts when the button is pressed."""
    if sight is None:
        return
    base = sight.desk.base(sight.edits)
    columns = columns_of(base)
    if not columns:
        st.info(_("This scenario has no series with one number for each interval of the day."))
        return
    st.caption(_("Click a cell, or paste from a spreadsheet. The dials then act on these numbers."))
    frame = pd.DataFrame({column.path: column.values for column in columns}, index=starts(base))
    state = st.session_state
    table = st.data_editor(
        frame,
        key=f"grid.{state.source}.{state.turn}",
        height=min(TALLEST, 36 * (len(frame) + 1) + 2),
        width="stretch",
        num_rows="fixed",
        column_config={column.path: _look(column) for column in columns},
    )
    changes = edited(columns, {column.path: table[column.path].tolist() for column in columns})
    label = _("Simulate with these numbers")
    st.button(label, on_click=_take, args=(sight, changes), disabled=not changes, type="primary", key="grid")


def _look(column: Column) -> Any:
    return st.column_config.NumberColumn(column.label, min_value=0, format="%g", required=True)


def _take(sight: Sight, changes: dict[str, object]) -> None:
    controls.restart(sight.stands, {**sight.edits, **changes})
