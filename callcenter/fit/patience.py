"""How long callers are willing to wait, from what they waited: an answer cuts patience off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.fit.estimates import Estimate
from callcenter.fit.laws import EXPONENTIAL, LOGNORMAL, MIXTURE, WEIBULL, Family
from callcenter.fit.likelihood import Maximum, Sample, maximise
from callcenter.fit.survival import Survival, kaplan_meier
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.scenario.values import MOST_VARIATION

FAMILIES = (EXPONENTIAL, WEIBULL, LOGNORMAL, MIXTURE)

FEWEST_LOST = 100
"""Callers who hung up; with fewer a tier shares the patience of all."""

SHORTEST_SHARE, LONGEST_MEAN = 1e-3, 30 * 86_400.0
"""Beyond these a family has run away to an edge and is not taken."""

TABLE = (5, 10, 20, 30, 60, 120, 180, 300, 600)
"""Seconds of the survival that is printed."""


class Candidate(NamedTuple):
    """One family, fitted."""

    family: str
    figures: dict[str, Estimate]
    log_likelihood: float
    bic: float
    parameters: tuple[float, ...] = ()
    """Of the family, as its law takes them."""

    @property
    def mean(self) -> Estimate:
        """Mean patience in seconds."""
        return self.figures["mean"]

    def written(self) -> Any:
        """Return it as a scenario writes it."""
        value = {name: figure.value for name, figure in self.figures.items()}
        if self.family == "exponential":
            return {"exponential": seconds(value["mean"])}
        if self.family == "weibull":
            return {"weibull": {"mean": seconds(value["mean"]), "shape": round(value["shape"], 4)}}
        if self.family == "lognormal":
            return {"lognormal": {"mean": seconds(value["mean"]), "cv": round(value["cv"], 4)}}
        share = round(value["share"], 4)
        means = {"short_mean": share, "long_mean": round(1 - share, 4)}
        return {
            "mixture": [
                {"share": part, "of": {"exponential": seconds(value[name])}} for name, part in means.items()
            ]
        }


def seconds(figure: float) -> str:
    """Return a duration as a scenario writes it, to a hundredth of a second."""
    return f"{round(float(figure), 2):g} s" if figure < 1e5 else f"{figure:.0f} s"


class Patience(NamedTuple):
    """What is known of the patience of a tier."""

    chosen: Candidate | None
    """None where nobody hung up: nothing says that anybody would."""
    candidates: tuple[Candidate, ...]
    survival: Survival | None
    lost: int
    is_pooled: bool = False
    """Whether it is that of all callers, because too few of this tier hung up."""
    own_mean: Estimate | None = None
    """What the few of this tier say, where it is that of all callers."""
    reported: tuple[tuple[float, float], ...] = ()
    """Share who still wait at the limits of wait buckets, where calls are not recorded."""

    def table(self) -> list[tuple[float, float]]:
        """Return the survival of Kaplan and Meier at the times that are printed, as far as it is known."""
        if self.survival is None:
            return list(self.reported)
        known = [t for t in TABLE if t <= self.survival.known_until]
        return [(t, float(self.survival.at(float(t)))) for t in known]


def patience(sample: Sample, families: Sequence[Family] = FAMILIES, resolution: float = 0.0) -> Patience:
    """Return the patience behind waits, of the family with the smallest BIC."""
    lost = round(sample.ends)
    survival = kaplan_meier(sample.times, sample.is_end > 0) if len(sample.times) else None
    if lost == 0:
        return Patience(None, (), survival, 0)
    candidates = [candidate(family, sample, resolution) for family in families]
    usable = [each for each in candidates if each is not None]
    return Patience(min(usable, key=lambda each: each.bic), tuple(usable), survival, lost)


def candidate(family: Family, sample: Sample, resolution: float = 0.0) -> Candidate | None:
    """Return a family fitted to waits; None where it has run away to an edge."""
    times = np.where(sample.is_end > 0, np.maximum(sample.times, resolution / 2), sample.times)
    watched = sample._replace(times=times)
    rough = max(sample.total, 1.0) / max(sample.ends, 1.0)
    best = maximise(family, family.starts(rough), watched)
    if not np.isfinite(best.covariance).all():
        return None
    if family is MIXTURE:
        best = _ordered(best)
    if not is_sound(family, best.parameters):
        return None
    method = noted("censored maximum likelihood")
    figures = {name: best.figure(of, method) for name, of in family.figures.items()}
    bic = len(best.parameters) * math.log(max(sample.ends, 2.0)) - 2 * best.log_likelihood
    return Candidate(family.name, figures, best.log_likelihood, bic, tuple(map(float, best.parameters)))


def _ordered(best: Maximum) -> Maximum:
    """Return the mixture with its impatient part first."""
    share, first, second = best.parameters
    if first <= second:
        return best
    turn = np.array([[-1.0, 0, 0], [0, 0, 1], [0, 1, 0]])
    return best._replace(
        parameters=np.array([-share, second, first]), covariance=turn @ best.covariance @ turn.T
    )


def is_sound(family: Family, parameters: Floats) -> bool:
    """Whether the figures are such that a scenario can hold them."""
    with np.errstate(over="ignore"):
        try:
            value = {name: of(parameters) for name, of in family.figures.items()}
        except OverflowError:
            return False
    if family.name == "exponential":
        return True
    shares = value.get("share", 0.5)
    return (
        all(map(math.isfinite, value.values()))
        and value["mean"] < LONGEST_MEAN
        and value.get("cv", 0.0) <= MOST_VARIATION
        and SHORTEST_SHARE < shares < 1 - SHORTEST_SHARE
        and value.get("short_mean", 1.0) < 0.9 * value.get("long_mean", 2.0)
    )


def too_few(tier: str, known: Patience, days: int) -> str | None:
    """Return what to say where a tier has too few who hung up to know its patience."""
    mean = known.own_mean or (known.chosen.mean if known.chosen else None)
    if mean is None or known.lost >= FEWEST_LOST:
        return None
    points = 100 * (mean.high / mean.value - 1)
    return _(
        "Only {lost} callers of tier {tier} hung up: patience is known to +-{points:.0f} %. "
        "Give a family with --patience, or more days than these {days}."
    ).format(lost=known.lost, tier=tier, points=points, days=days)


def sample_of(waits: Floats, is_lost: Floats, days: Any) -> Sample:
    """Return waits as a sample of patience; waits of 0 that were answered say nothing and are left out."""
    counts = (waits > 0) | (is_lost > 0)
    days = np.asarray(days)[counts]
    return Sample(waits[counts], is_lost[counts].astype(float), np.ones(int(counts.sum())), days)
