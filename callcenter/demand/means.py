"""Means of clipped times, exactly: the mean handle time behind the announced wait (rule R9a)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from callcenter.demand.sampling import first_branch
from callcenter.scenario import Scenario
from callcenter.scenario.parts import distributions as d


def mean_handle_time(scenario: Scenario, tier: str) -> float:
    """Return mean talk plus mean wrap-up of a tier in seconds, clipping included, a pool's speed left out.

    Factors by interval count by the calls expected in it, alike if none are (a tier reached by transfer).
    """
    expected = scenario.demand.expected(tier)
    weights = expected if any(expected) else (1.0,) * scenario.day.intervals
    rule = scenario.tiers[tier]
    return _mean(rule.talk, weights) + _mean(rule.wrap_up, weights)


@lru_cache(maxsize=1024)
def _mean(distribution: d.Distribution, weights: tuple[float, ...]) -> float:
    if not _varies(distribution):
        return _limited(distribution, 0, math.inf)
    means = (w * _limited(distribution, i, math.inf) for i, w in enumerate(weights) if w > 0)
    return math.fsum(means) / math.fsum(weights)


def _varies(dist: d.Distribution) -> bool:
    """Say whether the distribution is another in another interval."""
    parts = dist.parts if isinstance(dist, d.Mixture) else ()
    return dist.per_interval is not None or any(_varies(part.of) for part in parts)


def _limited(dist: d.Distribution, interval: int, limit: float) -> float:
    """Return E[min(Y, limit)] of a draw Y of an interval, its factor and clipping applied."""
    factor = 1.0 if dist.per_interval is None else dist.per_interval[interval]
    low, high = dist.at_least, min(dist.at_most, limit)
    if factor == 0 or high <= low:
        return min(low, high)
    return low + factor * (_raw(dist, interval, high / factor) - _raw(dist, interval, low / factor))


def _raw(dist: d.Distribution, interval: int, limit: float) -> float:
    """Return E[min(X, limit)] of a draw X before factor and clipping: the integral of its survival."""
    if isinstance(dist, d.Mixture):
        return math.fsum(part.share * _limited(part.of, interval, limit) for part in dist.parts if part.share)
    if limit <= 0:
        return 0.0
    return dist.mean if math.isinf(limit) else _UP_TO[type(dist)](dist, limit)


def _constant(dist: d.Constant, limit: float) -> float:
    return min(dist.value, limit)


def _never(_: d.Never, limit: float) -> float:
    return limit


def _exponential(dist: d.Exponential, limit: float) -> float:
    return _exponential_up_to(dist.mean, limit)


def _exponential_up_to(mean: float, limit: float) -> float:
    return -mean * math.expm1(-limit / mean)


def _lognormal(dist: d.Lognormal, limit: float) -> float:
    variance = math.log1p(dist.cv**2)
    sigma = math.sqrt(variance)
    place = (math.log(limit / dist.mean) + variance / 2) / sigma
    return dist.mean * _normal(place - sigma) + limit * _normal(-place)


def _normal(place: float) -> float:
    return math.erfc(-place / math.sqrt(2)) / 2


def _gamma(dist: d.Gamma, limit: float) -> float:
    return _gamma_up_to(dist.cv**-2, dist.mean, limit)


def _erlang(dist: d.Erlang, limit: float) -> float:
    return _gamma_up_to(dist.k, dist.mean, limit)


def _gamma_up_to(shape: float, mean: float, limit: float) -> float:
    place = limit * shape / mean
    return mean * _below(shape + 1, place) + limit * (1 - _below(shape, place))


def _weibull(dist: d.Weibull, limit: float) -> float:
    place = (limit / dist.mean * math.gamma(1 + 1 / dist.shape)) ** dist.shape
    return dist.mean * _below(1 + 1 / dist.shape, place) + limit * math.exp(-place)


def _below(shape: float, place: float) -> float:
    # Imported here because it takes longer than to simulate a day, and few times are clipped.
    from scipy.special import gammainc

    return float(gammainc(shape, place))


def _uniform(dist: d.Uniform, limit: float) -> float:
    if limit <= dist.low or limit >= dist.high:
        return limit if limit <= dist.low else dist.mean
    return limit - (limit - dist.low) ** 2 / (2 * (dist.high - dist.low))


def _triangular(dist: d.Triangular, limit: float) -> float:
    low, mode, high = dist.low, dist.mode, dist.high
    if limit <= low or limit >= high:
        return limit if limit <= low else dist.mean
    if limit <= mode:
        return limit - (limit - low) ** 3 / (3 * (high - low) * (mode - low))
    return dist.mean - (high - limit) ** 3 / (3 * (high - low) * (high - mode))


def _hyperexponential(dist: d.Hyperexponential, limit: float) -> float:
    first = first_branch(dist.cv)
    return math.fsum(p * _exponential_up_to(dist.mean / (2 * p), limit) for p in (first, 1 - first))


def _empirical(dist: d.Empirical, limit: float) -> float:
    return float(np.minimum(dist.values, limit).mean())


_UP_TO: dict[type, Callable[..., float]] = {
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
}
