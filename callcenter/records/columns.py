"""The columns of records: their names, types and meanings (contract 7.1 and 7.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from callcenter.language import noted


class Column(NamedTuple):
    """A column of records; text is empty, times are `nan`, where nothing was recorded."""

    name: str
    dtype: str
    meaning: str
    missing: object = None


CALLS = (
    Column("call", "str", noted("its name in the log")),
    Column("parent", "str", noted("the call that led to it: a transfer, a redial, a repeat")),
    Column("attempt", "int32", noted("1 for a first call, 2 for its first redial"), 1),
    Column("tier", "str", noted("the tier; empty where the log does not tell")),
    Column("arrived", "float64", noted("when the caller dialled, or the call was transferred")),
    Column("joined", "float64", noted("when the call asked for a person")),
    Column("answered", "float64", noted("when an agent answered")),
    Column("left", "float64", noted("when the caller was gone")),
    Column("released", "float64", noted("when the agent was free again")),
    Column("outcome", "str", noted("how it ended, as in the call log")),
    Column("pool", "str", noted("the group that answered")),
    Column("agent", "str", noted("the agent who answered")),
    Column("customer", "str", noted("the customer, where known")),
    Column("ivr_s", "float64", noted("seconds in the IVR")),
    Column("talk_s", "float64", noted("seconds of talk, holding included")),
    Column("wrap_up_s", "float64", noted("seconds of wrap-up")),
    Column("menu", "str", noted("what was chosen in the IVR, or the kind of the call")),
    Column("day", "int32", noted("day of arrival, counted from the first day"), 0),
)
"""Call records: one row a contact, in order of arrival; times are seconds since 00:00 of the first day."""

_BUCKETS = (5, 10, 15, 20, 30, 45, 60)
"""Seconds of the wait buckets that our own writers make; records may have any."""

INTERVALS = (
    Column("day", "int32", noted("the day, counted from the first day"), 0),
    Column("start", "float64", noted("seconds since 00:00 of that day")),
    Column("tier", "str", noted("the tier; empty where the log does not tell")),
    Column("offered", "float64", noted("calls that asked for a person")),
    Column("answered", "float64", noted("those answered")),
    Column("abandoned", "float64", noted("those who hung up waiting")),
    Column("answered_within", "float64", noted("those answered within `within_s`")),
    Column("abandoned_within", "float64", noted("those who hung up within `within_s`")),
    Column("within_s", "float64", noted("seconds of the promise that the report counts by")),
    Column("wait_answered_s", "float64", noted("summed wait of the answered")),
    Column("wait_abandoned_s", "float64", noted("summed wait of those who hung up")),
    Column("handle_s", "float64", noted("summed talk and wrap-up of the answered")),
    Column("staffed", "float64", noted("agents on the phones, on average")),
)
"""Interval records: one row for each interval and tier; wait buckets `answered_le_5` may follow."""

AGENT_EVENTS = (
    Column("day", "int32", noted("the day, counted from the first day"), 0),
    Column("at", "float64", noted("seconds since 00:00 of the first day")),
    Column("agent", "str", noted("the agent")),
    Column("pool", "str", noted("the group; empty if all of the agent's")),
    Column("event", "str", noted("login, logout, pause or unpause")),
    Column("reason", "str", noted("why, where the log says it")),
)
"""What agents did besides calls, in order of time; only some logs hold it."""

BUCKET = r"(answered|abandoned)_le_(\d+(?:\.\d+)?)"
"""Names of the wait buckets of interval records."""

TIMES = ("arrived", "joined", "answered", "left", "released")
LENGTHS = ("ivr_s", "talk_s", "wrap_up_s")


def typed(columns: Sequence[Column], values: Mapping[str, object], rows: int) -> pd.DataFrame:
    """Return a frame of all these columns in their types; columns without values are empty."""
    return pd.DataFrame({column.name: _typed(column, values.get(column.name), rows) for column in columns})


def _typed(column: Column, values: object, rows: int) -> pd.Series[Any]:
    if values is None:
        fill = np.nan if column.missing is None and column.dtype != "str" else column.missing
        return pd.Series([fill] * rows, dtype=column.dtype)
    return pd.Series(values).reset_index(drop=True).astype(column.dtype)  # type: ignore[call-overload, no-any-return]


def empty(columns: Sequence[Column]) -> pd.DataFrame:
    """Return a frame of these columns without rows."""
    return typed(columns, {}, 0)
