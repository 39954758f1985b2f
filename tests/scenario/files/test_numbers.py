"""Columns of numbers: thousands and decimal signs of either kind, units, dashes; what must be asked."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.scenario.files.native import Native
from callcenter.scenario.files.numbers import Number, read_numbers

Expected = list[Number | None]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["987", "1.012", "1.100", "998"], [987, 1012, 1100, 998]),
        (["987", "1,012", "1,100", "998"], [987, 1012, 1100, 998]),
        (["1.012,5", "987"], [1012.5, 987]),
        (["1,012.5", "987"], [1012.5, 987]),
        (["12,5", "9"], [12.5, 9]),
        (["12.5", "1.012"], [12.5, 1.012]),
        (["12,5", "1,012"], [12.5, 1.012]),
        (["1.234.567", "1.012"], [1234567, 1012]),
        (["1,234,567", "1,012"], [1234567, 1012]),
        (["1,00,000", "12"], [100000, 12]),
        (["1 012", "987"], [1012, 987]),
        (["1\u00a0012,5", "987"], [1012.5, 987]),
        (["1'012.5", "987"], [1012.5, 987]),
        (["0.998", "1.012"], [0.998, 1.012]),
        (["95", "1.100"], [95, 1100]),
        (["105通", "1,212通", "998通"], [105, 1212, 998]),
        (["105 calls", "98 calls"], [105, 98]),
        (["12人", "9 人"], [12, 9]),
        (["1.5万", "9800"], [15000, 9800]),
        (["-", "12", "–"], [0, 12, 0]),
        (["１２", "３．５"], [12, 3.5]),
        (["1e3", "20"], [1000, 20]),
        (["+5", "-3"], [5, -3]),
        (["20.", ".5"], [20, 0.5]),
    ],
)
def test_a_column_of_numbers(texts: list[str], values: Expected) -> None:
    """The decimal sign is what every cell of the column fits."""
    numbers = read_numbers(texts)
    assert (values, "") == (numbers.values, numbers.question)


@pytest.mark.parametrize(
    "texts",
    [
        ["1.012", "1.100", "1.250"],
        ["1,012", "1,100"],
        ["1.012", "5", "1.345"],
        ["1.012", "0"],
        ["1.012", "1,100", "987"],
    ],
)
def test_what_could_be_either_is_asked(texts: list[str]) -> None:
    """A thousand and twelve, or a little more than one: nobody knows; both answers are taken."""
    assert read_numbers(texts).question in texts
    assert read_numbers(texts, sign=",").values != read_numbers(texts, sign=".").values
    assert "" == read_numbers(texts, sign=".").question == read_numbers(texts, sign=",").question


def test_a_comma_in_a_file_of_commas_is_no_decimal_sign() -> None:
    """Who writes decimal commas separates cells by semicolons."""
    assert [1012, 1100] == read_numbers(["1,012", "1,100"], separator=",").values
    assert "1,012" == read_numbers(["1,012", "1,100"], separator=";").question


def test_factors_hardly_have_thousands() -> None:
    """1.012 times as many calls, not a thousand times; percent are hundredths."""
    numbers = read_numbers(["1.012", "110%", "1"], "factor")
    assert ([1.012, 1.1, 1], "") == (numbers.values, numbers.question)


def test_numbers_of_a_workbook_are_what_they_are() -> None:
    """1.012 in a cell that holds a number is a little more than one, whatever text stands beside it."""
    assert [987, 1.012, 1012] == read_numbers(["987", Native("1.012", 1.012), "1,012"]).values
    assert [None] == read_numbers([Native("08:30", time(8, 30))]).values


@pytest.mark.parametrize(
    "text", ["", "thirty", "12 min", "1.2.3", "12,34,5", "--5", "5-6", "08:30", "85%", "=A1", "€5", "True"]
)
def test_what_is_no_number(text: str) -> None:
    """Durations, shares, formulas and words are not counted."""
    assert [None] == read_numbers([text]).values


@given(st.lists(st.integers(100, 99_999_999), min_size=2, max_size=20), st.sampled_from(".,' "))
def test_counts_with_thousands_are_read_again(figures: list[int], mark: str) -> None:
    """Whole numbers grouped in any way come back, as soon as one of them has three digits or no group."""
    texts = [f"{figure:,}".replace(",", mark) for figure in [*figures, 987]]
    assert [*figures, 987] == read_numbers(texts).values


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.sampled_from(((",", "."), (".", ","))))
def test_numbers_with_two_decimals_are_read_again(figures: list[int], signs: tuple[str, str]) -> None:
    """Hundredths with thousands come back by either convention."""
    thousands, decimal = signs
    texts = [f"{figure / 100:_.2f}".replace(".", decimal).replace("_", thousands) for figure in figures]
    assert [figure / 100 for figure in figures] == read_numbers(texts).values
