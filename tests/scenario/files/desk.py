"""A desk whose calls stand in a file, open from 08:00 to 10:00 in half-hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from callcenter.scenario import Scenario, load
from callcenter.scenario.parts.by_day import mean_day
from tests.scenario.files.sheets import calling
from tests.scenario.hotline import messages

CALLS = (10, 20, 30, 40)
"""From 08:00 on."""


def scenario_of(file: Path, column: str | None = "calls", **keys: Any) -> Scenario:
    """Return the scenario whose calls stand in a file."""
    return load(_data(file, column, **keys))


def calls_of(file: Path, column: str | None = "calls", **keys: Any) -> tuple[float, ...]:
    """Return the calls by interval that a file holds."""
    calls = scenario_of(file, column, **keys).demand.calls
    assert calls is not None
    return mean_day(calls)


def question_of(file: Path, column: str | None = "calls", **keys: Any) -> str:
    """Return the messages in which a file is refused, without its folder."""
    return "\n".join(messages(_data(file, column, **keys))).replace(f"{file.parent}/", "")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a CSV file."""
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _data(file: Path, column: str | None, **keys: Any) -> dict[str, Any]:
    data = calling(file, column or "", **keys)
    if column is None:
        del data["demand"]["calls"]["column"]
    return data
