"""References to files in a scenario: `calls: {file: forecast.xlsx, column: Mon}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from callcenter.language import gettext as _
from callcenter.scenario.errors import either, fault, nearest, shown, wrong
from callcenter.scenario.files.dates import ORDERS, Order
from callcenter.scenario.files.encodings import NAMES
from callcenter.scenario.files.numbers import Sign
from callcenter.scenario.files.reading import normal
from callcenter.scenario.marks import Path, Tree
from callcenter.scenario.parts.by_day import DRAWS

SERIES = frozenset({"calls", "agents", "days", "per_interval", "empirical"})
"""Keys whose value may be read from a column of a file."""

ROSTER = "shifts"
"""The key whose value may be a whole table."""

_SERIES_KEYS = ("file", "sheet", "column", "where", "decimal", "dates", "encoding")
_KNOWN = {ROSTER: ("file", "sheet", "encoding"), "agents": (*_SERIES_KEYS, "draw")}

_MEANINGS: Mapping[str, Sequence[str]] = {
    "decimal": (".", ","),
    "dates": ORDERS,
    "encoding": tuple(NAMES),
    "draw": (DRAWS,),
}
"""What a file may leave open, and the words that settle it; whether days are drawn."""

_SERIES_EXAMPLE = "{file: forecast.csv, column: calls}"
_ROSTER_EXAMPLE = "{file: roster.csv}"


@dataclass(frozen=True)
class Reference:
    """Which table, for a series which column and rows of it, and how its signs are meant."""

    file: FilePath
    sheet: str | None
    column: object
    where: Mapping[str, str]
    decimal: Sign | None = None
    dates: Order | None = None
    encoding: str = ""
    draw: str = ""
    """`days`: each simulated day takes that of one of the past."""


def is_reference(path: Path, value: object) -> bool:
    """Whether the value of a path is read from a file."""
    return bool(path) and path[-1] in (*SERIES, ROSTER) and isinstance(value, dict) and "file" in value


def references(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the path of each reference and the mapping that holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if is_reference((*path, key), value):
                yield (*path, key), node
            else:
                yield from references(value, (*path, key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for index, item in enumerate(node):
            yield from references(item, (*path, index))


def anchor(tree: Tree, folder: FilePath) -> None:
    """Make the files of a tree relative to the working directory instead of the folder of its YAML file."""
    for path, holder in references(tree.data):
        given = holder[path[-1]]
        if isinstance(given["file"], str):
            holder[path[-1]] = {**given, "file": str(normal(folder / given["file"]))}
    demand = tree.data.get("demand")
    replay = demand.get("replay") if isinstance(demand, dict) else None
    if isinstance(replay, dict) and isinstance(replay.get("records"), str):
        demand["replay"] = {**replay, "records": str(normal(folder / replay["records"]).absolute())}


def reference(given: dict[str, Any], path: Path) -> Reference:
    """Return a reference as written; raises the error of a value where it is none."""
    is_roster = path[-1] == ROSTER
    known = _KNOWN.get(str(path[-1]), _SERIES_KEYS)
    strange = [key for key in given if key not in known]
    if strange:
        remedy = nearest(strange[0], known, _("known keys"))
        raise fault(_("unknown key `{key}`; {remedy}").format(key=strange[0], remedy=remedy))
    if not isinstance(given["file"], str):
        example = _ROSTER_EXAMPLE if is_roster else _SERIES_EXAMPLE
        raise wrong(
            _("`file` must be the name of a file"),
            given["file"],
            _("write for example {example}").format(example=example),
        )
    return Reference(
        FilePath(given["file"]), _sheet(given), given.get("column"), _where(given), **_meanings(given)
    )


def _meanings(given: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference says about decimal signs, dates and encoding; refuses any other word."""
    meanings = {}
    for key, choices in _MEANINGS.items():
        if given.get(key) is None:
            continue
        if str(given[key]).lower() not in choices:
            known = either(f"`{key}: {choice!r}`" for choice in choices)
            raise wrong(
                _("`{key}` is none of the choices").format(key=key),
                given[key],
                _("write {known}").format(known=known),
            )
        meanings[key] = str(given[key]).lower()
    return meanings


def _sheet(given: dict[str, Any]) -> str | None:
    sheet = given.get("sheet")
    if sheet is None:
        return None
    if isinstance(sheet, dict | list | bool):
        raise wrong(_("`sheet` must be the name of a sheet"), sheet, _("write for example sheet: Forecast"))
    return str(sheet)


def _where(given: dict[str, Any]) -> dict[str, str]:
    """Return what each named column must say in the rows that count."""
    where = given.get("where")
    if where is None:
        return {}
    example = _("write for example where: {queue: vip, date: 2026-11-23}")
    if not isinstance(where, dict) or not where:
        raise wrong(_("`where` must name columns and what they say"), where, example)
    for column, value in where.items():
        if isinstance(value, dict | list) or value is None:
            raise fault(
                _("`where` needs one value for `{column}`, given {given}; {example}").format(
                    column=column, given=shown(value), example=example
                )
            )
    return {column: _as_cell(value) for column, value in where.items()}


def _as_cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
