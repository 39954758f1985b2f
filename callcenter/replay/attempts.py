"""Which recorded calls follow others: by their own columns, else by who calls again after hanging up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from callcenter.arrays import Flags

WITHIN = 1800.0
"""Seconds after hanging up within which the same customer calls again because of it."""
FEWEST_KNOWN = 0.9
"""Share of the calls with a customer, from which attempts are known by customers."""


class Attempts(NamedTuple):
    """Which calls are no first attempts."""

    is_known: bool
    """Whether records tell at all."""
    follows: Flags


def attempts(frame: pd.DataFrame, are_told: bool = False) -> Attempts:
    """Return which calls of a frame in order of day and arrival are redials, repeats or transfers.

    ``are_told`` where the log has columns for it, though perhaps no call follows another.
    """
    parent = _texts(frame, "parent") != ""
    if "attempt" in frame:
        parent |= (frame["attempt"].fillna(1) > 1).to_numpy(bool)
    if parent.any() or are_told or {"parent", "replication"} <= set(frame):
        return Attempts(True, parent)
    customer = _texts(frame, "customer")
    is_known = bool(len(customer)) and float(np.mean(customer != "")) >= FEWEST_KNOWN
    return Attempts(is_known, _again(frame, customer) if is_known else np.zeros(len(frame), np.bool_))


def _texts(frame: pd.DataFrame, name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    if name not in frame:
        return np.full(len(frame), "", object)
    return frame[name].astype(object).where(frame[name].notna(), "").astype(str).to_numpy(object)


def _again(frame: pd.DataFrame, customer: np.ndarray[tuple[int], np.dtype[np.object_]]) -> Flags:
    """Return which calls come soon after the same customer hung up."""
    order = np.lexsort((frame["arrived"].to_numpy(float), customer.astype(str)))
    arrived, left = frame["arrived"].to_numpy(float)[order], frame["left"].to_numpy(float)[order]
    was_lost = (frame["outcome"].astype(str).to_numpy() == "abandoned")[order]
    soon = np.zeros(len(frame), np.bool_)
    same = customer[order][1:] == customer[order][:-1]
    with np.errstate(invalid="ignore"):
        soon[1:] = same & was_lost[:-1] & (arrived[1:] - left[:-1] <= WITHIN) & (customer[order][1:] != "")
    follows = np.zeros(len(frame), np.bool_)
    follows[order] = soon
    return follows
