"""Every table on the terminal: each value stands below the head of its figure."""

from __future__ import annotations

import io
from itertools import groupby

import pytest
from rich.console import Console

from callcenter.report.tables.layout import Table
from callcenter.report.terminal.layout import laid_out
from callcenter.report.terminal.run import run_table
from callcenter.study import one_more_agent
from tests.report.every_table import NAMES, Case, every_table, rich
from tests.report.page.test_page_tables import ends_in_words, in_words

GAP = 2
"""Blanks between two columns at least."""

SHOWN = [name for name in NAMES if name not in ("intervals", "inputs by interval")]


def printed(table: object) -> str:
    """Return what a wide terminal shows."""
    console = Console(width=400, file=io.StringIO(), record=True)
    console.print(table)
    return console.export_text()


def read(table: Table) -> tuple[list[str], list[dict[str, str]]]:
    """Return the heads of a table as the terminal has it, and its rows by head."""
    first, _rule, *others = printed(laid_out(table)).splitlines()
    lines = [first, *(line for line in others if line.strip())]
    width = max(map(len, lines))
    blank = [all(line.ljust(width)[at] == " " for line in lines) for at in range(width)]
    columns, begin = [], 0
    for is_gap, places in groupby(range(width), key=lambda at: blank[at]):
        run = [*places]
        if is_gap and len(run) >= GAP:
            columns.append(slice(begin, run[0]))
            begin = run[-1] + 1
    columns.append(slice(begin, width))
    heads, *rows = ([line.ljust(width)[part].strip() for part in columns] for line in lines)
    return heads, [dict(zip(_told_apart(heads), row, strict=True)) for row in rows]


def _told_apart(names: list[str]) -> list[str]:
    """Name the columns of intervals after the one before."""
    before = ["", *names]
    return [f"{before[at]}: interval" if name == "95% interval" else name for at, name in enumerate(names)]


def bare(text: str) -> str:
    """Return a value without the verdict before it; a verdict by itself as it is."""
    for verdict in ("✓ met ", "✗ missed ", "? unclear "):
        text = text.removeprefix(verdict)
    return text


def check(case: Case) -> None:
    """Assert that every value stands below its head as it must, and that there is no other column."""
    names, rows = read(case.table)
    places = [place for place, head in enumerate(case.terminal.heads) if "t" in head.on]
    group = [column.is_group for column in case.table.columns]

    if not case.is_partial:
        heads = [case.terminal.heads[place].text for place in places]
        assert heads == [name for name in names if name != "95% interval"]
    assert len(case.terminal.rows) == len(rows)
    for values, cells in zip(case.terminal.rows, rows, strict=True):
        for place in places:
            head = case.terminal.heads[place]
            if not (group[place] and cells[head.text] == ""):
                assert in_words(values[place], head.form) == bare(cells[head.text]), head.text
            if "t" in head.ends:
                ends = ends_in_words(values[place], head.form) or "–"
                assert ends == cells[f"{head.text}: interval"], head.text


@pytest.mark.parametrize("name", SHOWN)
def test_every_value_stands_below_its_head(name: str) -> None:
    """The columns of the short form, and intervals beside the figures that are judged by them."""
    check(every_table()[name])


def test_a_run_has_all_of_its_tables() -> None:
    """Tiers, pools, and what only some scenarios have, with what one more agent changes."""
    text = printed(run_table(rich(), one_more_agent(rich().scenario, 2, engine="simpy")))

    for name in ("tiers", "pools", "callbacks", "customers", "ivr", "lines", "money"):
        table = printed(laid_out(every_table()[name].table))
        assert all(line.rstrip() in text for line in table.splitlines()), name
    assert "one more in" in text
