"""The times and lengths of a call that a log does not hold, from those that it holds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from callcenter.arrays import Flags, Floats
from callcenter.outcomes import Outcome, Stage
from callcenter.records.cleaning import ROUNDING
from callcenter.records.columns import LENGTHS, TIMES

GIVEN = (*TIMES, *LENGTHS, "wait", "hold_s", "handle_s", "duration_s")
"""What logs hold of the course of a call."""

_LINE = tuple(outcome.word for outcome in Outcome if outcome.stage is Stage.LINE)
_LOST_IN_LINE = tuple(word for word in _LINE if word not in ("answered", "open"))


def completed(values: Mapping[str, Floats], outcome: pd.Series[str]) -> dict[str, Floats]:
    """Return times and lengths, each as it stands in the log, else as it follows from others."""
    got = {role: values.get(role, np.full(len(outcome), np.nan)) for role in GIVEN}
    is_answered = (outcome == "answered").to_numpy()
    talk = _talk(got, is_unstamped=("answered" in values) & np.isnan(got["answered"]))
    arrived = _arrived(got)
    joined = _joined(got, arrived, is_answered)
    answered = np.where(is_answered, _first(got["answered"], joined + got["wait"]), np.nan)
    left = _left(got, outcome, arrived, joined, answered + talk)
    wrap_up = np.where(is_answered, _first(got["wrap_up_s"], got["released"] - left), np.nan)
    asks = outcome.isin(_LINE).to_numpy()
    return {
        "arrived": arrived,
        "joined": np.where(asks, joined, np.nan),
        "answered": answered,
        "left": left,
        "released": np.where(is_answered, _first(got["released"], left + np.nan_to_num(wrap_up)), np.nan),
        "ivr_s": _first(got["ivr_s"], np.where(asks, joined - arrived, np.nan)),
        "talk_s": np.where(is_answered, _first(talk, left - answered), np.nan),
        "wrap_up_s": wrap_up,
    }


def _talk(got: Mapping[str, Floats], is_unstamped: Flags) -> Floats:
    """Return talk with holding; 0 of a call without a time of answer is not known."""
    talk = _first(got["talk_s"], got["handle_s"] - np.nan_to_num(got["wrap_up_s"]))
    talk = talk + np.nan_to_num(got["hold_s"])
    return np.where(is_unstamped & (talk == 0), np.nan, talk)


def _arrived(got: Mapping[str, Floats]) -> Floats:
    ended = _first(got["left"], got["released"])
    return _first(got["arrived"], ended - got["duration_s"], got["joined"] - np.nan_to_num(got["ivr_s"]))


def _joined(got: Mapping[str, Floats], arrived: Floats, is_answered: Flags) -> Floats:
    """Return when calls asked for a person: before an answer by the wait, as waits are what is measured."""
    joined = _first(got["joined"], arrived + np.nan_to_num(got["ivr_s"]))
    by_wait = _first(got["answered"] - got["wait"], joined)
    return np.where(is_answered & ~contradicts(got), by_wait, joined)


def _left(
    got: Mapping[str, Floats], outcome: pd.Series[str], arrived: Floats, joined: Floats, talked: Floats
) -> Floats:
    """Return when callers were gone: at the end of talk, of patience, or of the IVR."""
    is_lost = outcome.isin(_LOST_IN_LINE).to_numpy()
    over = arrived + got["duration_s"]
    lost = _first(joined + got["wait"], got["left"], got["released"], over)
    answered = _first(got["left"], talked, over - np.nan_to_num(got["wrap_up_s"]))
    otherwise = _first(got["left"], over, arrived + got["ivr_s"])
    return np.where(outcome == "answered", answered, np.where(is_lost, lost, otherwise))


def contradicts(got: Mapping[str, Floats]) -> Flags:
    """Return where the wait of a call is not, but for rounding, the time from joining to the answer."""
    difference = np.abs(got["answered"] - got["wait"] - got["joined"])
    return (difference > ROUNDING) & (got["answered"] >= got["joined"])


def oddities(values: Mapping[str, Floats], outcome: pd.Series[str]) -> dict[str, Flags]:
    """Return which calls are odd: answered without a time of it, lost but served, waits that differ."""
    got = {role: values.get(role, np.full(len(outcome), np.nan)) for role in GIVEN}
    is_answered = (outcome == "answered").to_numpy()
    return {
        "unstamped": is_answered & np.isnan(got["answered"]) & ("answered" in values),
        "served": ~is_answered & (np.isfinite(got["answered"]) | (got["talk_s"] > 0)),
        "wait_differs": is_answered & contradicts(got),
    }


def _first(*choices: Floats) -> Floats:
    """Return the first value that is there."""
    chosen = choices[0]
    for other in choices[1:]:
        chosen = np.where(np.isnan(chosen), other, chosen)
    return chosen
