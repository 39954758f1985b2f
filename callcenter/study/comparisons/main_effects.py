"""Main effects: what each varied path does to the answer rates, the others taken on average."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.language import gettext as _
from callcenter.measure.figures import groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.study.designs.design import Design
from callcenter.study.designs.labels import label, magnitude
from callcenter.study.differences.contrasts import Sample, combined, estimate, sample_of_share
from callcenter.study.differences.figure import sample_of
from callcenter.study.differences.promised import Key, is_target, promised
from callcenter.study.differences.worst import Worst
from callcenter.study.result import common_numbers
from callcenter.study.sweeps import SweepResult

if TYPE_CHECKING:
    import pandas as pd

ROUNDING = 1e-9

SPARE_POINTS = 2
"""Points that a design needs for each column of its regression, unless it is a full grid."""


class Factor(NamedTuple):
    """A varied path as columns of a regression, each of mean 0 over the points."""

    path: str
    labels: tuple[str, ...]
    """What it is at each point."""
    sizes: Floats | None
    """The same as numbers; None where it is no quantity."""
    columns: Floats
    """Shape (points, columns)."""
    levels: Mapping[str, Floats]
    """What the columns are at each level; of a range, at its least and largest value."""


class Model(NamedTuple):
    """The additive model of a study's points: an answer rate is a mean plus what each factor does."""

    factors: tuple[Factor, ...]
    matrix: Floats
    """The mean's column of ones, then those of the factors."""
    is_grid: bool
    """Whether every combination of the values is a point, and no other."""

    @property
    def is_told_apart(self) -> bool:
        """Whether the points tell the effects of the factors apart, with some to spare."""
        points, columns = self.matrix.shape
        enough = points >= (columns if self.is_grid else SPARE_POINTS * columns)
        return enough and bool(np.linalg.matrix_rank(self.matrix) == columns)


def main_effects(study: SweepResult) -> pd.DataFrame:
    """Return what each varied path does to the answer rate of each tier, the other paths on average.

    Where there are other targets, their rows follow, with ``figure`` as in a comparison: the measure, or the
    share of days on which it holds, and last that of all together; no targets of each interval.

    In a full grid ``mean`` is the mean over all points of a level; in any other design it is the fit of a
    linear regression at the ends of a range.  ``effect`` leads from the first level to the last one (from
    the lowest mean to the highest, where the values are no quantities).  ``_low`` and ``_high`` are the ends
    of 95% intervals over the replications: what days leave open, not what the model leaves out, which
    ``r_squared`` tells.  ``standardized`` is the coefficient in standard deviations, ``rank_correlation`` is
    Spearman's.  Raises ValueError where the points do not tell the paths apart.
    """
    import pandas as pd

    model = model_of(study.design)
    if not model.factors or not model.is_told_apart:
        raise ValueError(_("the points do not tell the effects of the paths apart; vary them independently"))
    inverse: Floats = np.linalg.pinv(model.matrix).astype(np.float64)
    rows = [
        {"tier": tier, "figure": figure, **row}
        for (tier, figure), samples in _samples(study).items()
        for row in _rows(model, inverse, samples)
    ]
    return pd.DataFrame(rows)


