"""The two quantiles that intervals are made of: of Student's t and of the beta distribution.

SciPy has both, but loading it takes longer than most runs; the tests compare them with it.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, exp, expm1, lgamma, log, log1p, pi, sin, sqrt

CONFIDENCE = 0.95

TAIL = (1 - CONFIDENCE) / 2
"""What an interval leaves out on either side."""

NORMAL = 1.959963984540054
"""The quantile of the normal distribution."""

MANY = 1000
"""Degrees of freedom from which on Student's t is near enough to the normal distribution for an expansion."""

ROUNDS = 100
"""Of a search for a root; more than any takes."""

NEAR = 1e-15
"""Relative change of a root, or of a continued fraction, after which no other comes."""


@lru_cache(maxsize=1024)
def student(degrees: int) -> float:
    """Return the two-sided 95% quantile of Student's t, for 1 degree of freedom or more.

    Abramowitz and Stegun (1964), Handbook of mathematical functions: the root of the exact sums 26.7.3 and
    26.7.4, from below by Newton's method; for many degrees the expansion 26.7.5.
    """
    t = _about_normal(degrees)
    for _ in range(0 if degrees >= MANY else ROUNDS):
        step = (CONFIDENCE - _within(t, degrees)) / (2 * _density(t, degrees))
        t += step
        if abs(step) <= NEAR * t:
            break
    return t


def _about_normal(degrees: int) -> float:
    z, n = NORMAL, float(degrees)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / n**power for power, term in enumerate(terms, 1))


def _within(t: float, degrees: int) -> float:
    """Return the chance of Student's t between -t and t."""
    angle, is_odd = atan2(t, sqrt(degrees)), degrees % 2
    term = cos(angle) if is_odd else 1.0
    total = term if degrees > 1 else 0.0
    for number in range(2 + is_odd, degrees - 1, 2):
        term *= cos(angle) ** 2 * (number - 1) / number
        total += term
    return 2 / pi * (angle + sin(angle) * total) if is_odd else sin(angle) * total


def _density(t: float, degrees: int) -> float:
    scale = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(degrees * pi) / 2
    return exp(scale - (degrees + 1) / 2 * log1p(t * t / degrees))


@lru_cache(maxsize=1024)
def beta(a: float, b: float, chance: float) -> float:
    """Return the quantile of the beta distribution with parameters a and b, one of them 1 or more.

    By Newton's method, between bounds that hold the root.
    """
    if a == 1.0:
        return -expm1(log1p(-chance) / b)
    if b == 1.0:
        return exp(log(chance) / a)
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(ROUNDS):
        missing = chance - below(x, a, b)
        low, high = (x, high) if missing > 0 else (low, x)
        density = exp(_log_weight(x, a, b)) / (x * (1 - x))
        nearer = x + missing / density if density else low
        if not low < nearer < high:
            nearer = (low + high) / 2
        x, step = nearer, abs(nearer - x)
        if step <= NEAR * x:
            break
    return x


def below(x: float, a: float, b: float) -> float:
    """Return the chance of a beta variable below x, which is between 0 and 1."""
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast below
        return 1 - below(1 - x, b, a)
    return exp(_log_weight(x, a, b)) / (a * _fraction(x, a, b))


def _log_weight(x: float, a: float, b: float) -> float:
    return lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction 26.5.8 of Abramowitz and Stegun, by Lentz's method."""
    value, up, down = 1.0, 1.0, 0.0
    for number in range(1, 10_000):
        m = number // 2
        if number % 2:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        down = 1 / (1 + term * down)
        up = 1 + term / up
        value *= up * down
        if abs(up * down - 1) <= NEAR:
            break
    return value
