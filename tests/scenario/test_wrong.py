"""A collection of wrong files, each with its messages in its head."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.language import speaking
from callcenter.scenario import ScenarioError, load
from tests.chinese import not_chinese
from tests.scenario.hotline import messages

WRONG = Path(__file__).parent / "wrong"
FILES = sorted(path.name for path in WRONG.glob("*.yaml"))
EXPECT = "# expect: "


def expected(name: str) -> list[str]:
    """Return the messages that a file says in its head; without a file name they are of the file itself."""
    lines = (WRONG / name).read_text(encoding="utf-8").splitlines()
    expectations = [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]
    return [f"{name}:{line}" if line[0].isdigit() else line for line in expectations]


@pytest.mark.parametrize("name", FILES)
def test_every_slip_is_named_with_its_place_and_remedy(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrong file is answered with exactly the lines in its head, no more and no fewer."""
    monkeypatch.chdir(WRONG)
    assert expected(name) == messages(name)


@pytest.mark.parametrize("name", FILES)
def test_every_slip_is_told_in_chinese(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many problems, at the same places, and no English sentence: only keys, names and values."""
    monkeypatch.chdir(WRONG)
    with pytest.raises(ScenarioError) as english:
        load(name)
    with speaking("zh-CN"), pytest.raises(ScenarioError) as chinese:
        load(name)

    assert [problem[:4] for problem in english.value.problems] == [
        problem[:4] for problem in chinese.value.problems
    ]
    assert [] == not_chinese(problem.message for problem in chinese.value.problems)


def test_there_are_at_least_forty_wrong_files() -> None:
    """The collection of slips does not shrink by accident."""
    assert len(FILES) >= 40
    assert all(expected(name) for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_messages_are_in_plain_words(name: str) -> None:
    """No message speaks of Python, pydantic or validation."""
    forbidden = (
        "input should",
        "validation",
        "dict",
        "float",
        "tuple",
        "NoneType",
        "pydantic",
        "Extra inputs",
    )
    assert not [line for line in expected(name) if any(word.lower() in line.lower() for word in forbidden)]
