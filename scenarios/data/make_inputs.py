"""Writes the arrival profile and the rosters that the scenarios of this repository read.

Run it as ``python scenarios/data/make_inputs.py``; a test checks that the committed files are what it writes.
The reasons are in README.md beside it.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from callcenter.theory import erlang_a, erlang_b, erlang_c

Floats = npt.NDArray[np.float64]

HERE = Path(__file__).parent
INTERVALS_PER_HOUR = 2

CALLS_A_DAY = 45_000
OPEN_AGAIN = 14
"""The bank was closed from midnight to 07:00, half-hours 0 to 13."""
NIGHT_LOW, NIGHT_SHARE = 8, 0.15
"""Assumed: at 04:00 the hotline gets 15 % of the calls of 23:30."""

HANDLE, PATIENCE = 186.0, 440.0
WITHIN, PROMISE = 20.0, 0.85
BUSY_CV = 0.05
VIP, OTHERS = 0.06, 0.94
PAST_THE_IVR = 0.82
"""Of the other tiers: 15 % are solved in the IVR and 3 % hang up there."""
RESERVE = 2
"""Agents that the front office keeps free of regular calls."""
BACK_OFFICE, OFFICE_HOURS = 3, range(18, 42)

TOPICS = {
    "billing": (0.34, 150.0),
    "packages": (0.24, 180.0),
    "network": (0.18, 210.0),
    "broadband": (0.14, 240.0),
    "complaints": (0.10, 270.0),
}
"""Share of the calls and mean handle time in seconds; assumed."""
CITY = 0.2
"""The specialised desks answer a fifth of the province's calls."""

CENTRES = [0.1] * 3 + [0.7 / 27] * 27
"""Sizes of the thirty centres: three large ones and 27 small ones."""


DESK_PROFILE = (24, 36, 44, 48, 50, 50, 46, 42, 38, 36, 38, 42, 46, 46, 44, 40, 36, 30, 24, 18)
"""Calls of a half-hour of an ordinary day of the dated desk, from 08:00; assumed."""
DESK_WEEK = (1.25, 1.0, 0.95, 0.95, 1.0, 0.45, 0.3)
"""Monday to Sunday; assumed."""
DESK_PLAN = (8, 10, 12, 12, 13, 13, 12, 12, 11, 11, 11, 12, 12, 12, 12, 11, 11, 9, 8, 7)
DESK_AGENTS = 13

SHEET_CALLS = (60, 84, 106, 120, 128, 126, 112, 98, 90, 94, 108, 118, 120, 116, 104, 92, 80, 66, 54, 42)
"""Calls of a half-hour in the sheet of `erlang_sheet.yaml`, from 08:00; assumed."""
SHEET_AHT, SHEET_PROMISE = 240.0, 0.80

MISSING = (1.5, 8.5)
"""Of the beta distribution of the share that is away on a day: 15 % on average; assumed."""


def bank_day(offered: Floats) -> Floats:
    """Return the measured half-hours, the closed night bridged by a steady fall and rise."""
    known = [offered[-1], NIGHT_SHARE * offered[-1], offered[OPEN_AGAIN]]
    night = np.exp(np.interp(range(OPEN_AGAIN), [-1, NIGHT_LOW, OPEN_AGAIN], np.log(known)))
    return np.concatenate([night, offered[OPEN_AGAIN:]])


def whole(shares: Floats, total: int) -> npt.NDArray[np.int64]:
    """Return whole numbers proportional to ``shares`` that add up to ``total`` (largest remainders)."""
    exact = shares / shares.sum() * total
    parts = np.floor(exact)
    most = np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]
    parts[most] += 1
    rounded: npt.NDArray[np.int64] = parts.astype(np.int64)
    return rounded


def profile() -> pd.DataFrame:
    """Return the expected calls of each half-hour of a weekday."""
    bank = pd.read_csv(HERE / "bank_halfhours.csv")
    basis = np.where(np.arange(len(bank)) < OPEN_AGAIN, "assumed", "measured")
    calls = whole(bank_day(bank["offered"].to_numpy()), CALLS_A_DAY)
    return pd.DataFrame({"time": bank["time"], "calls": calls, "basis": basis})


def busy_days(parts: int = 10) -> Floats:
    """Return equally likely factors of quiet to busy days: middles of slices of the Gamma distribution."""
    shape = BUSY_CV**-2
    factors: Floats = stats.gamma(shape, scale=1 / shape).ppf((np.arange(parts) + 0.5) / parts)
    return factors


def answered_within(calls: float, handle: float, agents: int) -> float:
    """Return the share of a half-hour's calls answered within 20 s, over quiet and busy days (Erlang A)."""
    factors = busy_days()
    hourly = calls * INTERVALS_PER_HOUR * factors
    shares = [erlang_a(each, handle, agents, PATIENCE, WITHIN).answered_within for each in hourly]
    return float(np.average(shares, weights=factors))


def fewest(calls: float, handle: float = HANDLE) -> int:
    """Return the fewest agents that keep the promise to a half-hour's calls, were they one line."""
    candidates = range(1, 10 + math.ceil(1.5 * erlangs(calls, handle)))
    return 1 + bisect_left(candidates, PROMISE, key=lambda agents: answered_within(calls, handle, agents))


