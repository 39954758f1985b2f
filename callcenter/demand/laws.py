"""The laws of the families: what a draw needs to know, how a time is drawn, and the mean up to a limit."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Record
from callcenter.demand.streams import State, uniform
from callcenter.demand.variates import exponential, gamma, normal
from callcenter.kernels import inner
from callcenter.scenario import Distribution
from callcenter.scenario.parts import families

EXPONENTIAL, LOGNORMAL, GAMMA, WEIBULL, UNIFORM, TRIANGULAR, HYPEREXPONENTIAL, EMPIRICAL, CERTAIN, MIXTURE = (
    range(10)
)
"""How a time is drawn; a certain one is not, and those of an empirical law are listed."""


class Law(NamedTuple):
    """What chance does with one family, before factor and clipping."""

    kind: int
    figures: Callable[..., tuple[float, ...]]
    """Of the distribution: at most three figures, which `drawn` finds as ``a``, ``b`` and ``c``."""
    mean_up_to: Callable[..., float]
    """Of the distribution and a finite limit above 0: E[min(X, limit)], the integral of the survival."""


@inner
def drawn(law: Record, state: State) -> float:
    """Draw a time in seconds from a law with the figures ``a``, ``b`` and ``c``, as far as it has them."""
    kind = law["kind"]
    if kind == EXPONENTIAL:
        return law["a"] * exponential(state)
    if kind == LOGNORMAL:
        return np.exp(law["a"] + law["b"] * normal(state))
    if kind == GAMMA:
        return law["a"] * gamma(state, law["b"])
    if kind == WEIBULL:
        return law["a"] * exponential(state) ** law["b"]
    if kind == UNIFORM:
        return law["a"] + law["b"] * uniform(state)
    if kind == TRIANGULAR:
        return _triangular(law["a"], law["b"], law["c"], uniform(state))
    if kind == HYPEREXPONENTIAL:
        branch = law["b"] if uniform(state) < law["b"] else 1.0 - law["b"]
        return law["a"] * exponential(state) / branch
    return law["a"]


@inner
def _triangular(low: float, mode: float, high: float, place: float) -> float:
    """Return the time below which a share ``place`` of the draws lies."""
    rises = (mode - low) / (high - low) if high > low else 1.0
    if place < rises:
        return low + np.sqrt(place * (high - low) * (mode - low))
    return high - np.sqrt((1 - place) * (high - low) * (high - mode))


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


def _constant(dist: families.Constant) -> tuple[float, ...]:
    return (dist.value,)


def _constant_mean(dist: families.Constant, limit: float) -> float:
    return min(dist.value, limit)


def _never(_: families.Never) -> tuple[float, ...]:
    return (math.inf,)


def _never_mean(_: families.Never, limit: float) -> float:
    return limit


def _exponential(dist: families.Exponential) -> tuple[float, ...]:
    return (dist.mean,)


def _exponential_mean(dist: families.Exponential, limit: float) -> float:
    return _exponential_up_to(dist.mean, limit)


def _exponential_up_to(mean: float, limit: float) -> float:
    return -mean * math.expm1(-limit / mean)


def _lognormal(dist: families.Lognormal) -> tuple[float, ...]:
    variance = math.log1p(dist.cv**2)
    return math.log(dist.mean) - variance / 2, math.sqrt(variance)


def _lognormal_mean(dist: families.Lognormal, limit: float) -> float:
    variance = math.log1p(dist.cv**2)
    sigma = math.sqrt(variance)
    place = (math.log(limit / dist.mean) + variance / 2) / sigma
    return dist.mean * _normal(place - sigma) + limit * _normal(-place)


def _normal(place: float) -> float:
    return math.erfc(-place / math.sqrt(2)) / 2


def _gamma(dist: families.Gamma) -> tuple[float, ...]:
    return dist.mean * dist.cv**2, dist.cv**-2


def _gamma_mean(dist: families.Gamma, limit: float) -> float:
    return _gamma_up_to(dist.cv**-2, dist.mean, limit)


def _erlang(dist: families.Erlang) -> tuple[float, ...]:
    return dist.mean / dist.k, float(dist.k)


def _erlang_mean(dist: families.Erlang, limit: float) -> float:
    return _gamma_up_to(dist.k, dist.mean, limit)


def _gamma_up_to(shape: float, mean: float, limit: float) -> float:
    place = limit * shape / mean
    return mean * _below(shape + 1, place) + limit * (1 - _below(shape, place))


def _weibull(dist: families.Weibull) -> tuple[float, ...]:
    return dist.mean / math.gamma(1 + 1 / dist.shape), 1 / dist.shape


def _weibull_mean(dist: families.Weibull, limit: float) -> float:
    place = (limit / dist.mean * math.gamma(1 + 1 / dist.shape)) ** dist.shape
    return dist.mean * _below(1 + 1 / dist.shape, place) + limit * math.exp(-place)


def _below(shape: float, place: float) -> float:
    # Imported here because it takes longer than to simulate a day, and few times are clipped.
    from scipy.special import gammainc

    return float(gammainc(shape, place))


def _uniform(dist: families.Uniform) -> tuple[float, ...]:
    return dist.low, dist.high - dist.low


def _uniform_mean(dist: families.Uniform, limit: float) -> float:
    if limit <= dist.low or limit >= dist.high:
        return limit if limit <= dist.low else dist.mean
    return limit - (limit - dist.low) ** 2 / (2 * (dist.high - dist.low))


def _corners(dist: families.Triangular) -> tuple[float, ...]:
    return dist.low, dist.mode, dist.high


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


def _hyperexponential(dist: families.Hyperexponential) -> tuple[float, ...]:
    return dist.mean / 2, _first_branch(dist.cv)


def _hyperexponential_mean(dist: families.Hyperexponential, limit: float) -> float:
    first = _first_branch(dist.cv)
    return math.fsum(p * _exponential_up_to(dist.mean / (2 * p), limit) for p in (first, 1 - first))


def _empirical(dist: families.Empirical) -> tuple[float, ...]:
    return tuple(dist.values)


def _empirical_mean(dist: families.Empirical, limit: float) -> float:
    return float(np.minimum(dist.values, limit).mean())


LAWS: dict[type[Distribution], Law] = {
    families.Constant: Law(CERTAIN, _constant, _constant_mean),
    families.Never: Law(CERTAIN, _never, _never_mean),
    families.Exponential: Law(EXPONENTIAL, _exponential, _exponential_mean),
    families.Lognormal: Law(LOGNORMAL, _lognormal, _lognormal_mean),
    families.Gamma: Law(GAMMA, _gamma, _gamma_mean),
    families.Erlang: Law(GAMMA, _erlang, _erlang_mean),
    families.Weibull: Law(WEIBULL, _weibull, _weibull_mean),
    families.Uniform: Law(UNIFORM, _uniform, _uniform_mean),
    families.Triangular: Law(TRIANGULAR, _corners, _triangular_mean),
    families.Hyperexponential: Law(HYPEREXPONENTIAL, _hyperexponential, _hyperexponential_mean),
    families.Empirical: Law(EMPIRICAL, _empirical, _empirical_mean),
}
"""By family; a mixture has those of its parts."""
