"""Problems in words: places, lists of names and what is too much to be listed, in both languages."""

from __future__ import annotations

import pytest

from callcenter.language import speaking
from callcenter.scenario import Problem, ScenarioError
from callcenter.scenario.errors import MOST_LISTED, MOST_SHOWN, Sheet, both, either, listed, nearest, shown

CELL = Sheet("forecast", ("start", "calls"))


@pytest.mark.parametrize(
    ("language", "column", "expected"),
    [
        ("en", 2, "sheet 'forecast', row 3, column B (calls)"),
        ("en", 28, "sheet 'forecast', row 3, column AB"),
        ("zh-CN", 2, "工作表“forecast”第 3 行 B 列（calls）"),
        ("zh-CN", 28, "工作表“forecast”第 3 行 AB 列"),
    ],
)
def test_a_cell_has_its_place(language: str, column: int, expected: str) -> None:
    """As a spreadsheet shows it, with the name of its column where it has one."""
    with speaking(language):
        assert expected == CELL.place(3, column)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("a, b", "a and b", "a or b", "tiers: a, b", "did you mean `vip`?", "a list of 2", "nothing")),
        ("zh-CN", ("a、b", "a 和 b", "a 或 b", "tiers：a、b", "您是否想写 `vip`？", "2 项的列表", "无")),
    ],
)
def test_names_beside_each_other(language: str, expected: tuple[str, ...]) -> None:
    """Joined as the language joins them."""
    names = ["a", "b"]
    with speaking(language):
        assert expected == (
            listed(names),
            both(names),
            either(names),
            nearest("zzz", names, "tiers"),
            nearest("vpi", ["vip"]),
            shown(names),
            shown(None),
        )


@pytest.mark.parametrize(
    ("language", "problems", "names"),
    [("en", "and 7 more problems", " and 1,000 more"), ("zh-CN", "另有 7 个问题", " 等（另有 1,000 个）")],
)
def test_what_is_not_listed_is_counted(language: str, problems: str, names: str) -> None:
    """Of very many, the first are told."""
    error = ScenarioError([Problem("x.yaml", 1, 1, "", "wrong")] * (MOST_SHOWN + 7))
    with speaking(language):
        assert problems == str(error).splitlines()[-1]
        assert listed(["n"] * (MOST_LISTED + 1000)).endswith("n" + names)
