"""The call log and the callback log as pandas tables, with names instead of codes (contract 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from callcenter.arrays import Floats, Ints
from callcenter.calllog import JOB_OUTCOMES, OUTCOMES, CallbackLog, CallLog
from callcenter.clock import SECONDS_PER_DAY
from callcenter.measure.waits import waits
from callcenter.scenario import Scenario

NumberedLogs = Iterable[tuple[int, CallLog]]
"""Replication and its log."""

ROWS = 250_000
"""Of a piece of a table, at most: some tens of megabytes."""


def call_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per call, replications in the order given; empty = never happened.

    ``call`` is the row within the replication, ``day`` counts from 0 (a cool-down begins with the day
    ``scenario.days``), times are seconds since 00:00 of the first day and ``wait`` is given for every call
    that asked for a person.
    """
    return _joined(piece for number, log in logs for piece in call_pieces(scenario, number, log))


def callback_table(scenario: Scenario, logs: NumberedLogs) -> pd.DataFrame:
    """Return one row per callback job; ``call`` is the lost call's row within the replication."""
    return _joined(piece for number, log in logs for piece in callback_pieces(scenario, number, log))


def call_pieces(scenario: Scenario, replication: int, log: CallLog) -> Iterator[pd.DataFrame]:
    """Yield the rows of one replication in order, at most ROWS at a time; at least one table."""
    for first in range(0, max(log.tier.size, 1), ROWS):
        yield _calls(scenario, replication, log, slice(first, first + ROWS))


def callback_pieces(scenario: Scenario, replication: int, log: CallLog) -> Iterator[pd.DataFrame]:
    """Yield the callback jobs of one replication likewise."""
    for first in range(0, max(log.callbacks.call.size, 1), ROWS):
        yield _callbacks(scenario, replication, log.callbacks, slice(first, first + ROWS))


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


def _calls(scenario: Scenario, replication: int, log: CallLog, rows: slice) -> pd.DataFrame:
    first = range(log.tier.size)[rows].start
    log = log._replace(**{name: getattr(log, name)[rows] for name in _OF_CALLS})
    return pd.DataFrame(
        {
            "replication": replication,
            **_day_columns(scenario, log.arrived),
            "call": np.arange(first, first + log.arrived.size),
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


_OF_CALLS = (
    "parent",
    "attempt",
    "tier",
    "arrived",
    "joined",
    "answered",
    "left",
    "released",
    "outcome",
    "pool",
)
"""What of a log is in its table."""


def _callbacks(scenario: Scenario, replication: int, jobs: CallbackLog, rows: slice) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "replication": replication,
            "call": jobs.call[rows],
            "tier": _named(list(scenario.tiers), jobs.tier[rows]),
            "created": jobs.created[rows],
            "due": jobs.due[rows],
            "first_attempt": jobs.first_attempt[rows],
            "ended": jobs.ended[rows],
            "attempts": jobs.attempts[rows],
            "outcome": _named(JOB_OUTCOMES, jobs.outcome[rows]),
        }
    )


def _named(names: Sequence[str], codes: npt.NDArray[Any]) -> pd.Series[str]:
    """Replace codes by names, -1 by nothing."""
    return pd.Series(np.array([*names, None], dtype=object)[codes], dtype="str")


def _joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)
