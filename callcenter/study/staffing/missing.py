"""Which shift is missing from the catalogue: one like those there are, at another time, and what it saves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.scenario import Day
from callcenter.study.staffing.catalogue import Catalogue, Pause, Template
from callcenter.study.staffing.choices import Choices
from callcenter.study.staffing.gains import DIGITS
from callcenter.study.staffing.programme import Slopes
from callcenter.study.staffing.shifts import Offer, cheapest, keeping, weight

MOST_SOLVED = 5
"""Shifts that look best by the prices of intervals; each is offered to the integer programme."""
WORTH_IT = 0.005
"""Part of the cost that a shift must save to be proposed."""


class Missing(NamedTuple):
    """A shift that the catalogue has not, and what the roster would save with it."""

    shift: Template
    hours: float
    """Rostered hours a day."""
    cost: float
    """The same at the prices of shifts."""


def proposals(
    offered: Callable[[Catalogue], Offer], day: Day, catalogue: Catalogue, slopes: Slopes, at: float
) -> list[Catalogue]:
    """Return the catalogue with one more shift, that which is thought to save most first.

    Linear programming prices each interval at the roster measured; shifts whose intervals are worth more than
    they cost are offered to the integer programme, one at a time.  ``offered`` says what a catalogue offers,
    ``at`` is what the roster counts now.
    """
    offer = offered(catalogue)
    worth = keeping(offer, slopes).worth()
    if worth is None:
        return []
    ranked = sorted(candidates(catalogue, day), key=lambda shift: _loss(shift, day, offer, worth))
    solved: list[tuple[float, int, Catalogue]] = []
    for shift in ranked[:MOST_SOLVED]:
        if _loss(shift, day, offer, worth) >= 0:
            break
        more = catalogue.model_copy(update={"shifts": (*catalogue.shifts, shift)})
        plans = cheapest(offered(more), slopes)
        if plans is not None:
            solved.append((offered(more).weight(plans), len(solved), more))
    return [more for thought, _number, more in sorted(solved) if thought < (1 - WORTH_IT) * at]


def candidates(catalogue: Catalogue, day: Day) -> Iterator[Template]:
    """Yield the shifts of the catalogue that have no cost of their own, begun at other intervals.

    They lie in the opening hours, unless these are the whole day.
    """
    known = {_shape(shift) for shift in catalogue.shifts}
    for shift in catalogue.shifts:
        if shift.cost is not None or shift.at_most == 0:
            continue
        for start in np.arange(day.open, min(day.close, SECONDS_PER_DAY), day.interval):
            moved = _begun_at(shift, float(start))
            fits = day.length >= SECONDS_PER_DAY or start + shift.length <= day.close
            if fits and _shape(moved) not in known:
                known.add(_shape(moved))
                yield moved


def _begun_at(shift: Template, start: float) -> Template:
    """Return a shift moved as a whole, for all pools and any number of agents."""

    def later(clock: float) -> float:
        return (clock - shift.start + start) % SECONDS_PER_DAY

    breaks = [
        Pause.model_construct(
            at=later(pause.at),
            for_=pause.for_,
            between=None if pause.between is None else (later(pause.between[0]), later(pause.between[1])),
        )
        for pause in shift.breaks
    ]
    end = (start + shift.length - 1) % SECONDS_PER_DAY + 1  # 24:00 rather than 00:00
    moved = {"start": start, "end": end, "breaks": tuple(breaks), "at_least": 0, "pools": None}
    free = Template.model_fields["at_most"].default
    return shift.model_copy(update={**moved, "at_most": free})


def _shape(shift: Template) -> tuple[object, ...]:
    return (
        shift.start,
        shift.end % SECONDS_PER_DAY,
        tuple((each.at, each.for_, each.between) for each in shift.breaks),
    )


def _loss(shift: Template, day: Day, offer: Offer, worth: Floats) -> float:
    """Return what an agent of a shift costs above what their intervals are worth, in the best pool."""
    choices = Choices([shift], day)
    losses = []
    for each, prices, cost in zip(offer.choices, worth, offer.cost_per_hour, strict=True):
        if not each.shifts:
            continue
        presence = choices.pattern_presence(choices.best_pattern(0, prices))
        losses.append((weight(shift, cost) - float(presence @ prices)) / weight(shift, cost))
    return round(min(losses), DIGITS)
