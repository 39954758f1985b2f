"""By how much a figure of one scenario is above that of another, on the same callers."""

from __future__ import annotations

from typing import NamedTuple

from callcenter.study.result import Result


class Side(NamedTuple):
    """One of the scenarios compared."""

    name: str
    result: Result


class Difference(NamedTuple):
    """By how much a figure of one scenario is above that of another, on the same callers."""

    first: str
    second: str
    part: str
    figure: str
    first_value: float
    second_value: float
    difference: float
    low: float
    high: float
    """Ends of the 95% interval."""
    p: float
    p_holm: float
    """Corrected for the number of differences of this figure; `p` itself where only two are compared."""
    different: bool | None
    """Whether it is shown at 5%, familywise; None with one replication."""
    times_the_days: float | None
    """How many times the days two independent samples would need for an interval as narrow."""
    first_verdict: str | None = None
    """Of an answer rate: whether the first meets its own target; None where there is none to meet."""
    second_verdict: str | None = None
