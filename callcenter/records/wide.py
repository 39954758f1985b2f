"""Reports with days down and intervals across, as rows of one interval each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcenter.scenario.files.columns import is_total, names_a_date
from callcenter.scenario.files.csv_rows import Row
from callcenter.scenario.files.dates import dated_either_way
from callcenter.scenario.files.tables import Table
from callcenter.scenario.files.wide import Across

COUNTS = ("start", "offered")
"""The columns of the rows behind the labels of the report."""


def header_of(table: Table, intervals: Across) -> list[str]:
    """Return the names of the columns: the labels of the report with the day as `date`, interval, calls."""
    labels = [table.header[at] for at in intervals.labels]
    days = [at for at, head in zip(intervals.labels, labels, strict=True) if _holds_days(table, at, head)]
    named = ["date" if at in days[:1] else head for at, head in zip(intervals.labels, labels, strict=True)]
    return [*named, *COUNTS]


def _holds_days(table: Table, at: int, head: str) -> bool:
    texts = [text for text in table.texts(at) if text and not is_total(text)]
    return bool(texts) and (names_a_date(head) or not head) and all(map(dated_either_way, texts))


def rows_of(table: Table, intervals: Across) -> Iterator[Row]:
    """Yield a row for each interval of each day; a cell of labels that is merged downwards holds for all."""
    above: Sequence[str] = [""] * len(intervals.labels)
    for line, row in table.rows:
        cells = [table.cell(line, row, at).text for at in intervals.labels]
        if any(map(is_total, cells)):
            continue
        above = [cell or before for cell, before in zip(cells, above, strict=True)]
        for at in intervals.moments:
            start = table.header[at]
            yield line, [*above, start, table.cell(line, row, at).text]
