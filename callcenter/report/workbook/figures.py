"""How the figures of the tables of `measure` are called in a workbook, and in which format they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.report.workbook.cells import (
    COUNT,
    FINE_PERCENT,
    PERCENT,
    RATIO,
    SECONDS,
    WHOLE,
    Column,
    Value,
)
from callcenter.scenario.values import is_number


class Figure(NamedTuple):
    """Head and number format of a column; an estimate has the ends of its interval behind it."""

    head: str
    form: str = COUNT


COUNTS = {
    "called": Figure(noted("calls")),
    "blocked": Figure(noted("blocked")),
    "self_served": Figure(noted("solved in the IVR")),
    "left_ivr": Figure(noted("hung up in the IVR")),
    "offered": Figure(noted("offered")),
    "answered": Figure(noted("answered")),
    "answered_within": Figure(noted("answered in time")),
    "abandoned": Figure(noted("abandoned")),
    "abandoned_within": Figure(noted("abandoned in time")),
    "balked": Figure(noted("balked")),
    "diverted": Figure(noted("took a callback instead")),
    "closed": Figure(noted("waiting at the close")),
    "open": Figure(noted("open at the end")),
    "redials": Figure(noted("redials")),
    "repeats": Figure(noted("repeats")),
    "transfers": Figure(noted("transfers")),
}

PROMISE = {
    "target": Figure(noted("target"), PERCENT),
    "within_s": Figure(noted("in time: within (s)"), SECONDS),
}

RATE = {"service_level": Figure(noted("answer rate"), PERCENT)}

DAYS = {"days_met": Figure(noted("days met"), PERCENT)}

LOSSES = {"abandonment": Figure(noted("abandoned, share"), PERCENT)}

WAITS = {
    "asa_s": Figure(noted("ASA (s)"), SECONDS),
    "mean_wait_s": Figure(noted("mean wait (s)"), SECONDS),
    "mean_excess_s": Figure(noted("mean excess over the target (s)"), SECONDS),
    "p50_wait_s": Figure(noted("50% waited at most (s)"), SECONDS),
    "p90_wait_s": Figure(noted("90% waited at most (s)"), SECONDS),
    "p95_wait_s": Figure(noted("95% waited at most (s)"), SECONDS),
    "p99_wait_s": Figure(noted("99% waited at most (s)"), SECONDS),
    "max_wait_s": Figure(noted("longest wait (s)"), SECONDS),
}

TIER = PROMISE | RATE | DAYS | COUNTS | LOSSES | WAITS
"""Figures of a tier, in the order of the sheet."""

INTERVAL = {
    **{name: COUNTS[name] for name in ("offered", "answered", "answered_within", "abandoned")},
    **RATE,
    **LOSSES,
    "asa_s": WAITS["asa_s"],
    "queue_length": Figure(noted("callers in line")),
}
"""Figures of a tier in an interval."""

POOL = {
    "staffed_h": Figure(noted("staffed (h)")),
    "busy_h": Figure(noted("busy (h)")),
    "idle_h": Figure(noted("idle (h)")),
    "overtime_h": Figure(noted("overtime (h)")),
    "rostered_h": Figure(noted("rostered (h)")),
    "absent_h": Figure(noted("absent (h)")),
    "occupancy": Figure(noted("occupancy"), PERCENT),
    "calls": Figure(noted("calls answered")),
    "callback_attempts": Figure(noted("callbacks dialled")),
}

CUSTOMERS = {
    "customers": Figure(noted("customers")),
    "calls_per_customer": Figure(noted("calls of each"), RATIO),
    "first_contact_resolution": Figure(noted("solved at first contact"), PERCENT),
    "never_served": Figure(noted("never served"), PERCENT),
    "started_online": Figure(noted("started online")),
    "solved_online": Figure(noted("solved online")),
}

IVR = {
    "entered": Figure(noted("entered")),
    "containment": Figure(noted("solved there"), PERCENT),
    "hung_up": Figure(noted("hung up there"), PERCENT),
    "time_s": Figure(noted("time there (s)"), SECONDS),
    "reached_person_s": Figure(noted("until a person (s)"), SECONDS),
}

LINES = {
    "busy": Figure(noted("held, on average")),
    "blocked": Figure(noted("calls that found none"), FINE_PERCENT),
    "line_hours": Figure(noted("line-hours")),
}

AGENTS = {
    "agents_peak": Figure(noted("agents at the peak"), WHOLE),
    "agent_hours": Figure(noted("agent-hours a day")),
}


def columns_of(table: pd.DataFrame, figures: Mapping[str, Figure]) -> list[Column]:
    """Return a column for each figure that a table has, and behind an estimate the ends of its interval."""
    return [
        column
        for name, figure in figures.items()
        if name in table
        for column in _columns(table, name, figure)
    ]


def _columns(table: pd.DataFrame, name: str, figure: Figure) -> Iterable[Column]:
    yield Column(_(figure.head), numbers(table[name]), figure.form)
    if f"{name}_low" in table:
        yield Column(
            _("{figure}, low").format(figure=_(figure.head)), numbers(table[f"{name}_low"]), figure.form
        )
        yield Column(
            _("{figure}, high").format(figure=_(figure.head)), numbers(table[f"{name}_high"]), figure.form
        )


def numbers(series: Iterable[Any]) -> list[Value]:
    """Return figures as plain numbers, none where there is none."""
    return [None if figure is None or pd.isna(figure) else float(figure) for figure in series]


def texts(series: Iterable[Any]) -> list[Value]:
    """Return names as they are."""
    return [None if text is None or text is pd.NA else str(text) for text in series]


def verdicts(names: Iterable[Any]) -> list[Value]:
    """Return verdicts by sign and word, nothing where nothing is promised."""
    return [wording.verdict(name) if isinstance(name, str) else None for name in names]


def settings(values: Sequence[object]) -> Column:
    """Return the values of a varied path: numbers where they are, else their text."""
    return Column("", [float(value) if is_number(value) else str(value) for value in values])  # type: ignore[arg-type]


def estimates(found: Sequence[Mapping[str, Any]], figures: Mapping[str, Figure]) -> pd.DataFrame:
    """Return a row for each set of estimates of a summary, with the ends of their intervals."""
    ends = (("value", ""), ("low", "_low"), ("high", "_high"))
    rows = [{name + end: each[name][key] for name in figures for key, end in ends} for each in found]
    return pd.DataFrame(rows, dtype=float)
