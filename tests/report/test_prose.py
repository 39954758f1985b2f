"""Where lines of a terminal end, in Chinese too."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table

from callcenter.report.terminal.prose import CLOSING, OPENING, Prose

CHINESE = (
    "达标：vip 在 20 秒内接通 96.1%（95.2% 至 96.8%），目标 90%；regular 只有 71.4%，未达标。"
    "若再增加一名座席（desk，09:00–12:00），预计提高 1.2 个百分点，但《规程》要求的放弃率仍然偏高。"
)


def _lines(text: str, width: int, *, in_table: bool = False) -> list[str]:
    file = io.StringIO()
    console = Console(file=file, width=width + (6 if in_table else 0), highlight=False)
    if in_table:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row("等级", Prose(text))
        console.print(grid)
    else:
        console.print(Group(Prose(text)))  # as tables and sentences are printed
    return [line.rstrip() for line in file.getvalue().splitlines()]


@pytest.mark.parametrize("width", [20, 31, 40, 80])
def test_chinese_lines_are_full(width: int) -> None:
    """None is too long, none ends before there is no room for the next two characters, nothing is lost."""
    lines = _lines(CHINESE, width)

    assert CHINESE.replace(" ", "") == "".join(lines).replace(" ", "")
    assert max(map(cell_len, lines)) <= width
    for line, after in pairwise(lines):
        assert after[0] not in CLOSING
        assert line[-1] not in OPENING
        word = after.split("，")[0].split(" ")[0]
        if not word[0].isascii():
            assert cell_len(line) + 6 > width


def test_it_is_so_in_tables() -> None:
    """The label stands once, the text beside it is as wide as there is room."""
    lines = _lines(CHINESE, 40, in_table=True)

    assert lines[0].startswith("等级")
    assert all(cell_len(line) <= 46 for line in lines)
    assert min(cell_len(line) for line in lines[:-1]) > 36


def test_other_languages_break_at_spaces() -> None:
    """English is left to rich, and a long word in Chinese text is cut where a line ends."""
    text = "Of 30 days 28 keep every promise, and the others miss one of them in the morning."
    words = text.split(" ")

    assert words == " ".join(_lines(text, 24)).split(" ")
    assert ["见", "x" * 20, "x" * 20, "xx。"] == _lines("见" + "x" * 42 + "。", 20)
