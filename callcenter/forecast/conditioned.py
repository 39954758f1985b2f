"""How busy and how slow the rest of a day is, given what has come so far: draws from the conditional law.

The law is that of a scenario (rules R2c, R3e): a Gamma factor of the day, Gamma factors of the intervals
whose Gaussian scores are an AR(1), Poisson counts; a Gamma factor of talk.  Given counts, the mode of the
scores and the curvature there give a Gaussian law, from which scores are drawn and weighted by the true one
(importance sampling); those of the intervals to come follow the AR(1).  For many calls it is the conditional
normal law (Shen and Huang 2008, section 4); for few it stays right.  Source: Durbin and Koopman, Time series
analysis by state space methods (2012), chapters 10 and 11.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats, Ints

REACH, STEPS = 8.0, 16
"""Gaussian scores of a curve, and points to one: straight lines between them miss by less than 1 in 5,000."""
ROUNDS = 60
"""Of Newton's method, far more than it needs."""
NEAR = 1e-3
"""Of a standard deviation: a step that ends them; weights make good what is left of the way."""
CANDIDATES = 4000
"""Drawn by the Gaussian law; those of more weight are taken more often."""
INFLATION = 1.15
"""By so much the Gaussian law is wider than the curvature says, so that no part of the true one is missed."""


class Unrest(NamedTuple):
    """How much days, intervals and talk vary beyond Poisson noise."""

    day_cv: float
    interval_cv: Floats
    """Of each interval of the day."""
    correlation: float
    talk_cv: float


class Seen(NamedTuple):
    """What has come so far, by interval of the day; all arrays are of one length."""

    expected: Floats
    """Calls that the forecast expects in each interval of the whole day."""
    counts: Floats
    """Calls that came; nan where nothing is known."""
    share: Floats
    """Part of each interval that the counts cover; 1 where it is over, 0 where it is to come."""


class Handled(NamedTuple):
    """Handle time so far: mean over what was expected, and how sure that is."""

    ratio: float
    error: float
    """Standard error of the ratio."""


class Outlook(NamedTuple):
    """Draws of how the day is."""

    factors: Floats
    """Shape (draws, intervals): calls over those expected, Poisson noise left out."""
    talks: Floats
    """Shape (draws,): talk and wrap-up over those expected."""
    effective: float
    """So many independent draws tell as much as the candidates."""


def conditioned(unrest: Unrest, seen: Seen, handled: Handled | None, uniforms: Floats, draws: int) -> Outlook:
    """Draw factors of a day given what was seen; ``uniforms`` is a long row of random numbers in (0, 1)."""
    chance = _Chance(uniforms)
    known = np.flatnonzero((seen.share > 0) & np.isfinite(seen.counts) & (seen.expected > 0))
    last = int(known[-1]) + 1 if known.size else 0
    law = _Law(unrest, seen, known, last)
    scores, effective = law.drawn(chance, draws)
    day, past = scores[:, : law.days], scores[:, law.days :]
    factors = np.ones((draws, seen.expected.size))
    if law.day is not None:
        factors *= np.exp(law.day(day))
    if law.interval is not None:
        whole = _continued(past, seen.expected.size, unrest.correlation, chance)
        factors *= np.exp(law.interval(whole, np.arange(seen.expected.size)))
    return Outlook(factors, _talks(unrest.talk_cv, handled, chance, draws), effective)


class _Chance:
    """Random numbers, taken in turn."""

    def __init__(self, uniforms: Floats) -> None:
        self._uniforms, self._at = uniforms, 0

    def uniform(self, number: int) -> Floats:
        """Return the next ones; they begin anew where too few are left."""
        places = (self._at + np.arange(number)) % self._uniforms.size
        self._at += number
        taken: Floats = self._uniforms[places]
        return taken

    def normal(self, *shape: int) -> Floats:
        """Return normal ones."""
        from scipy.special import ndtri

        scores: Floats = ndtri(np.clip(self.uniform(int(np.prod(shape))), 1e-12, 1 - 1e-12)).reshape(shape)
        return scores


def needed(seen: Seen, draws: int) -> int:
    """Return how many random numbers a call of `conditioned` takes."""
    return (CANDIDATES + draws) * (seen.expected.size + 2) + 4 * draws


class _Curve:
    """The logarithm of a Gamma factor of mean 1 by its Gaussian score."""

    def __init__(self, cv: float) -> None:
        from scipy.special import gammainccinv, gammaincinv, ndtr

        self._scores = np.arange(-REACH * STEPS, REACH * STEPS + 1) / STEPS
        shape, tails = cv**-2, ndtr(-np.abs(self._scores))
        times = np.where(self._scores > 0, gammainccinv(shape, tails), gammaincinv(shape, tails))
        self._logs = np.log(times / shape)
        self._slopes = np.gradient(self._logs, self._scores)

    def __call__(self, scores: Floats) -> Floats:
        return np.asarray(np.interp(scores, self._scores, self._logs), np.float64)

    def slope(self, scores: Floats) -> Floats:
        """Return how fast it rises."""
        return np.asarray(np.interp(scores, self._scores, self._slopes), np.float64)


