"""All targets together: the days on which every one holds, and the chance to keep enough days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.days import share_of_days
from callcenter.measure.estimates import Estimate
from callcenter.measure.replicated import Replicated
from callcenter.measure.tally import Tally
from callcenter.measure.targets import Judged, judged
from callcenter.scenario import Scenario


class DaysKept(NamedTuple):
    """At least so many of so many days on which all targets hold."""

    kept: int
    of: int


def joint_days(targets: Sequence[Judged]) -> Floats:
    """Return whether all targets hold, 1 or 0 for each day, nan where there was nothing to keep."""
    holds = np.stack([target.holds for target in targets])
    is_known = ~np.isnan(holds)
    all_hold: Floats = np.where(
        is_known.any(axis=0), (np.where(is_known, holds, 1.0) == 1).all(axis=0), np.nan
    )
    return all_hold


def days_of(scenario: Scenario, tallies: Sequence[Tally]) -> Floats:
    """Return the `joint_days` of replications."""
    return joint_days(judged(scenario, Replicated(scenario, tallies)))


def chance_of(days: Floats, asked: DaysKept) -> Estimate:
    """Return the chance that all targets hold on at least so many days, from days (replications, days).

    Where replications are as long as that they are counted.  Else days are taken as independent of each
    other, and the ends are those of the share of days.
    """
    if days.shape[1] == asked.of and not np.isnan(days).any():
        enough = days.sum(axis=1) >= asked.kept
        return share_of_days(enough.astype(np.float64)[:, None])
    return Estimate(*(_at_least(asked, np.asarray(end)) for end in share_of_days(days)))


def _at_least(asked: DaysKept, share: Floats) -> Floats:
    """Return the binomial chance of at least so many days."""
    from scipy.special import bdtrc

    chance: Floats = np.asarray(bdtrc(asked.kept - 1.0, asked.of, share) if asked.kept else 1.0)
    return chance
