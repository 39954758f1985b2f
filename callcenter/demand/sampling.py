"""Draws from the distributions of the scenario language (contract 1.1)."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from callcenter.arrays import Floats
from callcenter.clock import TICKS_PER_SECOND
from callcenter.scenario.parts import distributions as d

Generator = np.random.Generator


def to_ticks(seconds: Floats) -> Floats:
    """Round seconds to the nearest tick."""
    ticks = seconds * TICKS_PER_SECOND
    np.rint(ticks, out=ticks)
    ticks *= 1 / TICKS_PER_SECOND
    return ticks


def sample(distribution: d.Distribution, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    """Draw one time in seconds for each call, given the interval of the day in which it arrives.

    The interval's factor comes first and the clipping last, so ``at_least`` and ``at_most`` always hold.
    """
    return to_ticks(_shaped(distribution, rng, intervals))


def certain(distribution: d.Distribution) -> bool:
    """Say whether nothing is left to chance, so that no stream is needed."""
    return isinstance(distribution, d.Constant | d.Never)


def _shaped(distribution: d.Distribution, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    draws = _DRAWS[type(distribution)](distribution, rng, intervals)
    if distribution.per_interval is not None:
        draws = draws * np.asarray(distribution.per_interval)[intervals]
    if distribution.at_least > 0 or distribution.at_most < math.inf:
        draws = np.clip(draws, distribution.at_least, distribution.at_most)
    return draws


def _constant(dist: d.Constant, _: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return np.full(intervals.size, dist.value)


def _never(_dist: d.Never, _: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return np.full(intervals.size, math.inf)


def _exponential(dist: d.Exponential, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return rng.standard_exponential(intervals.size) * dist.mean


def _lognormal(dist: d.Lognormal, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    variance = math.log1p(dist.cv**2)
    return rng.lognormal(math.log(dist.mean) - variance / 2, math.sqrt(variance), intervals.size)


def _gamma(dist: d.Gamma, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    shape = dist.cv**-2
    return rng.standard_gamma(shape, intervals.size) * (dist.mean / shape)


def _erlang(dist: d.Erlang, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return rng.standard_gamma(float(dist.k), intervals.size) * (dist.mean / dist.k)


def _weibull(dist: d.Weibull, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return rng.weibull(dist.shape, intervals.size) * (dist.mean / math.gamma(1 + 1 / dist.shape))


def _uniform(dist: d.Uniform, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    return dist.low + rng.random(intervals.size) * (dist.high - dist.low)


def _triangular(dist: d.Triangular, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    if dist.low == dist.high:
        return np.full(intervals.size, dist.low)
    return rng.triangular(dist.low, dist.mode, dist.high, intervals.size)


def first_branch(cv: float) -> float:
    """Return the share of the shorter branch of a hyperexponential with balanced means.

    Both branches carry half of the mean.  Source: Whitt (1982), section 3.
    """
    return (1 + math.sqrt((cv**2 - 1) / (cv**2 + 1))) / 2


def _hyperexponential(dist: d.Hyperexponential, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    first = first_branch(dist.cv)
    branch: Floats = np.where(rng.random(intervals.size) < first, first, 1 - first)
    drawn: Floats = rng.standard_exponential(intervals.size) * dist.mean / (2 * branch)
    return drawn


def _empirical(dist: d.Empirical, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    values: Floats = np.asarray(dist.values, np.float64)
    chosen: Floats = values[rng.integers(values.size, size=intervals.size)]
    return chosen


def _mixture(dist: d.Mixture, rng: Generator, intervals: npt.NDArray[np.int64]) -> Floats:
    edges = np.cumsum([part.share for part in dist.parts])[:-1]
    branch = np.searchsorted(edges, rng.random(intervals.size), side="right")
    drawn = [_shaped(part.of, rng, intervals) for part in dist.parts]
    return np.choose(branch, drawn) if len(drawn) <= 32 else np.stack(drawn)[branch, np.arange(branch.size)]


_DRAWS: dict[type, Callable[..., Floats]] = {
    d.Constant: _constant,
    d.Never: _never,
    d.Exponential: _exponential,
    d.Lognormal: _lognormal,
    d.Gamma: _gamma,
    d.Erlang: _erlang,
    d.Weibull: _weibull,
    d.Uniform: _uniform,
    d.Triangular: _triangular,
    d.Hyperexponential: _hyperexponential,
    d.Empirical: _empirical,
    d.Mixture: _mixture,
}
