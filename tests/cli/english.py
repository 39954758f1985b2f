"""Finds English sentences in what is printed in another language."""

from __future__ import annotations

import re

NO_SENTENCES = (
    r"```.*?```",
    r"`[^`\n]*`",
    r"'[^'\n]*'",
    r"\"[^\"\n]*\"",
    r"(?:callcenter|python(?: -m)?) \S[^；。\n]*",  # commands to be typed
    r"<[^>\n]*>",
    r"\{[^}\n]*\}",
    r"--?[a-z][\w-]*(?:[ =][\w:./|%-]+)?",
    r"[\w*.-]*[/\\][\w./\\*-]*",
    r"\b[\w-]+(?:\.[\w-]+)+",
    r"\b\w*(?:_|\d)\w*\b",
    r"\b[A-Z][A-Z.]+\b",
)
"""Code, quotations, commands, options, paths, keys, names and metavariables."""

SENTENCE = re.compile(r"[A-Za-z][a-z]*(?:[ \t]+\(?[A-Za-z][a-z]*\)?[,;:]?){2,}")
"""Three words and more, one after the other."""


def english_in(text: str) -> list[str]:
    """Return the runs of English words in a text."""
    for pattern in NO_SENTENCES:
        text = re.sub(pattern, " · ", text, flags=re.DOTALL if pattern.startswith("```") else 0)
    return [found[0] for found in SENTENCE.finditer(text)]
