"""Replay, validation and explanation for a terminal: their tables, and what they say in words."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.replay import Explanation, Replay, Validation
from callcenter.replay.ladder import FREED, KNOWN, MEANING
from callcenter.replay.parts import SERVICE_LEVEL
from callcenter.replay.validation.verdict import NOT_VALID, UNCLEAR
from callcenter.report.tables.replay import FACTOR_NAMES, explanation_table, replay_table, validation_table
from callcenter.report.terminal import layout

NARROW = 0.85
"""Coverage of a 95% band, below which it is called too narrow."""
ENOUGH_DAYS = 10
NOTABLE = 0.02
"""Difference of talk or calls from which it is worth a sentence, where its interval leaves out 1."""


def replay_view(result: Replay) -> layout.Fitted:
    """Return one row for each day."""
    return layout.laid_out(replay_table(result))


def replay_lines(result: Replay) -> list[str]:
    """Return what was taken, who was there, and what must be kept in mind."""
    taken = _("Taken from the records: {taken}. The rest is drawn, {n} times for each day.")
    lines = [taken.format(taken=", ".join(result.taken), n=result.replications)]
    if result.levels_source is not None:
        lines.append(_("Staffing of the records, known by {source}.").format(source=_(result.levels_source)))
    if result.changes:
        changes = ", ".join(f"{path}={value}" for path, value in result.changes.items())
        lines.append(_("The same callers with {changes}.").format(changes=changes))
    return [*lines, *result.remarks]


def validation_view(validation: Validation) -> layout.Fitted:
    """Return one row for each step of the ladder and each yardstick."""
    return layout.laid_out(validation_table(validation))


def validation_lines(validation: Validation) -> list[str]:
    """Return the verdict and its reasons, one sentence each."""
    return [
        _verdict(validation),
        *_causes(validation),
        *_inputs(validation),
        *_in_sample(validation),
        *validation.remarks,
    ]


def _verdict(validation: Validation) -> str:
    margin = wording.points(validation.margin).lstrip("+")
    texts = {
        "valid": _(
            "Valid: on {days} days answer rate and abandonment are within {margin} points of the records."
        ),
        NOT_VALID: _(
            "Not valid: on {days} days answer rate or abandonment differ from the records by more than "
            "{margin} points."
        ),
        UNCLEAR: _(
            "Unclear: {days} days cannot tell whether the model is within {margin} points of the records."
        ),
    }
    sentence = texts[validation.verdict].format(days=len(validation.days), margin=margin)
    if validation.verdict == UNCLEAR and validation.more_days:
        sentence += _(" About {n:,} more days would.").format(n=validation.more_days)
    return sentence


def _causes(validation: Validation) -> Iterator[str]:
    """Yield where the error enters, and whether bands are too narrow."""
    name = validation.enters_with
    if name is not None:
        step = validation.steps[name]
        texts = {
            NOT_VALID: _(
                "The error enters with {what}: the bias of the answer rate goes from {before} to "
                "{after} points ({step})."
            ),
            UNCLEAR: _(
                "What is unclear begins with {what}: the bias of the answer rate goes from {before} to "
                "{after} points ({step})."
            ),
        }
        yield texts[step.word].format(
            what=_(FREED[name]),
            before=wording.points(_before(validation, name)),
            after=wording.points(step.by_day[SERVICE_LEVEL].bias),
            step=_(MEANING[name]),
        )
    for name, step in validation.steps.items():
        held = step.by_day[SERVICE_LEVEL].coverage[95]
        if name != KNOWN and len(validation.days) >= ENOUGH_DAYS and held < NARROW:
            text = _("Bands are too narrow ({step}): {share} of the days lie within their 95% band.")
            yield text.format(step=_(MEANING[name]), share=wording.percent(held))
            return


def _before(validation: Validation, name: str) -> float:
    names = list(validation.steps)
    place = names.index(name)
    return validation.steps[names[place - 1]].by_day[SERVICE_LEVEL].bias if place else 0.0


def _inputs(validation: Validation) -> Iterator[str]:
    """Yield by how much talk and calls of these days differ from the scenario's."""
    texts = {
        _("Talk on these days is {percent} of the scenario's ({low} to {high})."): validation.talk,
        _("Calls on these days are {percent} of the scenario's ({low} to {high})."): validation.calls,
    }
    for text, ratio in texts.items():
        if abs(ratio.value - 1) >= NOTABLE and not ratio.low <= 1 <= ratio.high:
            ends = (ratio.value, ratio.low, ratio.high)
            percent, low, high = map(wording.percent, ends)
            yield text.format(percent=percent, low=low, high=high)


def _in_sample(validation: Validation) -> Iterator[str]:
    if validation.in_sample:
        text = _(
            "In sample: the scenario was fitted to {n} of these days, so every figure is better than it is "
            "on days that the fit has not seen."
        )
        yield text.format(n=len(validation.in_sample))


def explanation_view(explanation: Explanation) -> layout.Fitted:
    """Return planned, the parts, and recorded."""
    return layout.laid_out(explanation_table(explanation))


def explanation_lines(explanation: Explanation) -> list[str]:
    """Return the day in a sentence, largest part first, and what the model cannot explain."""
    name, part = max(explanation.parts.items(), key=lambda each: abs(each[1]))
    sentence = _(
        "{day}: planned {planned}, recorded {actual}. The largest part is {factor}: {part} points lost. "
        "With all that is recorded the model gives {model}; {rest} points it cannot explain."
    ).format(
        day=explanation.day,
        planned=wording.percent(explanation.planned / 100),
        actual=wording.percent(explanation.actual / 100),
        factor=_(FACTOR_NAMES[name]),
        part=wording.points(part / 100),
        model=wording.percent(explanation.model / 100),
        rest=wording.points(explanation.unexplained / 100),
    )
    return [sentence, *explanation.remarks]
