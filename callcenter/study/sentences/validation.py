"""A validation in words: the verdict with the gap, what it means, where the error enters, what differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Validation
from callcenter.replay.ladder import (
    DRAWN_ARRIVALS,
    DRAWN_TRAITS,
    FORECAST,
    FREED,
    KNOWN,
    MEANING,
    PLANNED,
)
from callcenter.replay.parts import ABANDONMENT, SERVICE_LEVEL
from callcenter.replay.rolling import DAY, MONTH, WEEK
from callcenter.replay.validation.result import GIVEN_DEMAND
from callcenter.replay.validation.verdict import NOT_VALID, UNCLEAR, VALID, Verdict, worst

NARROW = 0.85
"""Coverage of a 95% band, below which it is called too narrow."""
ENOUGH_DAYS = 10
NOTABLE = 0.02
"""Difference of talk or calls from which it is worth a sentence, where its interval leaves out 1."""

SHORT = {
    KNOWN: noted("all recorded"),
    DRAWN_TRAITS: noted("talk, patience drawn"),
    DRAWN_ARRIVALS: noted("arrivals drawn"),
    FORECAST: noted("demand drawn"),
    PLANNED: noted("staffing planned"),
}
"""Names of the steps where there is little room."""

NAMES = {SERVICE_LEVEL: noted("answer rate"), ABANDONMENT: noted("abandonment")}


class Gap(NamedTuple):
    """The difference that decides a verdict: on which step, of which measure."""

    step: str
    measure: str
    test: Verdict


def verdict(validation: Validation) -> str:
    """Return the verdict with the gap that decides it."""
    margin = wording.points(validation.margin).lstrip("+")
    texts = {
        VALID: _("Valid: on {days} answer rate and abandonment are within {margin} points of the records."),
        NOT_VALID: _(
            "Not valid: on {days} answer rate or abandonment differ from the records by more than {margin} "
            "points."
        ),
        UNCLEAR: _("Unclear: {days} cannot tell whether the model is within {margin} points of the records."),
    }
    days = wording.plural(len(validation.days), "day")
    sentence = texts[validation.verdict].format(days=days, margin=margin)
    gap = decisive(validation)
    return f"{sentence} {_gap(gap)}" if gap is not None else sentence


def meaning(validation: Validation) -> str:
    """Return what the verdict means for whoever wants to use the model."""
    margin = wording.points(validation.margin).lstrip("+")
    if validation.verdict == VALID:
        return _(
            "What the model says of such days may be trusted to about {margin} points; a difference of two "
            "staffings that is smaller is not shown by it."
        ).format(margin=margin)
    if validation.verdict == UNCLEAR:
        text = _("The model is neither shown right nor wrong.")
        more = validation.more_days
        return wording.in_a_row((text, _("About {n:,} more days would tell.").format(n=more) if more else ""))
    return _(
        "Do not plan by the absolute figures of this model before what is named below is mended. The "
        "difference of two variants may still be useful: the error is in both."
    )


def decisive(validation: Validation) -> Gap | None:
    """Return the gap that decides: where the model fails, or the largest that the model of the centre has.

    None where no difference is known, as on fewer than three days.
    """
    fails = validation.fails_at
    steps = [fails] if fails and validation.verdict != VALID else GIVEN_DEMAND
    return _largest(validation, steps)


def _largest(validation: Validation, steps: Sequence[str]) -> Gap | None:
    """Return the largest gap among those that have the worst verdict of the steps."""
    word = worst(validation.steps[name].word for name in steps)
    gaps = [
        Gap(name, measure, test)
        for name in steps
        for measure, test in validation.steps[name].verdicts.items()
        if test.word == word and math.isfinite(test.low)
    ]
    return max(gaps, key=lambda gap: abs(gap.test.difference), default=None)


def _gap(gap: Gap) -> str:
    test = gap.test
    return _("The simulated {measure} is off by {gap} points (90% interval {low} to {high}).").format(
        measure=_(NAMES[gap.measure]),
        gap=wording.points(test.difference),
        low=wording.points(test.low),
        high=wording.points(test.high),
    )


def causes(validation: Validation) -> Iterator[str]:
    """Yield where the error enters, and whether bands are too narrow."""
    name, fails = validation.enters_with, validation.fails_at
    gap = None if fails is None else _largest(validation, [fails])
    if name is not None and fails is not None and gap is not None:
        texts = {
            NOT_VALID: _("The error enters with {what}: {change} ({step})."),
            UNCLEAR: _("What is unclear begins with {what}: {change} ({step})."),
        }
        yield texts[validation.steps[fails].word].format(
            what=_(FREED[name]), change=_change(validation, gap._replace(step=name)), step=_(MEANING[name])
        )
    for name, step in validation.steps.items():
        held = step.by_day[SERVICE_LEVEL].coverage[95]
        if name != KNOWN and len(validation.days) >= ENOUGH_DAYS and held < NARROW:
            text = _("Bands are too narrow ({step}): {share} of the days lie within their 95% band.")
            yield text.format(step=_(MEANING[name]), share=wording.percent(held))
            return


def _change(validation: Validation, gap: Gap) -> str:
    """Return the bias of a measure on the step before, and on its own."""
    names, measure = list(validation.steps), _(NAMES[gap.measure])
    place = names.index(gap.step)
    after = wording.points(validation.steps[gap.step].by_day[gap.measure].bias)
    if not place:
        return _("the bias of {measure} is {after} points").format(measure=measure, after=after)
    before = wording.points(validation.steps[names[place - 1]].by_day[gap.measure].bias)
    text = _("the bias of {measure} goes from {before} to {after} points")
    return text.format(measure=measure, before=before, after=after)


def inputs(validation: Validation) -> Iterator[str]:
    """Yield by how much talk and calls of these days differ from the scenario's."""
    texts = {
        _("Talk on these days is {percent} of the scenario's ({low} to {high})."): validation.talk,
        _("Calls on these days are {percent} of the scenario's ({low} to {high})."): validation.calls,
    }
    if validation.rolling is not None:
        texts = {
            _("Talk is {percent} of what the fit before it said ({low} to {high})."): validation.talk,
            _("Calls are {percent} of what the fit before them said ({low} to {high})."): validation.calls,
        }
    for text, ratio in texts.items():
        if abs(ratio.value - 1) >= NOTABLE and not ratio.low <= 1 <= ratio.high:
            ends = (ratio.value, ratio.low, ratio.high)
            percent, low, high = map(wording.percent, ends)
            yield text.format(percent=percent, low=low, high=high)


def in_sample(validation: Validation) -> str:
    """Return that the fit has seen some of the days; empty if it has seen none."""
    if not validation.in_sample:
        return ""
    return _(
        "In sample: the scenario was fitted to {n} of these days, so every figure is better than it is on "
        "days that the fit has not seen."
    ).format(n=len(validation.in_sample))


def rolling(validation: Validation) -> str:
    """Return that days were judged by fits of the days before them; empty where one scenario was judged."""
    if validation.rolling is None:
        return ""
    fits = wording.plural(len(validation.rolling.refits), "fit")
    text = {
        DAY: _("Fitted anew for each day, {fits} in all: a day is judged by a fit of the days before it."),
        WEEK: _("Fitted anew for each week, {fits} in all: a day is judged by a fit of the days before it."),
        MONTH: _(
            "Fitted anew for each month, {fits} in all: a day is judged by a fit of the days before it."
        ),
    }[validation.rolling.every]
    return text.format(fits=fits)


def reasons(validation: Validation) -> list[str]:
    """Return what stands behind the verdict, one sentence each."""
    return [
        *causes(validation),
        *inputs(validation),
        *filter(None, [rolling(validation), in_sample(validation)]),
        *validation.remarks,
    ]
