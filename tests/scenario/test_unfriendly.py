"""Names, texts and files that could mislead a terminal, a reader or a program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from callcenter.scenario import Problem, load
from callcenter.scenario.errors import MOST_LISTED, nearest
from callcenter.scenario.values import LONGEST_NAME
from tests.scenario.files.sheets import calling, save_csv
from tests.scenario.hotline import hotline, messages

ESCAPE = "\x1b]0owned\x07"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\ud800", "\uffff"])
@pytest.mark.parametrize("key", ["name", "about"])
def test_invisible_characters_are_refused(key: str, sign: str) -> None:
    """No escape sequence reaches a terminal, nothing turns a line around, every text can be saved."""
    (message,) = messages(hotline(**{key: f"desk{sign}"}))

    assert f"{key}: the invisible character U+{ord(sign):04X} is not allowed; remove it" == message


@pytest.mark.parametrize("text", ["a\nb\tc\n", "e\u0301", "\U0001f600", "\u65e5\u672c", "\u05e2\u05d1\u05e8"])
def test_texts_of_every_language_are_taken(text: str) -> None:
    """Lines, accents of their own, signs beyond the first plane, writing from right to left."""
    scenario = load(hotline(name=text, about=text))

    assert (text, text) == (scenario.name, scenario.about)


def test_a_name_has_a_largest_length() -> None:
    """It is a title on pages and sheets; what is longer belongs into `about`."""
    (message,) = messages(hotline(name="n" * (LONGEST_NAME + 1)))

    assert "n" * LONGEST_NAME == load(hotline(name="n" * LONGEST_NAME)).name
    assert message.startswith(f"name: is longer than {LONGEST_NAME} characters")


def test_a_problem_stays_on_its_line() -> None:
    """What a file says can neither steer a terminal nor look like another message."""
    problem = Problem(f"a{ESCAPE}.yaml", 1, 2, "tiers.\u202ex", "unknown\nb.yaml:3:4: all is well")

    assert "a\\x1b]0owned\\x07.yaml:1:2: tiers.\\u202ex: unknown\\nb.yaml:3:4: all is well" == str(problem)


def test_columns_of_a_table_are_shown_harmlessly(tmp_path: Path) -> None:
    """The names of columns are whatever somebody put there."""
    table = save_csv(tmp_path / "x.csv", [[f"first{ESCAPE}"], [1]])
    (message,) = messages(calling(table, "zzz"))

    assert "its columns: first\\x1b]0owned\\x07" in message


def test_a_message_lists_what_can_be_read() -> None:
    """Of very many names the first ones, of very long ones an end."""
    names = [f"column {number}" for number in range(20_000)]

    assert nearest("zzz", names).endswith(f"column {MOST_LISTED - 1} and {20_000 - MOST_LISTED:,} more")
    assert len(nearest("zzz", ["w" * 100_000])) < 100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_devices_are_not_read(tmp_path: Path) -> None:
    """Nothing waits for what never comes."""
    os.mkfifo(tmp_path / "pipe.csv")
    (message,) = messages(calling(tmp_path / "pipe.csv"))

    assert "pipe.csv is no ordinary file; name one that can be read twice" in message


def test_a_link_to_nowhere_is_not_proposed(tmp_path: Path) -> None:
    """The name that was just missed is no help."""
    (tmp_path / "calls.csv").symlink_to("calls.csv")
    (message,) = messages(calling(tmp_path / "calls.csv"))

    assert message.endswith("calls.csv; check the name and the folder")
