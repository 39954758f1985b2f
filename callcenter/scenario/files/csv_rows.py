"""Rows of text files: `sep=;` lines, commas, semicolons or tabs, quotes that are not closed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from callcenter.language import gettext as _
from callcenter.scenario.errors import fault

Row = tuple[int, list[str]]
"""The line or row in the file, and the text of its cells."""

SEPARATORS = ",;\t|"

_LOOKED_AT = 20
"""Lines in which the separator is looked for."""

_FIRST_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?[,;\t]*\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_UNCLOSED = "unexpected end of data"


def separator_of(text: str) -> str:
    """Return what stands between the cells: as a first line `sep=;` says, else what most lines have most."""
    first_line = _FIRST_LINE.match(text)
    if first_line is not None:
        return first_line[1]
    lines = [_QUOTED.sub("", line) for line in text[:65_536].splitlines()[:_LOOKED_AT] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (sum(map(bool, counts[sign])), _usual(counts[sign])))


def _usual(counts: list[int]) -> int:
    return max(counts, key=lambda count: (counts.count(count), count), default=0) if any(counts) else 0


def csv_rows(text: str, separator: str, file: str) -> Iterator[Row]:
    """Yield each filled row of a text with the line it begins on; refuses a quote that is not closed."""
    return rows_of_lines(io.StringIO(text, newline=""), separator, file)


def rows_of_lines(lines: Iterable[str], separator: str, file: str) -> Iterator[Row]:
    """Yield each filled row with the line it begins on, of lines that need not all be in memory."""
    lines = iter(lines)
    first = next(lines, "")
    skipped = 1 if _FIRST_LINE.match(first) else 0
    reader = csv.reader(lines if skipped else chain((first,), lines), delimiter=separator, strict=True)
    begun = 0
    try:
        for row in reader:
            if any(row) and not "".join(row).isspace():
                yield begun + 1 + skipped, row
            begun = reader.line_num
    except csv.Error as error:
        line = begun + 1 + skipped
        raise fault(
            _("{file} cannot be read from line {line} on: {what}").format(
                file=file, line=line, what=_what(error)
            )
        ) from None


def _what(error: csv.Error) -> str:
    if _UNCLOSED in str(error):
        return _("the quote that begins there is not closed; add the closing quote, or remove the first")
    if "expected after" in str(error):
        return _("text follows a closing quote; double the quotes inside a quoted text, or remove them")
    return _("{error}; save it anew as CSV").format(error=error)
