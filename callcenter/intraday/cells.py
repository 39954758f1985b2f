"""Cells of what is given of a day, as text, and how they are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from callcenter.arrays import Floats, Ints
from callcenter.clock import SECONDS_PER_DAY
from callcenter.intraday.errors import IntradayError
from callcenter.language import gettext as _

if TYPE_CHECKING:
    import pandas as pd

Rows = Sequence[Sequence[str]]

MOST_ROWS = 2_000_000


def table(source: Any) -> tuple[list[str], Rows, str]:
    """Return heads in small letters, rows as text, and how to call it."""
    if isinstance(source, str | os.PathLike):
        from pydantic_core import PydanticCustomError

        from callcenter.scenario.files.tables import read_grid

        path = Path(source)
        try:
            grid = [cells for _line, cells in read_grid(path).rows]
        except PydanticCustomError as error:
            raise IntradayError(f"{path}: {error.message()}") from None
        name = str(path)
    elif hasattr(source, "columns"):
        frame: pd.DataFrame = source
        texts = [
            [_text(cell) for cell in frame[name].astype(object).where(frame[name].notna(), None)]
            for name in frame
        ]
        grid = [list(map(str, frame.columns)), *map(list, zip(*texts, strict=True))]
        name = _("the table")
    else:
        dicts: list[Mapping[str, Any]] = list(source)
        heads = list(dict.fromkeys(head for row in dicts for head in row))
        grid = [heads, *([_text(row.get(head)) for head in heads] for row in dicts)]
        name = _("the table")
    if len(grid) < 2:
        raise IntradayError(_("{name} holds no rows").format(name=name))
    if len(grid) > MOST_ROWS:
        raise IntradayError(_("{name} has more than {most:,} rows").format(name=name, most=MOST_ROWS))
    return [str(head).strip().lower() for head in grid[0]], grid[1:], name


def _text(value: object) -> str:
    return "" if value is None else str(value)


def moment(text: str) -> float:
    """Return a time as seconds of its day: seconds, a clock, or a date and a clock; nan if it is empty."""
    text = text.strip().replace("T", " ")
    if not text or text.lower() in {"nan", "nat", "none"}:
        return np.nan
    clock = text.split(" ")[-1]
    if ":" in clock:
        parts = [float(part) for part in clock.split(":")]
        return sum(part * unit for part, unit in zip(parts, (3600.0, 60.0, 1.0), strict=False))
    return float(text) % SECONDS_PER_DAY


def number(text: str) -> float:
    """Return a figure, with commas or an s behind it; nan if it is empty."""
    text = text.strip().replace(",", "").removesuffix("s").strip()
    return float(text) if text and text.lower() not in {"nan", "none", "-"} else np.nan


def column(rows: Rows, at: int, read: Callable[[str], float], name: str, head: str) -> Floats:
    """Read a column; IntradayError naming the line where a cell cannot be read."""
    texts = [str(row[at]) if at < len(row) else "" for row in rows]
    try:  # plain figures, all at once
        plain = np.array([text or "nan" for text in texts], np.float64)
    except ValueError:
        pass
    else:
        return np.asarray(plain % SECONDS_PER_DAY if read is moment else plain)
    values = np.empty(len(rows))
    for number, cell in enumerate(texts):
        try:
            values[number] = read(cell)
        except ValueError:
            text = _("{name}, line {line}: {head} cannot be read: {cell!r}; write for example 09:30 or 12")
            raise IntradayError(text.format(name=name, line=number + 2, head=head, cell=cell[:40])) from None
    return values


def tier_column(at: int | None, rows: Rows, tiers: Sequence[str], name: str) -> Ints | None:
    """Return the tier of each row; None without such a column; IntradayError where there is no such tier."""
    if at is None:
        return None
    known = {tier.lower(): place for place, tier in enumerate(tiers)}
    values = [str(row[at]).strip().lower() for row in rows]
    strange = sorted({value for value in values if value not in known})
    if strange:
        raise IntradayError(
            _("{name}: there is no tier {tier}; known: {names}").format(
                name=name, tier=strange[0][:40], names=_(", ").join(tiers)
            )
        )
    return np.array([known[value] for value in values], np.int64)
