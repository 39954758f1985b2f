"""A map laid over the table of a file: which columns hold each role, and how their cells are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from pydantic_core import PydanticCustomError

from callcenter.arrays import Floats
from callcenter.clock import SECONDS_PER_DAY
from callcenter.language import gettext as _
from callcenter.records.forms import SECONDS, Form, form_of
from callcenter.records.lengths import Lengths, figures, lengths, lengths_of
from callcenter.records.map import Map
from callcenter.records.maps import shape_of
from callcenter.records.roles import CALL_ROLES, INTERVAL_ROLES, Kind
from callcenter.records.rows import Chunk, RawTable, filled
from callcenter.records.rules import Coded, coded, says
from callcenter.records.times import Stamps, stamps
from callcenter.scenario.errors import Problem, ScenarioError, fault, listed, nearest, shown, wrong
from callcenter.scenario.files.columns import alike

TOGETHER = " + "
"""Stands in a map between columns that are all taken."""


@dataclass(frozen=True)
class Layout:
    """Where each role of a map stands in a table, and in which form its times and lengths are."""

    table: RawTable
    map: Map
    at: Mapping[str, Sequence[int]]
    """Positions of the columns of each role; of several the first that is filled counts."""

    forms: Mapping[str, Form] = field(default_factory=dict)
    lengths: Mapping[str, Lengths] = field(default_factory=dict)
    together: frozenset[str] = frozenset()
    """Roles whose columns are all taken: lengths are added, names are joined."""

    replication_s: float = 0.0
    """Seconds by which replications of a simulated log are put apart: whole days, 0 if there is one."""

    @cached_property
    def missing(self) -> Mapping[int, Sequence[str]]:
        """The words that stand for nothing, by the position of their column; its role may name it, too."""
        return {
            at: words
            for name, words in self.map.missing.items()
            for at in columns_named(self.table, name) or self.at.get(name) or [position(self.table, name)]
        }

    @property
    def roles(self) -> Mapping[str, Kind]:
        """The roles that columns may have here."""
        return CALL_ROLES if self.map.rows == "calls" else INTERVAL_ROLES

    def has(self, role: str) -> bool:
        """Whether any column holds a role."""
        return role in self.at


def laid_out(table: RawTable, given: Map) -> Layout:
    """Return the columns of a map in a table, and how they are written.

    Raises the error of a value where a column is missing or may mean two things.
    """
    usual = shape_of(given.source).get("columns", {})
    at = {
        role: _positions(table, role, names, is_needed=tuple(names) != _as_words(usual.get(role)))
        for role, names in given.columns.items()
    }
    together = frozenset(role for role, names in given.columns.items() if TOGETHER in names[0])
    bare = Layout(table, given, {role: places for role, places in at.items() if places}, together=together)
    refuse_too_little(table, given.rows, bare.at)
    kinds = {role: bare.roles.get(role, "figure") for role in bare.at}
    first = next(table.chunks(), None)
    if first is None:
        raise refused(table, fault(_("there are no rows; export it again with its rows")))
    cells = Cells(bare, first)
    forms = {role: _form(bare, role, cells) for role, kind in kinds.items() if kind == "time"}
    spans = {role: _lengths(bare, role, cells) for role, kind in kinds.items() if kind == "length"}
    read = replace(bare, forms=forms, lengths=spans)
    return replace(read, replication_s=_apart(read)) if given.times and read.has("replication") else read


def _apart(layout: Layout) -> float:
    """Return how far replications of a simulated log must be apart, so that none reaches into the next."""
    last, replications = 0.0, 0.0
    for chunk in layout.table.chunks():
        cells = Cells(layout, chunk)
        ends = [cells.times(role).seconds for role in ("arrived", "left", "released") if layout.has(role)]
        last = max(last, *(float(np.nanmax(each, initial=0.0)) for each in ends))
        replications = max(replications, float(np.nanmax(cells.figures("replication"), initial=0.0)))
    return float(np.floor(last / SECONDS_PER_DAY) + 1) * SECONDS_PER_DAY if replications else 0.0


def _as_words(names: object) -> tuple[str, ...]:
    return tuple(map(str, names)) if isinstance(names, list) else (str(names),)


def _positions(table: RawTable, role: str, names: Sequence[str], *, is_needed: bool) -> list[int]:
    """Return where the columns of a role stand; of several some may be missing, if not needed all."""
    parts = [part for name in names for part in _parts(table, name)]
    positions = [places[0] for name in parts if (places := columns_named(table, name))]
    if not positions and is_needed:
        position(table, names[0], role)
    return positions


def _parts(table: RawTable, name: str) -> list[str]:
    return [name] if columns_named(table, name) else name.split(TOGETHER)


def refuse_too_little(table: RawTable, rows: str, roles: Collection[str]) -> None:
    """Refuse a table without what records need."""
    names = listed([head for head in table.header if head])
    remedy = _("name it in a map: `columns: {{{role}: ...}}`")
    if rows == "intervals":
        if "start" not in roles:
            what = _("no column says when an interval begins")
            raise refused(table, wrong(what, names, remedy.format(role="start")))
        if not {"offered", "answered"} & set(roles):
            what = _("no column counts the calls of an interval")
            raise refused(table, wrong(what, names, remedy.format(role="offered")))
        return
    if not {"arrived", "joined", "left", "released"} & set(roles):
        what, doubt = _("no column says when a call arrived"), _(", unless it is no log of calls")
        raise refused(table, wrong(what, names, remedy.format(role="arrived") + doubt))
    if not {"answered", "wait", "talk_s", "handle_s"} & set(roles):
        what = _("no column says when a call was answered, or how long it waited")
        raise refused(table, wrong(what, names, remedy.format(role="wait")))


def refused(table: RawTable, error: PydanticCustomError, line: int | None = None) -> ScenarioError:
    """Return an error as that of a table, at a line of it or at its head."""
    return ScenarioError([Problem(table.name, line or table.line, None, "", error.message())])


def columns_named(table: RawTable, name: str) -> list[int]:
    """Return where columns of a name stand, exactly or without regard to case and spaces."""
    exact = [at for at, head in enumerate(table.header) if head == name]
    return exact or [at for at, head in enumerate(table.header) if head and alike(head) == alike(name)]


def position(table: RawTable, name: str, role: str = "") -> int:
    """Return where a column stands; raises the error of a value where there is none."""
    places = columns_named(table, name)
    if not places:
        known = [head for head in table.header if head]
        what = _("there is no column `{column}`").format(column=name)
        what += _(" for `{role}`").format(role=role) if role else ""
        remedy = nearest(name, known, _("its columns"))
        raise refused(table, fault(_("{what}; {remedy}").format(what=what, remedy=remedy)))
    return places[0]


def _form(layout: Layout, role: str, first: Cells) -> Form:
    names = ", ".join(layout.table.header[at] for at in layout.at[role])
    numbers = SECONDS if layout.map.times else ""
    chunks = _chunks_of(layout, role, first)
    try:
        return form_of(names, chunks, layout.map.dates, numbers, layout.map.time_zone)
    except PydanticCustomError as error:
        held, message = filled(first.merged(layout.at[role])), error.message()
        row: Any = next((row for row, cell in held.items() if shown(str(cell)) in message), None)
        raise refused(layout.table, error, None if row is None else int(first.chunk.lines[row])) from None


def _chunks_of(layout: Layout, role: str, first: Cells) -> Iterator[pd.Series[Any]]:
    """Yield the cells of a role chunk by chunk, as many as are asked for."""
    yield first.merged(layout.at[role])
    for chunk in islice(layout.table.chunks(), 1, None):
        yield Cells(layout, chunk).merged(layout.at[role])


def _lengths(layout: Layout, role: str, first: Cells) -> Lengths:
    return lengths_of(
        layout.table.header[layout.at[role][0]], first.merged(layout.at[role]), layout.map.decimal
    )


class Cells:
    """The cells of a chunk by role or by the name of their column; words for nothing are empty."""

    def __init__(self, layout: Layout, chunk: Chunk) -> None:
        self.layout, self.chunk = layout, chunk
        self.known: dict[int, pd.Series[Any]] = {}
        self.codes: dict[int, Coded] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.chunk.lines)

    def column(self, at: int) -> pd.Series[Any]:
        """Return the cells of a column."""
        if at not in self.known:
            cells = self.chunk.cells[at]
            words = self.layout.missing.get(at)
            if words:
                cells = cells.astype(object).where(~says(self._coded(at), words), "")
            self.known[at] = cells
        return self.known[at]

    def _coded(self, at: int) -> Coded:
        if at not in self.codes:
            self.codes[at] = coded(self.chunk.cells[at])
        return self.codes[at]

    def coded(self, name: str) -> Coded:
        """Return the cells that a condition speaks of: of a column, or of a role; words for nothing stay."""
        places = columns_named(self.layout.table, name)
        if not places and self.layout.has(name):
            return coded(self.merged(self.layout.at[name]))
        return self._coded(places[0] if places else position(self.layout.table, name))

    def merged(self, positions: Sequence[int]) -> pd.Series[Any]:
        """Return the cells of the first of some columns that is filled."""
        merged = self.column(positions[0])
        for at in positions[1:]:
            held = merged.index.isin(filled(merged).index)
            if held.all():
                break
            merged = merged.astype(object).where(held, self.column(at))
        return merged

    def texts(self, role: str) -> pd.Series[Any]:
        """Return the texts of a role, None where its cell is empty."""
        if role in self.layout.together:
            return self._joined(self.layout.at[role])
        codes, distinct = pd.factorize(self.merged(self.layout.at[role]), use_na_sentinel=True)
        names = [_name(each) for each in distinct]
        return pd.Series(np.array([*names, None], dtype=object)[codes], dtype=object)

    def _joined(self, positions: Sequence[int]) -> pd.Series[Any]:
        """Return the texts of several columns with a dash between them."""
        joined = self.column(positions[0]).astype(str)
        for at in positions[1:]:
            joined = joined + "-" + self.column(at).astype(str)
        return joined

    def times(self, role: str) -> Stamps:
        """Return the times of a role."""
        return stamps(self.merged(self.layout.at[role]), self.layout.forms[role])

    def lengths(self, role: str) -> Floats:
        """Return the seconds of a role."""
        form = self.layout.lengths[role]
        if role not in self.layout.together:
            return lengths(self.merged(self.layout.at[role]), form)
        parts = [np.nan_to_num(lengths(self.column(at), form)) for at in self.layout.at[role]]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

    def figures(self, role: str) -> Floats:
        """Return the counts of a role."""
        name = self.layout.table.header[self.layout.at[role][0]]
        return figures(name, self.merged(self.layout.at[role]), self.layout.map.decimal)


def _name(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text or None
