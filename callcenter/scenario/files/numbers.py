"""Columns of numbers: thousands and decimal signs of either kind, decided over the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from callcenter.scenario.files.columns import folded
from callcenter.scenario.files.native import Native
from callcenter.scenario.values import as_number

Sign = Literal[".", ","]
Kind = Literal["count", "factor", "seconds"]
Number = int | float

_SHAPE = re.compile(r"([-+]?[\d.,' ]*\d[.,]?(?:[eE][-+]?\d+)?)\s*([^\W\d_]*|%)", re.UNICODE)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2212": "-"})
_DASHES = frozenset(("-", "--", "---", "\u2013", "\u2014", "\u2212"))
_GROUPS = {
    sign: rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|[1-9]\d?(?:{mark}\d{{2}})+{mark}\d{{3}}"
    for sign, mark in ((".", "[, ']"), (",", "[. ']"))
}
"""Groups of three digits, and those of India."""

_WRITTEN = {
    sign: re.compile(rf"([-+]?)(?:({groups})|\d+)?(?:\{sign}\d*)?(?:[eE][-+]?\d+)?")
    for sign, groups in _GROUPS.items()
}
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""One thousand and twelve for some, one and a little for others."""

_COUNTED = frozenset(
    [
        "calls",
        "call",
        "agents",
        "agent",
        "contacts",
        "contact",
        "heads",
        "head",
        "people",
        "persons",
        "fte",
        "anrufe",
        "anruf",
        "agenten",
        "mitarbeiter",
        "通",
        "个",
        "次",
        "人",
        "名",
        "件",
        "席",
        "坐席",
        "位",
        "笔",
        "通话",
        "人次",
    ]
)
_TIMES_TEN_THOUSAND = frozenset(("万", "万通", "万次"))
_LONG = 36_000
"""Seconds that hardly any call lasts."""

_CLEARLY_WHOLE = 100
"""Beside whole numbers so large, 1.012 has thousands: otherwise the column would leap by a factor of 100."""


class Numbers(NamedTuple):
    """The numbers of a column; None where a cell holds none."""

    values: list[Number | None]
    sign: Sign
    question: str = ""
    """What must be asked before the numbers can be used: what they may mean."""

    is_guessed: bool = False
    """Whether the other sign would have read the column as well, to other numbers."""


def read_numbers(
    texts: Sequence[str], kind: Kind = "count", sign: Sign | None = None, *, separator: str = ""
) -> Numbers:
    """Return the numbers of a column, its decimal sign as given or as the whole column shows.

    A dash in a column of counts is nothing, 0. Texts between `separator` do not hold it unquoted: where it
    is a comma, a comma inside a number is hardly a decimal sign.
    """
    shapes = [_shape(text, kind) for text in texts]
    signs: list[Sign] = [sign] if sign else _fitting([shape for shape in shapes if shape is not None])
    chosen = signs[0]
    question, is_guessed = "", False
    if len(signs) > 1:
        doubtful = list(dict.fromkeys(shape for shape in shapes if shape and _EITHER.fullmatch(shape)))
        if doubtful:
            decided = _decided(texts, shapes, doubtful, kind, separator)
            is_guessed, chosen = decided is not None, decided or chosen
            question = "" if decided else doubtful[0]
    values = [_number(text, shape, chosen, kind) for text, shape in zip(texts, shapes, strict=True)]
    return Numbers(values, chosen, question, is_guessed)


def is_nothing(text: str) -> bool:
    """Whether a cell holds a dash, by which people write that there is nothing."""
    return text.strip() in _DASHES


def is_number(text: str) -> bool:
    """Whether a cell alone holds a number, of any convention."""
    return _shape(text, "factor") is not None


def may_be_either(text: str) -> bool:
    """Whether a text is a whole number with thousands for some, one with decimals for others."""
    shape = _shape(text, "count")
    return shape is not None and _EITHER.fullmatch(shape) is not None


def _shape(text: str, kind: Kind) -> str | None:
    """Return the digits and signs of a number without its unit; None if the text is none."""
    if isinstance(text, Native):
        return repr(text.held) if isinstance(text.held, float) else None
    if text.isdigit() and text.isascii():
        return text
    match = _SHAPE.fullmatch(folded(text.translate(_SPACES)).strip())
    if match is None:
        return None
    unit = match[2].lower()
    known = not unit or unit in _COUNTED or unit in _TIMES_TEN_THOUSAND or (unit == "%" and kind == "factor")
    shape = match[1].strip()
    return shape if known and any(written.fullmatch(shape) for written in _WRITTEN.values()) else None


def _fitting(shapes: Iterable[str]) -> list[Sign]:
    """Return the decimal signs by which every number of a column can be read; the likelier if none."""
    texts = [shape for shape in set(shapes) if not shape.isdigit()]
    counts: dict[Sign, int] = {
        sign: sum(1 for text in texts if _WRITTEN[sign].fullmatch(text)) for sign in (".", ",")
    }
    best = max(counts.values())
    return [sign for sign in (".", ",") if counts[sign] == best]


def _decided(
    texts: Sequence[str], shapes: Sequence[str | None], doubtful: Sequence[str], kind: Kind, separator: str
) -> Sign | None:
    """Return the decimal sign of a column that either would read; None if nothing tells."""
    marks = {character for shape in doubtful for character in shape if character in ".,"}
    if len(marks) > 1:
        return None
    (mark,) = marks
    other: Sign = "," if mark == "." else "."
    as_decimals: Sign = "." if mark == "." else ","
    longest = max(float(shape.replace(mark, "")) for shape in doubtful)
    if kind == "factor" or (kind == "seconds" and longest > _LONG):
        return as_decimals
    plain = [float(shape) for shape in shapes if shape is not None and shape.isdigit()]
    held = [abs(text.held) for text in texts if isinstance(text, Native) and isinstance(text.held, float)]
    largest = max(plain + held, default=0)
    padded = any(shape.endswith("0") for shape in doubtful) and largest > 0
    if largest >= _CLEARLY_WHOLE or padded or (mark == "," and separator == ","):
        return other
    return None


def _number(text: str, shape: str | None, sign: Sign, kind: Kind) -> Number | None:
    if isinstance(text, Native):
        return text.held if isinstance(text.held, float) else None
    if shape is text:
        return as_number(text)
    if shape is None:
        return 0 if kind == "count" and is_nothing(text) else None
    if not _WRITTEN[sign].fullmatch(shape):
        return None
    figure = as_number(_plain(shape, sign))
    if text.rstrip().endswith("%"):
        return figure / 100
    unit = folded(text).strip().lstrip("+-0123456789.,' ")
    return figure * 10_000 if unit in _TIMES_TEN_THOUSAND else figure


def _plain(shape: str, sign: Sign) -> str:
    """Return a number as Python writes it."""
    thousands = "," if sign == "." else "."
    return shape.replace(" ", "").replace("'", "").replace(thousands, "").replace(sign, ".")
