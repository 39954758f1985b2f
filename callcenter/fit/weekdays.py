"""Calls of each weekday as a file that scenarios with dates read (contract 2.8)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from callcenter.clock import clock_text
from callcenter.fit.days import WEEKDAYS
from callcenter.fit.fitted import Fitted

WEEKDAYS_FILE = "weekdays.csv"

CERTAIN = 0.01
"""p-value below which records are taken to say that something differs."""


def do_differ(model: Fitted) -> bool:
    """Whether records say that weekdays differ in their calls."""
    return len(model.weekdays) > 1 and model.weekdays_differ < CERTAIN


def calls_of_weekdays(model: Fitted) -> pd.DataFrame | None:
    """Return weekday, start and a column of calls for each tier; None where weekdays do not differ surely.

    Each weekday has the profile of the mean day times its own factor: few days tell a shape of its own.
    """
    if not do_differ(model):
        return None
    starts = [clock_text(start) for start in model.hours.starts]
    factors = np.array([each.value for each in model.weekdays.values()])
    names = [WEEKDAYS[day].capitalize() for day in model.weekdays]
    columns = {
        tier.name: np.round(np.outer(factors, row).ravel(), 3)
        for tier, row in zip(model.tiers, model.profile.mean, strict=True)
    }
    return pd.DataFrame({"weekday": np.repeat(names, len(starts)), "start": starts * len(names)} | columns)
