"""What is damaged in the file of the results store: found row by row, named, and taken away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from callcenter.language import gettext as _
from callcenter.study.errors import StoreError
from callcenter.study.store.database import INDEXES
from callcenter.study.store.rows import is_signed, run_checksum

FIRST = 5
"""Damages that are named; the others are counted."""


class Damage(NamedTuple):
    """A row that is not as it was written, or that there should not be."""

    table: str
    row: int
    """Its `rowid`; of no meaning where a whole table is damaged."""
    name: str


DESCRIPTION = ("study", "point", "plan", "session", "failure")
"""Tables that are written anew when a study starts."""


def damages_of(database: sqlite3.Connection) -> list[Damage]:
    """Return what is damaged, as of one moment; reads every row, and no index."""
    database.execute("BEGIN")
    try:
        return [*_of_description(database), *_of_failures(database), *_of_results(database)]
    finally:
        database.execute("COMMIT")


def named(damages: Sequence[Damage]) -> str:
    """Return what is damaged, in a phrase."""
    names = list(dict.fromkeys(damage.name for damage in damages))
    more = len(names) - FIRST
    first = _(", ").join(names[:FIRST])
    return _("{first} and {more:,} more").format(first=first, more=more) if more > 0 else first


def mend(database: sqlite3.Connection, place: str) -> list[Damage]:
    """Take away what is damaged, so that it is simulated again; return what it was.

    StoreError where the file itself is damaged beyond that.
    """
    damages = damages_of(database)
    if damages or not _is_whole(database):
        with database:
            _take_away(database, damages)
            if not _is_whole(database):
                text = _("{file} cannot be read (it is damaged); use another directory, or delete the file")
                raise StoreError(text.format(file=place))
    return damages


def _is_whole(database: sqlite3.Connection) -> bool:
    return database.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]


def _take_away(database: sqlite3.Connection, damages: Sequence[Damage]) -> None:
    """Delete rows; indexes are made anew, since they may not agree with what is deleted."""
    database.execute("BEGIN IMMEDIATE")
    for index in INDEXES:
        database.execute(f"DROP INDEX {index}")
    for table in {damage.table for damage in damages} & {*DESCRIPTION}:
        database.execute(f"DELETE FROM {table}")  # noqa: S608 (a table of ours)
    for table in ("run", "subject"):
        rows = ((damage.row,) for damage in damages if damage.table == table)
        database.executemany(f"DELETE FROM {table} WHERE rowid = ?", rows)  # noqa: S608 (a table of ours)
    database.execute("DELETE FROM run WHERE subject NOT IN (SELECT id FROM subject)")
    for index in INDEXES.values():
        database.execute(index)


def _of_description(database: sqlite3.Connection) -> Iterator[Damage]:
    studies = database.execute("SELECT * FROM study").fetchall()
    points, plans = (_signed(database, table) for table in ("point", "plan"))
    if studies and not (len(studies) == 1 and is_signed("study", studies[0])):
        yield Damage("study", 0, _("the description of the study"))
        return
    expected = range(studies[0][-2] if studies else 0)
    for place in sorted({*expected, *points, *plans}):
        if not (place in expected and points.get(place) and plans.get(place)):
            name = _("the description of point {number}").format(number=place)
            yield Damage("point" if not points.get(place) else "plan", place, name)
    sessions = database.execute("SELECT * FROM session").fetchall()
    if len(sessions) != len(studies) or not all(is_signed("session", each) for each in sessions):
        yield Damage("session", 0, _("the note of its start"))


def _signed(database: sqlite3.Connection, table: str) -> dict[int, bool]:
    """Return whether each row is as it was written, by its position."""
    rows = database.execute(f"SELECT * FROM {table}")  # noqa: S608 (a table of ours)
    return {row[0]: is_signed(table, row) for row in rows}


def _of_failures(database: sqlite3.Connection) -> Iterator[Damage]:
    if not all(is_signed("failure", row) for row in database.execute("SELECT * FROM failure")):
        yield Damage("failure", 0, _("the list of failures"))


def _of_results(database: sqlite3.Connection) -> Iterator[Damage]:
    names = _names(database)
    subjects: dict[Any, tuple[Any, ...]] = {}
    for number, *key, sum_ in database.execute("SELECT * FROM subject NOT INDEXED"):
        subjects[number] = tuple(key)
        if not is_signed("subject", (number, *key, sum_)):
            text = _("which scenario {results} are of")
            name = text.format(results=names.get(key[0]) or _("some results"))
            yield Damage("subject", number, name)
    query = "SELECT rowid, subject, replication, tally, checksum FROM run NOT INDEXED"
    for row, subject, replication, tally, sum_ in database.execute(query):
        key = subjects.get(subject, ())
        if sum_ != run_checksum(key, replication, tally):
            point = names.get(key[0] if key else None) or _("another scenario")
            text = _("replication {number} of {point}")
            yield Damage("run", row, text.format(number=replication, point=point))


def _names(database: sqlite3.Connection) -> dict[Any, str]:
    """Return what the points of the study are called, by fingerprint."""
    rows = database.execute("SELECT position, fingerprint FROM point ORDER BY position DESC")
    return {fingerprint: _("point {number}").format(number=position) for position, fingerprint in rows}
