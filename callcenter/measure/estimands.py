"""Many figures estimated together: what each is made of, and their estimates in a few calls for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from callcenter.measure.estimates import Estimate, mean, ratio
from callcenter.measure.intervals import Array


class Estimand(NamedTuple):
    """What is to be estimated of replications, along the first axis: a mean, or a ratio of sums."""

    amounts: Array
    """Observations, or numerators."""
    units: Array | None = None
    """Denominators; None: it is a mean."""
    least: float = 0.0
    """Where the interval of a mean ends at the latest."""
    most: float = np.inf
    """What bounds a ratio."""

    @property
    def kind(self) -> float | None:
        """What all that are estimated together have in common: the bound of a ratio, None for means."""
        return None if self.units is None else self.most


def mean_of(observations: Array, least: float = 0.0) -> Estimand:
    """Return a `mean` to be estimated."""
    return Estimand(observations, least=least)


def ratio_of(numerators: Array, denominators: Array, most: float = np.inf) -> Estimand:
    """Return a `ratio` to be estimated."""
    return Estimand(numerators, denominators, most=most)


def estimates_of(estimands: Sequence[Estimand]) -> list[Estimate]:
    """Estimate figures of one shape, each kind as one array with a figure in each column.

    A point of a sweep has more than a hundred figures of a few replications each: NumPy takes as long for
    each call as for all figures at once.
    """
    placed: dict[int, Estimate] = {}
    for kind in {estimand.kind for estimand in estimands}:
        places = [place for place, estimand in enumerate(estimands) if estimand.kind == kind]
        ends = map(_rows, _together([estimands[place] for place in places]))
        placed |= zip(places, map(Estimate._make, zip(*ends, strict=True)), strict=True)
    return [placed[place] for place in range(len(estimands))]


def _together(alike: list[Estimand]) -> Estimate:
    """Estimate figures of one kind, along the last axis."""
    amounts = _columns(estimand.amounts for estimand in alike)
    if alike[0].kind is None:
        return mean(amounts, np.array([estimand.least for estimand in alike]))
    units = _columns(estimand.units for estimand in alike if estimand.units is not None)
    return ratio(amounts, units, alike[0].most)


def _columns(figures: Iterable[Array]) -> Array:
    """Return figures along the last axis; in memory each stays in one piece, which sums alike and faster."""
    rows = np.stack(list(figures))
    return rows.transpose(*range(1, rows.ndim), 0)


def _rows(columns: Array) -> Array:
    return columns.transpose(-1, *range(columns.ndim - 1))
