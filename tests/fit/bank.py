"""The log of the Anonymous Bank as call records, for the tests of fits; skips where it is absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from callcenter.arrays import Floats

FILE = Path(__file__).parents[2] / "../shared/data/anonymous_bank/calls_1999_jan_jul.csv.gz"

NOBODY = "NO_SERVER"
"""As a whole name: no agent; within a name it stands where NA stood."""


def bank() -> pd.DataFrame:
    """Return all calls of January to July 1999, with the columns of call records."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not there")
    return _read()


@cache
def _read() -> pd.DataFrame:
    raw = pd.read_csv(FILE, dtype={"date": str})
    raw = raw[(raw["outcome"] != "PHANTOM") & (raw["type"] != "AA")]
    entered, joined, started = (_seconds(raw[name]) for name in ("vru_entry", "q_start", "ser_start"))
    ivr, waited = np.maximum(raw["vru_time"].to_numpy(float), 0), raw["q_time"].to_numpy(float)
    is_queued = (waited > 0) | (joined > 0)
    is_answered = (raw["outcome"] == "AGENT").to_numpy()
    is_served = is_answered & (started > 0)
    joined = np.where(is_queued, joined, entered + ivr)
    wait = np.where(is_queued, waited, 0.0)
    kind = raw["type"].str.strip().to_numpy(str)
    tier = np.where(raw["priority"].to_numpy() == 2, np.char.add(kind, "v"), kind)
    server = raw["server"].str.strip()
    talk = np.where(is_served, raw["ser_time"].to_numpy(float), np.nan)
    is_offered = is_answered | is_queued
    return pd.DataFrame(
        {
            "menu": kind,
            "tier": np.where(is_queued, tier, ""),
            "arrived": entered,
            "joined": np.where(is_offered, joined, np.nan),
            "answered": np.where(is_answered, joined + wait, np.nan),
            "left": np.where(is_answered, joined + wait + talk, joined + wait),
            "outcome": np.select([is_answered, is_queued], ["answered", "abandoned"], "left_ivr"),
            "agent": server.str.replace(NOBODY, "NA").where(server != NOBODY, None),
            "customer": raw["customer_id"].where(raw["customer_id"] > 0),
            "ivr_s": ivr,
            "talk_s": talk,
            "day": pd.to_datetime(raw["date"], format="%y%m%d"),
        }
    )


def _seconds(column: pd.Series[str]) -> Floats:
    parts = column.str.split(":", expand=True).astype(float)
    return (parts[0] * 3600 + parts[1] * 60 + parts[2]).to_numpy(float)
