"""The page of an explanation: what the parts are, that they add up, and what they leave over."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter import wording
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.replay import Explanation
from callcenter.report.figures.waterfall import waterfall
from callcenter.report.page.blocks import Block, Bullets, Code, Facts, Gallery, Page, Section, Text
from callcenter.report.page.picture import picture
from callcenter.report.tables.replay import explanation_table
from callcenter.study.sentences import explanation as sentences

MEANINGS = {
    "volume": noted("how many called"),
    "pattern": noted("when within the day they called, and of which tier"),
    "handle_time": noted("how long talk and wrap-up took"),
    "patience": noted("how long callers were willing to wait"),
    "staffing": noted("who was there"),
}


def explanation_page(explanation: Explanation, command: str = "") -> Page:
    """Gather the page of an explanation."""
    sections = [
        Section("answer", _("Why the day went so"), _("Answer"), list(_answer(explanation))),
        Section("method", _("How the parts are found"), _("Method"), list(_method())),
        Section("reproduce", _("How to reproduce it"), _("Reproduce"), [Code(command)] if command else []),
    ]
    footer = _("The same figures for a spreadsheet: results.xlsx and explanation.csv beside this file.")
    title = _("{scenario}, {day}").format(scenario=explanation.scenario, day=explanation.day)
    parts = [
        _("planned against recorded"),
        wording.plural(len(explanation.values), "replication"),
        _("seed {seed}").format(seed=explanation.seed),
    ]
    return Page(title, " · ".join(parts), [each for each in sections if each.blocks], footer)


def _answer(explanation: Explanation) -> Iterator[Block]:
    yield Text(sentences.headline(explanation), "answer")
    yield Text(wording.in_a_row((sentences.unexplained(explanation), sentences.caution(explanation))))
    caption = _(
        "Hatched: points lost; plain: points gained; dashed: what the model cannot explain. Upright stroke: "
        "95% interval of a part. Planned and all steps add up to recorded."
    )
    title = _("From planned to recorded")
    yield Gallery([picture(waterfall(explanation), "waterfall", title, caption, kind="full")])
    yield explanation_table(explanation)
    if explanation.remarks:
        yield Text(_("Please note:"))
        yield Bullets(explanation.remarks)


def _method() -> Iterator[Block]:
    yield Text(
        _(
            "Each factor is taken from the plan or from the records: 32 days on the same chance. The part of "
            "a factor is what it costs on average over all orders in which factors can be exchanged (Shapley "
            "value), so no order is preferred and the parts add up."
        )
    )
    yield Facts([(_(sentences.FACTOR_NAMES[name]), _(meaning)) for name, meaning in MEANINGS.items()])
