"""A workbook in the making: its sheets, its formats, and the file it ends up in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from callcenter.language import spoken
from callcenter.report.figures.style import INK
from callcenter.report.tables.measure import Measure

Destination = str | os.PathLike[str] | BinaryIO
"""A path, or a file opened for bytes."""

FONTS = {"en": "Calibri", "zh-CN": "Microsoft YaHei"}
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Date of a file whose origin is not known: the same figures always give the same bytes."""

LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class Book:
    """Collects sheets in memory; nothing that a user wrote becomes a formula or a link."""

    def __init__(self, title: str, created: str = "") -> None:
        self.font = FONTS[spoken()]
        self._bytes = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": self.font, "font_size": 10, "font_color": INK},
        }
        self.file = xlsxwriter.Workbook(self._bytes, options)
        self.file.set_properties({"title": title[:255], "created": _date(created)})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()
        self.measures: dict[str, Measure] = {}
        """What has been written so far, for the sheet of words."""

    def format(self, **properties: Any) -> Any:
        """Return the format of these properties, the same each time."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(properties)
        return self._formats[key]

    def chart_font(self, **more: Any) -> Mapping[str, Any]:
        """Return the properties of a text in a chart."""
        return {"name": self.font, "size": 9, "color": INK, "bold": False, **more}

    def name(self, title: str) -> str:
        """Return a name for another sheet: no sign that Excel refuses, and no other's, in any case."""
        clean = _NOT_IN_NAMES.sub(" ", title).strip(" '")[:LONGEST_NAME] or "-"
        name, number = clean, 2
        while name.casefold() in self._names:
            ending = f" {number}"
            name, number = clean[: LONGEST_NAME - len(ending)] + ending, number + 1
        self._names.add(name.casefold())
        return name

    def save(self, destination: Destination) -> Path | None:
        """Write the file; return its path, None where it went into an open file."""
        self.file.close()
        if isinstance(destination, str | os.PathLike):
            path = Path(destination)
            path.write_bytes(self._bytes.getvalue())
            return path
        destination.write(self._bytes.getvalue())
        return None


def _date(created: str) -> datetime:
    try:
        return datetime.fromisoformat(created).astimezone(UTC)
    except ValueError:
        return UNDATED
