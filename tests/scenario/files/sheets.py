"""Workbooks and CSV files as planners keep them, and a hotline that is read from one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenario.hotline import Data, hotline

Rows = Sequence[Sequence[Any]]


def save_book(path: Path, **sheets: Rows) -> Path:
    """Write a workbook with these sheets, each a list of rows."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def save_csv(path: Path, rows: Rows) -> Path:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def calling(file: Path, column: str = "calls", *, day: Mapping[str, str] | None = None, **keys: Any) -> Data:
    """Return the hotline, open from 08:00 to 10:00 in half-hours, with its calls in a file."""
    data = hotline(**({"day": {**hotline()["day"], **day}} if day else {}))
    data["demand"] = {**data["demand"], "calls": {"file": str(file), "column": column, **keys}}
    data["pools"] = {"desk": {**data["pools"]["desk"], "agents": 3}}
    return data


def staffed(file: Path, column: str = "desk", **keys: Any) -> Data:
    """Return the hotline with the agents of its desk in a file."""
    return hotline(
        pools={
            "desk": {"serves": ["vip", "regular"], "agents": {"file": str(file), "column": column, **keys}}
        }
    )


def with_part(book: Path, part: str, old: bytes | None, new: bytes) -> Path:
    """Replace some bytes of a part of a workbook, or all of it."""
    parts = {}
    with zipfile.ZipFile(book) as source:
        for name in source.namelist():
            parts[name] = source.read(name)
    assert old is None or old in parts[part]
    parts[part] = new if old is None else parts[part].replace(old, new)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    book.write_bytes(packed.getvalue())
    return book
