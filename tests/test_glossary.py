"""The glossary and the catalogue: one Chinese term for one English word."""

from __future__ import annotations

import re
from collections import Counter

from babel.messages.pofile import read_po

from tests.commands import ROOT
from tools import catalogue

GLOSSARY = ROOT / "docs/glossary.md"
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_HEADS = ("English", "---")


def terms() -> list[tuple[str, str, str]]:
    """Return the rows of the glossary: English, Chinese, meaning in both."""
    rows = _ROW.findall(GLOSSARY.read_text(encoding="utf-8"))
    return [row for row in rows if row[0] not in _HEADS]


def translations() -> dict[str, str]:
    """Return the Chinese of every label of the catalogue that has no plural."""
    with catalogue.PO.open("rb") as file:
        return {message.id: str(message.string) for message in read_po(file) if isinstance(message.id, str)}


def test_labels_are_translated_as_the_glossary_says() -> None:
    """Where a term of the glossary is a label, its translation is the glossary's."""
    chinese = translations()
    glossary = {english: term for english, term, _ in terms() if english in chinese}

    assert len(glossary) > 50
    assert glossary == {english: chinese[english] for english in glossary}


def test_every_term_has_one_meaning_in_both_languages() -> None:
    """A term stands once, and its meaning is a sentence of each language."""
    assert [] == [term for term, times in Counter(english for english, *_ in terms()).items() if times > 1]
    for english, _, meaning in terms():
        first, second = meaning.split(" · ")
        assert (".", "。") == (first[-1], second[-1]), english


def test_no_two_terms_share_a_translation() -> None:
    """Terms that differ in English differ in Chinese."""
    chinese = Counter(term for _, term, _ in terms())

    assert [] == [term for term, times in chinese.items() if times > 1]
