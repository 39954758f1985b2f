"""The sheet of a sweep: a row for each point and tier, for filters and pivot tables."""

from __future__ import annotations

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.report.workbook.book import Book
from callcenter.report.workbook.cells import WHOLE, Column
from callcenter.report.workbook.figures import AGENTS, columns_of, settings
from callcenter.report.workbook.sheet import Sheet
from callcenter.report.workbook.tiers import kpi_table
from callcenter.study import SweepResult
from callcenter.study.answers.points import overall_verdict
from callcenter.study.designs.labels import short_path

MOST_FROZEN = 4
"""Columns of names that stay in sight; more would leave no room for figures."""


def sweep_sheet(book: Book, study: SweepResult) -> None:
    """Write every point of a study."""
    sheet, points = Sheet(book, _("Sweep")), study.points
    sheet.title(_("A row for each point and tier, for filters and pivot tables"))
    overall = [wording.verdict(overall_verdict(found)) for found in study.summaries]
    names = [
        Column(_("point"), [int(number) for number in points["point"]], WHOLE),
        *(settings(list(points[path]))._replace(head=short_path(path)) for path in study.varied),
    ]
    more = [
        Column(_("tier"), [wording.tier(name) for name in points["tier"]]),
        Column(_("all targets"), [overall[number] for number in points["point"]]),
        *columns_of(points, AGENTS),
        Column(_("replications"), [study.replications[number] for number in points["point"]], WHOLE),
    ]
    kpi_table(sheet, [*names, *more], points, min(len(names) + 1, MOST_FROZEN))
    sheet.finish()