def erlangs(calls: float, handle: float = HANDLE) -> float:
    """Return the load of a half-hour: agents busy on average."""
    return calls * INTERVALS_PER_HOUR * handle / 3600


def vip_desk(calls: float) -> int:
    """Return the VIP load rounded up."""
    return math.ceil(erlangs(VIP * calls))


def front_office(calls: float) -> int:
    """Return the agents for all other calls, for the VIPs who find their desk busy, and the reserve."""
    overflow = VIP * calls * erlang_b(erlangs(VIP * calls), vip_desk(calls))
    return fewest(OTHERS * PAST_THE_IVR * calls + overflow) + RESERVE


def roster(calls: Iterable[int]) -> pd.DataFrame:
    """Return the agents of the three pools in each half-hour."""
    rows = [
        (vip_desk(each), front_office(each), BACK_OFFICE if halfhour in OFFICE_HOURS else 0)
        for halfhour, each in enumerate(calls)
    ]
    return pd.DataFrame(rows, columns=["vip_desk", "front_office", "back_office"])


def desks(calls: Iterable[int]) -> pd.DataFrame:
    """Return the agents of each specialised desk, and of all of them together."""
    agents = {
        topic: [fewest(share * CITY * each, handle) for each in calls]
        for topic, (share, handle) in TOPICS.items()
    }
    table = pd.DataFrame(agents)
    return table.assign(together=table.sum(axis=1))


def centres(agents: Iterable[int]) -> pd.DataFrame:
    """Return the same number of agents in each half-hour, split over thirty centres by their size."""
    names = [f"centre_{number:02}" for number in range(1, len(CENTRES) + 1)]
    return pd.DataFrame([whole(np.array(CENTRES), total) for total in agents], columns=names)


def dated_calls() -> pd.DataFrame:
    """Return the expected calls of a service desk for a week from Monday 23 November 2026, day by day."""
    hours = desk_hours()
    rows = [
        (date, start, round(calls * factor, 1))
        for date, factor in zip(dates("2026-11-23", 7), DESK_WEEK, strict=True)
        for start, calls in zip(hours, DESK_PROFILE, strict=True)
    ]
    return pd.DataFrame(rows, columns=["date", "start", "calls"])


def past_rosters() -> pd.DataFrame:
    """Return who was there on 40 working days of the past: the plan, less who was ill or in training."""
    days = [date for date in dates("2026-09-07", 56) if pd.Timestamp(date).day_of_week < 5]
    rng = np.random.default_rng(20261123)
    missing = rng.binomial(DESK_AGENTS, rng.beta(*MISSING, size=len(days)))
    rows = [
        (date, start, max(1, agents - round(away * agents / DESK_AGENTS)))
        for date, away in zip(days, missing, strict=True)
        for start, agents in zip(desk_hours(), DESK_PLAN, strict=True)
    ]
    return pd.DataFrame(rows, columns=["date", "start", "agents"])


def desk_hours() -> list[str]:
    """Return the starts of the half-hours from 08:00 to 18:00."""
    return [f"{8 + number // 2:02}:{30 * (number % 2):02}" for number in range(len(DESK_PROFILE))]


def dates(first: str, number: int) -> list[str]:
    """Return dates in a row."""
    return [str(day.date()) for day in pd.date_range(first, periods=number)]


def erlang_sheet() -> pd.DataFrame:
    """Return a planner's sheet: calls by half-hour, fewest agents by Erlang C, and what it promises."""
    rows = []
    for number, calls in enumerate(SHEET_CALLS):
        rate = calls * INTERVALS_PER_HOUR
        agents = math.ceil(rate * SHEET_AHT / 3600)
        while erlang_c(rate, SHEET_AHT, agents, WITHIN).answered_within < SHEET_PROMISE:
            agents += 1
        figures = erlang_c(rate, SHEET_AHT, agents, WITHIN)
        rows.append(
            {
                "Interval": f"{8 + number // 2:02d}:{number % 2 * 30:02d}",
                "Calls": calls,
                "AHT (s)": int(SHEET_AHT),
                "Erlangs": round(rate * SHEET_AHT / 3600, 2),
                "Agents": agents,
                "SL %": round(100 * figures.answered_within, 1),
                "ASA (s)": round(figures.asa, 1),
            }
        )
    return pd.DataFrame(rows)


def tables() -> dict[str, pd.DataFrame]:
    """Return every file that this script writes."""
    day = profile()
    pools = roster(day["calls"])
    written = {
        "roster.csv": pools,
        "desks.csv": desks(day["calls"]),
        "centres.csv": centres(pools.sum(axis=1)),
    }
    timed = {name: pd.concat([day["time"], table], axis=1) for name, table in written.items()}
    dated = {"dated_calls.csv": dated_calls(), "past_rosters.csv": past_rosters()}
    return {"halfhour_profile.csv": day, **timed, **dated, "erlang_sheet.csv": erlang_sheet()}


if __name__ == "__main__":
    for name, table in tables().items():
        table.to_csv(HERE / name, index=False, lineterminator="\n")
