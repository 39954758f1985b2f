"""A page as one HTML file that needs nothing else."""

from __future__ import annotations

from callcenter.language import spoken
from callcenter.report.html import templates
from callcenter.report.page.blocks import Page
from callcenter.report.page.tables import written


def render(page: Page) -> str:
    """Return the HTML of a page in the language spoken; every text in it is escaped."""
    template = templates("callcenter.report", kind, written).get_template("report.html.j2")
    return template.render(page=page, language=spoken())


def kind(block: object) -> str:
    """Return what a block is, by which the template knows its layout."""
    return type(block).__name__.lower()
