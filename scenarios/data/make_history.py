"""Writes twelve weeks of calls of the 10010 hotline, as a planner has them who wants to know next week's.

Run it as ``python scenarios/data/make_history.py``; a test checks that the committed file is what it writes.
Every day is one that the simulator draws of `unicom_10010.yaml`, with the volume that `volumes` says, so that
the truth is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from callcenter.demand import draw
from callcenter.scenario import load

HERE = Path(__file__).parent
FIRST, DAYS = date(2026, 9, 7), 84
WEEKDAYS = (1.12, 1.0, 0.97, 0.96, 1.0, 0.72, 0.68)
"""Monday to Sunday; assumed."""
HOLIDAY, WORKED = 0.62, 0.93
"""Public holidays, and weekend days that are worked in exchange, beside a Wednesday; assumed."""
LEVEL_CV, LEVEL_CORRELATION = 0.02, 0.9
"""The level of the days drifts: a little, and slowly; assumed."""
SEED = 10010


def special() -> dict[date, str]:
    """Return which dates are holidays or worked weekend days."""
    table = pd.read_csv(HERE / "special_days.csv")
    return {date.fromisoformat(day): kind for day, kind in zip(table["date"], table["kind"], strict=True)}


def volumes(number: int = DAYS) -> Iterator[tuple[date, float]]:
    """Yield each day and its expected calls, as a factor of an ordinary weekday."""
    news = np.random.default_rng(SEED).normal(size=number)
    level, kinds = 0.0, special()
    for place in range(number):
        level = LEVEL_CORRELATION * level + np.sqrt(1 - LEVEL_CORRELATION**2) * LEVEL_CV * news[place]
        day = FIRST + timedelta(place)
        factor = {"holiday": HOLIDAY, "workday": WORKED}.get(kinds.get(day, ""), WEEKDAYS[day.weekday()])
        yield day, float(factor * np.exp(level))


def history(number: int = DAYS) -> pd.DataFrame:
    """Return the calls of each half-hour that were drawn."""
    scenario = load(HERE.parent / "unicom_10010.yaml")
    day, starts = scenario.day, []
    starts = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 24 * 60, 30)]
    frames = []
    for replication, (when, volume) in enumerate(volumes(number)):
        tape = draw(scenario.with_({"demand.volume": volume, "cool_down": 0}), SEED, replication)
        cells = (tape.arrived // day.interval).astype(int)
        calls = np.bincount(cells[cells < day.intervals], minlength=day.intervals)
        frames.append(pd.DataFrame({"date": str(when), "start": starts, "calls": calls}))
    return pd.concat(frames, ignore_index=True)


if __name__ == "__main__":
    history().to_csv(HERE / "twelve_weeks.csv", index=False, lineterminator="\n")
