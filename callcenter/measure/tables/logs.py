"""The call log and the callback log as pandas tables, with names instead of codes (contract 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from callcenter.arrays import Floats, Ints
from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallLog
from callcenter.clock import SECONDS_PER_DAY
from callcenter.measure.waits import waits
from callcenter.scenario import Scenario

NumberedLogs = Iterable[tuple[int, CallLog]]
"""Replication and its log."""


def call_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per call, replications in the order given; empty = never happened.

    ``call`` is the row within the replication, ``day`` counts from 0 (a cool-down begins with the day
    ``scenario.days``), times are seconds since 00:00 of the first day and ``wait`` is given for every call
    that asked for a person.
    """
    return _joined(_calls(scenario, replication, log) for replication, log in logs)


def callback_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per callback job; ``call`` is the lost call's row within the replication."""
    return _joined(_callbacks(scenario, replication, log) for replication, log in logs)


def _days(scenario: Scenario, arrived: Floats) -> Ints:
    """Return the day in which each call arrived: from one opening to the next, the cool-down's days too."""
    days = np.floor((arrived - scenario.day.open) / SECONDS_PER_DAY)
    return np.clip(days, 0, scenario.run_days - 1).astype(np.int64)


def _day_columns(scenario: Scenario, arrived: Floats) -> dict[str, Any]:
    """Return the day of each call, and its date where the scenario says it."""
    days = _days(scenario, arrived)
    if scenario.day.date is None:
        return {"day": days}
    dates = np.array([str(scenario.date_of(day)) for day in range(scenario.run_days)], dtype=object)
    return {"day": days, "date": pd.Series(dates[days], dtype="str")}


def _calls(scenario: Scenario, replication: int, log: CallLog) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "replication": replication,
            **_day_columns(scenario, log.arrived),
            "call": np.arange(log.arrived.size),
            "parent": pd.arrays.IntegerArray(log.parent.copy(), log.parent < 0),
            "attempt": log.attempt,
            "tier": _named(list(scenario.tiers), log.tier),
            "arrived": log.arrived,
            "joined": log.joined,
            "answered": log.answered,
            "left": log.left,
            "released": log.released,
            "wait": waits(log),
            "outcome": _named(OUTCOMES, log.outcome),
            "pool": _named(list(scenario.pools), log.pool),
        }
    )


def _callbacks(scenario: Scenario, replication: int, log: CallLog) -> pd.DataFrame:
    jobs = log.callbacks
    return pd.DataFrame(
        {
            "replication": replication,
            "call": jobs.call,
            "tier": _named(list(scenario.tiers), jobs.tier),
            "created": jobs.created,
            "due": jobs.due,
            "first_attempt": jobs.first_attempt,
            "ended": jobs.ended,
            "attempts": jobs.attempts,
            "outcome": _named(JOB_OUTCOMES, jobs.outcome),
        }
    )


def _named(names: Sequence[str], codes: npt.NDArray[Any]) -> pd.Series[str]:
    """Replace codes by names, -1 by nothing."""
    return pd.Series(np.array([*names, None], dtype=object)[codes], dtype="str")


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)
