"""The file of the results store: its tables, how it is opened, and what its failures mean.

Write-ahead log (WAL): a transaction is appended to a second file and is there entirely or not at all, so a
process may be killed at any moment, and others read meanwhile.  ``synchronous = FULL`` has the disk confirm
every transaction (one a task, some milliseconds): after a torn power, too, only the tasks in flight are lost.
With NORMAL, which confirms at checkpoints alone, all transactions since the last one would be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.errors import StoreError, StudyError

FILE = "results.sqlite"

LAYOUT = 3
"""`user_version` of the file; another number is another layout."""

PATIENCE = 30.0
"""Seconds to wait for another program that holds the file."""

INDEXES = {
    # read alone when a study is resumed
    "run_key": "CREATE UNIQUE INDEX run_key ON run (subject, replication)",
    "subject_key": "CREATE UNIQUE INDEX subject_key ON subject (fingerprint, model, seed)",
}

TABLES = f"""
CREATE TABLE study (
    name TEXT NOT NULL, seed INTEGER NOT NULL, replications INTEGER NOT NULL,
    half_width REAL, most INTEGER,  -- the precision, if one was asked for
    engine TEXT NOT NULL, command TEXT NOT NULL, created TEXT NOT NULL, versions TEXT NOT NULL,
    points INTEGER NOT NULL, checksum BLOB NOT NULL
);
CREATE TABLE point (
    position INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, settings TEXT NOT NULL, scenario TEXT NOT NULL,
    checksum BLOB NOT NULL
);
CREATE TABLE plan (
    position INTEGER PRIMARY KEY, planned INTEGER NOT NULL,
    settled INTEGER NOT NULL,  -- whether it is known that no more are needed
    checksum BLOB NOT NULL
);
CREATE TABLE subject (  -- what is simulated again and again
    id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, model TEXT NOT NULL, seed INTEGER NOT NULL,
    checksum BLOB NOT NULL
);
CREATE TABLE run (
    subject INTEGER NOT NULL, replication INTEGER NOT NULL, tally BLOB NOT NULL,
    checksum BLOB NOT NULL  -- of the subject's fingerprint, model and seed, the replication and the tally
);
CREATE TABLE failure (
    subject INTEGER NOT NULL, replication INTEGER NOT NULL, checksum BLOB NOT NULL,
    PRIMARY KEY (subject, replication)
) WITHOUT ROWID;
CREATE TABLE session (  -- the latest start of the study, in seconds since 1970
    began REAL NOT NULL, latest REAL NOT NULL, done INTEGER NOT NULL,
    ended INTEGER NOT NULL,  -- whether it came to an end, were it by Ctrl-C
    checksum BLOB NOT NULL
);
{"".join(f"{index};" for index in INDEXES.values())}
"""
"""Every row carries a checksum of its table, its key and its content."""

REMEDIES = {
    sqlite3.SQLITE_FULL: noted(
        "{file}: the disk is full; make room, and run the same command again; "
        "what was finished is kept ({error})"
    ),
    sqlite3.SQLITE_BUSY: noted(
        "{file}: is locked by another program, perhaps by another sweep into this directory; end it, "
        "and run the same command again; what was finished is kept ({error})"
    ),
    sqlite3.SQLITE_READONLY: noted(
        "{file}: cannot be written to; allow it, or give another --out directory, "
        "and run the same command again; what was finished is kept ({error})"
    ),
    sqlite3.SQLITE_CANTOPEN: noted(
        "{file}: cannot be opened or written to; allow it, or give another --out directory, "
        "and run the same command again; what was finished is kept ({error})"
    ),
    sqlite3.SQLITE_IOERR: noted(
        "{file}: the disk failed or is full; see to it, and run the same command again; "
        "what was finished is kept ({error})"
    ),
}
"""By primary result code, https://www.sqlite.org/rescode.html."""

OTHERWISE = noted(
    "{file}: look at the directory, and run the same command again; what was finished is kept ({error})"
)

UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
UNREADABLE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@contextmanager
def plainly(place: str) -> Iterator[None]:
    """Turn what the database raises into what the user can do about it."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in UNREADABLE:
            text = _("{file} cannot be read ({error}); use another directory")
            raise StoreError(text.format(file=place, error=error)) from None
        raise StudyError(_(REMEDIES.get(code, OTHERWISE)).format(file=place, error=error)) from None


def opened(directory: Path | None) -> sqlite3.Connection:
    """Open or create the database of a directory for the study that writes it; in memory without one."""
    if directory is not None:
        directory.mkdir(parents=True, exist_ok=True)
    place = ":memory:" if directory is None else str(directory / FILE)
    with plainly(place):
        database = _connected(place)
        if _layout(database, place) == 0:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;")
        database.execute("PRAGMA synchronous = FULL")
    return database


def opened_to_read(directory: Path) -> sqlite3.Connection:
    """Open the database of a directory without changing anything; StoreError if there is none."""
    file = directory / FILE
    if not file.is_file():
        text = _("{directory} holds no results ({file}); give the --out directory of a run or sweep")
        raise StoreError(text.format(directory=directory, file=FILE))
    with plainly(str(file)):
        try:
            return _reader(file, "mode=ro")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in UNWRITABLE:
                raise
            return _reader(file, "immutable=1")  # a medium where not even a reader may leave a mark


def _reader(file: Path, how: str) -> sqlite3.Connection:
    database = _connected(f"{file.absolute().as_uri()}?{how}", is_address=True)
    if _layout(database, str(file)) == 0:
        raise StoreError(_("{file} holds no study yet; start the run or sweep again").format(file=file))
    return database


def _connected(place: str, is_address: bool = False) -> sqlite3.Connection:
    """Connect; text that is damaged is read, so that its checksum can say so."""
    database = sqlite3.connect(place, uri=is_address, timeout=PATIENCE)
    database.text_factory = lambda text: text.decode(errors="surrogateescape")
    return database


def _layout(database: sqlite3.Connection, place: str) -> int:
    """Return the layout of the tables, 0 if there are none yet; StoreError if it is another one."""
    database.execute("BEGIN")  # both are of one moment, whoever creates them just now
    (layout,) = database.execute("PRAGMA user_version").fetchone()
    tables = _described(database)
    database.execute("COMMIT")
    if layout != (LAYOUT if tables else 0):
        text = _("{file} was written by another version; use another directory")
        raise StoreError(text.format(file=place))
    if tables and tables != _expected():
        text = _("{file} cannot be read (its tables are damaged); use another directory")
        raise StoreError(text.format(file=place))
    return int(layout)


@cache
def _expected() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(TABLES)
        return _described(database)


def _described(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the tables and indexes by name, as they were created."""
    return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
