"""What has been worked out beside a study, kept by what it depends on, for the next report.

Nothing relies on it: what is missing, damaged or cannot be written is worked out once more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path

from callcenter.study.store.rows import checksum
from callcenter.study.store.version import model_version

NOTES = "insights.sqlite"

_TABLE = "CREATE TABLE IF NOT EXISTS note (key BLOB PRIMARY KEY, value BLOB NOT NULL, checksum BLOB NOT NULL)"


class Notebook:
    """Values by key in a file beside the results; without a directory it keeps nothing."""

    def __init__(self, directory: Path | None = None) -> None:
        self._file = None if directory is None else directory / NOTES

    def read(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the values that are there, whole."""
        if self._file is None or not self._file.is_file():
            return {}
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._file)) as database:
            query = "SELECT key, value, checksum FROM note WHERE key = ?"
            rows = [row for key in keys for row in database.execute(query, (key,))]
            return {key: value for key, value, sum_ in rows if sum_ == checksum("note", key, value)}
        self.forget()
        return {}

    def write(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep values, all or none."""
        if self._file is None:
            return
        rows = [(key, value, checksum("note", key, value)) for key, value in values]
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._file)) as database, database:
            database.execute(_TABLE)
            database.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", rows)

    def forget(self) -> None:
        """Keep nothing of what was kept."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


def key_of(*content: object) -> bytes:
    """Return the key of what depends on plain values, and on the version of the model."""
    return blake2b(json.dumps([model_version(), *content]).encode(), digest_size=16).digest()
