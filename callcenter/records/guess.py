"""What the columns of a log probably mean, where no map says it; whatever is guessed is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from callcenter.language import gettext as _
from callcenter.records.forms import SECONDS
from callcenter.records.layout import Cells, Layout, refuse_too_little, refused
from callcenter.records.lengths import guessed_figure
from callcenter.records.map import Map
from callcenter.records.names import CALL_NAMES, INTERVAL_NAMES, buckets_of, ranks, spelt
from callcenter.records.outcome_words import outcome_of
from callcenter.records.roles import CALL_ROLES, INTERVAL_ROLES, Kind
from callcenter.records.rows import Chunk, RawTable, filled
from callcenter.scenario.errors import fault, listed, wrong
from callcenter.scenario.files.dates import dated_either_way, fitting_order
from callcenter.scenario.files.durations import read_durations
from callcenter.scenario.files.numbers import is_number
from callcenter.scenario.files.times import read_times

_SAMPLE = 2_000
_FEW = 0.5
"""The part of filled cells that must read as what a name promises."""

_OWN = {"replication", "call", "arrived", "joined", "answered", "left", "outcome"}
"""Columns by which our own call log is known."""

_LAST = 1_000
"""Rank of names whose columns are empty: any filled one is likelier."""

_COUNTED = ("offered", "answered", "abandoned")


def guessed(table: RawTable, known: Mapping[str, Any] | None = None) -> Map:
    """Return a map of the columns of a table by their names and contents, laid below what is known.

    Raises the error of a value where it is no log, or where two columns may be meant.
    """
    known = dict(known or {})
    first = next(table.chunks(), None)
    if first is None:
        raise refused(table, fault(_("there are no rows; export it again with its rows")))
    if _OWN <= set(table.header):
        return _own(table, known)
    rows = known.get("rows") or ("intervals" if _counts(table, first) else "calls")
    names, roles = (CALL_NAMES, CALL_ROLES) if rows == "calls" else (INTERVAL_NAMES, INTERVAL_ROLES)
    columns = {**_columns(table, first, names, roles, known.get("columns", {})), **known.get("columns", {})}
    if rows == "intervals":
        columns |= buckets_of(table.header)
    refuse_too_little(table, rows, columns)
    return Map.model_validate({**known, "rows": rows, "columns": columns})


def _own(table: RawTable, known: Mapping[str, Any]) -> Map:
    """Return the map of our own call log."""
    columns = {role: role for role in (*CALL_ROLES, "wait") if role in table.header}
    return Map.model_validate({"times": SECONDS, **known, "columns": columns})


def _counts(table: RawTable, first: Chunk) -> bool:
    """Whether a table counts calls by interval: several of its columns hold numbers under names of counts."""
    known = ranks(INTERVAL_NAMES)
    roles = set()
    for at, head in enumerate(table.header):
        for role, _rank in known.get(spelt(head), ()):
            if role in _COUNTED and _reads_as(_sample(first, at), "figure", head):
                roles.add(role)
    has_call_id = any(
        role == "call" for head in table.header for role, _rank in ranks(CALL_NAMES).get(spelt(head), ())
    )
    return bool(roles) and not has_call_id


def _sample(first: Chunk, at: int) -> list[str]:
    held = filled(first.cells[at]).iloc[:_SAMPLE]
    return [each if isinstance(each, str) else str(each) for each in held]


def _columns(
    table: RawTable,
    first: Chunk,
    names: Mapping[str, str],
    roles: Mapping[str, Kind],
    known: Mapping[str, Any],
) -> dict[str, str]:
    """Return the column of each role: the best name whose cells read as they should."""
    named = ranks(names)
    candidates: dict[str, list[tuple[int, int]]] = {}
    for at, head in enumerate(table.header):
        for role, rank in named.get(spelt(head), ()):
            if role not in known and _reads_as(_sample(first, at), roles.get(role, "figure"), head, role):
                is_empty = not _sample(first, at)
                candidates.setdefault(role, []).append((rank + _LAST * is_empty, at))
    taken: dict[int, str] = {}
    for role, places in sorted(
        candidates.items(), key=lambda item: (min(item[1]), list(names).index(item[0]))
    ):
        free = sorted((rank, at) for rank, at in places if at not in taken)
        if len(free) > 1 and free[0][0] == free[1][0]:
            heads = listed([table.header[at] for _rank, at in free[:2]])
            what = _("`{role}` may be any of these columns").format(role=role)
            raise wrong(what, heads, _("name one in a map: `columns: {{{role}: ...}}`").format(role=role))
        if free:
            taken[free[0][1]] = role
    heads_of = {role: table.header[at] for at, role in taken.items()}
    return {role: heads_of[role] for role in names if role in heads_of}


def _reads_as(texts: Sequence[str], kind: Kind, head: str, role: str = "") -> bool:
    """Whether most cells of a column read as what its name promises."""
    if not texts:
        return True
    if kind == "time":
        return _share(_is_time(texts, role)) > _FEW
    if kind == "length":
        return _share([value is not None for value in read_durations(texts, head).values]) > _FEW
    if kind == "figure":
        return _share([is_number(text) or text in "-–—" for text in texts]) > _FEW
    if role == "outcome":
        return _share([outcome_of(text) is not None for text in texts]) > _FEW
    return True


def _is_time(texts: Sequence[str], role: str) -> list[bool]:
    if role == "date":
        return [dated_either_way(text) is not None or (text.isdigit() and len(text) == 6) for text in texts]
    return [value is not None for value in read_times(texts, fitting_order(texts), is_named=True).values]


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / max(1, len(flags))


def explained(layout: Layout, chunk: Chunk) -> Iterator[str]:
    """Yield what each column is taken for, with an example: `arrived <- 呼入时间, 2026-11-23 08:00:03`."""
    cells = Cells(layout, chunk)
    for role, positions in layout.at.items():
        heads = ", ".join(layout.table.header[at] or str(at + 1) for at in positions)
        yield f"{role} <- {heads}{_example(cells.merged(positions))}{_guessed(layout, role, cells)}"
    asked = {
        name
        for rules in (layout.map.outcomes, layout.map.tiers, layout.map.drop)
        for rule in rules.values()
        for name in rule
    }
    taken = {at for positions in layout.at.values() for at in positions}
    unused = [
        head for at, head in enumerate(layout.table.header) if head and at not in taken and head not in asked
    ]
    if unused:
        yield _("not used: {columns}").format(columns=listed(unused))


def _guessed(layout: Layout, role: str, cells: Cells) -> str:
    """Return how a count is read that may have thousands or decimals."""
    if layout.map.rows != "intervals" or role in layout.lengths or not _is_counted(role):
        return ""
    guess = guessed_figure(cells.merged(layout.at[role]), layout.map.decimal)
    if guess is None:
        return ""
    read = _("{text} is read as {value}; if not, write `decimal` in a map")
    return "; " + read.format(text=guess[0], value=f"{guess[1]:.12g}")


def _is_counted(role: str) -> bool:
    return INTERVAL_ROLES.get(role, "figure") == "figure"


def _example(cells: pd.Series[Any]) -> str:
    held = filled(cells)
    return f", {held.iloc[0]}" if len(held) else ""
