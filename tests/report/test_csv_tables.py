"""Every table as a CSV file: each value stands in the column of its figure, in full and in no language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from callcenter.language import speaking
from callcenter.report.csv_files import write_table
from callcenter.report.tables.layout import Table
from tests.report.every_table import NAMES, Case, every_table
from tests.report.expected import CALLBACKS, COMPARED, CUSTOMERS, IVR, LINES, MONEY, POOL, TIER, TOTALS

NOT_SILENT = {key: head for key, head in POOL.items() if not key.startswith("silent")}
"""Nobody leaves the contacts of these tables without a word."""
KEYED = {"tiers": TIER, "pools": NOT_SILENT, "customers": CUSTOMERS, "ivr": IVR, "lines": LINES}
FIGURES = {
    **{name: key for key, name in (MONEY | TOTALS).items()},
    **{name: key for key, (name, *_) in (CALLBACKS | COMPARED).items()},
    "cost of the pool": "cost_of_pool",
    "value of the calls": "value_of_tier",
}


def read(table: Table, folder: Path) -> pd.DataFrame:
    """Write a table and read it back."""
    write_table(table, folder / "table.csv")
    return pd.read_csv(folder / "table.csv", encoding="utf-8-sig", keep_default_na=False, na_values=[""])


def check(case: Case, folder: Path) -> None:
    """Assert that every value stands in the column of its figure, as a number."""
    frame = read(case.table, folder)
    keys = [column.key for column in case.table.columns]
    by_head = {column.head: column for column in case.table.columns}

    assert len(set(keys)) == len(keys)
    assert len(case.book.rows) == len(frame)
    for head, values in zip(case.book.heads, zip(*case.book.rows, strict=True), strict=True):
        column = by_head[head.text]
        for value, (_index, row) in zip(values, frame.iterrows(), strict=True):
            if head.form == "target":
                _same(value.figure["target"], row["target"])
                _same(value.figure["within_s"], row["within_s"])
            else:
                _same(value.figure, row[column.key])
            if value.low is not None:
                _same(value.low, row[f"{column.key}_low"])
                _same(value.high, row[f"{column.key}_high"])


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_in_its_column(name: str, tmp_path: Path) -> None:
    """All columns and rows."""
    check(every_table()[name], tmp_path)


def _same(expected: Any, actual: Any) -> None:
    """Assert that a cell holds a figure, or the key of a figure by its name."""
    if expected is None or expected == "" or (isinstance(expected, float) and expected != expected):
        assert pd.isna(actual)
    elif isinstance(expected, str):
        assert (
            FIGURES.get(expected, expected) in (actual, f"{actual}")
            or str(actual).removeprefix("'") == expected
        )
    else:
        assert pytest.approx(expected, rel=1e-9) == actual


@pytest.mark.parametrize("name", KEYED)
def test_columns_are_the_keys_of_the_summary(name: str, tmp_path: Path) -> None:
    """Each head of the page has the key that its figure has in the JSON summary."""
    case = every_table()[name]
    frame = read(case.table, tmp_path)
    heads = {column.key: column.head for column in case.table.columns}

    assert {key: head.text for key, head in KEYED[name].items()}.items() <= heads.items()
    assert set(KEYED[name]) - {"target"} <= set(frame.columns)


def test_files_are_in_no_language(tmp_path: Path) -> None:
    """The same columns and words, whatever is spoken."""
    money = every_table()["money"].table
    english = read(money, tmp_path)
    with speaking("zh-CN"):
        assert english.equals(read(money, tmp_path))
