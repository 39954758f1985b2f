"""Text files in the encodings of the world: Unicode, GB 18030 as in China, Windows-1252 as in the West."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

GB, WESTERN = "gb18030", "cp1252"

NAMES: Mapping[str, str] = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "gb18030": GB,
    "gbk": GB,
    "gb2312": GB,
    "latin-1": WESTERN,
    "windows-1252": WESTERN,
    "cp1252": WESTERN,
}
"""Encodings by the names that people write."""

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENOUGH = 4096
"""Bytes that show whether every second one is empty."""

_COMMON_HANZI = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_IN_A_WORD = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]{1,2}(?=[A-Za-z])|(?<=[A-Za-z])[\xe0-\xff](?![\x80-\xff])")
_CLEAR = 0.8


class Decoded(NamedTuple):
    """The text of a file, its encoding, and whether another would read it as well."""

    text: str
    encoding: str
    is_guessed: bool = False


def decoded(content: bytes, encoding: str = "") -> Decoded | None:
    """Return the text of a file, in an encoding of `NAMES` if one is given; None if it is no text."""
    if encoding:
        return _as(content, NAMES[encoding])
    marked = next((name for mark, name in _MARKED if content.startswith(mark)), _unmarked(content))
    if marked:
        return _as(content, marked)
    return _as(content, "utf-8") or _chinese_or_western(content)


def _unmarked(content: bytes) -> str:
    """Return the UTF-16 of a file that does not name it: every second byte of plain digits is 0."""
    start = content[:_ENOUGH]
    pairs = len(start) // 2
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs and start[first::2].count(0) > pairs / 4 and start[1 - first :: 2].count(0) == 0:
            return name
    return ""


def _as(content: bytes, encoding: str) -> Decoded | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else Decoded(text, encoding)


def _chinese_or_western(content: bytes) -> Decoded | None:
    """Return the likelier of two readings; Chinese writes its common signs in two high bytes each."""
    chinese, western = _as(content, GB), _as(content, WESTERN)
    if chinese is None or western is None:
        return chinese or western
    likely = _chinese_share(content)
    chosen = chinese if likely >= 0.5 else western
    return chosen._replace(is_guessed=1 - _CLEAR < likely < _CLEAR)


def _chinese_share(content: bytes) -> float:
    """Return which part of the letters beyond ASCII looks Chinese rather than like letters of a word."""
    rest = _IN_A_WORD.sub(b" ", content)
    words = len(_IN_A_WORD.findall(content))
    common = len(_COMMON_HANZI.findall(rest))
    rare = len(_PAIR.findall(_COMMON_HANZI.sub(b" ", rest)))
    return common / max(1, words + common + rare)
