"""The families of times that a fit chooses from: their densities, means, and how a scenario writes them.

A family has parameters that may take any value, logarithms and logits, so that its likelihood has no edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import special

from callcenter.arrays import Floats

_SHORTEST = 1e-9


Law = Callable[[Floats, Floats], Floats]
"""Parameters and times -> the logarithm of the density, or of the survival, at each time."""


class Family(NamedTuple):
    """A family: its name in scenarios and what is needed to fit it."""

    name: str
    density: Law
    survival: Law
    starts: Callable[[float], Sequence[Sequence[float]]]
    """First guesses, from a rough mean."""
    figures: dict[str, Callable[[Floats], float]]
    """What a scenario writes, from the parameters; the mean among them."""


def _exponential(at: Floats, times: Floats) -> Floats:
    return np.asarray(-times / np.exp(at[0]) - at[0])


def _exponential_survival(at: Floats, times: Floats) -> Floats:
    return np.asarray(-times / np.exp(at[0]))


def _logs(times: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(times, _SHORTEST)))


def _weibull(at: Floats, times: Floats) -> Floats:
    logs = _logs(times) - at[0]
    return np.asarray(_weibull_survival(at, times) + at[1] - at[0] + (np.exp(at[1]) - 1) * logs)


def _weibull_survival(at: Floats, times: Floats) -> Floats:
    return np.asarray(-np.exp(np.minimum(np.exp(at[1]) * (_logs(times) - at[0]), 700.0)))


def _lognormal(at: Floats, times: Floats) -> Floats:
    logs = _logs(times)
    z = (logs - at[0]) / np.exp(at[1])
    return np.asarray(-0.5 * z**2 - 0.5 * math.log(2 * math.pi) - at[1] - logs)


def _lognormal_survival(at: Floats, times: Floats) -> Floats:
    return np.asarray(special.log_ndtr((at[0] - _logs(times)) / np.exp(at[1])))


def _gamma(at: Floats, times: Floats) -> Floats:
    shape, scale = np.exp(at[1]), np.exp(at[0] - at[1])
    x = np.maximum(times, _SHORTEST) / scale
    return np.asarray((shape - 1) * np.log(x) - x - special.gammaln(shape) - np.log(scale))


def _gamma_survival(at: Floats, times: Floats) -> Floats:
    x = times / np.exp(at[0] - at[1])
    return np.asarray(np.log(np.maximum(special.gammaincc(np.exp(at[1]), x), 1e-300)))


def _mixture(at: Floats, times: Floats) -> Floats:
    short, long = -np.logaddexp(0, -at[0]), -np.logaddexp(0, at[0])
    first, second = times / np.exp(at[1]), times / np.exp(at[2])
    return np.asarray(np.logaddexp(short - first - at[1], long - second - at[2]))


def _mixture_survival(at: Floats, times: Floats) -> Floats:
    short, long = -np.logaddexp(0, -at[0]), -np.logaddexp(0, at[0])
    return np.asarray(np.logaddexp(short - times / np.exp(at[1]), long - times / np.exp(at[2])))


def _lognormal_cv(at: Floats) -> float:
    return math.sqrt(math.expm1(min(math.exp(2 * at[1]), 700.0)))


def _exp(number: int) -> Callable[[Floats], float]:
    return lambda at: math.exp(at[number])


def _share(at: Floats) -> float:
    return float(special.expit(at[0]))


def _mixed_mean(at: Floats) -> float:
    return _share(at) * math.exp(at[1]) + (1 - _share(at)) * math.exp(at[2])


EXPONENTIAL = Family(
    "exponential", _exponential, _exponential_survival, lambda mean: [[math.log(mean)]], {"mean": _exp(0)}
)
WEIBULL = Family(
    "weibull",
    _weibull,
    _weibull_survival,
    lambda mean: [[math.log(mean), 0.0]],
    {
        "mean": lambda at: math.exp(at[0] + special.gammaln(1 + math.exp(-at[1]))),
        "shape": _exp(1),
    },
)
LOGNORMAL = Family(
    "lognormal",
    _lognormal,
    _lognormal_survival,
    lambda mean: [[math.log(mean) - 0.5, 0.0]],
    {"mean": lambda at: math.exp(at[0] + math.exp(2 * at[1]) / 2), "cv": _lognormal_cv},
)
GAMMA = Family(
    "gamma",
    _gamma,
    _gamma_survival,
    lambda mean: [[math.log(mean), 0.0]],
    {"mean": _exp(0), "cv": lambda at: math.exp(-at[1] / 2)},
)
MIXTURE = Family(
    "mixture",
    _mixture,
    _mixture_survival,
    lambda mean: [
        [-1.5, math.log(mean) - 1.5, math.log(mean) + 0.3],
        [-3.0, math.log(mean) - 3.0, math.log(mean)],
    ],
    {"mean": _mixed_mean, "share": _share, "short_mean": _exp(1), "long_mean": _exp(2)},
)
"""A share of impatient callers beside the others, both exponential."""

FAMILIES = {family.name: family for family in (EXPONENTIAL, WEIBULL, LOGNORMAL, GAMMA, MIXTURE)}
"""By name."""
