"""Which language a command speaks: that of `--lang`, else that of the environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from callcenter.language import UnknownLanguageError, known_language, language_of

OPTION = "--lang"


def asked_for(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of a command line, before its words are understood: errors are in it too.

    An option `--lang` that cannot be is refused later, like any other.
    """
    language = language_of(environment)
    for tag in _tags(words):
        try:
            language = known_language(tag)
        except UnknownLanguageError:
            continue
    return language


def _tags(words: Sequence[str]) -> Iterator[str]:
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == OPTION:
            yield following
        elif word.startswith(f"{OPTION}="):
            yield word.removeprefix(f"{OPTION}=")
