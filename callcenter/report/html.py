"""The page as one HTML file that needs nothing else."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from callcenter.report.page import Page


def render(page: Page) -> str:
    """Return the HTML of a page; every text in it is escaped."""
    environment = Environment(
        loader=PackageLoader("callcenter.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["breakable"] = breakable
    return environment.get_template("report.html.j2").render(page=page)


def breakable(text: str) -> Markup:
    """Escape a text and let a line end after each dot or underscore of a dotted path."""
    return Markup(re.sub(r"(?<=[^\W\d])([._])(?=[^\W\d])", r"\1<wbr>", str(escape(text))))  # noqa: S704 - escaped
