"""How long agents talk: short calls apart, a family chosen on unseen days, level and drift."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Flags, Floats, Indices, Ints
from callcenter.fit import estimates
from callcenter.fit.estimates import Estimate, by_group, mean, share, spread
from callcenter.fit.laws import GAMMA, LOGNORMAL, WEIBULL, Family
from callcenter.fit.likelihood import Maximum, Sample, maximise
from callcenter.fit.patience import seconds
from callcenter.language import noted

FAMILIES = (LOGNORMAL, GAMMA, WEIBULL)

SHORT = 10.0
"""Seconds; shorter talks are mostly no talks: dropped lines, agents who hang up."""
WORTH_A_COMPONENT = 0.02
FAR = 0.05
"""Largest distance of the distributions at which a family is taken; beyond it the observed times are."""
ENOUGH_FOR_EMPIRICAL = 500
QUANTILES, TENTHS = 400, 10
_SECONDS = np.arange(SHORT + 1)
LONGEST = 3600.0
FEWEST = 30
_EQUAL = 1e-6
GAIN = 4.0
"""Log-likelihood on unseen days that a component of short calls must be worth."""


class Talk(NamedTuple):
    """The talk times of a tier."""

    family: str
    """`lognormal`, `gamma`, `weibull`, `empirical` or `constant`."""
    mean: Estimate
    """Of all talks, short ones too, in seconds."""
    cv: Estimate
    short: Estimate | None
    """Share of talks below `SHORT`, where they are a component of their own."""
    short_times: tuple[float, ...]
    """Tenths of their distribution, in seconds."""
    figures: dict[str, Estimate]
    """Of the family, fitted to the talks that are not short."""
    distance: float
    """Of Kolmogorov and Smirnov, between the family and what was seen."""
    quantiles: tuple[float, ...] = ()
    parameters: tuple[float, ...] = ()
    """Of the family, as its law takes them."""
    percentiles: tuple[float, ...] = ()
    """Seen, 1 to 99, of the talks that the family is fitted to."""

    def written(self) -> Any:
        """Return it as a scenario writes it."""
        if self.family == "constant":
            return seconds(self.mean.value)
        if self.family == "empirical":
            return {"empirical": [seconds(time) for time in self.quantiles]}
        value = {name: figure.value for name, figure in self.figures.items()}
        rest = {
            name: seconds(figure) if name == "mean" else round(figure, 4) for name, figure in value.items()
        }
        if self.short is None:
            return {self.family: rest}
        part = round(self.short.value, 4)
        short = {"empirical": [seconds(time) for time in self.short_times]}
        return {
            "mixture": [
                {"share": part, "of": short},
                {"share": round(1 - part, 4), "of": {self.family: rest}},
            ]
        }


def talk(times: Floats, days: Indices, resolution: float = 0.0) -> Talk | None:
    """Return the talk times of a tier; None where there are too few."""
    number = int(days.max()) + 1 if len(days) else 0
    if len(times) < FEWEST:
        return None
    times = np.maximum(times, resolution / 2)
    if np.ptp(times) <= _EQUAL * times.max():
        return _constant(times)
    unseen = days % 2 == 1 if len(np.unique(days)) > 1 else np.arange(len(times)) % 2 == 1
    parted = _choice(times, days, unseen, is_parted=True) if _has_short(times) else None
    whole = _choice(times, days, unseen, is_parted=False)
    chosen = parted if parted is not None and parted.score > whole.score + GAIN else whole
    return _described(chosen, times, days, number)


def _constant(times: Floats) -> Talk:
    """Return talk that takes the same time always."""
    value = float(times.mean())
    mean = Estimate(value, value, value, len(times), noted("all talks are equal"))
    return Talk("constant", mean, mean.times(0.0), None, (), {"mean": mean}, 0.0)


class _Choice(NamedTuple):
    """A family, fitted to the talks that are not short, or to all."""

    family: Family
    best: Maximum
    score: float
    """Log-likelihood on unseen days."""
    is_parted: bool


def _has_short(times: Floats) -> bool:
    return bool((times < SHORT).mean() > WORTH_A_COMPONENT) and bool((times >= SHORT).sum() >= FEWEST)


def _choice(times: Floats, days: Indices, unseen: Flags, is_parted: bool) -> _Choice:
    """Return the family that is likeliest on days that it was not fitted to, fitted to all days."""
    long = times >= SHORT if is_parted else np.ones(len(times), bool)
    scores = [_score(family, times, long, unseen) for family in FAMILIES]
    family = FAMILIES[int(np.argmax(scores))]
    return _Choice(family, _fitted(family, times[long], days[long]), max(scores), is_parted)


def _fitted(family: Family, times: Floats, days: Indices) -> Maximum:
    ones = np.ones(len(times))
    sample = Sample(times, ones, ones, days)
    if family is not LOGNORMAL:
        return maximise(family, family.starts(float(times.mean())), sample)
    logs = np.log(times)
    return maximise(family, [[float(logs.mean()), math.log(max(float(logs.std()), 1e-3))]], sample)


def _score(family: Family, times: Floats, long: Flags, unseen: Flags) -> float:
    seen = long & ~unseen
    at = _fitted(family, times[seen], np.zeros(int(seen.sum()), np.int32)).parameters
    density = family.density(at, times[unseen])
    if long.all():
        return float(density.sum())
    part = float((~long & ~unseen).sum() / (~unseen).sum())
    below = np.histogram(times[~long & ~unseen], _SECONDS)[0] + 1.0
    log_below = np.log(part * below / below.sum())
    place = np.minimum(times[unseen], SHORT - 1).astype(int)
    short = np.where(long[unseen], -np.inf, log_below[place])
    return float(np.logaddexp(short, math.log1p(-part) + density).sum())


def _described(chosen: _Choice, times: Floats, days: Indices, number: int) -> Talk:
    is_short = times < SHORT if chosen.is_parted else np.zeros(len(times), bool)
    family, best = chosen.family, chosen.best
    method = noted("maximum likelihood")
    figures = {name: best.figure(of, method) for name, of in family.figures.items()}
    rest, rest_days = times[~is_short], days[~is_short]
    own_mean = _mean(rest, rest_days, number)
    cv = figures["cv"] if "cv" in figures else _weibull_cv(best)
    figures["mean"] = own_mean
    distance = _distance(family, best.parameters, rest)
    is_odd = distance > FAR and len(rest) > ENOUGH_FOR_EMPIRICAL
    hits, every = by_group(is_short.astype(float), days, number), by_group(np.ones(len(days)), days, number)
    return Talk(
        "empirical" if is_odd else family.name,
        _mean(times, days, number),
        cv,
        share(hits, every, noted("share of talks below 10 s")) if chosen.is_parted else None,
        tuple(map(float, quantiles(times[is_short], TENTHS))) if is_short.any() else (),
        figures,
        distance,
        tuple(map(float, quantiles(times))) if is_odd else (),
        tuple(map(float, best.parameters)),
        tuple(map(float, np.percentile(rest, np.arange(1, 100)))),
    )


def _mean(times: Floats, days: Indices, number: int) -> Estimate:
    sums, every = by_group(times, days, number), by_group(np.ones(len(times)), days, number)
    return mean(sums, every, float((times**2).sum()), noted("mean"))


def _weibull_cv(best: Maximum) -> Estimate:
    def cv(at: Floats) -> float:
        first, second = (math.gamma(1 + power * math.exp(-at[1])) for power in (1, 2))
        return math.sqrt(max(second / first**2 - 1, 1e-12))

    return best.figure(cv, noted("maximum likelihood"))


def _distance(family: Family, at: Floats, times: Floats) -> float:
    ordered = np.sort(times)
    below = 1 - np.exp(family.survival(at, ordered))
    steps = np.arange(len(ordered) + 1) / len(ordered)
    last = np.concatenate((np.diff(ordered) > 0, [True]))
    first = np.concatenate(([True], np.diff(ordered) > 0))
    over, under = steps[1:][last] - below[last], below[first] - steps[:-1][first]
    middle = np.maximum(over, under) if len(over) == len(under) else over
    return float(max(middle.max(), 0.0))


def quantiles(times: Floats, number: int = QUANTILES) -> Floats:
    """Return times that have the distribution of the observed ones, and their mean."""
    at = np.quantile(times, (np.arange(number) + 0.5) / number)
    return np.round(at * times.mean() / at.mean(), 2) if at.mean() > 0 else at


class Level(NamedTuple):
    """Talk in some part of the time, over the talk of all."""

    label: str
    factor: Estimate


def levels(relative: Floats, part: Ints, days: Indices, labels: Sequence[str]) -> list[Level]:
    """Return the factor of each part of the time; talk of a call stands over the mean of its tier."""
    number = int(days.max()) + 1
    factors = []
    for place, label in enumerate(labels):
        own = part == place
        if own.sum() < FEWEST:
            continue
        figure = _mean(relative[own], days[own], number)
        factors.append(Level(label, figure._replace(method=noted("mean over the mean of the tier"))))
    return factors


def day_variation(relative: Floats, days: Indices) -> Estimate:
    """Return the cv of the day factor of talk: the variance of daily means beyond that of their calls."""
    number = int(days.max()) + 1
    counts, sums = by_group(np.ones(len(days)), days, number), by_group(relative, days, number)
    squares = by_group(relative**2, days, number)
    seen = counts > 1
    counts, sums, squares = counts[seen], sums[seen], squares[seen]
    if len(counts) < estimates.FEWEST_DAYS:
        return Estimate(0.0, 0.0, math.inf, len(counts), noted("too few days"))
    means = sums / counts
    noise = float(((squares / counts - means**2) / (counts - 1)).mean())
    variance, freedom = float(means.var(ddof=1)), len(counts) - 1
    return spread(
        variance, noise, freedom, len(counts), noted("variance of daily means beyond that of calls")
    )


def relative_to_tier(times: Floats, tier: Indices, tiers: int) -> Floats:
    """Return talk over the mean of its tier, talks beyond an hour cut off."""
    cut = np.minimum(times, LONGEST)
    means = np.bincount(tier, cut, tiers) / np.maximum(np.bincount(tier, minlength=tiers), 1)
    return cut / means[tier]
