"""A page as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from callcenter.language import gettext, spoken
from callcenter.report.page.blocks import Page
from callcenter.report.page.tables import written


def render(page: Page) -> str:
    """Return the HTML of a page in the language spoken; every text in it is escaped."""
    return templates("callcenter.report").get_template("report.html.j2").render(page=page, language=spoken())


@cache
def templates(package: str) -> Environment:
    """Return the templates of a package; every text in them is escaped, and `_` puts it into the language."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"breakable": breakable, "coded": coded, "kind": kind, "written": written}
    environment.globals |= {"_": gettext}
    return environment


def breakable(text: str) -> Markup:
    """Escape a text and let a line end after each dot or underscore of a dotted path."""
    return Markup(re.sub(r"(?<=[^\W\d])([._])(?=[^\W\d])", r"\1<wbr>", str(escape(text))))  # noqa: S704 - escaped


def coded(text: str) -> Markup:
    """Escape a text and set what stands in backticks as code."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def kind(block: object) -> str:
    """Return what a block is, by which the template knows its layout."""
    return type(block).__name__.lower()
