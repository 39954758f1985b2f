"""A sweep's points beside the one shown, difference by difference, on the same callers."""

from __future__ import annotations

from callcenter.language import gettext as _
from callcenter.report.page.blocks import Block, Section, Text
from callcenter.report.page.sections.view import View
from callcenter.report.tables.points_compared import compared_table
from callcenter.study import Comparison
from callcenter.study.designs.labels import point_label
from callcenter.study.differences.difference import Side

MOST_POINTS = 24
"""Points compared; with more, a comparison of a few says more."""


def section(view: View) -> Section | None:
    """Return the differences to the point shown; None where no other point meets the same callers."""
    others = _others(view)
    if not others or view.result.replications < 2:
        return None
    comparison = _comparison(view, others[:MOST_POINTS])
    left_out = len(others) - MOST_POINTS
    table = compared_table(comparison)
    blocks: list[Block] = [Text(_note(), "note"), table]
    if left_out > 0:
        more = _("{number} more points meet these callers; `callcenter compare` takes any of them.")
        blocks.append(Text(more.format(number=left_out), "note"))
    return Section("comparison", _("Compared with the point shown"), _("Comparison"), blocks, view.shown)


def _note() -> str:
    return _(
        "Points that meet the same callers, so differences are taken day by day and chance largely cancels "
        "out. Bold: shown at 5%, corrected by Holm for all differences of the table."
    )


def _others(view: View) -> list[int]:
    """Return the other points that meet the same callers in the same replications."""
    points, shown = view.study.design.points, view.number
    return [
        number
        for number, point in enumerate(points)
        if number != shown
        and point.callers == points[shown].callers
        and view.study.results[number].numbers == view.result.numbers
    ]


def _comparison(view: View, others: list[int]) -> Comparison:
    sides = [Side(_name(view, number), view.study.results[number]) for number in (view.number, *others)]
    return Comparison(tuple(sides))


def _name(view: View, number: int) -> str:
    return f"{number} · {point_label(view.study.settings[number], view.study.varied)}"
