"""Files that hold more than anyone means: refused at once, with the place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from callcenter.scenario import ScenarioError, load


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "name: x\ndemand:\n  calls: [" + "1," * 450_000 + "]\n",
            "x.yaml:3:10: more than 30,000 keys and values",
        ),
        ("".join(f"key{n}: 1\n" for n in range(80_000)), "x.yaml:1:1: more than 30,000 keys and values"),
    ],
    ids=["list", "keys"],
)
def test_too_much_is_refused_within_two_seconds(tmp_path: Path, text: str, message: str) -> None:
    """By what is written, not by aliases that nobody wrote."""
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(ScenarioError) as raised:
        load(path)
    assert time.process_time() - begun < 2
    assert str(raised.value).startswith(f"{tmp_path}/{message}")
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name: "desk\nday: {open: "08:00", close: "10:00"}\n', "1:7"),
        ('name: desk\nabout: "a desk\nlines: "none"\n', "2:8"),
        ("name: 'desk\nabout: 'a'\n", "1:7"),
        ('name: desk\nabout: "open\n', "2:8"),
        ('name: desk\ntiers: [1, "2, 3]\nabout: "x"\n', "2:12"),
    ],
)
def test_a_quote_that_is_not_closed_is_named(tmp_path: Path, text: str, place: str) -> None:
    """Where it begins, though the next quote seems to close it lines below."""
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}:{place}: the quote that begins here is not closed")


@pytest.mark.slow
def test_the_first_problems_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    """Nobody reads ten thousand lines."""
    path = tmp_path / "x.yaml"
    path.write_text("".join(f"key{n}: 1\n" for n in range(10_000)), encoding="utf-8")
    with pytest.raises(ScenarioError) as raised:
        load(path)
    lines = str(raised.value).splitlines()
    assert 51 == len(lines)
    assert f"and {len(raised.value.problems) - 50:,} more problems" == lines[-1]
