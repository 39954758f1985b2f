"""Rows of the results store: each carries a checksum over its key and its content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b

SIZE = 12
"""Bytes of a checksum; of damaged rows one in 2**96 may pass."""

Row = tuple[object, ...]


def checksum(*content: object) -> bytes:
    """Return the checksum of some values; a value of another type is another value."""
    digest = blake2b(digest_size=SIZE)
    for value in content:
        data = value if isinstance(value, bytes) else ascii(value).encode()
        digest.update(f"{type(value).__name__} {len(data)} ".encode())
        digest.update(data)
    return digest.digest()


def run_checksum(subject: Sequence[object], replication: object, tally: object) -> bytes:
    """Return the checksum of a result, which is bound to fingerprint, model and seed of its subject."""
    return checksum("run", *subject, replication, tally)


def is_signed(table: str, row: Row) -> bool:
    """Whether a row of a table is as it was written."""
    return row == _signed(table, row[:-1])


def insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows with their checksums; a key that is there already is left as it is."""
    for row in rows:
        signed = _signed(table, tuple(map(_plain, row)))
        marks = ", ".join("?" * len(signed))
        database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", signed)  # noqa: S608 (a table of ours)


def _signed(table: str, row: Row) -> Row:
    return (*row, checksum(table, *row))


def _plain(value: object) -> object:
    """Return a value of the type that the database gives back."""
    if isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, float) else value
