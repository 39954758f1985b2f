"""A scenario as YAML with comments, its long series in CSV files beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import yaml

from callcenter.fit.written import Path, Written

LONGEST_LIST = 30
"""Values of a distribution that are written in place; more go into a file."""

_BLOCKS = ("", "demand", "demand.tiers", "tiers", "tiers.*", "pools", "pools.*")
"""Paths whose keys stand on lines of their own."""

PROFILE, ROSTER, TIMES = "profile.csv", "roster.csv", "times.csv"


def text(scenario: Written, remarks: list[str]) -> str:
    """Return the YAML of a scenario; remarks stand at its head."""
    lines = [f"# {line}" for line in remarks]
    return "\n".join([*lines, *_lines(scenario.data, (), scenario)]) + "\n"


def _lines(data: Mapping[str, Any], path: Path, scenario: Written) -> Iterator[str]:
    indent = "  " * len(path)
    for key, value in data.items():
        here = (*path, key)
        yield from (f"{indent}# {line}" for line in scenario.above.get(here, ()) if line)
        comment = f"  # {scenario.beside[here]}" if scenario.beside.get(here) else ""
        if isinstance(value, dict) and _is_block(here):
            yield f"{indent}{_inline(key)}:{comment}"
            yield from _lines(value, here, scenario)
        else:
            yield f"{indent}{_inline(key)}: {_inline(value)}{comment}"


def _is_block(path: Path) -> bool:
    names = [".".join(path), ".".join((*path[:-1], "*"))] if len(path) > 1 else [".".join(path)]
    return any(name in _BLOCKS for name in names)


def _inline(value: Any) -> str:
    """Return a value on one line."""
    written = yaml.safe_dump(value, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False)
    return written.removesuffix("\n").removesuffix("\n...").strip()


def in_files(scenario: Written, starts: list[str]) -> tuple[Written, dict[str, str]]:
    """Return the same scenario with its series in files, and the text of each file by name."""
    columns: dict[str, dict[str, Any]] = {name: {"time": starts} for name in (PROFILE, ROSTER)} | {TIMES: {}}

    def moved(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: moved(item, (*path, key)) for key, item in value.items()}
        place = _place(path, value, len(starts))
        if place is None:
            return value
        file, column = place
        columns[file][column] = value
        return {"file": file, "column": column}

    data = moved(scenario.data, ())
    return scenario._replace(data=data), {
        name: _csv(table) for name, table in columns.items() if len(table) > (name != TIMES)
    }


def _place(path: Path, value: Any, intervals: int) -> tuple[str, str] | None:
    """Return the file and the column of a series; None where it stays in the scenario."""
    if not isinstance(value, list):
        return None
    if path[:2] == ("demand", "tiers") and len(value) == intervals:
        return PROFILE, path[2]
    if path[-1] == "agents" and len(value) == intervals:
        return ROSTER, path[1]
    if path[-1] == "per_interval":
        return PROFILE, "talk_factor"
    return (TIMES, f"{path[1]}_{path[2]}") if path[-1] == "empirical" and len(value) > LONGEST_LIST else None


def _csv(table: Mapping[str, Any]) -> str:
    buffer = io.StringIO()
    pd.DataFrame({name: pd.Series(values) for name, values in table.items()}).to_csv(
        buffer, index=False, lineterminator="\n"
    )
    return buffer.getvalue()
