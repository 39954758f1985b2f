"""Templates of HTML in which every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from callcenter.language import gettext


@cache
def templates(package: str, *filters: Callable[[Any], Any]) -> Environment:
    """Return the templates of a package; every text in them is escaped, and `_` puts it into the language."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {each.__name__: each for each in (breakable, coded, *filters)}
    environment.globals |= {"_": gettext}
    return environment


def breakable(text: str) -> Markup:
    """Escape a text and let a line end after each dot or underscore of a dotted path."""
    return Markup(re.sub(r"(?<=[^\W\d])([._])(?=[^\W\d])", r"\1<wbr>", str(escape(text))))  # noqa: S704 - escaped


def coded(text: str) -> Markup:
    """Escape a text and set what stands in backticks as code."""
    return Markup(re.sub(r"`([^`\n]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped
