"""How the answer rates settle: each estimated anew after every replication."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

from callcenter.arrays import Floats
from callcenter.measure.estimates import Estimate, divide
from callcenter.measure.figures import groups, summed
from callcenter.measure.intervals import Array, scatter_of_sums
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.shares import Calls, share_ends
from callcenter.measure.tally import stack
from callcenter.study.result import Result

if TYPE_CHECKING:
    import pandas as pd


def half_widths(result: Result) -> pd.DataFrame:
    """Return the running estimate of each answer rate, one row per number of replications and tier.

    Columns are replications (from 2), tier (and ``all``), value, low, high and half_width; the last rows are
    the figures of the summary.  ``half_width`` is the longer side of the interval.  Empty with one
    replication.
    """
    import pandas as pd

    frames = []
    for tier, rates in running(result).items():
        columns = {"replications": np.arange(1, rates.value.size + 1), "tier": tier, **rates._asdict()}
        frames.append(pd.DataFrame({**columns, "half_width": rates.half_width})[1:])
    return pd.concat(frames).sort_values("replications", kind="stable", ignore_index=True)


def running(result: Result) -> dict[str, Estimate]:
    """Return the answer rate of each tier and ``all`` after 1, 2, ... replications.

    Arrays of shape (replications,); after the first there is no interval (nan).
    """
    definition = DEFINITIONS[result.scenario.service_level.definition]
    tiers = groups(result.scenario, stack(result.tallies))
    return {tier: _running(*definition(summed(group.figures))) for tier, group in tiers.items()}


def _running(numerators: Array, denominators: Array) -> Estimate:
    """Return the share of the first 1, 2, ... replications.

    The residuals x - r y of the running ratio r are those of the final one shifted by so many y, which
    keeps the sums of squares and cubes small.
    """
    number = np.arange(1, len(numerators) + 1)
    value = divide(np.cumsum(numerators), np.cumsum(denominators))
    shift, residuals = value - value[-1], numerators - value[-1] * denominators
    calls = _running_calls(numerators, denominators, number)
    squares, cubes = (
        divide(_power_sums(residuals, denominators, shift, power), calls.mean**power) for power in (2, 3)
    )
    scatter = scatter_of_sums(number, np.maximum(squares, 0.0), cubes)
    return Estimate(value, *share_ends(value, scatter, calls, most=1.0))


def _power_sums(residuals: Floats, denominators: Array, shift: Floats, power: int) -> Floats:
    """Return the running sums of (residual - shift x denominator) to a power, by the binomial theorem."""
    terms = [
        comb(power, k) * (-shift) ** k * np.cumsum(residuals ** (power - k) * denominators.astype(float) ** k)
        for k in range(power + 1)
    ]
    sums: Floats = np.sum(terms, axis=0)
    return sums


def _running_calls(numerators: Array, denominators: Array, number: Array) -> Calls:
    centred = denominators - denominators.mean()
    squares = np.cumsum(centred**2) - np.cumsum(centred) ** 2 / number
    return Calls(
        np.cumsum(denominators) / number,
        np.maximum(squares, 0.0) / np.maximum(number - 1, 1),
        np.maximum.accumulate(denominators - numerators),
        np.maximum.accumulate(numerators),
    )
