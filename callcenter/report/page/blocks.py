"""What a page is made of: sections of blocks, which the templates lay out and add nothing to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from callcenter.report.page.cards import Card
from callcenter.report.page.picture import Picture
from callcenter.report.tables.layout import Table


class Text(NamedTuple):
    """A paragraph; `kind` is `answer`, `about`, `note`, `head` (a heading below the section's) or nothing."""

    text: str
    kind: str = ""


class Bullets(NamedTuple):
    """Sentences below each other."""

    items: Sequence[str]


class Terms(NamedTuple):
    """What the words of a table mean."""

    entries: Sequence[tuple[str, str]]


class Facts(NamedTuple):
    """Names and what they are, a line each."""

    entries: Sequence[tuple[str, str]]


class Gallery(NamedTuple):
    """Figures beside each other, as many as fit, and a note on all of them."""

    pictures: Sequence[Picture]
    note: str = ""


class Cards(NamedTuple):
    """Verdicts beside each other."""

    cards: Sequence[Card]


class Code(NamedTuple):
    """A command or a file, as it is typed."""

    text: str


class Details(NamedTuple):
    """Blocks that open when asked for; `printed` ones stand on paper, `screen` ones do not."""

    summary: str
    blocks: Sequence[Block]
    kind: str = "printed"


Block: TypeAlias = Text | Bullets | Terms | Facts | Gallery | Cards | Code | Details | Table


class Section(NamedTuple):
    """A part of the page with a heading, reached by a link of its navigation."""

    name: str
    """Its id on the page."""
    title: str
    link: str
    """A word or two for the navigation."""
    blocks: Sequence[Block]
    aside: str = ""
    """What the heading is about, such as a point of a sweep."""


class Page(NamedTuple):
    """A report as it is read from top to bottom."""

    title: str
    subtitle: str
    sections: Sequence[Section]
    footer: str