class _Curves:
    """The same of the factors of intervals, each by its own score."""

    def __init__(self, cvs: Floats) -> None:
        self._curves = {cv: _Curve(cv) for cv in set(cvs.tolist()) if cv > 0}
        self._cvs = cvs

    def __call__(self, scores: Floats, places: Ints) -> Floats:
        """Return the logarithms at scores of some intervals, shape (draws, intervals)."""
        return self._each(scores, places, _Curve.__call__)

    def slope(self, scores: Floats, places: Ints) -> Floats:
        """Return how fast they rise."""
        return self._each(scores, places, _Curve.slope)

    def _each(self, scores: Floats, places: Ints, read: Callable[[_Curve, Floats], Floats]) -> Floats:
        values = np.zeros(scores.shape)
        for cv, curve in self._curves.items():
            own = self._cvs[places] == cv
            values[..., own] = read(curve, scores[..., own])
        return values


class _Law:
    """The law of the scores of the day and of the intervals up to the last one that was seen."""

    def __init__(self, unrest: Unrest, seen: Seen, known: Ints, last: int) -> None:
        self.days = int(unrest.day_cv > 0)
        self.intervals = last if unrest.interval_cv.any() else 0
        self.day = _Curve(unrest.day_cv) if self.days else None
        self.interval = _Curves(unrest.interval_cv) if unrest.interval_cv.any() else None
        self._known = known
        self._expected = (seen.expected * seen.share)[known]
        self._counts = seen.counts[known]
        self._precision = np.zeros((self.size, self.size))
        self._precision[: self.days, : self.days] = np.eye(self.days)
        if self.intervals:
            apart = np.abs(np.subtract.outer(np.arange(last), np.arange(last)))
            among = np.power(min(unrest.correlation, 0.999999), apart)
            self._precision[self.days :, self.days :] = np.linalg.inv(among)

    @property
    def size(self) -> int:
        """How many scores there are."""
        return self.days + self.intervals

    def drawn(self, chance: _Chance, draws: int) -> tuple[Floats, float]:
        """Return draws of the scores, and how many independent ones they are worth."""
        if not self.size:
            return np.empty((draws, 0)), float(draws)
        mode, curvature = self._mode()
        root = np.linalg.cholesky(np.linalg.inv(curvature)) * INFLATION
        plain = chance.normal(CANDIDATES, self.size)
        candidates = mode + plain @ root.T
        logs = self._log(candidates) + 0.5 * (plain**2).sum(axis=1)
        weights = np.exp(logs - logs.max())
        weights /= weights.sum()
        places = (np.arange(draws) + chance.uniform(1)) / draws
        chosen = np.searchsorted(np.cumsum(weights), places).clip(max=CANDIDATES - 1)
        mixed = np.argsort(chance.uniform(draws))  # so that any first ones are a sample of all
        return candidates[chosen][mixed], float(1 / (weights**2).sum())

    def _log(self, scores: Floats) -> Floats:
        """Return the logarithm of the law, up to a constant, of rows of scores."""
        rates = self._log_rates(scores)
        likely = (self._counts * rates - np.exp(rates)).sum(axis=1)
        return np.asarray(likely - 0.5 * np.einsum("ij,jk,ik->i", scores, self._precision, scores))

    def _log_rates(self, scores: Floats) -> Floats:
        rates: Floats = np.log(self._expected) + np.zeros((len(scores), 1))
        if self.day:
            rates = rates + self.day(scores[:, :1])
        if self.intervals and self.interval:
            rates = rates + self.interval(scores[:, self.days + self._known], self._known)
        return rates

    def _mode(self) -> tuple[Floats, Floats]:
        """Return where the law is highest, and its curvature; Newton's steps are halved if they fail."""
        at = np.zeros(self.size)
        for _round in range(ROUNDS):
            slopes = self._slopes(at)
            rates = np.exp(self._log_rates(at[None])[0])
            rise = slopes.T @ (self._counts - rates) - self._precision @ at
            curvature = slopes.T @ (rates[:, None] * slopes) + self._precision
            step = np.linalg.solve(curvature, rise)
            if np.abs(step).max() < NEAR:
                break
            before, share = self._log(at[None])[0], 1.0
            while share > 1e-6 and self._log((at + share * step)[None])[0] < before:
                share /= 2
            at = at + share * step
        return at, curvature

    def _slopes(self, at: Floats) -> Floats:
        slopes = np.zeros((self._known.size, self.size))
        if self.day:
            slopes[:, 0] = self.day.slope(at[:1])
        if self.intervals and self.interval:
            own = self.days + self._known
            slopes[np.arange(own.size), own] = self.interval.slope(at[own], self._known)
        return slopes


def _continued(past: Floats, intervals: int, correlation: float, chance: _Chance) -> Floats:
    """Return the scores of all intervals: those that were seen, then the AR(1) from the last one on."""
    draws, seen = past.shape
    news = chance.normal(draws, intervals)
    scores = np.empty((draws, intervals))
    scores[:, :seen] = past
    for place in range(seen, intervals):
        if place == 0:
            scores[:, 0] = news[:, 0]
        else:
            scores[:, place] = (
                correlation * scores[:, place - 1] + np.sqrt(1 - correlation**2) * news[:, place]
            )
    return scores


def _talks(cv: float, handled: Handled | None, chance: _Chance, draws: int) -> Floats:
    """Draw the factor of talk given the mean handle time so far, by the quantiles of its law."""
    if cv == 0:
        return np.ones(draws)
    curve = _Curve(cv)
    scores = np.arange(-6 * STEPS, 6 * STEPS + 1) / STEPS
    factors, logs = np.exp(curve(scores)), -0.5 * scores**2
    if handled is not None:
        logs = logs - 0.5 * ((handled.ratio - factors) / handled.error) ** 2
    weights = np.exp(logs - logs.max())
    place = np.cumsum(weights) / weights.sum()
    return np.asarray(np.interp(chance.uniform(draws), place, factors), np.float64)
