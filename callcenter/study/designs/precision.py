"""Precision: how many replications it takes until every tier's answer rate is known well enough.

The number depends on the scenario, the seed and what was asked for, never on workers or interruptions: after
n replications the half-widths of exactly these n decide whether there is a next batch, and how large it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

import numpy as np

from callcenter.language import gettext as _
from callcenter.measure import Tally
from callcenter.measure.estimates import ratio
from callcenter.measure.figures import groups, summed
from callcenter.measure.service_level import DEFINITIONS
from callcenter.measure.tally import stack
from callcenter.scenario import Scenario
from callcenter.study.errors import StudyError
from callcenter.totals import without_total

MOST = 1000
"""Replications a point may have, unless more or fewer are given."""

GROWTH = 4.0
"""A batch makes the number at most this much larger: a half-width of few replications is a rough guess."""

LEAST_GROWTH = 1.1
"""A batch makes the number at least this much larger, or the end would come in tiny steps."""


class PrecisionError(StudyError, ValueError):
    """A precision that cannot be asked for, and what to ask for instead."""


class Precision(NamedTuple):
    """What is asked for: replications are added until it is reached, or there are as many as allowed."""

    half_width: float
    """Of the 95% interval of each tier's answer rate, absolute: 0.005 is half a percentage point."""
    most: int = MOST
    """Replications of a point."""


def precision_of(half_width: float | None, most: int, least: int) -> Precision | None:
    """Return what is asked for, None if nothing is; PrecisionError if it cannot be."""
    if half_width is None:
        return None
    if not 0 < half_width < 1:
        raise PrecisionError(
            _("precision must be a share between 0 and 1, such as 0.005, given {given}").format(
                given=half_width
            )
        )
    if most < max(least, 2):
        message = _("max-replications must be {least} or more ({fewest} are the fewest), given {most}")
        raise PrecisionError(message.format(least=max(least, 2), fewest=least, most=most))
    return Precision(half_width, most)


def half_widths(scenario: Scenario, tallies: Sequence[Tally]) -> dict[str, float]:
    """Return the half-width of the answer rate of each tier that has a target; nan after one replication.

    Of an interval that is longer on one side it is the longer one.
    A tier that nobody asked a person of says nothing and is left out.
    """
    definition = DEFINITIONS[scenario.service_level.definition]
    widths = {}
    by_tier = groups(scenario, stack(tallies))
    for tier in without_total(by_tier):
        group = by_tier[tier]
        if group.promise[1] is not None and group.figures["offered"].any():
            widths[tier] = float(ratio(*definition(summed(group.figures)), most=1.0).half_width)
    return widths


def is_reached(widths: Mapping[str, float], precision: Precision) -> bool:
    """Whether every answer rate is known well enough; one without an interval is not."""
    return all(width <= precision.half_width for width in widths.values())


def next_number(number: int, widths: Mapping[str, float], precision: Precision) -> int:
    """Return how many replications to have next: the same number if there need be no more.

    The half-width shrinks with the square root of the number.
    """
    if is_reached(widths, precision):
        return number
    widest = float(np.max(list(widths.values())))  # nan if any of them is
    growth = (widest / precision.half_width) ** 2
    growth = GROWTH if np.isnan(growth) else min(max(growth, LEAST_GROWTH), GROWTH)
    return min(max(ceil(number * growth), number + 1), precision.most)


def asked(precision: Precision | None, reached: bool) -> dict[str, object]:
    """Return the entry of a summary that says what was asked for; none if nothing was."""
    if precision is None:
        return {}
    return {"precision": {"half_width": precision.half_width, "most": precision.most, "reached": reached}}
