"""The language that texts for people are written in: English, or the Chinese of a gettext catalogue.

The English text is the key of the catalogue.  Texts are put into words inside `speaking(language)`; outside
of it they are English.  Names of a user's file, keys of YAML, columns of CSV and JSON are never translated.
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "zh-CN")
"""Tags as in HTML (BCP 47)."""

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Of the environment; the first that is set decides (POSIX)."""

DOMAIN = "callcenter"

_LOCALES = Path(__file__).parent / "locales"
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


class UnknownLanguageError(ValueError):
    """A language that there is no catalogue for."""

    def __init__(self, given: str) -> None:
        text = gettext("no texts in {given!r}; write {languages}")
        super().__init__(text.format(given=given, languages=gettext(" or ").join(LANGUAGES)))


def known_language(tag: str) -> str:
    """Return the tag of a language as we write it; `zh`, `zh_cn` and `zh-CN` are one.

    UnknownLanguageError where there is no catalogue for it.
    """
    plain = tag.strip().replace("_", "-").lower()
    for language in LANGUAGES:
        if plain in (language.lower(), language.partition("-")[0], f"{language.lower()}.utf-8"):
            return language
    raise UnknownLanguageError(tag)


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for: English unless it is Chinese."""
    tag = next(filter(None, map(environment.get, VARIABLES)), "")
    return "zh-CN" if tag.lower().startswith("zh") else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Put texts into this language meanwhile, in this thread."""
    token = _spoken.set(known_language(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the tag of the language that texts are put into now."""
    return _spoken.get()


def gettext(text: str) -> str:
    """Return a text in the language spoken; itself where the catalogue does not have it."""
    return _catalogue(_spoken.get()).gettext(text) if text else ""  # gettext keeps its own notes at ""


def ngettext(one: str, more: str, number: float) -> str:
    """Return the text for a number of things in the language spoken."""
    return _catalogue(_spoken.get()).ngettext(one, more, 1 if number == 1 else 2)


def noted(text: str) -> str:
    """Mark a text of a constant for the catalogue; whoever shows it translates it."""
    return text


def noted_plural(one: str, more: str) -> tuple[str, str]:
    """Mark the two forms of a constant for the catalogue; whoever shows them calls `ngettext`."""
    return one, more


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    if language == "en":
        return catalogues.NullTranslations()
    return catalogues.translation(DOMAIN, _LOCALES, [language.replace("-", "_")])
