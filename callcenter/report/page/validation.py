"""The page of a validation: the verdict first, then where the error enters and how near each part is."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.replay import Validation
from callcenter.replay.ladder import DRAWN_TRAITS, FREED, MEANING
from callcenter.report.figures import ladder as figures
from callcenter.report.page.blocks import Block, Bullets, Details, Facts, Gallery, Page, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.page.replay import day_picture, inputs, reproduce, span, through_day, wait_gallery
from callcenter.report.tables.replay import intervals_table
from callcenter.report.tables.validation import bands_table, fits_table, inputs_table, validation_table
from callcenter.study.sentences import validation as sentences

SHOWN = DRAWN_TRAITS
"""The step that is shown by day and by interval: recorded calls and agents, all that callers do drawn."""


def validation_page(validation: Validation, command: str = "") -> Page:
    """Gather the page of a validation."""
    sections = [
        Section("answer", _("The verdict"), _("Verdict"), list(_answer(validation))),
        Section("ladder", _("Where the error enters"), _("Ladder"), list(_ladder(validation))),
        *_fits(validation),
        Section("days", _("Day by day"), _("Days"), list(_days(validation)), _step()),
        Section("intervals", _("Through the day"), _("Intervals"), list(_intervals(validation)), _step()),
        Section("waits", _("How long callers wait"), _("Waits"), [_waits(validation)]),
        Section("inputs", _("What was simulated"), _("Inputs"), _inputs(validation)),
        Section(
            "reproduce",
            _("How to reproduce it"),
            _("Reproduce"),
            list(reproduce(validation.scenario, command)),
        ),
    ]
    footer = _(
        "The same figures for a spreadsheet: results.xlsx, validation.csv, days.csv and intervals.csv beside "
        "this file."
    )
    return Page(validation.scenario.name, _subtitle(validation), sections, footer)


def _subtitle(validation: Validation) -> str:
    parts = [
        _("is it true of recorded days"),
        span(validation.days),
        wording.plural(validation.replications, "replication"),
        _("seed {seed}").format(seed=validation.seed),
        _("in sample") if validation.in_sample else "",
        "" if validation.rolling is None else _("each day judged by a fit of the days before it"),
    ]
    return " · ".join(filter(None, parts))


def _note(validation: Validation) -> str:
    """Return what the caption of every figure ends with where the fit has seen the days."""
    return " " + _("In sample.") if validation.in_sample else ""


def _step() -> str:
    return _("step: {step}").format(step=_(MEANING[SHOWN]))


def _answer(validation: Validation) -> Iterator[Block]:
    yield Text(sentences.verdict(validation), "answer")
    yield Text(sentences.meaning(validation))
    reasons = sentences.reasons(validation)
    if reasons:
        yield Text(_("Why, and what to keep in mind:"))
        yield Bullets(reasons)


def _ladder(validation: Validation) -> Iterator[Block]:
    yield Text(
        _(
            "Each step takes one thing less from the records and lets the scenario draw it. Where the "
            "difference leaves the margin, the part named there is wrong."
        )
    )
    caption = _(
        "Mean difference of days, simulated less recorded; stroke: its 90% interval, which two one-sided "
        "tests at 5% hold against the margin."
    )
    ax = figures.ladder(validation)
    title = _("From all that is recorded to the plan alone")
    yield Gallery([picture(ax, "ladder-figure", title, caption + _note(validation), kind="full")])
    yield validation_table(validation)
    yield Text(
        _(
            "Erlang A and C by interval have the recorded calls and agents, the mean of the other days knows "
            "no calls at all: a model should beat all three."
        ),
        "note",
    )
    text = _("{meaning}; an error that enters here lies in {part}")
    yield Facts(
        [
            (_(sentences.SHORT[name]), text.format(meaning=_(MEANING[name]), part=_(FREED[name])))
            for name in validation.steps
        ]
    )


def _fits(validation: Validation) -> Iterator[Section]:
    """Yield each fit beside the days it was judged by; nothing where one scenario was judged."""
    if validation.rolling is None:
        return
    text = _(
        "Where the bias of one fit after the other goes the same way, something drifts, and fits lag "
        "behind it: talk and calls of the fits say what."
    )
    blocks: list[Block] = [Text(sentences.rolling(validation)), fits_table(validation), Text(text, "note")]
    yield Section("fits", _("Fit after fit"), _("Fits"), blocks)


def _days(validation: Validation) -> Iterator[Block]:
    note = _note(validation)
    yield Gallery([day_picture(validation.steps[SHOWN].runs.beside, note)])
    caption = _(
        "Even bars: bands are right. High at both ends: bands are too narrow; high at one end: the answer "
        "rate is too low or too high."
    )
    yield Gallery([picture(figures.pit(validation), "pit", _("Where recorded days lie"), caption + note)])
    yield bands_table(validation)


def _intervals(validation: Validation) -> Iterator[Block]:
    beside = validation.steps[SHOWN].runs.beside
    yield from through_day(beside, _note(validation))
    yield Details(_("Every interval in figures"), [intervals_table(beside)])


def _waits(validation: Validation) -> Gallery:
    first = next(iter(validation.steps.values())).runs.beside
    simulated = {_(sentences.SHORT[name]): step.runs.beside for name, step in validation.steps.items()}
    waits = {name: beside.simulated_waits for name, beside in simulated.items()}
    return wait_gallery({_("recorded"): first.recorded_waits, **waits}, _note(validation))


def _inputs(validation: Validation) -> list[Block]:
    return [inputs_table(validation), *inputs(validation.scenario)]
