"""The Anonymous Bank from the raw file to a verdict: what the tutorial and the notebook tell, computed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

import callcenter as cc
from callcenter.fit import Fit, fit
from callcenter.records import Records, records
from callcenter.replay import Explanation, Replay, Validation, replay
from tests.fit.bank import FILE

ROOT = Path(__file__).parents[2]
DAYS = "sun-thu"


class Story(NamedTuple):
    """All that is told."""

    records: Records
    fitted: Fit
    validation: Validation
    known: Replay
    explanation: Explanation
    own_pools: Replay
    """All taken, by a model that was fitted to July itself."""


@cache
def bank_records() -> Records:
    """Return the records of the bank; skips without the log."""
    if not FILE.exists():
        pytest.skip(f"{FILE} is not there")
    return records(FILE, ROOT / "scenarios/records/anonymous_bank.yaml")


@cache
def story() -> Story:
    """Return it: fitted to regular days of May and June, judged by those of July; skips without the log."""
    given = bank_records()
    fitted = fit(given, days=DAYS, from_="1999-05-01", to="1999-06-30", name="bank")
    model = fitted.save(mkdtemp())
    validation = cc.validate(model, given, days=DAYS, from_="1999-07-01")
    known = replay(model, given, days=DAYS, from_="1999-07-01", replications=5)
    explanation = cc.explain(model, given, "1999-07-12")
    july = fit(given, days=DAYS, from_="1999-07-01", name="july").scenario
    own = replay(july, given, days=DAYS, from_="1999-07-01", replications=5)
    return Story(given, fitted, validation, known, explanation, own)