def effect_ends(rows: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return the two of a path's rows between which its effect lies."""
    first, last = rows.iloc[0], rows.iloc[-1]
    if abs(last["mean"] - first["mean"] - first["effect"]) <= ROUNDING:
        return first, last
    return rows.iloc[rows["mean"].argmin()], rows.iloc[rows["mean"].argmax()]


def has_effects(study: SweepResult) -> bool:
    """Whether main effects say more than the points: over two paths, or spread over their ranges."""
    if not study.varied or study.incomplete:
        return False
    model = model_of(study.design)
    return (len(study.varied) > 2 or not model.is_grid) and model.is_told_apart


def model_of(design: Design) -> Model:
    """Return the factors of a design."""
    is_grid = _is_grid(design)
    factors = tuple(_factor(design, path, is_grid) for path in design.varied)
    ones = np.ones((len(design.points), 1))
    return Model(factors, np.hstack([ones, *(factor.columns for factor in factors)]), is_grid)


def _is_grid(design: Design) -> bool:
    combinations = Counter(
        tuple(label(point.settings[path]) for path in design.varied) for point in design.points
    )
    levels = [
        len({combination[place] for combination in combinations}) for place in range(len(design.varied))
    ]
    return len(combinations) == math.prod(levels) and len(set(combinations.values())) == 1


def _factor(design: Design, path: str, is_grid: bool) -> Factor:
    values = [point.settings[path] for point in design.points]
    labels = tuple(map(label, values))
    sizes = np.array([magnitude(value) for value in values])
    if np.isnan(sizes).any():
        return Factor(path, labels, None, *_indicators(labels, list(dict.fromkeys(labels))))
    order = [labels[place] for place in np.argsort(sizes, kind="stable")]
    if is_grid:
        return Factor(path, labels, sizes, *_indicators(labels, list(dict.fromkeys(order))))
    column = (sizes - sizes.mean())[:, None]
    ends = {order[0]: column.min(axis=0), order[-1]: column.max(axis=0)}
    return Factor(path, labels, sizes, column, ends)


def _indicators(labels: Sequence[str], levels: Sequence[str]) -> tuple[Floats, dict[str, Floats]]:
    """Return a centred column for each level but the first, and what they are at each level."""
    is_level = np.array([[name == level for level in levels[1:]] for name in labels], float)
    centre = is_level.mean(axis=0)
    at = np.vstack([np.zeros(len(levels) - 1), np.eye(len(levels) - 1)]) - centre
    return is_level - centre, dict(zip(levels, at, strict=True))


def _samples(study: SweepResult) -> dict[Key, list[Sample]]:
    """Return the answer rate of each tier that all points have, then the other targets, point by point."""
    numbers, like = common_numbers(study.results), study.results[0].scenario
    samples: dict[Key, list[Sample]] = {}
    for result in study.results:
        stacked = stack(result.only(numbers).tallies)
        definition = result.scenario.service_level.definition
        for tier, group in groups(result.scenario, stacked).items():
            rate = sample_of_share(DEFINITIONS[definition](summed(group.figures)))
            samples.setdefault((tier, "service_level"), []).append(rate)
    further = not all(point.scenario.has_short_targets_only for point in study.design.points)
    for result in study.results if further else ():
        for key, target in promised(result.only(numbers), like).items():
            if not isinstance(target.figure, Worst):
                samples.setdefault(key, []).append(sample_of(target.figure))
    points = len(study.design.points)
    return {
        key: figures for key, figures in samples.items() if len(figures) == points and _is_known(key, figures)
    }


def _is_known(key: Key, figures: Sequence[Sample]) -> bool:
    """Whether a target has a value at every point, as one of callbacks has where any is owed."""
    return not is_target(key[1]) or not any(math.isnan(figure.value) for figure in figures)


def _rows(model: Model, inverse: Floats, samples: Sequence[Sample]) -> Iterator[dict[str, object]]:
    rates = np.array([sample.value for sample in samples])
    fitted = model.matrix @ (inverse @ rates)
    spread = ((rates - rates.mean()) ** 2).sum()
    r_squared = 1 - ((rates - fitted) ** 2).sum() / spread if spread > 0 else math.nan
    begin = 1
    for factor in model.factors:
        mine = inverse[begin : begin + factor.columns.shape[1]]
        weights = {level: inverse[0] + at @ mine for level, at in factor.levels.items()}
        begin += factor.columns.shape[1]
        shared = {
            **_named("effect", _effect(factor, weights, samples)),
            "standardized": _standardized(factor, mine, rates),
            "rank_correlation": _rank_correlation(factor, rates),
            "r_squared": r_squared,
        }
        for level, weight in weights.items():
            mean = _named("mean", combined(weight, samples))
            yield {"factor": factor.path, "level": level, **mean, **shared}


def _named(name: str, sample: Sample) -> dict[str, float]:
    value, low, high = map(float, estimate(sample))
    value = 0.0 if abs(value) < ROUNDING else value
    return {name: value, f"{name}_low": low, f"{name}_high": high}


def _effect(factor: Factor, weights: Mapping[str, Floats], samples: Sequence[Sample]) -> Sample:
    """Return what leads from the first level to the last one, or from the lowest mean to the highest."""
    ordered = list(weights.values())
    if factor.sizes is None:
        ordered.sort(key=lambda weight: combined(weight, samples).value)
    return combined(ordered[-1] - ordered[0], samples)


def _standardized(factor: Factor, mine: Floats, rates: Floats) -> float:
    """Return the regression's coefficient; in a grid, where all factors are independent, the correlation."""
    if factor.sizes is None or rates.std() == 0:
        return math.nan
    if factor.columns.shape[1] == 1 and len(factor.levels) == 2:
        return float((mine @ rates)[0] * factor.columns.std() / rates.std())
    return float(np.corrcoef(factor.sizes, rates)[0, 1])


def _rank_correlation(factor: Factor, rates: Floats) -> float:
    if factor.sizes is None or rates.std() == 0:
        return math.nan
    from scipy.stats import rankdata

    return float(np.corrcoef(rankdata(factor.sizes), rankdata(rates))[0, 1])
