"""The laws of the families: how times are drawn, and their mean up to a limit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.scenario import Distribution
from callcenter.scenario.parts import families

Generator = np.random.Generator


class Law(NamedTuple):
    """What chance does with one family, before factor and clipping."""

    draw: Callable[..., Floats]
    """Of the distribution, a generator and a size: so many times in seconds."""
    mean_up_to: Callable[..., float]
    """Of the distribution and a finite limit above 0: E[min(X, limit)], the integral of the survival."""


def drawn(distribution: Distribution, rng: Generator, intervals: Ints) -> Floats:
    """Draw one time for each call, given the interval of the day in which it arrives.

    The interval's factor comes first and the clipping last, so ``at_least`` and ``at_most`` always hold.
    """
    times = _drawn_unclipped(distribution, rng, intervals)
    if distribution.per_interval is not None:
        times = times * np.asarray(distribution.per_interval)[intervals]
    if distribution.at_least > 0 or distribution.at_most < math.inf:
        times = np.clip(times, distribution.at_least, distribution.at_most)
    return times


def _drawn_unclipped(distribution: Distribution, rng: Generator, intervals: Ints) -> Floats:
    if isinstance(distribution, families.Mixture):
        return _drawn_from_parts(distribution, rng, intervals)
    return LAWS[type(distribution)].draw(distribution, rng, intervals.size)


def _drawn_from_parts(mixture: families.Mixture, rng: Generator, intervals: Ints) -> Floats:
    edges = np.cumsum([part.share for part in mixture.parts])[:-1]
    branch = np.searchsorted(edges, rng.random(intervals.size), side="right")
    times = [drawn(part.of, rng, intervals) for part in mixture.parts]
    return np.choose(branch, times) if len(times) <= 32 else np.stack(times)[branch, np.arange(branch.size)]


def mean_up_to(distribution: Distribution, limit: float, interval: int) -> float:
    """Return E[min(Y, limit)] of a time Y drawn for a call of an interval, factor and clipping applied."""
    factor = 1.0 if distribution.per_interval is None else distribution.per_interval[interval]
    low, high = distribution.at_least, min(distribution.at_most, limit)
    if factor == 0 or high <= low:
        return min(low, high)
    upper, lower = (_unclipped_up_to(distribution, bound / factor, interval) for bound in (high, low))
    return low + factor * (upper - lower)


def _unclipped_up_to(distribution: Distribution, limit: float, interval: int) -> float:
    if isinstance(distribution, families.Mixture):
        parts = (part for part in distribution.parts if part.share)
        return math.fsum(part.share * mean_up_to(part.of, limit, interval) for part in parts)
    if limit <= 0:
        return 0.0
    return (
        distribution.mean if math.isinf(limit) else LAWS[type(distribution)].mean_up_to(distribution, limit)
    )


def _draw_constant(dist: families.Constant, _: Generator, size: int) -> Floats:
    return np.full(size, dist.value)


def _constant_mean(dist: families.Constant, limit: float) -> float:
    return min(dist.value, limit)


def _draw_never(_dist: families.Never, _: Generator, size: int) -> Floats:
    return np.full(size, math.inf)


def _never_mean(_: families.Never, limit: float) -> float:
    return limit


def _draw_exponential(dist: families.Exponential, rng: Generator, size: int) -> Floats:
    return rng.standard_exponential(size) * dist.mean


def _exponential_mean(dist: families.Exponential, limit: float) -> float:
    return _exponential_up_to(dist.mean, limit)


def _exponential_up_to(mean: float, limit: float) -> float:
    return -mean * math.expm1(-limit / mean)


def _draw_lognormal(dist: families.Lognormal, rng: Generator, size: int) -> Floats:
    variance = math.log1p(dist.cv**2)
    return rng.lognormal(math.log(dist.mean) - variance / 2, math.sqrt(variance), size)


def _lognormal_mean(dist: families.Lognormal, limit: float) -> float:
    variance = math.log1p(dist.cv**2)
    sigma = math.sqrt(variance)
    place = (math.log(limit / dist.mean) + variance / 2) / sigma
    return dist.mean * _normal(place - sigma) + limit * _normal(-place)


def _normal(place: float) -> float:
    return math.erfc(-place / math.sqrt(2)) / 2


def _draw_gamma(dist: families.Gamma, rng: Generator, size: int) -> Floats:
    shape = dist.cv**-2
    return rng.standard_gamma(shape, size) * (dist.mean / shape)


def _gamma_mean(dist: families.Gamma, limit: float) -> float:
    return _gamma_up_to(dist.cv**-2, dist.mean, limit)


def _draw_erlang(dist: families.Erlang, rng: Generator, size: int) -> Floats:
    return rng.standard_gamma(float(dist.k), size) * (dist.mean / dist.k)


def _erlang_mean(dist: families.Erlang, limit: float) -> float:
    return _gamma_up_to(dist.k, dist.mean, limit)


def _gamma_up_to(shape: float, mean: float, limit: float) -> float:
    place = limit * shape / mean
    return mean * _below(shape + 1, place) + limit * (1 - _below(shape, place))


def _draw_weibull(dist: families.Weibull, rng: Generator, size: int) -> Floats:
    return rng.weibull(dist.shape, size) * (dist.mean / math.gamma(1 + 1 / dist.shape))


def _weibull_mean(dist: families.Weibull, limit: float) -> float:
    place = (limit / dist.mean * math.gamma(1 + 1 / dist.shape)) ** dist.shape
    return dist.mean * _below(1 + 1 / dist.shape, place) + limit * math.exp(-place)


def _below(shape: float, place: float) -> float:
    # Imported here because it takes longer than to simulate a day, and few times are clipped.
    from scipy.special import gammainc

    return float(gammainc(shape, place))


def _draw_uniform(dist: families.Uniform, rng: Generator, size: int) -> Floats:
    return dist.low + rng.random(size) * (dist.high - dist.low)


def _uniform_mean(dist: families.Uniform, limit: float) -> float:
    if limit <= dist.low or limit >= dist.high:
        return limit if limit <= dist.low else dist.mean
    return limit - (limit - dist.low) ** 2 / (2 * (dist.high - dist.low))


def _draw_triangular(dist: families.Triangular, rng: Generator, size: int) -> Floats:
    if dist.low == dist.high:
        return np.full(size, dist.low)
    return rng.triangular(dist.low, dist.mode, dist.high, size)


def _triangular_mean(dist: families.Triangular, limit: float) -> float:
    low, mode, high = dist.low, dist.mode, dist.high
    if limit <= low or limit >= high:
        return limit if limit <= low else dist.mean
    if limit <= mode:
        return limit - (limit - low) ** 3 / (3 * (high - low) * (mode - low))
    return dist.mean - (high - limit) ** 3 / (3 * (high - low) * (high - mode))


def _first_branch(cv: float) -> float:
    """Return the share of the shorter branch of a hyperexponential with balanced means.

    Both branches carry half of the mean.  Source: Whitt (1982), section 3.
    """
    return (1 + math.sqrt((cv**2 - 1) / (cv**2 + 1))) / 2


def _draw_hyperexponential(dist: families.Hyperexponential, rng: Generator, size: int) -> Floats:
    first = _first_branch(dist.cv)
    branch: Floats = np.where(rng.random(size) < first, first, 1 - first)
    drawn: Floats = rng.standard_exponential(size) * dist.mean / (2 * branch)
    return drawn


def _hyperexponential_mean(dist: families.Hyperexponential, limit: float) -> float:
    first = _first_branch(dist.cv)
    return math.fsum(p * _exponential_up_to(dist.mean / (2 * p), limit) for p in (first, 1 - first))


def _draw_empirical(dist: families.Empirical, rng: Generator, size: int) -> Floats:
    values: Floats = np.asarray(dist.values, np.float64)
    chosen: Floats = values[rng.integers(values.size, size=size)]
    return chosen


def _empirical_mean(dist: families.Empirical, limit: float) -> float:
    return float(np.minimum(dist.values, limit).mean())


LAWS: dict[type[Distribution], Law] = {
    families.Constant: Law(_draw_constant, _constant_mean),
    families.Never: Law(_draw_never, _never_mean),
    families.Exponential: Law(_draw_exponential, _exponential_mean),
    families.Lognormal: Law(_draw_lognormal, _lognormal_mean),
    families.Gamma: Law(_draw_gamma, _gamma_mean),
    families.Erlang: Law(_draw_erlang, _erlang_mean),
    families.Weibull: Law(_draw_weibull, _weibull_mean),
    families.Uniform: Law(_draw_uniform, _uniform_mean),
    families.Triangular: Law(_draw_triangular, _triangular_mean),
    families.Hyperexponential: Law(_draw_hyperexponential, _hyperexponential_mean),
    families.Empirical: Law(_draw_empirical, _empirical_mean),
}
"""By family; a mixture has those of its parts."""
