"""That the precision asked for was not reached, in a sentence."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.study.designs.precision import Precision


def shortfall(precision: Precision) -> str:
    """Return the sentence about a single scenario."""
    return _sentence(precision, "")


def shortfall_of_points(precision: Precision, imprecise: int, points: int) -> str:
    """Return the sentence about some points of a study."""
    if points == 1:
        return shortfall(precision)
    return _sentence(precision, _(" at {n} of {points} points").format(n=imprecise, points=points))


def _sentence(precision: Precision, where: str) -> str:
    return _(
        "The precision of {points} percentage points was not reached{where} within {most} replications."
    ).format(points=f"{precision.half_width * 100:g}", where=where, most=f"{precision.most:,}")
