"""The first sheet: which targets are met, how surely, and what was looked at."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.measure import Summary
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import COUNT, PERCENT, SECONDS, SIGNED_PERCENT, WHOLE, Column, Formula
from callcenter.report.workbook.figures import verdicts
from callcenter.report.workbook.sheet import Area, Sheet
from callcenter.scenario import Scenario
from callcenter.study import SweepResult
from callcenter.study.answers.fewest import fewest
from callcenter.study.answers.shown_point import Choice
from callcenter.study.designs.labels import point_label
from callcenter.study.sentences.shown_point import reason
from callcenter.totals import ALL

Level = dict[str, Any]

RATE, TARGET = 3, 1
"""Columns that the margin is taken of."""


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
    verdict_table(sheet, result.summary["tiers"])
    sheet.note(definition_note(result.scenario))
    sheet.note(_replications(study))
    _fewest(sheet, study)
    sheet.finish()
    return sheet


def verdict_table(sheet: Sheet, tiers: Summary) -> Area:
    """Write a row for each tier: target, answer rate with its interval, margin, days, verdict."""
    levels: list[Level] = [tier["service_level"] for tier in tiers.values()]
    top = sheet.row + 1
    margins = [_margin(top + place, level) for place, level in enumerate(levels)]
    columns = [
        Column(_("tier"), [wording.tier(name) for name in tiers]),
        Column(_("target"), [level["target"] for level in levels], PERCENT),
        Column(_("in time: within (s)"), [level["within_s"] for level in levels], SECONDS),
        Column(_("answer rate"), [level["value"] for level in levels], PERCENT, {"bold": True}),
        Column(_("95% interval, low"), [level["low"] for level in levels], PERCENT),
        Column(_("95% interval, high"), [level["high"] for level in levels], PERCENT),
        Column(_("above the target"), margins, SIGNED_PERCENT),
        Column(_("days met"), [level["days_met"] for level in levels], PERCENT),
        Column(_("verdict"), verdicts(level["verdict"] for level in levels)),
    ]
    area = sheet.table(columns)
    sheet.signs(area, len(columns) - 1)
    return area


def _margin(row: int, level: Level) -> Formula | None:
    if level["target"] is None or level["value"] is None:
        return None
    rate, target = (xl_rowcol_to_cell(row, column) for column in (RATE, TARGET))
    return Formula(f"={rate}-{target}", level["value"] - level["target"])


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
    """Write the fewest agents that met every target, a row a condition."""
    found = fewest(study)
    if not found:
        return
    best = [entry.best for entry in found]
    sheet.gap()
    sheet.title(_("The fewest agents that met every target"))
    columns = [
        Column(_("conditions"), [entry.conditions or _("as in the scenario") for entry in found]),
        Column(_("staffing"), [_("none of those tried") if each is None else each.staffing for each in best]),
        Column(_("agents at the peak"), [each and each.roster.peak for each in best], WHOLE),
        Column(_("agent-hours a day"), [each and each.roster.hours for each in best], COUNT),
        Column(_("staffings tried"), [entry.tried for entry in found], WHOLE),
        Column(_("unclear ones with fewer agents"), [entry.unclear for entry in found], WHOLE),
    ]
    sheet.table(columns, names=2)
