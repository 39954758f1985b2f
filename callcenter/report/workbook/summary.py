"""The first sheet: which targets are met, how surely, and what was looked at."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure.joint import DaysKept
from callcenter.report.tables.points import fewest_table
from callcenter.report.tables.summary import summary_table
from callcenter.report.tables.targets import targets_table
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tables import write
from callcenter.scenario import Scenario
from callcenter.study import Result, SweepResult
from callcenter.study.answers.shown_point import Choice
from callcenter.study.designs.labels import point_label
from callcenter.study.sentences.rules import rule_notes
from callcenter.study.sentences.shown_point import reason
from callcenter.totals import ALL


def summary_sheet(book: Book, study: SweepResult, choice: Choice) -> Sheet:
    """Write the answer, the verdict of each tier and, of a sweep, the fewest agents."""
    sheet, result = Sheet(book, _("Summary")), study.results[choice.number]
    sheet.title(study.name)
    sheet.paragraph(result.scenario.about)
    if study.incomplete:
        sheet.paragraph(_("Not finished: some replications are still to be simulated."), bold=True)
    for sentence in filter(None, (study.answer, study.callback_answer, *study.remarks)):
        sheet.paragraph(sentence, bold=True)
    if len(study.settings) > 1:
        sheet.paragraph(_shown(study, choice))
    sheet.gap()
    write(sheet, summary_table(result), live={"above_target": "={service_level}-{target}"})
    sheet.note(definition_note(result.scenario))
    _targets(sheet, result, study.days_asked)
    sheet.note(_replications(study))
    _fewest(sheet, study)
    sheet.finish()
    return sheet


def _targets(sheet: Sheet, result: Result, asked: DaysKept | None) -> None:
    """Write every target, where there are others than one answer rate for each tier."""
    table = targets_table(result, asked)
    if table is not None:
        sheet.gap()
        sheet.title(_("Targets"))
        write(sheet, table)
        for note in rule_notes(result.scenario):
            sheet.note(note)


def definition_note(scenario: Scenario) -> str:
    """Return what the answer rate is, in a sentence, and what the total is made of."""
    service = scenario.service_level
    formula = wording.definition(service.definition, service.short_abandon)
    return _(
        "Answer rate = {formula} ({name}). Met: the whole 95% interval reaches the target; missed: all of it "
        "stays below; unclear: the target lies inside. “{all}” is every tier with a target."
    ).format(formula=formula, name=service.definition, all=wording.tier(ALL))


def _replications(study: SweepResult) -> str:
    return _("{replications}, seed {seed}; each replication is one observation of an interval.").format(
        replications=wording.replications(study.replications), seed=study.design.seed
    )


def _shown(study: SweepResult, choice: Choice) -> str:
    return _(
        "The tiers below and the sheets that follow show point {number} ({settings}): {reason}. "
        "The sheet “{sweep}” has all {points} points."
    ).format(
        number=choice.number,
        settings=point_label(study.settings[choice.number], study.varied),
        reason=reason(choice),
        sweep=_("Sweep"),
        points=len(study.settings),
    )


def _fewest(sheet: Sheet, study: SweepResult) -> None:
    """Write the fewest agents that met every target, one row per condition."""
    table = fewest_table(study)
    if table is not None:
        sheet.gap()
        sheet.title(_("The fewest agents that met every target"))
        write(sheet, table, names=2)
