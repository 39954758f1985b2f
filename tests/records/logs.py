"""Call records to write in many shapes: small, on whole seconds, with every outcome that a shape can hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from callcenter.records.columns import AGENT_EVENTS, CALLS, typed

FIRST_DAY = date(2026, 11, 23)
ZONE = "Asia/Shanghai"

HELD = {
    "columns": ("answered", "abandoned", "left_ivr", "self_served", "blocked", "closed"),
    "queue_log": ("answered", "abandoned", "closed", "diverted"),
    "connect": ("answered", "abandoned", "left_ivr", "self_served"),
    "ucce": ("answered", "abandoned", "left_ivr", "blocked"),
    "cms": ("answered", "abandoned", "blocked", "closed"),
}
"""Outcomes that a shape can tell."""

_WAITED = ("answered", "abandoned", "closed", "diverted")


def call(
    source: str, number: int, arrived: float, course: Sequence[int], outcome: str, tier: str
) -> dict[str, Any]:
    """Return a call of a shape, from the seconds in the IVR, in line, of talk and of wrap-up."""
    ivr, wait, talk, wrap_up = course
    has_ivr = source not in ("queue_log", "cms")
    has_wrap_up = source != "queue_log"
    waits, is_answered = outcome in _WAITED, outcome == "answered"
    joined = arrived + (ivr if has_ivr else 0)
    answered = joined + wait
    left = answered + talk if is_answered else answered if waits else arrived + (ivr if has_ivr else 0)
    names = {"ucce": f"150001-{number}-0", "cms": f"{number}-1"}
    return {
        "call": names.get(source, f"c{number}"),
        "tier": tier,
        "arrived": float(arrived),
        "joined": float(joined) if waits else None,
        "answered": float(answered) if is_answered else None,
        "left": float(left),
        "released": float(left + (wrap_up if has_wrap_up else 0)) if is_answered else None,
        "outcome": outcome,
        "pool": (tier if source == "queue_log" else "desk") if is_answered else None,
        "agent": "Agent/7" if is_answered else None,
        "customer": "13800138000",
        "ivr_s": float(joined - arrived) if waits or source == "ucce" or source == "columns" else None,
        "talk_s": float(talk) if is_answered else None,
        "wrap_up_s": float(wrap_up) if is_answered and has_wrap_up else None,
    }


def frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return calls as records, in order of arrival, of days counted from the first."""
    ordered = sorted(rows, key=lambda row: row["arrived"])
    columns = {column.name: [row.get(column.name) for row in ordered] for column in CALLS}
    columns["attempt"] = [1] * len(ordered)
    columns["day"] = [int(row["arrived"] // 86_400) for row in ordered]
    return typed(CALLS, columns, len(ordered))


def logs(source: str) -> st.SearchStrategy[pd.DataFrame]:
    """Return call records of some calls that a shape can hold, the first of them on the first day."""
    seconds = st.tuples(st.integers(1, 90), st.integers(0, 900), st.integers(1, 2000), st.integers(0, 300))
    arrivals = st.lists(st.integers(0, 3 * 86_400), min_size=1, max_size=25, unique=True)

    def calls(times: list[int]) -> st.SearchStrategy[pd.DataFrame]:
        parts = st.tuples(seconds, st.sampled_from(HELD[source]), st.sampled_from(("vip", "regular")))
        several = st.lists(parts, min_size=len(times), max_size=len(times))
        shifted = [time - (min(times) // 86_400) * 86_400 for time in times]
        return several.map(
            lambda rows: frame(
                [
                    call(source, at, time, *row)
                    for at, (time, row) in enumerate(zip(shifted, rows, strict=True))
                ]
            )
        )

    return arrivals.flatmap(calls)


def events(rows: Sequence[tuple[float, str, str | None, str, str | None]]) -> pd.DataFrame:
    """Return what agents did: time, agent, pool, event, reason."""
    columns = dict(zip(("at", "agent", "pool", "event", "reason"), zip(*rows, strict=True), strict=True))
    return typed(AGENT_EVENTS, {**columns, "day": [int(row[0] // 86_400) for row in rows]}, len(rows))
