"""What tells a Chinese text from an English one, names and values of the user left aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"|\{.*\}|(?<=已损坏)（[^（）]*）")
"""Keys, values and examples, which are as they are written, and the reason that a library gave for damage."""

_SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]+\b[ ,;:]+){2,}\b[a-z]+\b")
"""Three words in a row."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def not_chinese(texts: Iterable[str]) -> list[str]:
    """Return those of some texts that have no Chinese, or some English sentence."""
    return [text for text in texts if not _CHINESE.search(text) or _SENTENCE.search(_QUOTED.sub("", text))]
