"""The call log and the callback log as pandas tables, with names instead of codes (contract 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallLog
from callcenter.measure.cells import cells_of
from callcenter.measure.waits import waits
from callcenter.scenario import Scenario

NumberedLogs = Iterable[tuple[int, CallLog]]
"""Replication and its log."""


def call_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per call, replications in the order given; empty = never happened.

    ``call`` is the row within the replication, ``day`` counts from 0, times are seconds since 00:00 of the
    first day and ``wait`` is given for every call that asked for a person.
    """
    return _joined(_calls(scenario, replication, log) for replication, log in logs)


def callback_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per callback job; ``call`` is the lost call's row within the replication."""
    return _joined(_callbacks(scenario, replication, log) for replication, log in logs)


def _calls(scenario: Scenario, replication: int, log: CallLog) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "replication": replication,
            "day": cells_of(scenario).of_sorted(log.arrived) // scenario.day.intervals,
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
