"""How the answer rates settle: each estimated anew after every replication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Array, Estimate, divide, t_quantile
from callcenter.measure.figures import groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.result import Result

if TYPE_CHECKING:
    import pandas as pd


def half_widths(result: Result) -> pd.DataFrame:
    """Return the running estimate of each answer rate, one row per number of replications and tier.

    Columns are replications (from 2), tier (and ``all``), value, low, high and half_width; the last rows are
    the figures of the summary.  ``low`` and ``high`` are clipped to what is possible, ``half_width`` is not.
    Empty with one replication.
    """
    import pandas as pd

    frames = []
    for tier, (rates, half) in running(result).items():
        columns = {"replications": np.arange(1, half.size + 1), "tier": tier, **rates._asdict()}
        frames.append(pd.DataFrame({**columns, "half_width": half})[1:])
    return pd.concat(frames).sort_values("replications", kind="stable", ignore_index=True)


def running(result: Result) -> dict[str, tuple[Estimate, Floats]]:
    """Return the answer rate of each tier and ``all`` after 1, 2, ... replications, and its half-width.

    Arrays of shape (replications,); after the first there is no interval (nan).
    """
    definition = DEFINITIONS[result.scenario.service_level.definition]
    tiers = groups(result.scenario, stack(result.tallies))
    return {tier: _running(*definition(summed(group.figures))) for tier, group in tiers.items()}


def _running(numerators: Array, denominators: Array) -> tuple[Estimate, Floats]:
    """Return the ratio of the first 1, 2, ... replications, and its half-width by the delta method.

    The residuals x - r y of the running ratio r are those of the final one shifted by so many y, which
    keeps the sums of squares small.
    """
    number = np.arange(1, len(numerators) + 1)
    above, below = np.cumsum(numerators), np.cumsum(denominators)
    value = divide(above, below)
    shift = value - divide(above[-1], below[-1])
    residuals = numerators - divide(above[-1], below[-1]) * denominators
    squares = (
        np.cumsum(residuals**2)
        - 2 * shift * np.cumsum(residuals * denominators)
        + shift**2 * np.cumsum(denominators.astype(np.float64) ** 2)
    )
    error = divide(np.sqrt(divide(np.maximum(squares, 0.0), number * (number - 1))), below / number)
    half: Floats = t_quantile(number - 1) * error
    return Estimate(value, np.maximum(value - half, 0.0), np.minimum(value + half, 1.0)), half
